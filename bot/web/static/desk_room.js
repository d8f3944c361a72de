// The room, for supervisors: who waits for which skill, how well customers are served, who is on duty and with whom.

import { make } from "/widget/dom.js";
import { redraw } from "./desk_draw.js";
import { nameOf } from "./desk_list.js";
import { moment } from "./desk_time.js";

const RANK = { online: 0, paused: 1, offline: 2 };

/** `actions` has back and open(ticket). */
export function drawRoom(element, desk, words, actions) {
  const cells = (tag, ...texts) => make("tr", {}, ...texts.map((one) => make(tag, tag === "th" ? { scope: "col" } : {}, ...[one].flat())));
  const table = (title, heads, rows) => make("table", {}, make("caption", {}, title), make("thead", {}, cells("th", ...heads)), make("tbody", {}, ...rows));
  const line = (one) => {
    const longest = one.since ? make("time", { "data-since": one.since }) : "–";
    const level = one.level === null ? "–" : make("b", { class: one.level < one.target ? "low" : "good" }, words.percent(one.level));
    return cells("td", one.title, String(one.waiting), longest, [level, make("small", {}, ` ${words.target(words.percent(one.target), one.within_s)}`)]);
  };
  const team = [...desk.team].sort((a, b) => RANK[a.presence] - RANK[b.presence]);
  redraw(
    element,
    make("div", { class: "head" }, make("button", { type: "button", class: "back", "data-key": "back", onclick: actions.back }, `← ${words.back}`), make("h2", { tabindex: "-1" }, words.room)),
    make("div", { class: "tables", tabindex: "0", role: "region", "aria-label": words.room }, table(words.lines, [words.skill, words.waiting, words.longest, words.level], desk.room.map(line)), table(words.team, [words.who, words.atWork, words.tickets], team.map((one) => colleague(one, desk, words, actions, cells)))),
  );
}

function colleague(one, desk, words, actions, cells) {
  const theirs = [...desk.mine, ...desk.queue, ...desk.others].filter((ticket) => ticket.operator === one.id);
  const open = (ticket) => make("button", { type: "button", class: "act small", "data-key": `r${ticket.number}`, onclick: () => actions.open(ticket) }, `${nameOf(ticket, words)}${ticket.state === "active" ? "" : ` (${words.states[ticket.state]})`}`);
  const until = one.presence === "paused" && one.until ? ` ${words.until(moment(one.until, desk.me.locale))}` : "";
  const presence = [make("span", { class: `dot ${one.presence}` }), ` ${one.load} / ${one.capacity}`, make("small", {}, `${words[one.presence]}${until}`)];
  return cells("td", one.name, presence, theirs.length ? theirs.map(open) : "–");
}

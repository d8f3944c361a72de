// One message as it is drawn.

import { calendar } from "./calendar.js";
import { ICONS, icon, make, rich } from "./dom.js";
import { shownFile } from "./shown.js";
import { starsOf } from "./talk.js";
import { fill } from "./words.js";

const TICKS = { sending: "◷", stored: "✓", read: "✓✓" };
export const unseen = (text) => make("span", { class: "hidden" }, text);

/** A message of the conversation, in this log. */
export function bubble(message, log) {
  const { words } = log;
  const { kind, name } = message.author;
  const item = make(
    "div",
    { class: `item ${kind}`, "data-seq": message.seq },
    make("span", { class: kind === "operator" ? "name" : "name hidden", dir: "auto" }, name || words[kind] || ""),
    message.deleted ? make("div", { class: "bubble deleted" }, words.deleted) : said(message),
    ...(message.files ?? []).map((file) => shownFile(file, log)),
    message.buttons.length > 0 && buttons(message, log),
    make(
      "div",
      { class: "meta" },
      message.edited && !message.deleted && make("span", {}, words.edited),
      make("time", { datetime: message.at }, log.clock.format(new Date(message.at))),
      kind === "customer" && make("span", { class: "tick" }),
    ),
  );
  tick(item, "stored", words);
  return item;
}

/** A message that is on its way. */
export function ghost(act, words) {
  const item = make(
    "div",
    { class: "item customer ghost", "data-id": act.id },
    unseen(words.customer),
    said({ text: act.label ?? act.text }),
    act.shown && make("div", { class: "bubble file", dir: "auto" }, icon(ICONS.clip), act.shown.name),
    make("div", { class: "meta" }, make("span", { class: "tick" })),
  );
  tick(item, "sending", words);
  return item;
}

/** What the widget says before anything was said. */
export const first = (text, words) => make("div", { class: "item bot", "data-seq": 0 }, make("span", { class: "name hidden" }, words.bot), said({ text }));

/** @param {{ html?: string, text?: string }} message */
const said = ({ html, text }) => text && make("div", { class: "bubble" }, html ? rich(html, text) : make("div", { class: "text", dir: "auto" }, text));

/** The ghost was refused: say why, and let the visitor try again. */
export function fail(item, why, words, again) {
  item.classList.add("failed");
  item.lastChild.replaceChildren(`${words.failed}: ${why} `, make("button", { class: "retry", onclick: again }, words.retry));
}

/** How far one's own message has come: sending, stored or read. */
export function tick(item, state, words) {
  const mark = item.querySelector(".tick");
  if (!mark || mark.classList.contains(state)) return;
  mark.className = `tick ${state}`;
  mark.title = words[state];
  mark.replaceChildren(TICKS[state], unseen(words[state]));
}

/** What can be pressed: a calendar, a link, a star or a quick answer. */
function buttons({ seq, buttons: all }, log) {
  const draw = (one, more, inside = one.label) => make("button", { class: `button ${one.kind}`, "data-button": one.id, dir: "auto", onclick: () => log.press(seq, one), ...more }, inside);
  const list = () => make("div", { class: "buttons", role: "group" }, ...all.map((one) => {
    const stars = starsOf(one);
    if (stars) return draw(one, { class: "button star", "aria-label": fill(log.words.rate, stars) }, icon(ICONS.star));
    if (one.kind !== "url") return draw(one);
    const href = /^(https?|mailto|tel):/i.test(one.url) ? one.url : "#";
    return make("a", { class: "button url", href, target: "_blank", rel: "noreferrer" }, one.label, unseen(` ${log.words.newPage}`));
  }));
  return calendar(all, log, draw) ?? list();
}

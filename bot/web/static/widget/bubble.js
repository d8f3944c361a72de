// One message as it is drawn.

import { calendar, isCalendar } from "./calendar.js";
import { ICONS, icon, make, rich } from "./dom.js";
import { shownFile } from "./shown.js";

const clocks = {};
const time = (locale, at) => (clocks[locale] ??= new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })).format(at);
const TICKS = { sending: "◷", stored: "✓", read: "✓✓" };
const plain = (text) => make("div", { class: "text", dir: "auto" }, text);
const unseen = (text) => make("span", { class: "hidden" }, text);

/** A message of the conversation, in this log. */
export function bubble(message, log) {
  const { words, locale } = log;
  const { kind, name } = message.author;
  const item = make("div", { class: `item ${kind}`, "data-seq": message.seq });
  item.append(make("span", { class: kind === "operator" ? "name" : "name hidden", dir: "auto" }, name || words[kind] || ""));
  if (message.deleted) item.append(make("div", { class: "bubble deleted" }, words.deleted));
  else if (message.text) item.append(make("div", { class: "bubble" }, message.plain ? plain(message.text) : rich(message.html, message.text)));
  for (const file of message.files ?? []) item.append(shownFile(file, log));
  if (message.buttons.length) item.append(buttons(message, log));
  if (message.plain) return item;
  const meta = make("div", { class: "meta" }, make("time", { datetime: message.at }, time(locale, new Date(message.at))));
  if (message.edited && !message.deleted) meta.prepend(make("span", {}, words.edited));
  if (kind === "customer") meta.append(make("span", { class: "tick" }));
  item.append(meta);
  tick(item, "stored", words);
  return item;
}

/** A message that is on its way. */
export function ghost(act, words) {
  const item = make("div", { class: "item customer ghost", "data-id": act.id }, unseen(words.customer));
  if (act.label ?? act.text) item.append(make("div", { class: "bubble" }, plain(act.label ?? act.text)));
  if (act.shown) item.append(make("div", { class: "bubble file", dir: "auto" }, icon(ICONS.clip), act.shown.name));
  item.append(make("div", { class: "meta" }, make("span", { class: "tick" })));
  tick(item, "sending", words);
  return item;
}

/** The ghost was refused: say why, and let the visitor try again. */
export function fail(item, why, words, again) {
  item.classList.add("failed");
  const retry = make("button", { type: "button", class: "retry", onclick: again }, words.retry);
  item.querySelector(".meta").replaceChildren(`${words.failed}: ${why} `, retry);
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
  const draw = (one, more, inside = one.label) => make("button", { type: "button", class: `button ${one.kind}`, "data-button": one.id, dir: "auto", onclick: () => log.press(seq, one), ...more }, inside);
  if (isCalendar(all)) return calendar(all, log, draw);
  return make("div", { class: "buttons", role: "group" }, ...all.map((one) => {
    const stars = one.kind === "rate" && /:([1-5])$/.exec(one.id);
    if (stars) return draw(one, { class: "button star", "aria-label": log.words.rate(stars[1]) }, icon(ICONS.star));
    if (one.kind !== "url") return draw(one);
    const href = /^(https?|mailto|tel):/i.test(one.url) ? one.url : "#";
    return make("a", { class: "button url", href, target: "_blank", rel: "noopener noreferrer" }, one.label, unseen(` ${log.words.newPage}`));
  }));
}

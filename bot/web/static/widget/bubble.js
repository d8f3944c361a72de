// One message as it is drawn.

import { calendar, isCalendar } from "./calendar.js";
import { ICONS, icon, make, rich } from "./dom.js";
import { shownFile } from "./shown.js";

const clocks = {};
const time = (locale, at) => (clocks[locale] ??= new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" })).format(at);
const TICKS = { sending: "◷", stored: "✓", read: "✓✓" };

/** A message of the conversation, in this log. */
export function bubble(message, log) {
  const { words, locale } = log;
  const kind = message.author.kind;
  const item = make("div", { class: `item ${kind}`, "data-seq": message.seq, "data-id": message.id });
  const name = message.author.name || words[{ bot: "bot", system: "system", customer: "you" }[kind]] || "";
  item.append(make("span", { class: kind === "operator" ? "name" : "name hidden", dir: "auto" }, name));
  if (message.deleted) item.append(make("div", { class: "bubble deleted" }, words.deleted));
  else {
    if (message.text) item.append(make("div", { class: "bubble" }, message.plain ? plain(message.text) : rich(message.html, message.text)));
    const files = message.files?.length ? message.files : message.file ? [message.file] : [];
    item.append(...files.map((file) => shownFile(file, log)));
  }
  if (message.buttons.length) item.append(buttons(message, log));
  if (!message.plain) item.append(meta(message, words, locale));
  return item;
}

const plain = (text) => make("div", { class: "text", dir: "auto" }, text);

/** A message that is on its way. */
export function ghost(act, words) {
  const item = make("div", { class: "item customer ghost", "data-id": act.id }, make("span", { class: "name hidden" }, words.you));
  if (act.label ?? act.text) item.append(make("div", { class: "bubble" }, plain(act.label ?? act.text)));
  if (act.shown) item.append(make("div", { class: "bubble file", dir: "auto" }, icon(ICONS.clip), act.shown.name));
  item.append(make("div", { class: "meta" }, make("span", { class: "tick sending", title: words.sending }, TICKS.sending)));
  return item;
}

/** The ghost was refused: say why, and let the visitor try again. */
export function fail(item, why, words, again) {
  item.classList.add("failed");
  const retry = make("button", { type: "button", class: "retry", onclick: again }, words.retry);
  item.querySelector(".meta").replaceChildren(`${words.failed}: ${why} `, retry);
}

/** How far one's own message has come: stored or read. */
export function tick(item, state, words) {
  const mark = item.querySelector(".tick");
  if (!mark || mark.classList.contains(state)) return;
  mark.className = `tick ${state}`;
  mark.title = words[state];
  mark.replaceChildren(TICKS[state], make("span", { class: "hidden" }, words[state]));
}

function meta(message, words, locale) {
  const line = make("div", { class: "meta" });
  if (message.edited && !message.deleted) line.append(make("span", {}, words.edited));
  line.append(make("time", { datetime: message.at }, time(locale, new Date(message.at))));
  if (message.author.kind === "customer")
    line.append(make("span", { class: "tick stored", title: words.stored }, TICKS.stored, make("span", { class: "hidden" }, words.stored)));
  return line;
}

function buttons(message, log) {
  const press = (one) => log.press(message.seq, one);
  if (isCalendar(message.buttons)) return calendar(message.buttons, log, press);
  const kinds = new Set(message.buttons.map((button) => button.kind));
  const only = kinds.size === 1 ? [...kinds][0] : "mixed";
  return make("div", { class: `buttons ${only}`, role: "group" }, ...message.buttons.map((one) => button(one, log.words, press)));
}

/** A quick answer as a button, a link or a star. */
function button(one, words, press) {
  if (one.kind === "url") {
    const hint = make("span", { class: "hidden" }, ` ${words.newPage}`);
    return make("a", { class: "button url", href: safe(one.url), target: "_blank", rel: "noopener noreferrer" }, one.label, hint);
  }
  const stars = one.kind === "rate" && /:([1-5])$/.exec(one.id);
  const attributes = { type: "button", class: `button ${one.kind}`, "data-button": one.id, dir: "auto", onclick: () => press(one) };
  if (!stars) return make("button", attributes, one.label);
  return make("button", { ...attributes, class: "button star", "aria-label": words.rate(stars[1]) }, icon(ICONS.star));
}

const safe = (url) => (/^(https?:|mailto:|tel:)/i.test(url ?? "") ? url : "#");

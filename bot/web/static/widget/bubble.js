// One message as it is drawn.

import { make, rich } from "./dom.js";

const time = (locale, at) => new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);

/** A message of the conversation. `press` is called with a button's frame. */
export function bubble(message, words, locale, press) {
  const kind = message.author.kind;
  const item = make("div", { class: `item ${kind}`, "data-seq": message.seq, "data-id": message.id });
  const name = message.author.name || words[{ bot: "bot", system: "system", customer: "you" }[kind]] || "";
  item.append(make("span", { class: kind === "operator" ? "name" : "name hidden" }, name));
  if (message.deleted) item.append(make("div", { class: "bubble deleted" }, words.deleted));
  else if (message.text || message.html) item.append(make("div", { class: "bubble" }, rich(message.html, message.text)));
  if (message.buttons.length) item.append(buttons(message, words, press));
  item.append(meta(message, words, locale));
  return item;
}

/** A message that is on its way. */
export function ghost(id, text, words) {
  const item = make("div", { class: "item customer ghost", "data-id": id });
  item.append(make("span", { class: "name hidden" }, words.you));
  item.append(make("div", { class: "bubble" }, make("div", { class: "text", dir: "auto" }, text)));
  item.append(make("div", { class: "meta" }, make("span", { class: "tick sending", title: words.sending }, tickOf("sending"))));
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
  mark.replaceChildren(tickOf(state), make("span", { class: "hidden" }, words[state]));
}

const tickOf = (state) => ({ sending: "◷", stored: "✓", read: "✓✓" })[state];

function meta(message, words, locale) {
  const line = make("div", { class: "meta" });
  if (message.edited && !message.deleted) line.append(make("span", {}, words.edited));
  line.append(make("time", { datetime: message.at }, time(locale, new Date(message.at))));
  if (message.author.kind === "customer")
    line.append(make("span", { class: "tick stored", title: words.stored }, tickOf("stored"), make("span", { class: "hidden" }, words.stored)));
  return line;
}

function buttons(message, words, press) {
  const kinds = new Set(message.buttons.map((button) => button.kind));
  const only = kinds.size === 1 ? [...kinds][0] : "mixed";
  return make("div", { class: `buttons ${only}`, role: "group" }, ...message.buttons.map((one) => button(one, words, press)));
}

function button(one, words, press) {
  if (one.kind === "url") {
    const hint = make("span", { class: "hidden" }, ` ${words.newPage}`);
    return make("a", { class: "button url", href: safe(one.url), target: "_blank", rel: "noopener noreferrer" }, one.label, hint);
  }
  const stars = one.kind === "rate" && /:([1-5])$/.exec(one.id);
  const attributes = { type: "button", class: `button ${one.kind}`, "data-button": one.id, onclick: () => press(one) };
  if (!stars) return make("button", attributes, one.label);
  return make("button", { ...attributes, class: "button star", "aria-label": words.rate(stars[1]) }, "★");
}

const safe = (url) => (/^(https?:|mailto:|tel:)/i.test(url ?? "") ? url : "#");

// The list of messages, in order, each once.

import { bubble, fail, ghost, tick } from "./bubble.js";
import { make } from "./dom.js";

const NEAR = 80; // px from the end that count as reading the end
const TYPING = 6_000; // ms

export class Log {
  /** `press(button)` and `again(id)` are called for what the visitor does; `moved()` when they scroll. */
  constructor({ press, again, moved }) {
    Object.assign(this, { press, again });
    this.items = make("div", { class: "items" });
    this.typist = make("div", { class: "item operator typing", hidden: true });
    this.element = make("div", { class: "log", role: "log", tabindex: "0" }, this.items, this.typist);
    this.element.addEventListener("scroll", moved, { passive: true });
    this.shown = new Map();
    this.bySeq = new Map();
    this.readBySeq = 0;
  }

  /** Draw everything again in these words. */
  speak(words, locale) {
    Object.assign(this, { words, locale });
    this.element.setAttribute("aria-label", words.log);
    for (const message of [...this.bySeq.values()]) this.#draw(message);
    this.#activate();
  }

  clear() {
    for (const seq of this.bySeq.keys()) this.shown.get(seq)?.remove();
    this.shown.clear();
    this.bySeq.clear();
    this.day = null;
    this.items.querySelectorAll(".day").forEach((day) => day.remove());
  }

  /** What the widget says before anything was said. */
  greet(text) {
    this.greeting?.remove();
    if (!text) return;
    const message = { seq: 0, at: new Date().toISOString(), author: { kind: "bot", name: "" }, text, html: "", buttons: [] };
    this.greeting = bubble(message, this.words, this.locale, this.press);
    this.greeting.querySelector(".text").textContent = text;
    this.greeting.querySelector(".meta").remove();
    this.items.prepend(this.greeting);
  }

  get last() {
    return Math.max(0, ...this.bySeq.keys());
  }

  get atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  toEnd() {
    this.element.scrollTop = this.element.scrollHeight;
  }

  /** A message, new or edited; in its place by `seq`. */
  show(message) {
    const follow = this.atEnd || message.author.kind === "customer";
    if (message.id) this.#ghostOf(message.id)?.remove();
    if (message.author.kind === "operator") this.typing(null);
    this.bySeq.set(message.seq, message);
    this.#draw(message);
    this.#activate();
    if (follow) this.toEnd();
  }

  /** Whether a person talks to the visitor now: the bot's buttons wait until they are done. */
  with(person) {
    this.withPerson = person;
    this.#activate();
  }

  /** What the visitor has just sent, or is still waiting to be sent. */
  send(id, text) {
    if (this.#ghostOf(id)) return;
    this.items.append(ghost(id, text, this.words));
    this.#activate();
    this.toEnd();
  }

  /** An act is stored: a ghost that became no message goes. */
  landed(id) {
    this.#ghostOf(id)?.remove();
  }

  failed(id, why) {
    const item = this.#ghostOf(id);
    if (item) fail(item, why, this.words, () => item.remove() ?? this.again(id));
    this.pressed = null;
    this.#activate();
  }

  /** Operators have read up to `seq`. */
  readTo(seq) {
    this.readBySeq = Math.max(this.readBySeq, seq);
    for (const [number, item] of this.shown) if (number <= this.readBySeq) tick(item, "read", this.words);
  }

  /** Somebody is writing; null when they stopped. */
  typing(author) {
    clearTimeout(this.stopTyping);
    this.typist.hidden = !author;
    if (!author) return;
    const dots = make("span", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i"));
    this.typist.replaceChildren(make("div", { class: "bubble" }, dots), make("span", { class: "hidden" }, this.words.typing(author.name)));
    if (this.atEnd) this.toEnd();
    this.stopTyping = setTimeout(() => this.typing(null), TYPING);
  }

  #ghostOf(id) {
    return this.items.querySelector(`.ghost[data-id="${CSS.escape(id)}"]`);
  }

  #draw(message) {
    const item = bubble(message, this.words, this.locale, (button) => this.#press(message.seq, button));
    const before = this.shown.get(message.seq);
    if (before) before.replaceWith(item);
    else this.#place(item, message);
    this.shown.set(message.seq, item);
    if (message.author.kind === "customer" && message.seq <= this.readBySeq) tick(item, "read", this.words);
    item.classList.toggle("follows", this.bySeq.get(message.seq - 1)?.author.kind === message.author.kind);
  }

  #place(item, message) {
    const ghosts = this.items.querySelector(".ghost");
    const day = new Date(message.at).toLocaleDateString(this.locale, { day: "numeric", month: "long" });
    const today = new Date().toLocaleDateString(this.locale, { day: "numeric", month: "long" });
    if (day !== this.day && (this.day || day !== today)) this.items.insertBefore(make("div", { class: "day" }, day), ghosts);
    this.day = day;
    this.items.insertBefore(item, ghosts);
  }

  #press(seq, button) {
    this.pressed = { seq, id: button.id };
    this.press(button);
    this.#activate();
  }

  /** Only the last message with buttons can be pressed, and only once. */
  #activate() {
    const offering = [...this.bySeq.values()].filter((message) => message.buttons.some((one) => one.kind !== "url"));
    const last = offering.length ? Math.max(...offering.map((message) => message.seq)) : 0;
    for (const message of offering) {
      const done = message.seq !== last || this.pressed?.seq === message.seq || this.#over(message);
      const item = this.shown.get(message.seq);
      item?.querySelector(".buttons")?.classList.toggle("done", done);
      for (const one of item?.querySelectorAll("button.button") ?? []) {
        one.disabled = done;
        one.classList.toggle("chosen", this.pressed?.seq === message.seq && this.pressed.id === one.dataset.button);
      }
    }
  }

  /** A person has taken over, or (in another tab, before a reload) one of the labels was the visitor's answer. */
  #over(message) {
    const next = this.bySeq.get(message.seq + 1);
    const answered = next?.author.kind === "customer" && message.buttons.some((one) => one.label === next.text);
    return answered || (this.withPerson && message.buttons.every((one) => one.kind !== "rate"));
  }
}

// The list of messages, in order, each once.

import { bubble, fail, ghost, tick } from "./bubble.js";
import { make } from "./dom.js";

const NEAR = 80; // px from the end that count as reading the end
const TYPING = 6_000; // ms

export class Log {
  /** `moved()` is called when the visitor scrolls, `leave()` when what had the focus can have it no more. */
  constructor(talk, moved, leave) {
    Object.assign(this, { talk, leave, shown: new Map(), offering: new Set() });
    this.items = make("div", { class: "items" });
    this.typist = make("div", { class: "item operator typing", hidden: true });
    this.element = make("div", { class: "log", role: "log", tabindex: "0", "aria-live": "off" }, this.items, this.typist);
    this.element.addEventListener("scroll", moved, { passive: true });
  }

  /** Draw everything again in these words. */
  speak(words, locale, greeting) {
    Object.assign(this, { words, locale });
    this.element.ariaLabel = words.log;
    this.#greet(greeting);
    if (this.shown.size) this.open();
  }

  /** Draw what was said so far, without reading it aloud. */
  open() {
    const ghosts = [...this.items.querySelectorAll(".ghost")];
    this.clear();
    this.element.ariaLive = "off";
    this.show([...this.talk.messages.values()]);
    this.items.append(...ghosts);
    requestAnimationFrame(() => (this.element.ariaLive = "polite"));
  }

  clear() {
    for (const item of this.shown.values()) item.remove();
    this.items.querySelectorAll(".day").forEach((day) => day.remove());
    this.shown.clear();
    this.offering.clear();
    this.day = null;
  }

  get atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  toEnd() {
    this.element.scrollTop = this.element.scrollHeight;
  }

  /** Messages, new or edited; each in its place by `seq`. */
  show(messages) {
    const follow = this.atEnd || messages.some((message) => message.author.kind === "customer");
    const news = document.createDocumentFragment();
    for (const message of messages) {
      if (message.id) this.#ghostOf(message.id)?.remove();
      if (message.author.kind === "operator") this.typing(null);
      this.#draw(message, news);
    }
    this.items.insertBefore(news, this.items.querySelector(".ghost"));
    this.#activate();
    if (follow) this.toEnd();
  }

  /** Whether a person talks to the visitor now: the bot's buttons wait until they are done. */
  with(person) {
    this.withPerson = person;
    this.#activate();
  }

  /** What the visitor has just sent, or is still waiting to be sent. */
  ghost(act) {
    if (this.#ghostOf(act.id)) return;
    this.items.append(ghost(act, this.words));
    this.#activate();
    this.toEnd();
  }

  /** An act is stored: a ghost that became no message goes. */
  landed(id) {
    this.#ghostOf(id)?.remove();
  }

  failed(id, why) {
    const item = this.#ghostOf(id);
    const again = () => {
      item.remove();
      this.talk.again(id);
      this.leave();
    };
    if (item) fail(item, why, this.words, again);
    this.pressed = null;
    this.#activate();
  }

  /** Operators have read more. */
  read() {
    for (const [seq, item] of this.shown) if (seq <= this.talk.operatorsRead) tick(item, "read", this.words);
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

  /** What the widget says before anything was said. */
  #greet(text) {
    this.greeting?.remove();
    if (!text) return;
    const message = { seq: 0, at: new Date().toISOString(), author: { kind: "bot", name: "" }, text, html: "", buttons: [], plain: true };
    this.greeting = bubble(message, this);
    this.items.prepend(this.greeting);
  }

  #ghostOf(id) {
    return this.items.querySelector(`.ghost[data-id="${CSS.escape(id)}"]`);
  }

  #draw(message, news) {
    const item = bubble(message, this);
    const before = this.shown.get(message.seq);
    if (before) before.replaceWith(item);
    else this.#place(item, message, news);
    this.shown.set(message.seq, item);
    if (message.buttons.some((one) => one.kind !== "url")) this.offering.add(message.seq);
    if (message.author.kind === "customer" && message.seq <= this.talk.operatorsRead) tick(item, "read", this.words);
    item.classList.toggle("follows", this.talk.messages.get(message.seq - 1)?.author.kind === message.author.kind);
  }

  #place(item, message, news) {
    const today = this.#dayOf(Date.now());
    const day = this.#dayOf(new Date(message.at));
    if (day !== this.day && (this.day || day !== today)) news.append(make("div", { class: "day" }, day));
    this.day = day;
    news.append(item);
  }

  #dayOf(at) {
    if (this.dayIn !== this.locale) this.days = new Intl.DateTimeFormat(this.locale, { day: "numeric", month: "long" });
    this.dayIn = this.locale;
    return this.days.format(at);
  }

  press(seq, button) {
    this.pressed = { seq, id: button.id };
    this.talk.press(button);
    this.#activate();
    this.leave();
  }

  /** Only the last message with buttons can be pressed, and only once: what is done is closed and not looked at again. */
  #activate() {
    const last = Math.max(...this.offering);
    for (const seq of this.offering) {
      const message = this.talk.messages.get(seq);
      const pressed = this.pressed?.seq === seq ? this.pressed.id : null;
      const done = seq !== last || pressed !== null || this.#over(message);
      const item = this.shown.get(seq);
      item.classList.toggle("done", done);
      for (const one of item.querySelectorAll("button[data-button]")) {
        one.disabled = done;
        one.classList.toggle("chosen", pressed === one.dataset.button);
      }
      if (seq !== last) this.offering.delete(seq);
    }
  }

  /** A person has taken over, or (in another tab, before a reload) one of the labels was the visitor's answer. */
  #over(message) {
    const next = this.talk.messages.get(message.seq + 1);
    const answered = next?.author.kind === "customer" && message.buttons.some((one) => one.label === next.text);
    return Boolean(answered || (this.withPerson && message.buttons.every((one) => one.kind !== "rate")));
  }
}

// The list of messages, in order, each once.

import { bubble, fail, first, ghost, tick, unseen } from "./bubble.js";
import { make } from "./dom.js";
import { fill } from "./words.js";

const NEAR = 80; // px from the end that count as reading the end
const TYPING = 6_000; // ms
const BATCH = 50; // messages of a long talk that are drawn at once; the older ones follow when the browser has time
const soon = globalThis.requestIdleCallback ?? setTimeout;

export class Log {
  atEnd = true; // whether the visitor reads the end: only scrolling changes that
  shown = new Map();
  offering = new Set();
  top = make("div", { class: "items" }); // what the widget says before anything was said
  items = make("div", { class: "items" });
  ghosts = make("div", { class: "items" });
  typist = make("div", { class: "item operator typing", hidden: true });

  /**
   * @param {import("./talk.js").Talk} talk
   * @param {() => void} moved the visitor scrolls
   * @param {() => void} leave what had the focus can have it no more
   */
  constructor(talk, moved, leave) {
    this.talk = talk;
    this.leave = leave;
    this.element = make("div", { class: "log", role: "log", tabindex: "0", "aria-live": "off" }, this.top, this.items, this.ghosts, this.typist);
    let wide = 0; // as long as that is another, it was not the visitor who scrolled
    this.element.onscroll = ({ target: { scrollHeight, scrollTop, clientHeight, clientWidth } }) => {
      if (clientWidth === wide) this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR;
      moved();
    };
    const watch = new ResizeObserver(() => {
      wide = this.element.clientWidth;
      if (this.atEnd) this.toEnd(); // a picture has come, or the input has grown
    });
    for (const one of [this.element, this.items]) watch.observe(one);
  }

  /** Draw everything again in these words. */
  speak(words, locale, greeting) {
    this.words = words;
    this.locale = locale;
    this.clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    /** @type {Intl.DateTimeFormat} */
    this.days = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long" });
    this.element.ariaLabel = words.log;
    this.top.replaceChildren(...(greeting ? [first(greeting, words)] : []));
    this.open();
  }

  /** Draw what was said so far, without reading it aloud: the end at once, the rest soon. */
  open() {
    this.clear();
    this.element.ariaLive = "off";
    this.#older(Infinity);
    this.toEnd();
    requestAnimationFrame(() => (this.element.ariaLive = "polite"));
  }

  clear() {
    this.from = 0; // the first message that is drawn
    this.items.replaceChildren();
    this.shown.clear();
    this.offering.clear();
  }

  toEnd() {
    this.atEnd = true;
    this.element.scrollTop = this.element.scrollHeight;
  }

  /** Messages, new or edited; each in its place by `seq`. */
  show(messages) {
    if (messages.length > BATCH) return this.open();
    const follow = this.atEnd || messages.some((message) => message.author.kind === "customer");
    for (const { id, author } of messages) {
      this.landed(id);
      if (author.kind === "operator") this.typing(null);
    }
    this.items.append(this.#drawn(messages.filter(({ seq }) => seq >= this.from)));
    if (follow) this.toEnd();
  }

  /** What was said before, without moving what is being read. */
  #older(from = this.from) {
    const all = [...this.talk.messages.values()].filter(({ seq }) => seq < from).slice(-BATCH);
    if (!all.length) return;
    const { element } = this;
    const below = element.scrollHeight - element.scrollTop;
    this.from = all[0].seq;
    const part = this.#drawn(all);
    if (this.shown.size > BATCH) for (const item of part.children) item.classList.add("old");
    this.items.prepend(part);
    element.scrollTop = element.scrollHeight - below;
    soon(() => this.#older());
  }

  /** What the visitor has just sent, or is still waiting to be sent. */
  ghost(act) {
    if (this.#ghostOf(act.id)) return;
    this.ghosts.append(ghost(act, this.words));
    this.activate();
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
    this.activate();
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
    this.typist.replaceChildren(make("div", { class: "bubble" }, unseen(fill(this.words.typing, author.name || this.words.other))));
    if (this.atEnd) this.toEnd();
    this.stopTyping = setTimeout(() => this.typing(null), TYPING);
  }

  #ghostOf(id) {
    return this.ghosts.querySelector(`[data-id="${id}"]`);
  }

  /** These messages as they look; those that are shown already change in their place. */
  #drawn(messages) {
    const news = document.createDocumentFragment();
    for (const message of messages) {
      const item = bubble(message, this);
      const before = this.talk.messages.get(message.seq - 1);
      const { kind } = message.author;
      if (before?.author.kind === kind) item.classList.add("follows");
      if (kind === "customer" && message.seq <= this.talk.operatorsRead) tick(item, "read", this.words);
      if (message.buttons.some((one) => one.kind !== "url")) this.offering.add(message.seq);
      if (this.shown.has(message.seq)) this.shown.get(message.seq).replaceWith(item);
      else news.append(...this.#dayOf(message, before), item);
      this.shown.set(message.seq, item);
    }
    this.activate();
    return news;
  }

  /** A day is named where it begins; today needs no name as long as there is no other. */
  #dayOf({ at }, before) {
    const [day, last] = [at, before?.at ?? Date.now()].map((one) => this.days.format(new Date(one)));
    return day === last ? [] : [make("div", { class: "day" }, day)];
  }

  press(seq, button) {
    this.pressed = { seq, id: button.id };
    this.talk.press(button);
    this.activate();
    this.leave();
  }

  /** Only the last message with buttons can be pressed, and only once: what is done is closed and not looked at again. */
  activate() {
    const last = Math.max(...this.offering);
    for (const seq of this.offering) {
      const message = this.talk.messages.get(seq);
      const pressed = this.pressed?.seq === seq && this.pressed?.id;
      const done = seq !== last || Boolean(pressed || this.#over(message));
      const item = this.shown.get(seq);
      item.classList.toggle("done", done);
      for (const one of item.querySelectorAll("button[data-button]")) {
        one.disabled = done;
        one.classList.toggle("chosen", pressed === one.dataset.button);
      }
      if (seq !== last) this.offering.delete(seq);
    }
  }

  /** A person talks to the visitor now, or (in another tab, before a reload) one of the labels was the visitor's answer. */
  #over({ seq, buttons }) {
    const next = this.talk.messages.get(seq + 1);
    const answered = next?.author.kind === "customer" && buttons.some((one) => one.label === next.text);
    return answered || (this.talk.state.mode === "active" && buttons.every((one) => one.kind !== "rate"));
  }
}

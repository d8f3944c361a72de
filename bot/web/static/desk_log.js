// What was said: messages and notes, in order, the newest at the bottom.

import { make, rich } from "/widget/dom.js";
import { Keyed } from "./desk_draw.js";
import { filesOf } from "./desk_files.js";
import { regional } from "./desk_time.js";

const NEAR = 80;

export class Log {
  words; locale; conversation; card;

  /** `earlier(seq)` is asked for what was said before. */
  constructor(earlier) {
    this.items = make("div", { class: "items" });
    this.before = make("button", { type: "button", class: "act earlier", onclick: () => earlier(this.first) });
    this.element = make("div", { class: "log", role: "log", tabindex: "0" }, this.before, this.items);
    this.down = make("button", { type: "button", class: "act down", hidden: true, onclick: () => this.#bottom() });
    this.keyed = new Keyed(this.items);
    this.places = new Map(); // conversation -> how far it was scrolled; at the bottom if unknown
    this.messages = new Map();
    this.element.addEventListener("scroll", () => this.#scrolled());
    new ResizeObserver(() => this.follow && this.#bottom()).observe(this.element);
  }

  /** Show a talk, where it was left. */
  open(talk, words, locale) {
    const same = this.conversation === talk.conversation;
    const kept = same ? [...this.messages].filter(([seq]) => seq < (talk.messages[0]?.seq ?? 0)) : [];
    Object.assign(this, { words, locale, conversation: talk.conversation, card: talk.card });
    this.messages = new Map([...kept, ...talk.messages.map((message) => [message.seq, message])]);
    this.before.textContent = words.earlier;
    this.down.textContent = words.newBelow;
    this.element.setAttribute("aria-label", words.talk);
    if (!same) this.follow = !this.places.has(talk.conversation);
    this.#draw();
    if (!same && !this.follow) this.element.scrollTop = this.places.get(talk.conversation);
  }

  message(message) {
    const fresh = message.seq > this.last;
    this.messages.set(message.seq, message);
    if (fresh && !this.follow) this.down.hidden = false;
    this.#draw();
  }

  update(card) {
    this.card = card;
    this.#draw();
  }

  /** What was said before what is shown; it must not move what one reads. */
  prepend(messages) {
    const fromBottom = this.element.scrollHeight - this.element.scrollTop;
    this.messages = new Map([...messages.map((message) => [message.seq, message]), ...this.messages]);
    this.#draw();
    this.element.scrollTop = this.element.scrollHeight - fromBottom;
    if (this.before.hidden) this.element.focus({ preventScroll: true });
  }

  get first() {
    return Math.min(...this.messages.keys());
  }

  get last() {
    return Math.max(0, ...this.messages.keys());
  }

  #draw() {
    this.before.hidden = !this.messages.size || this.first <= 1;
    const from = this.before.hidden ? 0 : Date.parse(this.messages.get(this.first).at);
    const notes = this.card.notes.filter((note) => Date.parse(note.at) >= from);
    const all = [
      ...[...this.messages.values()].map((one) => [one.at, 0, one.seq, `m${one.seq}`, [one, this.#ticks(one)], () => this.#bubble(one)]),
      ...notes.map((one, at) => [one.at, 1, at, `n${one.at}${at}`, one, () => this.#note(one)]),
    ].sort((a, b) => Date.parse(a[0]) - Date.parse(b[0]) || a[1] - b[1] || a[2] - b[2]);
    this.keyed.show(this.#withDays(all));
    if (this.follow) this.#bottom();
  }

  /** A line wherever another day begins. */
  #withDays(all) {
    let day = "";
    return all.flatMap(([at, , , ...item]) => {
      const text = new Date(at).toLocaleDateString(regional(this.locale), { weekday: "short", day: "numeric", month: "long" });
      if (text === day) return [item];
      day = text;
      return [[`d${text}`, text, () => make("p", { class: "day" }, text)], item];
    });
  }

  #ticks(message) {
    return message.author.kind === "operator" && (this.card.person.read >= message.seq ? "read" : "stored");
  }

  #bubble(message) {
    const { words } = this;
    const kind = message.author.kind;
    const name = kind === "operator" ? message.author.name : kind === "bot" ? words.bot : "";
    const body = message.deleted ? make("i", {}, words.deleted) : rich(message.html, message.text);
    const chips = message.buttons.map((button) => make("span", { class: "tag" }, button.label));
    const meta = make("small", { class: "meta" }, name && `${name} `, this.#time(message.at), message.edited ? ` ${words.edited}` : "");
    const ticks = this.#ticks(message);
    if (ticks) meta.append(" ", make("span", { class: "tick", title: words[ticks], role: "img", "aria-label": words[ticks] }, ticks === "read" ? "✓✓" : "✓"));
    const bubble = message.text || message.deleted ? make("div", { class: "bubble" }, body) : null;
    return make("div", { class: `said ${kind}`, "data-seq": message.seq }, bubble, ...filesOf(message, this.conversation), chips.length ? make("div", { class: "chips" }, ...chips) : null, meta);
  }

  #note(note) {
    const meta = make("small", { class: "meta" }, `${this.words.note} ${note.operator} `, this.#time(note.at));
    return make("div", { class: "said note" }, make("div", { class: "bubble", dir: "auto" }, note.text), meta);
  }

  #time(at) {
    return make("time", { datetime: at }, new Date(at).toLocaleTimeString(this.locale, { timeStyle: "short", hourCycle: "h23" }));
  }

  #bottom() {
    this.follow = true;
    this.down.hidden = true;
    this.element.scrollTop = this.element.scrollHeight;
  }

  #scrolled() {
    if (!this.element.isConnected || !this.element.clientHeight) return;
    this.follow = this.element.scrollHeight - this.element.scrollTop - this.element.clientHeight < NEAR;
    if (this.follow) this.down.hidden = true;
    if (this.follow) this.places.delete(this.conversation);
    else this.places.set(this.conversation, this.element.scrollTop);
  }
}

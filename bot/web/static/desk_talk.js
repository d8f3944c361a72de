// The middle: the talk, and what one writes into it.

import { make, rich, sending } from "/widget/dom.js";
import { filesOf, sendingFiles } from "./desk_files.js";
import { Finder } from "./desk_find.js";
import { nameOf } from "./desk_list.js";

const NEAR = 80;
const TYPING = 6_000;

export class Talk {
  /** `actions` has back, details, accept, decline, take, hold, close, transfer, assign, write(text), say(file, conversation), noFile(why), typing, find(text). */
  constructor(element, actions) {
    Object.assign(this, { element, actions });
    this.title = make("h2", { dir: "auto" });
    this.tools = make("div", { class: "tools" });
    this.log = make("div", { class: "log", role: "log", tabindex: "0" });
    this.typist = make("p", { class: "typist", role: "status" });
    this.input = make("textarea", { rows: "1", maxlength: "4000", dir: "auto", id: "words" });
    this.sender = make("button", { type: "submit", class: "act primary" });
    this.files = sendingFiles(this, this.input, actions.say, actions.noFile);
    this.form = make("form", {}, this.files.picker, this.input, this.files.button, this.sender);
    this.finder = new Finder({ find: actions.find, insert: (text) => this.#insert(text) });
    this.back = make("button", { type: "button", class: "back", onclick: actions.back });
    this.details = make("button", { type: "button", class: "details", onclick: actions.details });
    this.empty = make("p", { class: "empty" });
    this.#listen();
  }

  /** Begin to show this talk. */
  open(talk, words, locale, me) {
    const same = this.conversation === talk.conversation;
    Object.assign(this, { words, locale, me, conversation: talk.conversation, card: talk.card });
    this.messages = new Map(talk.messages.map((message) => [message.seq, message]));
    if (!same) this.input.value = "";
    this.finder.open(words, locale, talk.card.person.locale, same);
    this.input.setAttribute("aria-label", words.write);
    if (!same) this.element.replaceChildren(make("div", { class: "head" }, this.back, this.title, this.details, this.tools), this.log, this.typist, this.finder.element, this.form); // else whoever is writing would lose the place
    this.back.textContent = `← ${words.back}`;
    this.details.textContent = words.details;
    this.typing(false);
    this.update(talk.card, me);
    this.log.scrollTop = this.log.scrollHeight;
  }

  close(words) {
    this.conversation = null;
    this.empty.textContent = words.pick;
    this.element.replaceChildren(this.empty);
  }

  message(message) {
    this.messages.set(message.seq, message);
    if (message.author.kind === "customer") this.typing(false);
    this.#draw();
  }

  /** The ticket, the notes or what was read has changed. */
  update(card, me) {
    Object.assign(this, { card, me });
    const ticket = card.ticket;
    this.title.textContent = ticket ? nameOf(ticket, this.words) : card.person.name || this.words.visitor;
    this.tools.replaceChildren(...this.#acts(ticket));
    this.input.placeholder = this.mine ? this.words.write : this.words.notMine;
    this.#label();
    this.#draw();
  }

  typing(is) {
    clearTimeout(this.stopTyping);
    this.typist.textContent = is ? `${this.title.textContent} ${this.words.typing}` : "";
    if (is) this.stopTyping = setTimeout(() => this.typing(false), TYPING);
  }

  get mine() {
    const ticket = this.card?.ticket;
    return Boolean(ticket && ticket.operator === this.me.id && (ticket.state === "active" || ticket.state === "on_hold"));
  }

  get last() {
    return Math.max(0, ...this.messages.keys());
  }

  #acts(ticket) {
    if (!ticket || ticket.state === "closed") return [];
    const act = (name, does, primary = "") => make("button", { type: "button", class: `act ${primary}`, onclick: () => does(ticket) }, this.words[name]);
    if (this.mine) {
      const hold = ticket.state === "on_hold" ? "resume" : "hold";
      return [...(ticket.kind === "chat" ? [act(hold, this.actions.hold)] : []), act("transfer", this.actions.transfer), act("close", this.actions.close)];
    }
    const assign = this.me.role === "supervisor" && ticket.state !== "scheduled" ? [act("assign", this.actions.assign)] : [];
    if (ticket.state === "offered" && ticket.operator === this.me.id)
      return [act("accept", this.actions.accept, "primary"), act("decline", this.actions.decline), act("transfer", this.actions.transfer)];
    return ticket.state === "queued" || ticket.state === "offered" ? [act("take", this.actions.take), ...assign] : assign;
  }

  #draw() {
    const follow = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR;
    const said = [...this.messages.values()].map((message) => [message.at, 0, message.seq, () => this.#bubble(message)]);
    const notes = this.card.notes.map((note, at) => [note.at, 1, at, () => this.#note(note)]);
    const all = [...said, ...notes].sort((a, b) => new Date(a[0]) - new Date(b[0]) || a[1] - b[1] || a[2] - b[2]);
    this.log.replaceChildren(...all.map((one) => one[3]()));
    if (follow) this.log.scrollTop = this.log.scrollHeight;
  }

  #bubble(message) {
    const kind = message.author.kind;
    const name = kind === "operator" ? message.author.name : kind === "bot" ? this.words.bot : "";
    const body = message.deleted ? make("i", {}, this.words.deleted) : rich(message.html, message.text);
    const chips = message.buttons.map((button) => make("span", { class: "tag" }, button.label));
    const meta = make("small", { class: "meta" }, name && `${name} `, this.#time(message.at), message.edited ? ` ${this.words.edited}` : "");
    if (kind === "operator") meta.append(this.card.person.read >= message.seq ? tick("✓✓", this.words.read) : tick("✓", this.words.stored));
    return make("div", { class: `said ${kind}`, "data-seq": message.seq }, message.text || message.deleted ? make("div", { class: "bubble" }, body) : null, ...filesOf(message, this.conversation), chips.length ? make("div", { class: "chips" }, ...chips) : null, meta);
  }

  #note(note) {
    const meta = make("small", { class: "meta" }, `${this.words.note} ${note.operator} `, this.#time(note.at));
    return make("div", { class: "said note" }, make("div", { class: "bubble", dir: "auto" }, note.text), meta);
  }

  #time(at) {
    return make("time", { datetime: at }, new Date(at).toLocaleTimeString(this.locale, { timeStyle: "short", hourCycle: "h23" }));
  }

  /** At the cursor, so that a greeting may stand before it. */
  #insert(text) {
    this.input.setRangeText(text, this.input.selectionStart, this.input.selectionEnd, "end");
    this.input.dispatchEvent(new Event("input"));
    this.input.focus();
  }

  #label() {
    const note = this.input.value.startsWith("//");
    this.sender.textContent = note ? this.words.note : this.words.send;
    this.files.button.disabled = !this.mine;
    this.files.button.ariaLabel = this.files.button.title = this.words.attach;
    this.sender.disabled = !this.input.value.trim() || (!note && !this.mine);
    this.form.classList.toggle("noting", note);
  }

  #listen() {
    sending(this.form, this.input, () => this.#submit());
    this.input.addEventListener("input", () => {
      this.#label();
      this.input.style.height = "auto";
      this.input.style.height = `${Math.min(160, this.input.scrollHeight + 2)}px`;
      if (this.mine && this.input.value && !this.input.value.startsWith("//")) this.actions.typing();
    });
  }

  async #submit() {
    if (this.sender.disabled) return;
    const text = this.input.value;
    this.input.value = "";
    this.#label();
    if (!(await this.actions.write(text.trim()))) this.input.value ||= text; // nothing that was written is lost
    this.input.dispatchEvent(new Event("input"));
  }
}

const tick = (text, title) => make("span", { class: "tick", title }, ` ${text}`);

// Questions to the operator before an act: how to close, to whom to pass on, when to call, what to merge, whether to block.

import { make } from "/widget/dom.js";
import { inOrder, nameOf } from "./desk_list.js";

const MANY = 8;

/** `dialog` is the element, `send` does a frame and resolves to why it was refused, "" if it was not. */
export class Asking {
  dialog; send; now; from;

  constructor(dialog, send, now) {
    Object.assign(this, { dialog, send, now }); // words and the desk are asked for, since both change
    dialog.setAttribute("aria-labelledby", "asked");
    dialog.addEventListener("close", () => this.#closed());
    dialog.addEventListener("keydown", (event) => this.#arrows(event));
  }

  close(ticket) {
    const { words } = this.now();
    const call = ticket.kind === "callback";
    const close = (name) => this.send({ type: "close", ticket: ticket.number, reason: call ? "resolved" : name, result: call ? name : null });
    const callOff = () => this.send({ type: "close", ticket: ticket.number, reason: "cancelled", result: null });
    if (ticket.state === "scheduled") return this.#ask(words.unbookTitle, [[words.unbook, callOff]], words.keep);
    const choices = Object.entries(call ? words.results : words.reasons).map(([name, text]) => [text, () => close(name)]);
    this.#ask(call ? words.callTitle : words.closeTitle, choices, words.cancel);
  }

  transfer(ticket) {
    const { words, desk } = this.now();
    const note = make("textarea", { rows: "2", maxlength: "4000", dir: "auto", placeholder: words.transferNote, "aria-label": words.transferNote });
    const pass = (target) => this.send({ type: "transfer", ticket: ticket.number, note: note.value, ...target });
    const skills = desk.skills.map((one) => [one.title, () => pass({ skill: one.id, to: null })]);
    this.#ask(words.transferTitle, [note, ...skills, ...this.#colleagues((to) => pass({ skill: null, to }))], words.keep);
  }

  assign(ticket) {
    const { words, desk } = this.now();
    const give = (to) => this.send({ type: "assign", ticket: ticket.number, to });
    const me = desk.me.presence === "online" ? [[desk.me.name, () => give(desk.me.id)]] : [];
    const holder = ticket.state === "offered" ? null : ticket.operator; // who is offered it may still be given it
    this.#ask(words.assignTitle, [...me, ...this.#colleagues(give, holder)], words.keep);
  }

  /** When to call, in words as one says them; or the customer says. */
  callback(ticket, said = "") {
    const { words } = this.now();
    const when = make("input", { type: "text", maxlength: "100", dir: "auto", value: said, placeholder: words.callWhen, "aria-label": words.callLabel });
    const book = (text) => this.send({ type: "promise", ticket: ticket.number, words: text });
    const own = [words.book, () => book(when.value.trim()), when];
    const theirs = ticket.kind === "callback" ? [] : [[words.customerChooses, () => book("")]];
    this.#ask(words.callbackTitle, [when, make("small", {}, words.callHint), own, ...theirs], words.keep);
  }

  /** Which other ticket of the same person goes on; this one is closed. */
  merge(ticket) {
    const { words, desk } = this.now();
    const others = inOrder(desk).filter((one) => one.conversation !== ticket.conversation);
    const merge = (into) => this.send({ type: "merge", ticket: ticket.number, into });
    const number = make("input", { type: "number", min: "1", placeholder: words.mergeNumber, "aria-label": words.mergeNumber });
    const title = (one) => `${words.number(one.number)} ${nameOf(one, words)}${one.question ? `: ${one.question}` : ""}`;
    const known = others.slice(0, MANY).map((one) => [title(one), () => merge(one.number)]);
    const own = [words.merge, () => merge(Number(number.value)), number];
    this.#ask(words.mergeTitle, [make("small", {}, words.mergeHint), ...known, number, own], words.keep);
  }

  bar(person) {
    const { words } = this.now();
    const bar = () => this.send({ type: "bar", conversation: person.id, on: !person.barred });
    if (person.barred) return bar();
    this.#ask(words.barTitle, [[words.bar, bar]], words.keep);
  }

  #colleagues(does, but = null) {
    const { desk, words } = this.now();
    const here = desk.team.filter((one) => one.presence === "online" && one.id !== desk.me.id && one.id !== but);
    return here.map((one) => [`${one.name} (${words.load(one.load, one.capacity)})`, () => does(one.id)]);
  }

  /** Parts are elements and choices: [text, does], or [text, does, the field that must be filled for it]. */
  #ask(title, parts, cancel) {
    this.from = document.activeElement;
    const fault = make("p", { class: "warning", role: "alert", hidden: true });
    const shown = parts.map((one) => (Array.isArray(one) ? this.#choice(one, fault) : one));
    const keep = make("button", { type: "button", class: "act plain", onclick: () => this.dialog.close() }, cancel);
    this.dialog.classList.remove("wide");
    this.dialog.replaceChildren(make("h2", { id: "asked" }, title), ...shown, fault, keep);
    this.dialog.showModal();
  }

  /**
   * What is refused is said here, and can be chosen otherwise.
   *
   * @param {any[]} choice
   */
  #choice([text, does, field], fault) {
    const choose = async () => {
      if (field && !field.value.trim()) return field.focus();
      const why = await does();
      fault.hidden = !why;
      fault.textContent = why;
      if (!why) this.dialog.close();
      else field?.focus();
    };
    field?.addEventListener("keydown", (event) => event.key === "Enter" && !event.isComposing && choose());
    return make("button", { type: "button", class: `act ${field ? "primary" : ""}`, dir: "auto", onclick: choose }, text);
  }

  /** Up and down go through the choices. */
  #arrows(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.localName === "textarea") return;
    /** @type {HTMLElement[]} */
    const all = [...this.dialog.querySelectorAll(".act")];
    const at = all.findIndex((one) => one === document.activeElement);
    all[at < 0 ? 0 : (at + step + all.length) % all.length]?.focus();
    event.preventDefault();
  }

  /** Where one came from, or the same thing drawn anew; with neither, into the talk. */
  #closed() {
    if (this.from?.isConnected && this.from !== document.body) return this.from.focus();
    const key = this.from?.dataset?.key;
    const again = key && document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    (again || document.querySelector("#talk .log"))?.focus({ preventScroll: true });
  }
}

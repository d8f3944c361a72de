// Questions to the operator before an act: how to close, to whom to pass on, whether to block.

import { make } from "/widget/dom.js";

/** `dialog` is the element, `act` sends a frame. Words and the desk are asked for, since both change. */
export class Asking {
  constructor(dialog, act, now) {
    Object.assign(this, { dialog, act, now });
  }

  close(ticket) {
    const { words } = this.now();
    const call = ticket.kind === "callback";
    const close = (name) => this.act({ type: "close", ticket: ticket.number, reason: call ? "resolved" : name, result: call ? name : null });
    const choices = Object.entries(call ? words.results : words.reasons).map(([name, text]) => [text, () => close(name)]);
    this.#ask(call ? words.callTitle : words.closeTitle, choices, words.cancel);
  }

  transfer(ticket) {
    const { words, desk } = this.now();
    const note = make("textarea", { rows: "2", maxlength: "4000", dir: "auto", placeholder: words.transferNote, "aria-label": words.transferNote });
    const pass = (target) => this.act({ type: "transfer", ticket: ticket.number, note: note.value, ...target });
    const skills = desk.skills.map((one) => [one.title, () => pass({ skill: one.id, to: null })]);
    this.#ask(words.transferTitle, [...skills, ...this.#colleagues((to) => pass({ skill: null, to }))], words.keep, note);
  }

  assign(ticket) {
    const { words, desk } = this.now();
    const give = (to) => this.act({ type: "assign", ticket: ticket.number, to });
    const me = desk.me.presence === "online" ? [[desk.me.name, () => give(desk.me.id)]] : [];
    const holder = ticket.state === "offered" ? null : ticket.operator; // who is offered it may still be given it
    this.#ask(words.assignTitle, [...me, ...this.#colleagues(give, holder)], words.keep);
  }

  bar(person) {
    const { words } = this.now();
    const bar = () => this.act({ type: "bar", conversation: person.id, on: !person.barred });
    if (person.barred) return bar();
    this.#ask(words.barTitle, [[words.bar, bar]], words.keep);
  }

  #colleagues(does, but = null) {
    const { desk } = this.now();
    return desk.team.filter((one) => one.presence === "online" && one.id !== desk.me.id && one.id !== but).map((one) => [one.name, () => does(one.id)]);
  }

  #ask(title, choices, cancel, ...more) {
    const button = ([text, does], plain = "") => {
      const onclick = () => {
        this.dialog.close();
        does();
      };
      return make("button", { type: "button", class: `act ${plain}`, onclick }, text);
    };
    this.dialog.replaceChildren(make("h2", {}, title), ...more, ...choices.map((one) => button(one)), button([cancel, () => {}], "plain"));
    this.dialog.showModal();
  }
}

// The middle: the talk, what can be done with its ticket, and what one writes into it.

import { make } from "/widget/dom.js";
import { Composer } from "./desk_composer.js";
import { Keyed, redraw } from "./desk_draw.js";
import { Finder } from "./desk_find.js";
import { nameOf, phoneLink } from "./desk_list.js";
import { Log } from "./desk_log.js";
import { popup } from "./desk_popup.js";
import { moment } from "./desk_time.js";

const TYPING = 6_000;
export const stars = (rating) => "★".repeat(rating) + "☆".repeat(5 - rating);

export class Talk {
  element; actions; words; locale; me; conversation; card;

  /** `actions` has what the composer and the finder need, back, details, earlier(seq), and an act for each of the tools. */
  constructor(element, actions) {
    Object.assign(this, { element, actions });
    this.title = make("h2", { dir: "auto", tabindex: "-1" });
    this.call = make("p", { class: "call" });
    this.tools = make("div", { class: "tools" });
    this.buttons = new Keyed(this.tools);
    this.typist = make("p", { class: "typist", role: "status" });
    this.log = new Log(actions.earlier);
    this.finder = new Finder({ find: actions.find, insert: (text) => this.composer.insert(text) });
    this.composer = new Composer({ ...actions, look: (hit) => this.finder.show(hit), acts: () => this.#named() });
    this.back = make("button", { type: "button", class: "back", onclick: actions.back });
    this.details = make("button", { type: "button", class: "details", "data-key": "details", onclick: actions.details });
    this.head = make("div", { class: "head" }, this.back, this.title, this.details, this.tools, this.call);
    this.parts = [this.head, this.log.element, this.log.down, this.typist, this.finder.element, this.composer.element];
  }

  /** Begin to show this talk. */
  open(talk, words, locale, me) {
    const same = this.conversation === talk.conversation;
    Object.assign(this, { words, locale, me, conversation: talk.conversation, card: talk.card });
    if (!this.head.isConnected) this.element.replaceChildren(...this.parts);
    this.finder.open(words, locale, talk.card.person.locale, same);
    this.composer.open(talk.conversation, words);
    this.log.open(talk, words, locale);
    this.back.textContent = "←";
    this.back.ariaLabel = this.back.title = words.back;
    this.details.textContent = words.details;
    this.typing(false);
    this.#head();
  }

  /** Nothing is open: `instead` is shown. */
  close(instead) {
    this.conversation = null;
    this.element.replaceChildren(instead);
  }

  message(message) {
    this.log.message(message);
    if (message.author.kind === "customer") this.typing(false);
  }

  /** The ticket, the notes or what was read has changed. */
  update(card, me) {
    Object.assign(this, { card, me });
    this.log.update(card);
    this.#head();
  }

  typing(is) {
    clearTimeout(this.stopTyping);
    this.typist.textContent = is ? `${this.title.textContent} ${this.words.typing}` : "";
    if (is) this.stopTyping = setTimeout(() => this.typing(false), TYPING);
  }

  get mine() {
    return this.#engaged && this.card.ticket.operator === this.me.id;
  }

  /** A colleague has it. */
  get elsewhere() {
    return this.#engaged && !this.mine;
  }

  get #engaged() {
    return ["active", "on_hold"].includes(this.card?.ticket?.state);
  }

  /** What can be done now: [name, label, does(ticket), primary, takes words]. */
  acts() {
    const ticket = this.conversation && this.card?.ticket;
    if (!ticket || ticket.state === "closed") return [];
    const { words, actions } = this;
    const one = (name, primary = "", more = false, label = name) => ({ name, label: words[label], does: (said) => actions[name](ticket, said), primary, more });
    if (this.mine) {
      const hold = ticket.state === "on_hold" ? "resume" : "hold";
      return [...(ticket.kind === "chat" ? [one(hold)] : []), one("transfer"), { ...one("callback", "", true), words: true }, one("merge", "", true), one("close")];
    }
    const give = this.me.role === "supervisor" ? [one("assign")] : [];
    const merge = this.me.role === "supervisor" ? [one("merge", "", true)] : [];
    if (ticket.state === "scheduled") return [{ ...one("callback", "", false, "move"), words: true }, one("close", "", false, "unbook"), ...merge];
    if (ticket.state === "offered" && ticket.operator === this.me.id) return [one("accept", "primary"), one("decline"), one("transfer")];
    return ticket.state === "queued" || ticket.state === "offered" ? [one("take"), ...give, ...merge] : [...give, ...merge];
  }

  /** What can be typed after a slash; what takes the talk away is not among it. */
  #named() {
    return this.acts().filter((one) => !["accept", "decline", "take"].includes(one.name));
  }

  #head() {
    const { words, card } = this;
    const ticket = card.ticket;
    this.title.textContent = ticket ? nameOf(ticket, words) : card.person.name || words.visitor;
    const button = (one) => make("button", { type: "button", class: `act ${one.primary}`, "data-key": one.name, onclick: () => one.does() }, one.label);
    const acts = this.acts();
    const rest = acts.filter((one) => one.more);
    const made = (one) => [ticket.number, ticket.state, one.label];
    this.buttons.show([
      ...(ticket?.state === "closed" ? [["end", [ticket.number, card.rating, card.log.length, words.back], () => this.#end()]] : []),
      ...acts.filter((one) => !one.more).map((one) => [one.name, made(one), () => button(one)]),
      ...(rest.length ? [["more", rest.map(made), () => this.#more(rest)]] : []),
    ]);
    this.#number(ticket);
    this.composer.allow(this.mine);
  }

  #more(acts) {
    const item = (one) => make("button", { type: "button", class: "act", onclick: () => one.does() }, one.label);
    const { moreActs } = this.words;
    const button = make("button", { type: "button", class: "act", "data-key": "more", "aria-label": moreActs, title: moreActs }, "⋯");
    return popup(button, make("div", { class: "popup" }, ...acts.map(item)), true);
  }

  /** How the ticket ended. */
  #end() {
    const { words, card } = this;
    const reason = [...card.log].reverse().find((row) => row.after === "closed" && row.reason)?.reason;
    const text = [words.closed, words.reasons[reason] ?? words.ends[reason]].filter(Boolean).join(": ");
    const rated = card.rating && make("span", { class: "stars", role: "img", "aria-label": words.rated(card.rating) }, stars(card.rating));
    return make("p", { class: "end" }, text, rated || null);
  }

  /** Whom to call, and when it was promised. */
  #number(ticket) {
    const call = ticket?.kind === "callback" && ticket.state !== "closed";
    this.call.hidden = !call;
    if (!call) return;
    const due = ticket.promised && `${this.words.promised} ${moment(ticket.promised, this.locale)}`;
    const tries = ticket.attempts && `${this.words.attempts}: ${ticket.attempts}`;
    redraw(this.call, ticket.phone ? phoneLink(ticket) : make("b", {}, this.words.inChat), ...[due, tries].filter(Boolean).map((text) => make("span", {}, text)));
  }
}

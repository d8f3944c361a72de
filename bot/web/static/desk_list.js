// The left side: offers to me, my tickets, the queue, who has what, and the team.

import { make } from "/widget/dom.js";
import { Keyed } from "./desk_draw.js";
import { drafts } from "./desk_keep.js";
import { ahead, moment, now } from "./desk_time.js";

export const nameOf = (ticket, words) => ticket.customer || `${words.visitor} ${ticket.conversation.slice(0, 4)}`;

/** The tickets in the order in which the list shows them. */
export const inOrder = (desk) => [...desk.mine, ...desk.queue, ...desk.others];

const FEW = 3;

const tag = (text, name = "") => make("span", { class: `tag ${name}` }, text);

/**
 * A press calls the number of the ticket or person, where something can.
 *
 * @param {string | null} name
 */
export const phoneLink = (whose, name = null) => make("a", { class: name, href: `tel:${whose.phone.replace(/[^+\d]/g, "")}`, "data-key": `p${whose.phone}` }, whose.phone_shown ?? whose.phone);

export class List {
  element; actions; desk; words; open;

  /** `actions` has open(ticket), accept, decline, take. */
  constructor(element, actions) {
    Object.assign(this, { element, actions });
    this.sections = Object.fromEntries(["offers", "mine", "queue", "others", "booked", "team"].map((name) => [name, this.#section(name)]));
    this.empty = make("p", { class: "empty" });
    const { offers, mine, queue, others, booked, team } = this.sections;
    element.append(...[offers, mine, queue].map((one) => one.box), this.empty, others.box, booked.box, team.box);
  }

  draw(desk, open, words) {
    Object.assign(this, { desk, words, open });
    const offered = (ticket) => ticket.state === "offered";
    this.#tickets("offers", words.offers, desk.mine.filter(offered));
    this.#tickets("mine", words.mine, desk.mine.filter((one) => !offered(one)));
    this.#tickets("queue", words.queue, desk.queue, desk.more);
    this.#tickets("others", words.others, desk.others);
    this.#booked();
    this.#show("team", words.team, desk.team.map((one) => [one.id, [one, words.online], () => this.#colleague(one)]));
    this.empty.textContent = this.#nothing();
    this.empty.hidden = !this.empty.textContent;
  }

  focus() {
    (this.element.querySelector("[aria-current]") ?? this.element.querySelector(".ticket"))?.focus();
  }

  #section(name) {
    const [title, count, list] = [make("span"), make("span", { class: "count" }), make("ul")];
    const box = make("section", { class: `group ${name}`, hidden: true }, make("h2", {}, title, count), list);
    return { box, title, count, list: new Keyed(list) };
  }

  #show(name, title, items, more = 0) {
    const section = this.sections[name];
    section.box.hidden = !items.length;
    section.title.textContent = title;
    section.count.textContent = items.length + more;
    section.list.show(items);
  }

  /** @param {(() => void) | null} unfold */
  #tickets(name, title, tickets, more = 0, unfold = null) {
    const items = tickets.map((one) => [`t${one.number}`, this.#seen(one), () => make("li", {}, this.#row(one))]);
    const rest = () => (unfold ? make("button", { type: "button", class: "act small plain", onclick: unfold }, this.words.more(more)) : this.words.more(more));
    if (more) items.push(["more", [more, Boolean(unfold), this.words.online], () => make("li", { class: "empty" }, rest())]);
    this.#show(name, title, items, more ? more - 1 : 0);
  }

  /** The next few, so that the rest of the list stays in sight; a press shows more. */
  #booked() {
    const { desk, words } = this;
    const shown = this.unfolded ? desk.booked : desk.booked.slice(0, FEW);
    const more = desk.booked.length - shown.length + desk.booked_more;
    this.#tickets("booked", words.booked, shown, more, desk.booked.length > shown.length ? () => this.#unfold() : null);
  }

  #unfold() {
    this.unfolded = true;
    this.#booked();
    this.element.querySelectorAll(".booked .ticket")[FEW].focus();
  }

  /** Everything that a row is drawn from. */
  #seen = (ticket) => [ticket, ticket.conversation === this.open, drafts.has(ticket.conversation), this.desk.me.id, this.words.online];

  #nothing() {
    const { desk, words } = this;
    const lines = desk.mine.length || desk.queue.length ? [] : [words.nobody];
    if (desk.me.presence !== "online") lines.push(desk.me.presence === "paused" ? words.onPause : words.goOnline);
    return lines.join("\n");
  }

  #row(ticket) {
    const { words, actions } = this;
    const unread = ticket.unread && ticket.state !== "queued";
    const name = make("b", { dir: "auto" }, nameOf(ticket, words));
    if (unread) name.prepend(make("span", { class: "unread", role: "img", "aria-label": words.unread }));
    const about = make("span", { class: "about", dir: "auto" }, ticket.question || ticket.intent || words.whys[ticket.why] || "");
    const current = ticket.conversation === this.open ? "true" : null;
    const onclick = () => actions.open(ticket);
    const button = make("button", { type: "button", class: "ticket", "data-key": `t${ticket.number}`, "aria-current": current, onclick }, make("span", { class: "who" }, name, this.#when(ticket)), about, this.#tags(ticket));
    return make("div", { class: `row ${ticket.state}` }, button, ...this.#acts(ticket));
  }

  /** How long the offer stands; when a call is due; else how long they have waited. */
  #when(ticket) {
    const { locale } = this.desk.me;
    if (ticket.state === "scheduled") return make("time", { class: "due", datetime: ticket.promised }, ahead(ticket.promised, locale));
    const mine = ticket.operator === this.desk.me.id;
    if (ticket.deadline && mine) return make("time", { class: "left", "data-deadline": ticket.deadline });
    const later = ticket.promised && Date.parse(ticket.promised) > now();
    if (later) return make("time", { class: "due", datetime: ticket.promised }, moment(ticket.promised, locale));
    return make("time", { "data-since": ticket.asked, title: this.words.since });
  }

  #tags(ticket) {
    const { words, desk } = this;
    const booked = ticket.state === "scheduled";
    const call = ticket.kind === "callback" && !booked;
    const tags = [
      ticket.priority > 1 && tag("!", "urgent"),
      ticket.kind !== "chat" && !booked && tag(words.kinds[ticket.kind], ticket.kind),
      call && ticket.promised && tag(words.for(moment(ticket.promised, desk.me.locale)), "callback"),
      tag(ticket.skill),
      tag(ticket.locale.toUpperCase()),
      booked && ticket.preferred && tag(words.keptFor(ticket.preferred), "holder"),
      ticket.kept && tag(words.kept, "kept"),
      ticket.operator && ticket.operator !== desk.me.id && tag(ticket.operator_name, "holder"),
      ticket.wait_s && !ticket.kept && tag(words.toldWait(...ticket.wait_s.map((seconds) => Math.round(seconds / 60)))),
      ticket.state === "on_hold" && tag(words.states.on_hold, "kept"),
      drafts.has(ticket.conversation) && tag(words.draft, "draft"),
    ];
    return make("span", { class: "tags" }, ...tags.filter(Boolean));
  }

  #acts(ticket) {
    const { words, actions } = this;
    const act = (text, name, key, does) => make("button", { type: "button", class: `act ${name}`, "data-key": `${key}${ticket.number}`, onclick: () => does(ticket) }, text);
    if (ticket.state === "offered" && ticket.operator === this.desk.me.id)
      return [act(words.accept, "primary", "a", actions.accept), act(words.decline, "", "d", actions.decline)];
    if (ticket.state === "queued" || ticket.state === "offered") return [act(words.take, "small", "k", actions.take)];
    return ticket.phone && [this.desk.me.id, null].includes(ticket.operator) ? [phoneLink(ticket, "act small")] : [];
  }

  #colleague(one) {
    const { words, desk } = this;
    const until = one.presence === "paused" && one.until ? ` ${words.until(moment(one.until, desk.me.locale))}` : "";
    const load = one.presence === "offline" ? "" : make("span", { class: "load" }, `${one.load}/${one.capacity}`);
    return make("li", {}, make("span", { class: `dot ${one.presence}` }), make("span", {}, one.name), load, make("small", {}, `${words[one.presence]}${until}`));
  }
}

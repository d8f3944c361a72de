// The right side: who the customer is, what they need, and what happened.

import { make } from "/widget/dom.js";
import { redraw } from "./desk_draw.js";
import { phoneLink } from "./desk_list.js";
import { stars } from "./desk_talk.js";
import { moment, now } from "./desk_time.js";

/** `actions` has back, bar(person) and history(page), which resolves to closed tickets. */
export class Card {
  element; actions; card; page; words; locale;

  constructor(element, actions) {
    Object.assign(this, { element, actions });
    this.past = make("ol", { class: "events past" });
    this.more = make("button", { type: "button", class: "act small", "data-key": "more-past", onclick: () => this.#load() });
    this.before = this.#folded("before", this.past, this.more);
    this.events = make("ol", { class: "events" });
    this.log = this.#folded("log", this.events);
    this.before.addEventListener("toggle", () => this.before.open && !this.page && this.#load());
  }

  draw(card, words, locale) {
    const other = this.card?.conversation !== card?.conversation || this.card?.ticket?.state !== card?.ticket?.state;
    Object.assign(this, { card, words, locale });
    if (!card) return this.element.replaceChildren();
    if (other) this.#forget();
    const { person, ticket } = card;
    const { actions } = this;
    const username = person.username ? make("small", {}, ` @${person.username}`) : null;
    this.before.firstChild.textContent = words.before;
    this.log.firstChild.textContent = words.log;
    this.more.textContent = words.showMore;
    this.events.replaceChildren(...log(card.log, words, locale));
    redraw(
      this.element,
      make("button", { type: "button", class: "back", "data-key": "card-back", onclick: actions.back }, `← ${words.back}`),
      make("h2", { dir: "auto", tabindex: "-1" }, person.name || `${words.visitor} ${person.id.slice(0, 4)}`, username),
      person.barred && make("p", { class: "warning" }, words.barred),
      person.blocked && make("p", { class: "warning" }, words.blocked),
      list(facts(person, ticket, words, locale)),
      ticket && list(about(ticket, card, words, locale)),
      ...group(words.form, card.form.length && list(card.form.map((one) => [one.field, one.answer]))),
      this.before,
      card.log.length && this.log,
      make("button", { type: "button", class: "act bar", "data-key": "bar", onclick: () => actions.bar(person) }, person.barred ? words.unbar : words.bar),
    );
  }

  #folded(name, ...inside) {
    return make("details", { class: "folded" }, make("summary", { "data-key": `fold-${name}` }), ...inside);
  }

  #forget() {
    this.page = 0;
    this.past.replaceChildren();
    this.more.hidden = true;
    if (this.before.open) this.#load();
  }

  async #load() {
    const { conversation } = this.card;
    const answer = await this.actions.history(++this.page);
    if (!answer || conversation !== this.card?.conversation) return;
    this.past.append(...answer.past.map((one) => this.#closed(one)));
    if (!this.past.childElementCount) this.past.append(make("li", { class: "empty" }, this.words.noPast));
    this.more.hidden = !answer.more;
  }

  #closed(one) {
    const { words, locale } = this;
    const end = one.result ? words.results[one.result] : words.reasons[one.reason] ?? words.ends[one.reason];
    const text = [words.number(one.number), one.kind === "chat" ? "" : words.kinds[one.kind], one.skill, one.operator_name, end].filter(Boolean).join(" · ");
    return make("li", {}, make("time", { datetime: one.closed }, moment(one.closed, locale)), ` ${text}`, one.question ? make("p", { dir: "auto" }, one.question) : null);
  }
}

function facts(person, ticket, words, locale) {
  const phone = [ticket, person].find((one) => one?.phone);
  const channels = [person.channel, person.also].filter(Boolean).map((one) => words.channels[one] ?? one);
  return [
    [words.channel, channels.join(", ")],
    [words.language, language(person.locale, locale)],
    [words.localTime, localTime(person.zone, locale)],
    [words.page, link(person.page)],
    [words.phone, phone && phoneLink(phone)],
  ];
}

function about(ticket, card, words, locale) {
  return [
    [words.ticket, `${words.number(ticket.number)}, ${words.kinds[ticket.kind].toLowerCase()}, ${words.states[ticket.state]}`],
    [words.rating, card.rating && make("span", { class: "stars", role: "img", "aria-label": words.rated(card.rating) }, stars(card.rating))],
    [words.skill, ticket.skill],
    [words.promised, ticket.promised && moment(ticket.promised, locale)],
    [words.attempts, ticket.attempts ? String(ticket.attempts) : null],
    [words.why, words.whys[ticket.why] ?? ticket.why],
    [words.topic, ticket.intent],
    [words.asked, ticket.question],
  ];
}

function list(rows) {
  const filled = rows.filter(([, value]) => value);
  return make("dl", {}, ...filled.flatMap(([name, value]) => [make("dt", {}, name), make("dd", { dir: "auto" }, value)]));
}

const group = (title, content) => (content ? [make("h3", {}, title), content] : []);

function log(rows, words, locale) {
  const why = (row) => words.reasons[row.reason] ?? words.ends[row.reason];
  const text = (row) => `${words.events[row.event] ?? row.event}${why(row) ? `: ${why(row).toLowerCase()}` : ""}`;
  const who = (row) => ({ customer: words.customer, bot: words.bot, clock: "" })[row.actor] ?? row.actor;
  return rows.map((row) => make("li", {}, make("time", {}, moment(row.at, locale)), ` ${text(row)}`, make("small", {}, who(row) && ` ${who(row)}`)));
}

function localTime(zone, locale) {
  if (!zone) return null;
  return `${new Date(now()).toLocaleTimeString(locale, { timeZone: zone, timeStyle: "short", hourCycle: "h23" })}, ${zone.replace(/_/g, " ")}`;
}

function language(code, locale) {
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(code);
  } catch {
    return code;
  }
}

function link(page) {
  if (!/^https?:\/\//.test(page)) return null;
  const { host, pathname } = new URL(page);
  return make("a", { href: page, target: "_blank", rel: "noopener noreferrer" }, host + pathname);
}

// The right side: who the customer is, what they need, and what happened.

import { make } from "/widget/dom.js";

/** `actions` has back and bar(person). */
export function drawCard(element, card, words, locale, actions) {
  if (!card) return element.replaceChildren();
  const { person, ticket } = card;
  const facts = [
    [words.channel, words.channels[person.channel] ?? person.channel],
    [words.language, language(person.locale, locale)],
    [words.localTime, localTime(person.zone, locale)],
    [words.page, link(person.page)],
    [words.phone, phone(ticket?.phone ?? person.phone)],
  ];
  const about = ticket && [
    [words.ticket, `${words.number(ticket.number)}, ${words.kinds[ticket.kind].toLowerCase()}, ${words.states[ticket.state]}`],
    [words.skill, ticket.skill],
    [words.promised, ticket.promised && moment(ticket.promised, locale)],
    [words.attempts, ticket.attempts ? String(ticket.attempts) : null],
    [words.why, words.whys[ticket.why] ?? ticket.why],
    [words.topic, ticket.intent],
    [words.asked, ticket.question],
  ];
  const username = person.username ? make("small", {}, ` @${person.username}`) : null;
  element.replaceChildren(
    make("button", { type: "button", class: "back", onclick: actions.back }, `← ${words.back}`),
    make("h2", { dir: "auto" }, person.name || `${words.visitor} ${person.id.slice(0, 4)}`, username),
    ...(person.barred ? [make("p", { class: "warning" }, words.barred)] : []),
    ...(person.blocked ? [make("p", { class: "warning" }, words.blocked)] : []),
    list(facts),
    ...(about ? [list(about)] : []),
    ...group(words.form, card.form.length && list(card.form.map((one) => [one.field, one.answer]))),
    make("button", { type: "button", class: "act bar", onclick: () => actions.bar(person) }, person.barred ? words.unbar : words.bar),
    ...group(words.log, card.log.length && log(card.log, words, locale)),
  );
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
  return make("ol", { class: "events" }, ...rows.map((row) => make("li", {}, make("time", {}, moment(row.at, locale)), ` ${text(row)}`, make("small", {}, who(row) && ` ${who(row)}`))));
}

function moment(at, locale) {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(locale, { ...(today ? {} : { dateStyle: "short" }), timeStyle: "short", hourCycle: "h23" });
}

function localTime(zone, locale) {
  if (!zone) return null;
  return `${new Date().toLocaleTimeString(locale, { timeZone: zone, timeStyle: "short", hourCycle: "h23" })}, ${zone.replace(/_/g, " ")}`;
}

function language(code, locale) {
  try {
    return new Intl.DisplayNames(locale, { type: "language" }).of(code);
  } catch {
    return code;
  }
}

const phone = (number) => (number ? make("a", { href: `tel:${number.replace(/[^+\d]/g, "")}` }, number) : null);

function link(page) {
  if (!/^https?:\/\//.test(page)) return null;
  const { host, pathname } = new URL(page);
  return make("a", { href: page, target: "_blank", rel: "noopener noreferrer" }, host + pathname);
}

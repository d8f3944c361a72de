// The left side: offers to me, my tickets, the queue, and who has what.

import { make } from "/widget/dom.js";

/** How long somebody has been waiting, in words. */
function waiting(since, words) {
  const minutes = Math.floor((Date.now() - new Date(since)) / 60_000);
  if (minutes < 1) return words.justNow;
  return minutes < 60 ? words.minutes(minutes) : words.hours(Math.floor(minutes / 60));
}

export const nameOf = (ticket, words) => ticket.customer || `${words.visitor} ${ticket.conversation.slice(0, 4)}`;

/** `actions` has open(conversation), accept(n), decline(n), take(n). */
export function drawList(element, desk, open, words, actions) {
  const offers = desk.mine.filter((ticket) => ticket.state === "offered");
  const mine = desk.mine.filter((ticket) => ticket.state !== "offered");
  const item = (ticket) => draw(ticket, open, words, actions, desk.me);
  const parts = [section(words.offers, offers.map(item), "offers"), section(words.mine, mine.map(item)), section(words.queue, desk.queue.map(item))];
  if (!desk.mine.length && !desk.queue.length)
    parts.push(make("p", { class: "empty" }, words.nobody));
  if (desk.me.presence !== "online") parts.push(make("p", { class: "empty" }, desk.me.presence === "paused" ? words.onPause : words.goOnline));
  parts.push(section(words.others, desk.others.map(item)), team(desk, words));
  const scrolled = element.scrollTop;
  const focused = element.contains(document.activeElement) && document.activeElement.dataset.key;
  element.replaceChildren(...parts.filter(Boolean));
  element.scrollTop = scrolled;
  if (focused) element.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function section(title, items, name = "") {
  return items.length ? make("div", { class: `group ${name}` }, make("h2", {}, title, make("span", { class: "count" }, String(items.length))), ...items) : null;
}

function draw(ticket, open, words, actions, me) {
  const when = ticket.deadline ? make("time", { class: "left", "data-deadline": ticket.deadline }) : make("time", {}, waiting(ticket.asked, words));
  const head = make("span", { class: "who" }, make("b", { dir: "auto" }, nameOf(ticket, words)), when);
  const line = make("span", { class: "about", dir: "auto" }, ticket.question || ticket.intent || words.whys[ticket.why] || "");
  const tags = make("span", { class: "tags" }, tag(words.kinds[ticket.kind], ticket.kind), tag(ticket.skill), tag(ticket.locale), ticket.priority > 1 ? tag("!", "urgent") : null);
  if (ticket.operator && ticket.operator !== me.id) tags.append(tag(ticket.operator_name, "holder"));
  if (ticket.wait_s) tags.append(tag(words.toldWait(...ticket.wait_s.map((seconds) => Math.round(seconds / 60)))));
  if (ticket.state === "on_hold") tags.append(tag(words.states.on_hold, "holder"));
  const attributes = { type: "button", class: "ticket", "data-key": `t${ticket.number}`, "aria-current": ticket.conversation === open ? "true" : null };
  const button = make("button", { ...attributes, onclick: () => actions.open(ticket.conversation) }, head, line, tags);
  if (ticket.unread && ticket.state !== "queued") button.classList.add("unread");
  const row = make("div", { class: `row ${ticket.state}` }, button);
  const mine = ticket.state === "offered" && ticket.operator === me.id;
  if (mine) row.append(act(words.accept, "primary", `a${ticket.number}`, () => actions.accept(ticket)), act(words.decline, "", `d${ticket.number}`, () => actions.decline(ticket)));
  else if (ticket.state === "queued" || ticket.state === "offered") row.append(act(words.take, "", `k${ticket.number}`, () => actions.take(ticket)));
  return row;
}

const tag = (text, name = "") => make("span", { class: `tag ${name}` }, text);
const act = (text, name, key, onclick) => make("button", { type: "button", class: `act ${name}`, "data-key": key, onclick }, text);

function team(desk, words) {
  const people = desk.team.map((one) => make("li", {}, make("span", { class: `dot ${one.presence}` }), one.name, make("small", {}, words[one.presence])));
  return make("div", { class: "group team" }, make("h2", {}, words.team), make("ul", {}, ...people));
}

/** Seconds left of each offer; called every second. */
export function countDown(element, words) {
  for (const time of element.querySelectorAll("[data-deadline]")) {
    const left = Math.max(0, Math.round((new Date(time.dataset.deadline) - Date.now()) / 1000));
    time.textContent = words.seconds(left);
    time.classList.toggle("soon", left < 15);
  }
}

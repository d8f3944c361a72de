// Choosing a time: days with free times as a small calendar, and the times of the chosen day. Arrow keys move about.

import { make } from "./dom.js";

const DAY = /^day:(\d{4}-\d{2}-\d{2}):0$/;
const WEEK = 7;
const pad = (number) => String(number).padStart(2, "0");
const isoOf = (date) => `${date.getUTCFullYear()}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`;
const plus = (date, days) => new Date(date.getTime() + days * 86_400_000);

const hasDays = (buttons) => buttons.filter((one) => DAY.test(one.id)).length > 1;

/** Whether the buttons offer days or times, so that a calendar says more than a list. */
export const isCalendar = (buttons) => hasDays(buttons) || buttons.some((one) => one.kind === "slot");

/** The buttons as a calendar: `day:…` are days with free times, `slot` are times of one day. */
export function calendar(buttons, log, press) {
  const days = hasDays(buttons) ? new Map(buttons.filter((one) => DAY.test(one.id)).map((one) => [DAY.exec(one.id)[1], one])) : null;
  const times = buttons.filter((one) => one.kind === "slot");
  const others = buttons.filter((one) => one.kind !== "slot" && !(days && DAY.test(one.id)));
  const group = make("div", { class: "buttons calendar", role: "group", "aria-label": log.words.calendar });
  if (days) group.append(grid(days, log, press));
  if (times.length) group.append(row("times", times, press));
  if (others.length) group.append(row("others", others, press));
  group.addEventListener("keydown", move);
  return group;
}

const row = (name, buttons, press) =>
  make("div", { class: name }, ...buttons.map((one) => make("button", { type: "button", class: `button ${one.kind}`, "data-button": one.id, onclick: () => press(one) }, one.label)));

/** Whole weeks from Monday, from the first day with free times to the last. */
function grid(days, { locale }, press) {
  const dates = [...days.keys()].sort();
  const first = new Date(`${dates[0]}T00:00Z`);
  const start = plus(first, -((first.getUTCDay() + 6) % WEEK));
  const weeks = Math.ceil(((new Date(`${dates.at(-1)}T00:00Z`) - start) / 86_400_000 + 1) / WEEK);
  const say = (options) => new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
  const [weekday, month, whole] = [say({ weekday: "short" }), say({ month: "long", year: "numeric" }), say({ weekday: "long", day: "numeric", month: "long" })];
  const cells = Array.from({ length: weeks * WEEK }, (_, at) => cell(plus(start, at), days, whole, press));
  const names = Array.from({ length: WEEK }, (_, at) => make("span", { "aria-hidden": "true" }, weekday.format(plus(start, at))));
  return make("div", { class: "days" }, make("b", {}, month.format(first)), ...names, ...cells);
}

function cell(date, days, whole, press) {
  const one = days.get(isoOf(date));
  if (!one) return make("span", { class: "none", "aria-hidden": "true" }, date.getUTCDate());
  return make("button", { type: "button", class: "date", "data-button": one.id, "aria-label": whole.format(date), onclick: () => press(one) }, date.getUTCDate());
}

/** Left and right to the neighbour, up and down to the next in the same column, Home and End within the row. */
function move(event) {
  const all = [...event.currentTarget.querySelectorAll("button:enabled")];
  const from = event.target.getBoundingClientRect();
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const at = all.indexOf(event.target);
  let to = step ? all[at + step] : null;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") to = beyond(all, from, event.key === "ArrowDown" ? 1 : -1);
  if (event.key === "Home" || event.key === "End") to = all.filter((one) => Math.abs(one.getBoundingClientRect().top - from.top) < 4).at(event.key === "Home" ? 0 : -1);
  if (!to) return;
  event.preventDefault();
  to.focus();
}

function beyond(all, from, way) {
  const there = all.map((one) => ({ one, box: one.getBoundingClientRect() })).filter(({ box }) => (box.top - from.top) * way > 4);
  there.sort((a, b) => (a.box.top - b.box.top) * way || Math.abs(a.box.left - from.left) - Math.abs(b.box.left - from.left));
  return there[0]?.one;
}

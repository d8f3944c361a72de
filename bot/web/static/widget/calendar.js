// Choosing a time: days with free times as a small calendar, and the times of the chosen day. Arrow keys move about.

import { make } from "./dom.js";

const DAY = 86_400_000; // ms
const dayOf = ({ id }) => /^day:(\d{4}-\d{2}-\d{2}):0$/.exec(id)?.[1];
const daysOf = (buttons) => (buttons.filter(dayOf).length > 1 ? buttons.filter(dayOf) : []);

/** Whether the buttons offer days or times, so that a calendar says more than a list. */
export const isCalendar = (buttons) => daysOf(buttons).length > 0 || buttons.some((one) => one.kind === "slot");

/** The buttons as a calendar: `day:…` are days with free times, `slot` are times of one day. `draw` makes a button. */
export function calendar(buttons, { words, locale }, draw) {
  const days = daysOf(buttons);
  const times = buttons.filter((one) => one.kind === "slot");
  const others = buttons.filter((one) => !days.includes(one) && !times.includes(one));
  const group = make("div", { class: "buttons calendar", role: "group", "aria-label": words.calendar });
  if (days.length) group.append(grid(days, locale, draw));
  for (const row of [times, others]) if (row.length) group.append(make("div", { class: row === times ? "times" : "others" }, ...row.map((one) => draw(one))));
  group.addEventListener("keydown", move);
  return group;
}

const mute = (text) => make("span", { "aria-hidden": "true" }, text);

/** Whole weeks from Monday, from the first day with free times to the last. */
function grid(days, locale, draw) {
  const free = new Map(days.map((one) => [Date.parse(dayOf(one)), one]));
  const [first, last] = [Math.min(...free.keys()), Math.max(...free.keys())];
  const say = (options, day, until = day) => new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).formatRange(day, until);
  const cells = [];
  for (let day = first - ((new Date(first).getUTCDay() + 6) % 7) * DAY; day <= last || cells.length % 7; day += DAY) {
    const number = new Date(day).getUTCDate();
    const name = say({ weekday: "long", day: "numeric", month: "long" }, day);
    cells.push(free.has(day) ? draw(free.get(day), { class: "date", "aria-label": name }, number) : mute(number));
  }
  const weekday = (at, name = say({ weekday: "short" }, at)) => (name.length > 3 ? say({ weekday: "narrow" }, at) : name); // seven side by side
  const names = cells.slice(0, 7).map((_, at) => mute(weekday((4 + at) * DAY))); // 1970 began on a Thursday
  return make("div", { class: "days" }, make("b", {}, say({ month: "long", year: "numeric" }, first, last)), ...names, ...cells);
}

const box = (one) => one.getBoundingClientRect();

/** Left and right to the neighbour, up and down to the nearest in the next row, Home and End within the row. */
function move(event) {
  const { target, key } = event;
  const all = [...event.currentTarget.querySelectorAll("button:enabled")];
  const { top, left } = box(target);
  const rowOf = (one) => all.filter((each) => one && Math.abs(box(each).top - box(one).top) < 4);
  const nearest = (row) => row.sort((a, b) => Math.abs(box(a).left - left) - Math.abs(box(b).left - left))[0];
  const to = {
    ArrowLeft: () => all[all.indexOf(target) - 1],
    ArrowRight: () => all[all.indexOf(target) + 1],
    ArrowUp: () => nearest(rowOf(all.findLast((one) => box(one).top < top - 4))),
    ArrowDown: () => nearest(rowOf(all.find((one) => box(one).top > top + 4))),
    Home: () => rowOf(target)[0],
    End: () => rowOf(target).at(-1),
  }[key]?.();
  if (!to) return;
  event.preventDefault();
  to.focus();
}

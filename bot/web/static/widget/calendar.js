// Choosing a time: days with free times as a small calendar, and the times of the chosen day. Arrow keys move about.

import { make } from "./dom.js";

const DAY = 86_400_000; // ms
const dayOf = ({ id }) => /^day:([\d-]+):0$/.exec(id)?.[1] ?? "";

/**
 * The buttons as a calendar: `day:…` are days with free times, `slot` are times of one day. `draw` makes a button.
 * Null if they offer neither several days nor times, so that a list says as much.
 */
export function calendar(buttons, { words, locale }, draw) {
  const found = buttons.filter(dayOf);
  const days = found.length > 1 ? found : [];
  const times = buttons.filter((one) => one.kind === "slot");
  if (!days.length && !times.length) return null;
  const others = buttons.filter((one) => !days.includes(one) && !times.includes(one));
  const row = (name, all) => all.length > 0 && make("div", { class: name }, ...all.map((one) => draw(one)));
  const parts = [days.length > 0 && grid(days, locale, draw), row("times", times), row("others", others)];
  return make("div", { class: "buttons calendar", role: "group", "aria-label": words.calendar, onkeydown: move }, ...parts);
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

/** Left and right to the neighbour, up and down to the nearest in the next row, Home and End within the row. */
function move(event) {
  const { target, key } = event;
  const all = [...event.currentTarget.querySelectorAll("button:enabled")];
  const [across, down] = ["left", "top"].map((side) => (one) => one.getBoundingClientRect()[side] - target.getBoundingClientRect()[side]);
  const row = all.filter((one) => Math.abs(down(one)) < 4);
  const far = (one) => Math.abs(down(one)) * 99 + Math.abs(across(one));
  const nearest = (rows) => rows.sort((a, b) => far(a) - far(b))[0];
  const to = {
    ArrowLeft: all[all.indexOf(target) - 1],
    ArrowRight: all[all.indexOf(target) + 1],
    ArrowUp: nearest(all.filter((one) => down(one) < -4)),
    ArrowDown: nearest(all.filter((one) => down(one) > 4)),
    Home: row[0],
    End: row.at(-1),
  }[key];
  if (!to) return;
  event.preventDefault();
  to.focus();
}

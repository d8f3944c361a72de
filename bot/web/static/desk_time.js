// Times that run: waits and offers, counted here every second, on the server's clock.

const HOUR = 3_600;
let off = 0; // milliseconds by which the server's clock is ahead of this one

/** Learn how far this computer's clock is off. What is less than two seconds is not worth a correction. */
export async function setClock() {
  try {
    const asked = Date.now();
    const answer = await fetch("/healthz", { cache: "no-store" });
    const by = Date.parse(answer.headers.get("Date") ?? "") + 500 - (asked + Date.now()) / 2;
    off = Math.abs(by) >= 2_000 ? by : 0; // also where a proxy keeps the date to itself
  } catch {
    // then it is believed to be right
  }
}

export const now = () => Date.now() + off;

const two = (n) => String(n).padStart(2, "0");

/** `0:07`, `12:30`, `3:05:00`. */
export function clock(seconds) {
  const s = Math.max(0, Math.round(seconds));
  const rest = `${two(Math.floor((s % HOUR) / 60))}:${two(s % 60)}`;
  return s < HOUR ? rest.replace(/^0/, "") : `${Math.floor(s / HOUR)}:${rest}`;
}

/** Write every time that runs below the element; called every second. */
export function tick(element, words) {
  for (const time of element.querySelectorAll("[data-since]")) write(time, clock((now() - Date.parse(time.dataset.since)) / 1000));
  for (const time of element.querySelectorAll("[data-deadline]")) {
    const left = Math.max(0, Math.round((Date.parse(time.dataset.deadline) - now()) / 1000));
    write(time, left < 120 ? words.seconds(left) : clock(left));
    time.classList.toggle("soon", left < 15);
  }
}

function write(time, text) {
  if (time.textContent !== text) time.textContent = text;
}

/** The language as it is written where the browser is at home: `en` has as many ways to write a date as countries. */
export const regional = (locale) => navigator.languages.find((one) => one.split("-")[0] === locale) ?? locale;

const DAY = 86_400_000;

/** `tomorrow, 10:00`; further off the day is named. */
export function ahead(at, locale) {
  const [date, today] = [new Date(at), new Date(now())];
  const days = Math.round((new Date(date).setHours(0, 0, 0, 0) - today.setHours(0, 0, 0, 0)) / DAY);
  const near = days === 0 || days === 1;
  const day = near ? new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day") : date.toLocaleDateString(regional(locale), { weekday: "short", day: "numeric", month: "short" });
  return `${day}, ${date.toLocaleTimeString(regional(locale), { timeStyle: "short", hourCycle: "h23" })}`;
}

/** `14:32` of today, with the date of another day. */
export function moment(at, locale) {
  const date = new Date(at);
  const today = date.toDateString() === new Date(now()).toDateString();
  return date.toLocaleString(regional(locale), { ...(today ? {} : { dateStyle: "short" }), timeStyle: "short", hourCycle: "h23" });
}

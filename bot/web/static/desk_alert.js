// Alerts: a new offer, and words of a customer of mine, are heard and seen by who has asked for that.

import { ring } from "/widget/sound.js";
import { first, keep, settings } from "./desk_keep.js";
import { nameOf } from "./desk_list.js";

const SAME = 3_000; // milliseconds in which other tabs hear of the same words

/** @type {Set<string> | null} */
let known = null; // what has been told: offers, and tickets with something unread
const shown = new Map(); // ticket -> its notice

/** Compare the desk with what it was, and tell what is new. `say(text)` is for who listens to the page. */
export function alertOf(desk, words, open, say) {
  const offers = desk.mine.filter((one) => one.state === "offered").map((one) => [`o${one.number}${one.deadline}`, one, words.offerTitle]);
  const unread = desk.mine.filter((one) => one.unread && one.state !== "offered").map((one) => [`u${one.number}`, one, words.wrote]);
  const told = new Map([...offers, ...unread].map((one) => [one[0], one]));
  const before = known;
  const fresh = before ? [...told.values()].filter(([key]) => !before.has(key)) : offers;
  known = new Set(told.keys());
  for (const [key, notice] of shown) {
    if (told.has(key)) continue;
    notice.close();
    shown.delete(key);
  }
  for (const [key, ticket, title] of fresh) tell(key, ticket, title, words, open, say);
}

function tell(key, ticket, title, words, open, say) {
  const offer = key.startsWith("o");
  if (offer) say(`${title} ${nameOf(ticket, words)}, ${ticket.skill}`);
  if (!offer && !document.hidden) return;
  if ((!settings.sound && !settings.notices) || !first(offer ? key : `${key}@${Math.floor(Date.now() / SAME)}`)) return;
  if (settings.sound) ring();
  if (!settings.notices || !away() || globalThis.Notification?.permission !== "granted") return;
  const body = [nameOf(ticket, words), ticket.skill, offer ? ticket.question : ""].filter(Boolean).join(" · ");
  const notice = new Notification(title, { body, tag: `frontline-${ticket.number}` });
  notice.onclick = () => {
    focus();
    open(ticket);
    notice.close();
  };
  shown.set(key, notice);
}

const away = () => document.hidden || !document.hasFocus();

/** Asked by a press only; resolves to whether notices may be shown from now on. */
export async function askForNotices(on) {
  const allowed = on && "Notification" in globalThis && (await Notification.requestPermission()) === "granted";
  keep({ notices: allowed });
  return allowed || !on;
}

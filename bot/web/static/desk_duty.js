// The head of the page: who I am, my presence, how long a pause or the wrap-up lasts, and my settings.

import { make } from "/widget/dom.js";
import { Keyed, redraw } from "./desk_draw.js";
import { keep, settings } from "./desk_keep.js";
import { popup } from "./desk_popup.js";
import { moment, now } from "./desk_time.js";

const PAUSES = [5, 15, 30, 60];

export class Duty {
  me; presence; menu; strip; actions; desk; words;

  /** `actions` has declare(presence, minutes), capacity(number), help, notices(on) and room. */
  constructor(elements, actions) {
    Object.assign(this, { ...elements, actions });
    this.buttons = new Keyed(this.presence);
    this.panel = make("div", { class: "popup settings" });
    this.gear = make("button", { type: "button", class: "act gear" });
    this.toRoom = make("button", { type: "button", class: "act", id: "to-room", "aria-pressed": "false", hidden: true, onclick: actions.room });
    this.menu.replaceChildren(this.toRoom, popup(this.gear, this.panel));
  }

  draw(desk, words) {
    Object.assign(this, { desk, words });
    const { me } = desk;
    this.me.textContent = `${me.name} · ${words.load(me.load, me.capacity)}`;
    for (const part of [this.presence, this.strip]) part.setAttribute("aria-label", words.presence);
    const button = (name) => make("button", { type: "button", class: name, "data-key": name, "aria-pressed": String(me.presence === name), onclick: () => this.actions.declare(name, null) }, words[name]);
    this.buttons.show(["online", "paused", "offline"].map((name) => [name, [me.presence === name, words[name]], () => button(name)]));
    this.toRoom.hidden = !desk.room;
    this.toRoom.textContent = words.room;
    this.gear.textContent = words.settings;
    const made = JSON.stringify([words.settings, me.capacity, settings]);
    if (made !== this.made) redraw(this.panel, ...this.#settings(me));
    this.made = made;
    this.tick();
  }

  /** The strip below the head appears and goes with the time, too. */
  tick() {
    const { me } = this.desk;
    const wraps = me.wraps_up && Date.parse(me.wraps_up) > now() && me.presence === "online";
    const shown = wraps ? ["wrap", me.wraps_up] : me.presence === "paused" ? ["pause", me.until] : [];
    const made = JSON.stringify([shown, this.words.pauseFor]);
    this.strip.hidden = !shown.length;
    if (made !== this.strip.dataset.made) redraw(this.strip, ...(wraps ? this.#wrapUp(me) : shown.length ? this.#pause(me) : []));
    this.strip.dataset.made = made;
  }

  #wrapUp(me) {
    const end = () => this.actions.declare("online", null);
    return [
      make("span", {}, this.words.wrapUp, " ", make("time", { class: "left", "data-deadline": me.wraps_up })),
      make("button", { type: "button", class: "act small", "data-key": "wrap", onclick: end }, this.words.endWrapUp),
    ];
  }

  #pause(me) {
    const { words } = this;
    const until = me.until && make("span", {}, words.pausedUntil(moment(me.until, me.locale)), " ", make("time", { "data-deadline": me.until }));
    const button = (minutes) => make("button", { type: "button", class: "act small", "data-key": `m${minutes}`, onclick: () => this.actions.declare("paused", minutes) }, words.minutes(minutes));
    return [until || make("span", {}, words.pausedOpen), make("span", { role: "group", class: "choices", "aria-label": words.pauseFor }, words.pauseFor, ...PAUSES.map(button))];
  }

  #settings(me) {
    const { words } = this;
    const box = (name, text, does = (on) => keep({ [name]: on }), may = true) => {
      const onchange = (event) => does(event.target.checked);
      return make("label", {}, make("input", { type: "checkbox", checked: settings[name] && may, "data-key": `s${name}`, onchange }), text);
    };
    const number = make("input", { type: "number", min: "1", max: "99", value: me.capacity, "data-key": "capacity", onchange: (event) => this.actions.capacity(Number(event.target.value) || null) });
    return [
      box("sound", words.sound),
      box("notices", words.notices, this.actions.notices, globalThis.Notification?.permission === "granted"),
      box("keys", words.keysOn),
      make("label", {}, words.atOnce, number),
      make("button", { type: "button", class: "act", "data-key": "help", onclick: () => (this.panel.hidePopover(), this.actions.help()) }, words.keys),
    ];
  }
}

// The launcher and the panel: everything around the list of messages.

import { ICONS, icon, make, sending } from "./dom.js";

const LIMIT = 4000;

/** The estimate in words: whole minutes, and whole hours above two. */
function howLong(wait, words) {
  const [low, high] = wait.map((seconds) => Math.round(seconds / 60));
  return high > 120 ? words.wait(low / 60, high / 60, words.hours) : words.wait(low, high, words.minutes);
}

export class Panel {
  /** `on` has open(), close(), submit(text), typing(); `log` is the list's element. */
  constructor(log, on) {
    this.on = on;
    this.badge = make("span", { class: "badge", hidden: true });
    this.launcher = make("button", { type: "button", class: "launcher", "aria-expanded": "false", onclick: on.toggle }, icon(ICONS.chat), this.badge);
    this.title = make("h2");
    this.status = make("p", { role: "status" });
    this.closer = make("button", { type: "button", onclick: on.close }, icon(ICONS.close));
    this.down = make("button", { type: "button", class: "down", hidden: true, onclick: on.toEnd }, icon(ICONS.down), make("span"));
    this.notice = make("p", { class: "notice", role: "status" });
    this.input = make("textarea", { rows: "1", maxlength: LIMIT, dir: "auto", enterkeyhint: "send" });
    this.sender = make("button", { type: "submit", disabled: true }, icon(ICONS.send));
    this.form = make("form", {}, this.input, this.sender);
    const header = make("header", {}, make("div", { class: "names" }, this.title, this.status), this.closer);
    const foot = make("div", { class: "foot" }, this.down, this.notice, this.form);
    this.panel = make("section", { class: "panel", role: "dialog", hidden: true }, header, log, foot);
    this.root = make("div", { class: "root" }, this.panel, this.launcher);
    this.#listen();
  }

  speak(words, locale, title) {
    this.words = words;
    this.root.lang = locale;
    this.title.textContent = title || words.title;
    this.panel.setAttribute("aria-label", title || words.title);
    this.closer.setAttribute("aria-label", words.close);
    this.down.lastChild.textContent = words.down;
    this.input.placeholder = words.write;
    this.input.setAttribute("aria-label", words.write);
    this.sender.setAttribute("aria-label", words.send);
    this.unread(this.count ?? 0);
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  show(open) {
    this.panel.hidden = !open;
    this.root.classList.toggle("open", open);
    this.launcher.setAttribute("aria-expanded", String(open));
    this.launcher.querySelector("path").setAttribute("d", open ? ICONS.down : ICONS.chat);
    this.unread(this.count ?? 0);
  }

  focus() {
    const keyboardless = matchMedia("(pointer: coarse)").matches; // else the keyboard of a phone jumps up at once
    (keyboardless ? this.closer : this.input).focus();
  }

  unread(count) {
    this.count = count;
    this.badge.hidden = !count || this.isOpen;
    this.badge.textContent = count > 99 ? "99+" : String(count);
    this.launcher.setAttribute("aria-label", this.isOpen ? this.words.close : count ? this.words.unread(count) : this.words.open);
  }

  /** How the conversation stands, in the header. */
  state(state) {
    const { words } = this;
    const who = state.operator?.name;
    const place = { bot: words.state_bot, queued: words.state_queued(state.position), active: words.state_active(who), scheduled: words.state_scheduled, closed: words.state_closed };
    const wait = state.mode === "queued" && state.wait_s ? `, ${howLong(state.wait_s, words)}` : "";
    this.status.textContent = (place[state.mode] ?? "") + wait;
  }

  colour(accent, onAccent) {
    this.root.style.setProperty("--accent", accent);
    this.root.style.setProperty("--on-accent", onAccent);
  }

  #listen() {
    sending(this.form, this.input, () => this.#submit());
    this.input.addEventListener("input", () => {
      this.#fit();
      if (this.input.value) this.on.typing();
    });
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.isOpen) return;
      event.stopPropagation();
      this.on.close();
    });
    const screen = globalThis.visualViewport; // on a phone the panel ends where the keyboard begins
    screen?.addEventListener("resize", () => this.#within(screen));
    screen?.addEventListener("scroll", () => this.#within(screen));
    if (screen) this.#within(screen);
  }

  #within(screen) {
    this.root.style.setProperty("--height", `${screen.height}px`);
    this.root.style.setProperty("--width", `${screen.width}px`);
    this.root.style.setProperty("--top", `${screen.offsetTop}px`);
  }

  #submit() {
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    this.#fit();
    this.on.submit(text);
  }

  #fit() {
    this.sender.disabled = !this.input.value.trim();
    this.input.style.height = "auto";
    this.input.style.height = `${Math.max(38, this.input.scrollHeight)}px`;
  }
}

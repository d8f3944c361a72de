// The panel: everything around the list of messages.

import { ICONS, icon, make, sending } from "./dom.js";
import { Files } from "./files.js";
import { fill } from "./words.js";

const LIMIT = 4000;

/** The estimate in words: whole minutes, and whole hours above two. */
function howLong([from, to], { about, upTo }, locale) {
  const [unit, length] = to > 7200 ? ["hour", 3600] : ["minute", 60];
  const time = new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 0 });
  return from ? fill(about, time.formatRange(from / length, to / length)) : fill(upTo, time.format(to / length));
}

export class Panel {
  /**
   * @param {import("../widget.js").FrontlineChat} element
   * @param {import("./talk.js").Talk} talk
   * @param {import("./log.js").Log} log
   * @param {() => void} moved the visitor has gone to the end of the talk
   */
  constructor(element, talk, log, moved) {
    this.element = element;
    this.talk = talk;
    this.log = log;
    this.moved = moved;
    this.title = make("h2", { dir: "auto" });
    this.line = make("p", { dir: "auto" }); // the queue, its estimate, the operator: see `state`
    this.live = make("p", { class: "hidden", role: "status" }); // the one place that speaks to screen readers besides the log
    this.bell = make("button", { onclick: () => this.#ring() });
    this.closer = make("button", { onclick: () => element.close() }, icon(ICONS.close));
    this.down = make("button", { class: "down", hidden: true, onclick: () => this.#toEnd() }, icon(ICONS.down), make("span"));
    this.said = make("p", { class: "notice", dir: "auto" });
    this.files = new Files(talk, (text) => this.#told(text));
    this.clip = make("button", { class: "clip", onclick: () => this.files.picker.click() }, icon(ICONS.clip));
    this.input = make("textarea", { rows: "1", maxlength: LIMIT, dir: "auto", enterkeyhint: "send" });
    this.sender = make("button", { type: "submit", class: "sender" }, icon(ICONS.send));
    this.form = make("form", {}, this.files.picker, this.input, this.clip, this.sender);
    const header = make("header", { role: "none" }, make("div", { class: "names" }, this.title, this.line), this.bell, this.closer);
    const foot = make("div", { class: "foot" }, this.down, this.said, this.files.tray, this.form);
    this.panel = make("section", { class: "panel", role: "dialog", hidden: true }, header, log.element, foot, this.live);
    element.launcher.before(this.panel);
    this.input.value = talk.keep.tab.load().draft ?? "";
    this.#listen();
    this.files.accept(this.panel, this.input);
  }

  speak(words) {
    this.words = this.files.words = words;
    this.title.textContent = this.panel.ariaLabel = this.element.getAttribute("title") || words.title;
    this.closer.ariaLabel = this.element.words.close;
    this.clip.ariaLabel = words.attach;
    this.down.lastChild.textContent = words.down;
    this.input.placeholder = this.input.ariaLabel = words.write;
    this.sender.ariaLabel = words.send;
    this.bell.ariaLabel = this.bell.title = words.sound;
    this.sound();
    this.#fit();
  }

  show(open) {
    this.panel.hidden = !open;
    this.element.root.classList.toggle("open", open);
    this.#cover();
    if (open) this.#fit();
  }

  focus() {
    (matchMedia("(pointer: coarse)").matches ? this.closer : this.input).focus(); // else a phone's keyboard jumps up at once
  }

  /** A line of ours above the input; empty takes it away. */
  notice(text) {
    if (text === this.said.textContent) return;
    this.said.textContent = text;
    if (text) this.live.textContent = text;
  }

  /**
   * How the conversation stands, in the header: place in the queue and estimated wait, the operator's name.
   *
   * @param {{ mode: string, position?: number | null, wait_s?: [number, number] | null, operator?: { name: string } | null }} state
   */
  state({ mode, position, wait_s, operator }) {
    const { words } = this;
    const what = position ?? operator?.name;
    const stand = fill((what && words[`${mode}_with`]) || words[`state_${mode}`] || "", what);
    const wait = mode === "queued" && wait_s ? `, ${howLong(wait_s, words, this.element.locale)}` : "";
    this.line.textContent = this.talk.status === "online" ? stand + wait : this.talk.line.banned ? "" : words.connecting;
    if (this.stood && this.stood !== stand) this.live.textContent = stand + wait;
    this.stood = stand;
  }

  /** The bell shows whether there is a sound; it is off until the visitor wants it. */
  sound() {
    this.bell.ariaPressed = this.talk.keep.sound;
    this.bell.replaceChildren(icon(this.talk.keep.sound ? ICONS.bell : ICONS.silent));
  }

  #ring() {
    const { keep } = this.talk;
    keep.all.save({ sound: !keep.sound });
    this.sound();
    if (keep.sound) this.talk.ring();
  }

  #toEnd() {
    this.log.toEnd();
    this.input.focus();
    this.moved();
  }

  #listen() {
    sending(this.form, this.input, () => this.#submit());
    this.input.oninput = () => {
      this.talk.keep.tab.save({ draft: this.input.value });
      this.#fit();
      if (this.input.value) this.talk.typing();
    };
    this.panel.onkeydown = (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        this.element.close();
      }
      if (event.key === "Tab" && this.panel.ariaModal === "true") this.#wrap(event);
    };
    /** @type {any} */
    const screen = globalThis.visualViewport; // on a phone the panel ends where the keyboard begins
    screen.onresize = screen.onscroll = () => this.#within(screen);
    this.#within(screen);
  }

  #within(screen) {
    for (const name of ["width", "height", "offsetTop", "offsetLeft"]) this.element.root.style.setProperty(`--${name}`, `${screen[name]}px`);
    this.#cover();
  }

  /** On a small screen the panel is all there is: the page behind it cannot be reached. */
  #cover() {
    this.panel.ariaModal = getComputedStyle(this.panel).position === "fixed" && !this.panel.hidden;
  }

  #wrap(event) {
    const all = [...this.panel.querySelectorAll("button, textarea, a[href], [tabindex='0']")].filter((one) => !one.disabled && one.checkVisibility());
    const [leaving, entering] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
    if (this.element.shadowRoot?.activeElement !== leaving) return;
    event.preventDefault();
    entering.focus();
  }

  #submit() {
    const text = this.input.value.trim();
    if (!this.files.send(text)) this.talk.send(text);
    this.input.value = "";
    this.input.oninput();
  }

  #fit() {
    this.sender.disabled = !this.input.value.trim() && !this.files.all.length;
    this.input.style.height = "auto";
    this.input.style.height = `${Math.max(38, this.input.scrollHeight)}px`;
  }

  #told(text) {
    if (text) this.live.textContent = text;
    this.#fit();
  }
}

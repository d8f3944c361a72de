// The panel: everything around the list of messages.

import { ICONS, icon, make, sending } from "./dom.js";
import { paint, sizeOf } from "./shown.js";

const LIMIT = 4000;

/** The estimate in words: whole minutes, and whole hours above two. */
function howLong(wait, words) {
  const [low, high] = wait.map((seconds) => Math.round(seconds / 60));
  return high > 120 ? words.wait(low / 60, high / 60, words.hours) : words.wait(low, high, words.minutes);
}

export class Panel {
  /** `moved()` is called when the visitor has gone to the end of the talk. */
  constructor(element, talk, log, moved) {
    Object.assign(this, { element, talk, log, moved });
    this.title = make("h2", { dir: "auto" });
    this.line = make("p", { dir: "auto" }); // the queue, its estimate, the operator: see `state`
    this.live = make("p", { class: "hidden", role: "status" }); // the one place that speaks to screen readers besides the log
    this.bell = make("button", { type: "button", onclick: () => this.#ring() }, icon(ICONS.silent));
    this.closer = make("button", { type: "button", onclick: () => element.close() }, icon(ICONS.close));
    this.down = make("button", { type: "button", class: "down", hidden: true, onclick: () => this.#toEnd() }, icon(ICONS.down), make("span"));
    this.said = make("p", { class: "notice", dir: "auto" });
    this.tray = make("ul", { class: "tray" });
    this.picker = make("input", { type: "file", multiple: true, hidden: true, onchange: () => this.#take(this.picker.files) });
    this.clip = make("button", { type: "button", class: "clip", onclick: () => this.#pick() }, icon(ICONS.clip));
    this.input = make("textarea", { rows: "1", maxlength: LIMIT, dir: "auto", enterkeyhint: "send" });
    this.sender = make("button", { type: "submit", class: "sender" }, icon(ICONS.send));
    this.form = make("form", {}, this.picker, this.input, this.clip, this.sender);
    const header = make("header", { role: "none" }, make("div", { class: "names" }, this.title, this.line), this.bell, this.closer);
    const foot = make("div", { class: "foot" }, this.down, this.said, this.tray, this.form);
    this.panel = make("section", { class: "panel", role: "dialog", hidden: true }, header, log.element, foot, this.live);
    element.launcher.before(this.panel);
    this.input.value = talk.keep.tab.load().draft ?? "";
    this.#listen();
    this.#accept();
  }

  speak(words) {
    this.words = words;
    const title = this.element.getAttribute("title") || words.title;
    this.title.textContent = this.panel.ariaLabel = title;
    this.closer.ariaLabel = words.close;
    this.clip.ariaLabel = words.attach;
    this.down.lastChild.textContent = words.down;
    this.input.placeholder = this.input.ariaLabel = words.write;
    this.sender.ariaLabel = words.send;
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

  connecting(is) {
    if (is) this.line.textContent = this.words.connecting;
    else this.state(this.talk.state);
  }

  /** How the conversation stands, in the header: place in the queue and estimated wait, the operator's name. */
  state({ mode, position, wait_s, operator }) {
    const { words } = this;
    const wait = mode === "queued" && wait_s ? `, ${howLong(wait_s, words)}` : "";
    const stand = { bot: words.state_bot, queued: words.state_queued(position), active: words.state_active(operator?.name), scheduled: words.state_scheduled, closed: words.state_closed }[mode] ?? "";
    this.line.textContent = stand + wait;
    if (this.stood && this.stood !== stand) this.live.textContent = stand + wait;
    this.stood = stand;
  }

  /** The bell shows whether there is a sound; it is off until the visitor wants it. */
  sound() {
    const on = Boolean(this.talk.keep.all.load().sound);
    this.bell.ariaLabel = this.bell.title = this.words.sound;
    this.bell.ariaPressed = on;
    this.bell.querySelector("path").setAttribute("d", on ? ICONS.bell : ICONS.silent);
  }

  #ring() {
    const { keep } = this.talk;
    const sound = !keep.all.load().sound;
    keep.all.save({ sound });
    this.sound();
    if (sound) this.element.part("sound", ({ ring }) => ring).then((ring) => ring?.());
  }

  #toEnd() {
    this.log.toEnd();
    this.input.focus();
    this.moved();
  }

  #listen() {
    sending(this.form, this.input, () => this.#submit());
    this.input.addEventListener("input", () => {
      this.talk.keep.tab.save({ draft: this.input.value });
      this.#fit();
      if (this.input.value) this.talk.typing();
    });
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) {
        event.stopPropagation();
        this.element.close();
      }
      if (event.key === "Tab" && this.panel.ariaModal === "true") this.#wrap(event);
    });
    const screen = globalThis.visualViewport; // on a phone the panel ends where the keyboard begins
    const fit = () => this.#within(screen);
    screen?.addEventListener("resize", fit);
    screen?.addEventListener("scroll", fit);
    if (screen) fit();
  }

  #within(screen) {
    const { style } = this.element.root;
    style.setProperty("--height", `${screen.height}px`);
    style.setProperty("--width", `${screen.width}px`);
    style.setProperty("--top", `${screen.offsetTop}px`);
    style.setProperty("--left", `${screen.offsetLeft}px`);
    const { atEnd } = this.log;
    this.#cover();
    if (atEnd) this.log.toEnd();
  }

  /** On a small screen the panel is all there is: the page behind it cannot be reached. */
  #cover() {
    const covers = !this.panel.hidden && matchMedia("(max-width: 520px), (max-height: 420px)").matches;
    this.panel.ariaModal = covers;
  }

  #wrap(event) {
    const all = [...this.panel.querySelectorAll("button, textarea, a[href], [tabindex='0']")].filter((one) => !one.disabled && one.checkVisibility());
    const [leaving, entering] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
    if (this.element.shadowRoot.activeElement !== leaving) return;
    event.preventDefault();
    entering.focus();
  }

  #submit() {
    const text = this.input.value.trim();
    if (!this.files?.send(text)) this.talk.send(text);
    this.input.value = "";
    this.talk.keep.tab.save({ draft: "" });
    this.#fit();
  }

  #fit() {
    this.sender.disabled = !this.input.value.trim() && !this.tray.children.length;
    this.input.style.height = "auto";
    this.input.style.height = `${Math.max(38, this.input.scrollHeight)}px`;
  }

  // Files: picked, dropped or pasted. What they are and how they travel is in files.js, loaded with the first.

  #accept() {
    const { panel } = this;
    this.input.addEventListener("paste", (event) => {
      if (!event.clipboardData?.files.length) return;
      event.preventDefault();
      this.#take(event.clipboardData.files);
    });
    panel.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      panel.classList.add("over");
    });
    panel.addEventListener("dragleave", (event) => panel.contains(event.relatedTarget) || panel.classList.remove("over"));
    panel.addEventListener("drop", (event) => {
      panel.classList.remove("over");
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      this.#take(event.dataTransfer.files);
    });
  }

  async #load() {
    this.files ??= await this.element.part("files", ({ Files }) => new Files(this, { make, paint, sizeOf }, (text) => this.#told(text)));
    return this.files;
  }

  async #pick() {
    const files = await this.#load();
    if (!files) return;
    this.picker.accept = files.accept;
    this.picker.click();
  }

  async #take(list) {
    const all = [...list];
    this.picker.value = "";
    (await this.#load())?.add(all);
    this.input.focus();
  }

  #told(text) {
    if (text) this.live.textContent = text;
    this.#fit();
  }
}

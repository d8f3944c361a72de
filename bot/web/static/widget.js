// The chat widget: <script type="module" src="https://desk.example/widget.js"></script> is all a site needs.
//
// Options, as attributes of <frontline-chat> or as data- attributes of the script: locale, position (right | left),
// color, title, greeting, theme (light | dark), open, token (an identity that the site signed).
// JavaScript: element.open(), close(), send(text), setLocale(locale), on("message" | "open" | "unread" | "rating", f).

import { Keep } from "./widget/keep.js";
import { Line } from "./widget/line.js";
import { Log } from "./widget/log.js";
import { Panel } from "./widget/panel.js";
import { STYLE } from "./widget/style.js";
import { pick, wordsOf } from "./widget/words.js";

const SERVER = new URL(".", import.meta.url);
const SOCKET = new URL("ws/v1", SERVER);
SOCKET.protocol = SERVER.protocol === "https:" ? "wss:" : "ws:";
const OPTIONS = ["locale", "position", "color", "title", "greeting", "theme", "open", "token"];
const READ_AFTER = 400; // ms that the end of the talk is in view

class FrontlineChat extends HTMLElement {
  static observedAttributes = ["locale", "color", "title", "greeting", "theme"];

  #keep = new Keep(SERVER.host);
  #line = new Line(SOCKET.href, this.#keep, () => this.#hello(), (name, data) => this.#on[name]?.(data));
  #log = new Log({ press: (button) => this.#press(button), again: (id) => this.#again(id), moved: () => this.#moved() });
  #panel = new Panel(this.#log.element, {
    toggle: () => (this.#panel.isOpen ? this.close() : this.open()),
    close: () => this.close(),
    toEnd: () => this.#log.toEnd(),
    submit: (text) => this.send(text),
    typing: () => this.#state.mode === "active" && this.#line.typing(),
  });
  #listeners = new Map();
  #state = { mode: "bot", position: null, wait_s: null, operator: null };
  #sent = new Map();
  #read = 0;
  #unread = 0;
  #locale = null;

  connectedCallback() {
    if (this.shadowRoot) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(this.#panel.root);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#dress());
    document.addEventListener("visibilitychange", () => this.#seen());
    this.#keep.watch(() => this.#otherTab());
    this.#dress();
    this.#speak();
    for (const act of this.#line.pending) this.#ghost(act.id, act.label ?? act.text);
    if (this.#keep.token) this.#line.start();
    if (this.hasAttribute("open")) this.open();
  }

  attributeChangedCallback() {
    if (!this.shadowRoot) return;
    this.#dress();
    this.#speak();
  }

  open() {
    if (this.#panel.isOpen) return;
    this.#line.start();
    this.#panel.show(true);
    this.#log.toEnd();
    this.#panel.focus();
    this.#seen();
    this.#emit("open", true);
  }

  close() {
    if (!this.#panel.isOpen) return;
    const inside = this.shadowRoot.activeElement;
    this.#panel.show(false);
    if (inside) this.#panel.launcher.focus();
    this.#emit("open", false);
  }

  /** Say something for the visitor. Returns the id of the message. */
  send(text) {
    const words = String(text).trim();
    if (!words) return null;
    const id = this.#line.act({ type: "message", text: words, file: null });
    this.#ghost(id, words);
    return id;
  }

  setLocale(locale) {
    this.#locale = locale;
    this.#speak();
    this.#line.restart();
  }

  /** Be told of "message", "open", "unread" or "rating". Returns a function that ends it. */
  on(name, listener) {
    const all = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, all.add(listener));
    return () => all.delete(listener);
  }

  get locale() {
    return pick(this.#locale, this.getAttribute("locale"), document.documentElement.lang, navigator.language);
  }

  #emit(name, detail) {
    for (const listener of this.#listeners.get(name) ?? []) listener(detail);
  }

  #hello() {
    return {
      locale: this.locale,
      tz: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "",
      page: location.href.split("#")[0].slice(0, 2048),
      identity: this.getAttribute("token"),
    };
  }

  // What the line tells.
  #on = {
    status: (status) => this.#status(status),
    welcome: ({ fresh, seq }) => {
      if (fresh) this.#log.clear();
      this.#read = Math.max(fresh ? 0 : this.#read, this.#keep.read);
      if (this.#read > seq) this.#read = 0;
      this.#log.greet(this.getAttribute("greeting") ?? wordsOf(this.locale).greeting);
    },
    state: (state) => {
      this.#state = state;
      this.#panel.state(state);
      this.#log.with(state.mode === "active");
    },
    message: (message) => this.#message(message),
    typing: ({ author }) => this.#log.typing(author),
    read: ({ seq }) => this.#log.readTo(seq),
    acked: ({ id }) => {
      this.#log.landed(id);
      this.#panel.notice.textContent = "";
    },
    failed: ({ id, message }) => this.#log.failed(id, message),
    limited: (seconds) => {
      this.#panel.notice.textContent = wordsOf(this.locale).slow(seconds);
    },
    refused: () => {
      this.#panel.notice.textContent = wordsOf(this.locale).refused;
    },
  };

  #status(status) {
    const words = wordsOf(this.locale);
    const notice = { online: "", offline: words.offline };
    if (status in notice) this.#panel.notice.textContent = notice[status];
    if (status === "connecting") this.#panel.status.textContent = words.connecting;
    else this.#panel.state(this.#state);
  }

  #message(message) {
    const known = this.#log.last;
    this.#log.show(message);
    this.#count();
    if (message.seq > known && message.author.kind !== "customer") this.#emit("message", message);
    this.#panel.down.hidden = this.#log.atEnd || !this.#panel.isOpen;
    this.#seen();
  }

  #ghost(id, text) {
    this.#sent.set(id, text);
    this.#log.send(id, text);
  }

  #press(button) {
    const id = this.#line.act({ type: "press", button: button.id, label: button.label });
    this.#ghost(id, button.label);
    const stars = button.kind === "rate" && /:([1-5])$/.exec(button.id);
    if (stars) this.#emit("rating", Number(stars[1]));
  }

  #again(id) {
    this.send(this.#sent.get(id) ?? "");
  }

  #moved() {
    if (this.#log.atEnd) this.#panel.down.hidden = true;
    this.#seen();
  }

  /** The end of the talk is before the visitor's eyes: say so, but not for every pixel. */
  #seen() {
    clearTimeout(this.reading);
    this.reading = setTimeout(() => {
      const last = this.#log.last;
      if (document.hidden || !this.#panel.isOpen || !this.#log.atEnd || last <= this.#read) return;
      this.#read = this.#keep.read = last;
      this.#line.read(last);
      this.#count();
    }, READ_AFTER);
  }

  #count() {
    const foreign = [...this.#log.bySeq.values()].filter((each) => each.author.kind !== "customer" && each.seq > this.#read);
    if (foreign.length === this.#unread) return;
    this.#unread = foreign.length;
    this.#panel.unread(this.#unread);
    this.#emit("unread", this.#unread);
  }

  /** Another tab has begun the talk, or read it. */
  #otherTab() {
    const token = this.#keep.token;
    if (token && !this.#keep.allowed) {
      this.#keep.allow(token);
      this.#line.token = token;
      this.#line.start();
      this.#line.restart();
    }
    this.#read = Math.max(this.#read, this.#keep.read);
    this.#count();
  }

  #speak() {
    const locale = this.locale;
    this.#panel.speak(wordsOf(locale), locale, this.getAttribute("title"));
    this.#log.speak(wordsOf(locale), locale);
    this.#log.greet(this.getAttribute("greeting") ?? wordsOf(locale).greeting);
    this.#panel.state(this.#state);
  }

  #dress() {
    const theme = this.getAttribute("theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    this.#panel.root.classList.toggle("dark", theme === "dark");
    const color = this.getAttribute("color");
    if (/^#[0-9a-f]{6}$/i.test(color ?? "")) this.#panel.colour(color, isLight(color) ? "#1c2321" : "#fff");
  }
}

/** Whether dark letters read better on the colour (relative luminance as WCAG defines it). */
function isLight(color) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255);
  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) > 0.35;
}

function insert() {
  if (document.querySelector("frontline-chat")) return;
  const script = [...document.querySelectorAll("script[type=module]")].find((one) => one.src === import.meta.url);
  const chat = document.createElement("frontline-chat");
  for (const name of OPTIONS) if (script?.dataset[name] !== undefined) chat.setAttribute(name, script.dataset[name]);
  document.body.append(chat);
}

if (!customElements.get("frontline-chat")) {
  customElements.define("frontline-chat", FrontlineChat);
  insert();
}

// The launcher of the chat widget. It loads nothing before the chat is opened, save the connection of a visitor
// who has talked to us before, which counts what is unread. Options and API: docs/widget.md.

const SERVER = new URL(".", import.meta.url);
const KEY = `frontline:${SERVER.host}`;
const WORDS = {
  en: ["Open the chat", "Close the chat", "unread", "No connection. Try again"],
  ru: ["Открыть чат", "Закрыть чат", "непрочитанных", "Нет связи. Попробовать ещё раз"],
  lv: ["Atvērt tērzēšanu", "Aizvērt tērzēšanu", "nelasītas", "Nav savienojuma. Mēģināt vēlreiz"],
};
const STYLE = `
.root { all: initial; position: fixed; z-index: 2147483647; inset: auto 20px 20px auto; overflow: visible; direction: ltr; font: 15px/1.45 system-ui, sans-serif; }
.left { left: 20px; right: auto; }
:host([hidden]) .root, [hidden] { display: none !important; }
.launcher { position: relative; display: block; width: 56px; height: 56px; padding: 15px; border: 0; border-radius: 50%; background: var(--accent); color: var(--on-accent);
  cursor: pointer; box-shadow: 0 4px 16px #0004; margin-left: auto; }
.left .launcher { margin-left: 0; }
.badge { position: absolute; top: -3px; right: -3px; min-width: 20px; border-radius: 10px; background: #c8372d; color: #fff; font: bold 12px/20px system-ui; }
.launcher::before { content: ""; display: block; height: 26px; background: currentColor; clip-path: path(evenodd, "M2 3h22v16h-12l-6 5v-5h-4z M7 9h12v2h-12z M7 13h8v2h-8z"); }
.open .launcher::before { clip-path: path("M2 9l2-2 9 9 9-9 2 2-11 11z"); }
@media print { .root { display: none; } }`;

/** Relative luminance as WCAG defines it. */
const luminance = (color) =>
  [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => {
    const part = parseInt(color.slice(at * 2 + 1, at * 2 + 3), 16) / 255;
    return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  }, 0);

export class FrontlineChat extends HTMLElement {
  static observedAttributes = ["locale", "position", "color", "title", "greeting", "theme"];

  root = document.createElement("div");
  launcher = document.createElement("button");
  unread = 0;
  #badge = document.createElement("span");
  #dark = matchMedia("(prefers-color-scheme: dark)");
  #listeners = {};
  #parts = {};
  #again = "";
  #locale;

  connectedCallback() {
    if (!this.shadowRoot) this.#build();
    this.style.setProperty("display", "contents", "important");
    this.root.showPopover?.(); // above every z-index of the page
  }

  #build() {
    const { root, launcher } = this;
    const shadow = this.attachShadow({ mode: "open" });
    this.wear(STYLE);
    launcher.append(this.#badge);
    launcher.className = "launcher";
    launcher.type = "button";
    launcher.onclick = () => (this.isOpen ? this.close() : this.open());
    this.#badge.className = "badge";
    root.popover = "manual";
    root.className = "root";
    root.append(launcher);
    shadow.append(root);
    this.#dark.onchange = () => this.#refresh();
    this.#refresh();
    if (this.kept?.token) this.talk();
    if (this.hasAttribute("open")) this.open();
    else if (!this.kept && this.hasAttribute("greet-after")) setTimeout(() => this.need("greeting", ({ greet }) => greet(this, KEY)), +this.getAttribute("greet-after") * 1000);
  }

  /** A style that no policy of the page's can forbid. */
  wear(style) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    this.shadowRoot.adoptedStyleSheets.push(sheet);
  }

  attributeChangedCallback() {
    if (this.shadowRoot) this.#refresh();
  }

  get kept() {
    try {
      return JSON.parse(localStorage[KEY]);
    } catch {
      return null;
    }
  }

  /** A part of the widget, loaded once; one that could not be loaded is tried again when it is next needed. */
  need(name, begin) {
    return (this.#parts[name] ??= import(`./widget/${name}.js${this.#again}`).then(begin).catch((error) => {
      console.warn(error);
      delete this.#parts[name];
      this.#again = `?${Date.now()}`; // Firefox does not ask anew for what it could not load
      this.#label(3);
    }));
  }

  talk() {
    return this.need("talk", ({ Talk }) => new Talk(this, SERVER, KEY));
  }

  get isOpen() {
    return this.root.classList.contains("open");
  }

  async open() {
    const from = document.activeElement;
    const talk = await this.talk();
    const chat = talk && (await this.need("chat", ({ Chat }) => Chat.of(this, talk)));
    chat?.open(from);
  }

  async close() {
    (await this.#parts.chat)?.close();
  }

  /** Say something for the visitor. Returns the id of the message. */
  send(text) {
    const id = this.newId();
    this.talk().then((talk) => talk?.send(`${text}`, null, id));
    return id;
  }

  newId() {
    return crypto.getRandomValues(new Uint32Array(4)).join("-");
  }

  setLocale(locale) {
    this.#locale = locale;
    this.#refresh();
    this.#parts.talk?.then((talk) => talk.restart());
  }

  /** Be told of "message", "open", "unread" or "rating". Returns a function that ends it. */
  on(name, listener) {
    const all = (this.#listeners[name] ??= new Set()).add(listener);
    return () => all.delete(listener);
  }

  emit(name, detail) {
    if (name === "unread") this.unread = detail;
    this.#label();
    this.#listeners[name]?.forEach((listener) => listener(detail));
  }

  get locale() {
    const wishes = [this.#locale, this.getAttribute("locale"), document.documentElement.lang, navigator.language, "en"];
    return wishes.map((wish) => `${wish}`.slice(0, 2).toLowerCase()).find((wish) => WORDS[wish]);
  }

  #label(fault) {
    const { isOpen, unread, launcher } = this;
    const words = WORDS[this.locale];
    launcher.ariaLabel = words[fault ?? +isOpen] + (unread && !isOpen ? `, ${words[2]}: ${unread}` : "");
    launcher.ariaExpanded = `${isOpen}`;
    this.#badge.hidden = isOpen || !(unread || fault);
    this.#badge.textContent = fault ? "!" : unread > 99 ? "99+" : `${unread}`;
  }

  #refresh() {
    const { root } = this;
    const color = this.getAttribute("color");
    this.color = /^#[0-9a-f]{6}$/i.test(color) ? color : "#2f6f5e";
    root.classList.toggle("dark", (this.getAttribute("theme") ?? (this.#dark.matches && "dark")) === "dark");
    root.classList.toggle("left", this.getAttribute("position") === "left");
    root.style.setProperty("--accent", this.color);
    root.style.setProperty("--on-accent", luminance(this.color) > 0.179 ? "#000" : "#fff");
    root.lang = this.locale;
    this.#label();
    this.#parts.chat?.then((chat) => chat.refresh());
  }
}

if (!customElements.get("frontline-chat")) {
  customElements.define("frontline-chat", FrontlineChat);
  if (!document.querySelector("frontline-chat")) {
    const script = [...document.scripts].find((one) => one.src === import.meta.url);
    const chat = document.createElement("frontline-chat");
    for (const [name, value] of Object.entries(script?.dataset ?? {})) chat.setAttribute(name.replace(/[A-Z]/g, (big) => `-${big}`), value);
    document.body.append(chat);
  }
}

// The launcher of the chat widget. It loads nothing before the chat is opened, save for a visitor who has talked to us
// before: their talk counts what is unread. Options and API: docs/widget.md.

const SERVER = new URL(".", import.meta.url);
const KEY = `frontline:${SERVER.host}`;
const WORDS = {
  en: { open: "Open the chat", close: "Close the chat", unread: "unread", fault: "No connection. Try again" },
  ru: { open: "Открыть чат", close: "Закрыть чат", unread: "непрочитанных", fault: "Нет связи. Попробовать ещё раз" },
  lv: { open: "Atvērt tērzēšanu", close: "Aizvērt tērzēšanu", unread: "nelasītas", fault: "Nav savienojuma. Mēģināt vēlreiz" },
};
// Letters on the site's colour are black or white: at L = 49.4 either has a contrast of 4.6.
const STYLE = `
.root { all: initial; position: fixed; z-index: 2147483647; inset: auto 20px 20px auto; overflow: visible; direction: ltr; font: 15px/1.45 system-ui, sans-serif;
  display: flex; flex-flow: column; align-items: end; color-scheme: light dark; --on-accent: lch(from var(--accent) calc((49.4 - l) * 999) 0 0); }
@supports not (color: lch(from #000 l c h)) { .root { --on-accent: #fff; } }
.left { left: 20px; right: auto; align-items: start; }
:host([hidden]) .root, [hidden] { display: none !important; }
.launcher { position: relative; width: 56px; height: 56px; padding: 15px; border: 0; border-radius: 50%; background: var(--accent); color: var(--on-accent);
  cursor: pointer; box-shadow: 0 4px 16px #0004; }
.badge { position: absolute; top: -3px; right: -3px; min-width: 20px; border-radius: 10px; background: #c8372d; color: #fff; font: bold 12px/20px system-ui; }
.launcher::before { content: ""; display: block; height: 26px; background: currentColor; clip-path: path(evenodd, "M2 3h22v16h-12l-6 5v-5h-4z M7 9h12v2h-12z M7 13h8v2h-8z"); }
.open .launcher::before { clip-path: path("M2 9l2-2 9 9 9-9 2 2-11 11z"); }
@media print { .root { display: none; } }`;

export class FrontlineChat extends HTMLElement {
  static observedAttributes = ["locale", "position", "color", "title", "greeting", "theme"];

  root = document.createElement("div");
  launcher = document.createElement("button");
  unread = 0;
  #badge = document.createElement("span");
  #listeners = {};
  #parts = {};
  #again = { chat: "", greeting: "" };
  #locale;

  connectedCallback() {
    if (!this.shadowRoot) this.#build();
    this.style.setProperty("display", "contents", "important");
    this.root.showPopover?.(); // above every z-index of the page
  }

  #build() {
    const { root, launcher } = this;
    this.attachShadow({ mode: "open" }).append(root);
    this.wear(STYLE);
    launcher.append(this.#badge);
    launcher.className = "launcher";
    launcher.onclick = () => (this.isOpen ? this.close() : this.open());
    this.#badge.className = "badge";
    root.popover = "manual";
    root.className = "root";
    root.append(launcher);
    this.#refresh();
    if (this.kept?.token) this.talk();
    if (this.hasAttribute("open")) this.open();
    else if (!this.kept && this.hasAttribute("greet-after")) setTimeout(() => this.need("greeting", ({ greet }) => greet(this, KEY)), Number(this.getAttribute("greet-after")) * 1000);
  }

  /** A style that no policy of the page's can forbid. */
  wear(style) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    this.shadowRoot?.adoptedStyleSheets.push(sheet);
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
  need(name, begin, file = name) {
    return (this.#parts[name] ??= import(`./widget/${file}.js${this.#again[file]}`).then(begin).catch((error) => {
      console.warn(error);
      delete this.#parts[name];
      this.#again[file] = `?${Date.now()}`; // Firefox does not ask anew for what it could not load
      this.#label("fault");
    }));
  }

  talk() {
    return this.need("talk", ({ Talk }) => new Talk(this, SERVER, KEY), "chat");
  }

  get isOpen() {
    return this.root.classList.contains("open");
  }

  async open() {
    const from = document.activeElement;
    const talk = await this.talk();
    const chat = talk && (await this.need("chat", ({ Chat }) => new Chat(this, talk)));
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
    this.#parts.talk?.then((talk) => talk.line.restart());
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
    const wishes = [this.#locale, this.getAttribute("locale"), document.documentElement.lang, navigator.language];
    return wishes.map((wish) => `${wish}`.slice(0, 2).toLowerCase()).find((wish) => WORDS[wish]) ?? "en";
  }

  get words() {
    return WORDS[this.locale];
  }

  #label(fault) {
    const { isOpen, unread, launcher, words } = this;
    launcher.ariaLabel = words[fault ?? (isOpen ? "close" : "open")] + (unread && !isOpen ? `, ${words.unread}: ${unread}` : "");
    launcher.ariaExpanded = `${isOpen}`;
    this.#badge.hidden = isOpen || !(unread || fault);
    this.#badge.textContent = fault ? "!" : unread > 99 ? "99+" : `${unread}`;
  }

  #refresh() {
    const { root } = this;
    const color = this.getAttribute("color") ?? "";
    root.style.setProperty("--accent", /^#[0-9a-f]{6}$/i.test(color) ? color : "#2f6f5e");
    root.style.colorScheme = this.getAttribute("theme") ?? "";
    root.classList.toggle("left", this.getAttribute("position") === "left");
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
    for (const { name, value } of script?.attributes ?? []) if (name.startsWith("data-")) chat.setAttribute(name.slice(5), value);
    document.body.append(chat);
  }
}

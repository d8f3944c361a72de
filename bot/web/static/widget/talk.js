// The conversation as this tab knows it: what was said, how it stands, what is unread. The view may come later, or never.

import { Keep } from "./keep.js";
import { Line } from "./line.js";
import { ring } from "./sound.js";

const SPREAD = 200; // ms after which other tabs see what this one has kept
const SHORTLY = 400; // ms in which a tab that somebody looks at comes before those that nobody does

/** How many stars the button gives, if it is one to rate. */
export const starsOf = ({ kind, id }) => kind === "rate" && /:([1-5])$/.exec(id)?.[1];

export class Talk {
  messages = new Map();
  ghosts = new Map();
  operatorsRead = 0;
  unread = 0;
  from = 0;
  status = "";
  /** @type {import("./chat.js").Chat | null} */
  view = null;

  /**
   * @param {import("../widget.js").FrontlineChat} element
   * @param {URL} server
   * @param {string} name of what is kept
   */
  constructor(element, server, name) {
    this.element = element;
    this.server = server;
    this.state = { mode: "bot" };
    this.keep = new Keep(name);
    this.line = new Line(server, this.keep, () => this.#hello(), (event, data) => {
      this.#on[event]?.(data);
      this.view?.[event]?.(data);
    });
    for (const act of this.line.pending) this.ghosts.set(act.id, act);
    this.readTo = this.keep.read;
    this.keep.watch(() => this.#otherTab());
    this.line.start();
  }

  /** Say it; `file` is {id, name, mime, size} of what was uploaded. */
  send(words, file, id) {
    const text = words.trim();
    if (text || file) this.#act({ id, type: "message", text, file: file?.id ?? null, shown: file });
  }

  press(button) {
    this.#act({ type: "press", button: button.id, label: button.label });
    const stars = starsOf(button);
    if (stars) this.element.emit("rating", +stars);
  }

  /** What was refused is sent anew, as it was. */
  again(id) {
    const act = this.ghosts.get(id);
    this.ghosts.delete(id);
    if (act) this.#act({ ...act, id: null });
  }

  typing() {
    if (this.state.mode === "active") this.line.typing();
  }

  /** The visitor has seen everything. */
  seen() {
    const last = this.line.seen;
    if (last <= this.readTo) return;
    this.readTo = last;
    this.keep.save({ read: last });
    this.line.read(last);
    this.#count();
  }

  #act(act) {
    act.id ??= this.element.newId();
    this.ghosts.set(act.id, act);
    this.view?.ghost(act);
    this.line.act(act);
  }

  #hello() {
    return {
      locale: this.element.locale,
      tz: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "",
      page: location.href.split("#")[0].slice(0, 2048),
      identity: this.element.getAttribute("token"),
    };
  }

  #on = {
    status: (status) => (this.status = status),
    welcome: ({ fresh, seq }) => {
      if (fresh) this.messages.clear();
      if (fresh) this.from = this.keep.read; // what was read before is no news
      this.readTo = fresh ? this.keep.read : Math.max(this.readTo, this.keep.read);
      if (this.readTo > seq) this.readTo = 0;
    },
    state: (state) => (this.state = state),
    messages: (all) => {
      const news = all.filter((message) => message.seq > this.from && !this.messages.has(message.seq) && message.author.kind !== "customer");
      for (const message of all) {
        this.messages.set(message.seq, message);
        this.ghosts.delete(message.id);
      }
      this.#count();
      for (const message of news) this.element.emit("message", message);
      if (news.length) this.#sound(news);
    },
    read: ({ seq }) => (this.operatorsRead = Math.max(this.operatorsRead, seq)),
    acked: ({ id }) => this.ghosts.delete(id),
  };

  #count() {
    const unread = [...this.messages.values()].filter((each) => each.seq > this.readTo && each.author.kind !== "customer" && !each.deleted).length;
    if (unread === this.unread) return;
    this.unread = unread;
    this.element.emit("unread", unread);
  }

  ring = ring;

  /** One tab makes the sound; a tab with the talk before the visitor's eyes makes it only for a person. */
  #sound(news) {
    if (!this.keep.sound) return;
    const before = this.element.isOpen && !document.hidden;
    const person = news.some((message) => message.author.kind === "operator");
    const last = Math.max(...news.map((message) => message.seq));
    const once = async () => {
      if ((this.keep.all.load().sounded ?? 0) >= last) return;
      this.keep.all.save({ sounded: last });
      if (!before || person) this.ring();
      await new Promise((done) => setTimeout(done, SPREAD));
    };
    setTimeout(() => navigator.locks?.request(`${this.keep.name}:sound`, once) ?? once(), before ? 0 : SHORTLY);
  }

  /** Another tab has begun the talk, or read it. */
  #otherTab() {
    const { token } = this.keep;
    if (token && !this.keep.allowed) {
      this.keep.allow(token);
      this.line.token = token;
      this.line.start();
      this.line.restart();
    }
    this.readTo = Math.max(this.readTo, this.keep.read);
    this.#count();
    this.view?.shared();
  }
}

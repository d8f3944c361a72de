// The open chat: the panel and the list of messages, kept as the talk is. All of the widget but the launcher and the
// greeting is sent as one with it.

// Words come first and styles last: each compresses best among its like.
import { WORDS, fill } from "./words.js";
import { Log } from "./log.js";
import { Panel } from "./panel.js";
import { Talk } from "./talk.js";
import { STYLE } from "./style.js";

export { Talk };

const READ_AFTER = 400; // ms that the end of the talk is in view

export class Chat {
  /**
   * @param {import("../widget.js").FrontlineChat} element
   * @param {import("./talk.js").Talk} talk
   */
  constructor(element, talk) {
    this.element = element;
    this.talk = talk;
    element.wear(STYLE);
    this.log = new Log(talk, () => this.#moved(), () => this.panel.focus());
    this.panel = new Panel(element, talk, this.log, () => this.#seen());
    document.addEventListener("visibilitychange", () => this.#seen());
    this.refresh();
    this.status(talk.status);
    for (const act of talk.ghosts.values()) this.ghost(act);
    talk.view = this;
  }

  /** `from` had the focus before. */
  open(from) {
    if (this.element.isOpen) return;
    this.from = from === this.element || from === document.body ? this.element.launcher : from;
    this.panel.show(true);
    this.log.toEnd();
    this.panel.focus();
    this.#seen();
    this.element.emit("open", true);
  }

  close() {
    if (!this.element.isOpen) return;
    const inside = this.element.shadowRoot?.activeElement;
    this.panel.show(false);
    this.element.emit("open", false);
    if (inside) (this.from?.isConnected ? this.from : this.element.launcher).focus();
  }

  /** Language and colours have changed. */
  refresh() {
    const { element } = this;
    const words = (this.words = WORDS[element.locale]);
    this.panel.speak(words);
    this.log.speak(words, element.locale, element.getAttribute("greeting") ?? words.greeting);
    this.panel.state(this.talk.state);
  }

  // What the talk tells.

  status(status) {
    if (status === "offline") this.panel.notice(this.words[navigator.onLine ? "gone" : "offline"]);
    if (status === "online") this.panel.notice("");
    this.panel.state(this.talk.state);
  }

  welcome({ fresh }) {
    if (fresh) this.log.clear();
    this.panel.files.begin();
  }

  state(state) {
    this.panel.state(state);
    this.log.activate();
  }

  messages(all) {
    this.log.show(all);
    this.panel.down.hidden = this.log.atEnd;
    this.#seen();
  }

  ghost(act) {
    this.log.ghost(act);
  }

  typing({ author }) {
    this.log.typing(author);
  }

  read() {
    this.log.read();
  }

  acked({ id }) {
    this.log.landed(id);
    this.panel.notice("");
  }

  failed({ id, code, message }) {
    this.log.failed(id, this.words[code] ?? message);
  }

  limited(seconds) {
    this.panel.notice(fill(this.words.slow, seconds));
  }

  refused() {
    this.panel.notice(this.words.refused);
  }

  shared() {
    this.panel.sound();
  }

  #moved() {
    if (this.log.atEnd) this.panel.down.hidden = true;
    this.#seen();
  }

  /** The end of the talk is before the visitor's eyes: say so, but not for every pixel. */
  #seen() {
    clearTimeout(this.reading);
    this.reading = setTimeout(() => {
      if (!document.hidden && this.element.isOpen && this.log.atEnd) this.talk.seen();
    }, READ_AFTER);
  }
}

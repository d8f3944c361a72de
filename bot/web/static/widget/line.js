// The line to the server: connects, comes back, sends again what was not acknowledged, asks for what was missed.

import { Stream } from "./stream.js";

const QUIET = 25_000; // ms without a frame before we ask whether anybody is there
const PATIENCE = 10_000; // ms for an answer
const FIRST = 5_000; // ms for the first answer to a WebSocket that may be blocked without a word
const SLEPT = 15_000; // ms by which a timer is late when the machine has slept
const SHORTEST = 500;
const LONGEST = 30_000;
const TYPING_EVERY = 3_000;
const TOO_BIG = 1009; // the close code for a frame that the server does not even read

export class Line {
  /**
   * @param {URL} server
   * @param {import("./keep.js").Keep} keep
   * @param {() => object} hello what else `hello` says: locale, tz, page, identity
   * @param {(name: string, data?: any) => void} tell what happened: status, welcome, messages, state, typing, read,
   *   acked, failed, limited, refused
   */
  constructor(server, keep, hello, tell) {
    this.server = server;
    this.keep = keep;
    this.hello = hello;
    this.tell = tell;
    this.pending = keep.tab.load().pending ?? [];
    this.way = keep.tab.load().way ?? "socket";
    this.token = this.conversation = this.flying = this.proven = null;
    this.seen = this.tries = this.typed = this.heard = 0;
    addEventListener("online", () => this.hurry());
    addEventListener("offline", () => this.#cut());
    addEventListener("pageshow", (event) => event.persisted && this.restart());
    document.addEventListener("visibilitychange", () => document.hidden || this.#wake());
  }

  start() {
    if (this.started) return;
    this.started = true;
    this.#connect();
  }

  /** Connect now if there is no connection. */
  hurry() {
    if (!this.started || this.socket) return;
    this.tries = 0;
    this.way = this.proven ?? this.way;
    this.#connect();
  }

  /** Say hello again: the language or the token has changed. */
  restart() {
    this.#cut();
    this.hurry();
  }

  /** Send a message or a press; it is sent until it is acknowledged. */
  act(frame) {
    this.keep.allow(this.token);
    this.#keep([...this.pending, frame]);
    this.start();
    this.hurry();
    this.#pump();
  }

  typing() {
    if (!this.ready || Date.now() - this.typed < TYPING_EVERY) return;
    this.typed = Date.now();
    this.#send({ type: "typing" });
  }

  read(seq) {
    if (this.ready) this.#send({ type: "read", seq });
  }

  #connect() {
    clearTimeout(this.again);
    this.tell("status", "connecting");
    let socket;
    try {
      socket = this.way === "socket" ? new WebSocket(new URL("ws/v1", this.server)) : new Stream(new URL("sse/v1", this.server));
    } catch {
      return this.#lost(); // whatever blocks WebSockets here makes a noise of it
    }
    this.socket = socket;
    const mine = (act) => (event) => this.socket === socket && act(event);
    socket.onopen = mine(() => this.#greet());
    socket.onmessage = mine(({ data }) => this.#take(data));
    socket.onclose = mine(({ code }) => this.#closed(code));
    this.#watch(this.proven || this.way === "stream" ? PATIENCE : FIRST);
  }

  #greet() {
    this.token ??= this.keep.token;
    this.#send({ type: "hello", token: this.token, seen: this.seen, ...this.hello() });
  }

  /** @param {number | null} delay */
  #cut(delay = null) {
    const { socket } = this;
    if (!socket) return;
    this.#lost(delay);
    socket.close();
  }

  /** An act that is too big to be read would be sent again for ever. */
  #closed(code) {
    if (code === TOO_BIG && this.flying) this.#failed({ type: "error", code: "too_long", id: this.flying, message: "" });
    this.#lost();
  }

  /**
   * Full jitter: everybody comes back at another moment. The other way is tried at once when this one never worked.
   *
   * @param {number | null} delay
   */
  #lost(delay = null) {
    this.#flush();
    this.socket = this.ready = this.flying = this.asked = null;
    clearTimeout(this.watching);
    clearTimeout(this.resume);
    if (this.banned) return this.tell("status", "offline");
    const first = this.#turn();
    if (!first) this.tell("status", "offline");
    const ceiling = Math.min(LONGEST, SHORTEST * 2 ** ++this.tries);
    this.again = setTimeout(() => this.#connect(), delay ?? (first ? 0 : SHORTEST + Math.random() * (ceiling - SHORTEST)));
  }

  /** Take the other way when this one brought nothing, now and then also when it did before. True for the first turn. */
  #turn() {
    const brought = this.heard;
    this.heard = 0;
    if (brought || navigator.onLine === false || (this.proven === this.way && this.tries % 3 !== 2)) return false;
    this.way = this.way === "socket" ? "stream" : "socket";
    const first = !this.turned && !this.proven;
    this.turned = true;
    return first;
  }

  #watch(delay = QUIET) {
    clearTimeout(this.watching);
    const due = Date.now() + delay;
    this.watching = setTimeout(() => {
      const slept = Date.now() - due > SLEPT && !document.hidden; // hidden pages have late timers anyway
      if (slept || !this.ready || this.asked) return slept ? this.restart() : this.#cut();
      this.#ask();
    }, delay);
  }

  #ask() {
    this.asked = true;
    this.#send({ type: "ping" });
    this.#watch(PATIENCE);
  }

  /** Somebody looks at the page again; the line may have died while nobody did. */
  #wake() {
    if (this.socket && this.ready && Date.now() - this.heard > QUIET) this.#ask();
    else this.hurry();
  }

  #send(frame) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  /** What this tab has not yet got through. */
  #keep(pending) {
    this.pending = pending;
    if (this.keep.allowed) this.keep.tab.save({ pending });
  }

  /** One act at a time, so that their order stays. */
  #pump() {
    if (!this.ready || this.flying || !this.pending.length) return;
    this.flying = this.pending[0].id;
    this.#send(this.pending[0]);
    this.#watch(PATIENCE);
  }

  #landed(id) {
    if (this.flying === id) this.flying = null;
    this.#keep(this.pending.filter((act) => act.id !== id));
    this.#pump();
  }

  /** A frame, or nothing but a sign of life. */
  #take(text) {
    this.heard = Date.now();
    this.asked = false;
    this.#watch();
    const frame = JSON.parse(text || "{}");
    const act = this.#frames[frame.type];
    act ? act(frame) : this.tell(frame.type, frame);
  }

  #frames = {
    welcome: (frame) => this.#welcomed(frame),
    message: (frame) => this.#message(frame),
    error: (frame) => this.#failed(frame),
    ack: (frame) => {
      this.tell("acked", frame);
      this.#landed(frame.id);
    },
  };

  #welcomed(frame) {
    this.tries = 0;
    this.ready = true;
    this.proven = this.way;
    if (this.keep.allowed) this.keep.tab.save({ way: this.way });
    const fresh = frame.conversation !== this.conversation || frame.seq < this.seen;
    if (fresh) this.seen = 0;
    Object.assign(this, { token: frame.token, conversation: frame.conversation });
    this.keep.save({ token: frame.token });
    /** @type {{ until: number, all: object[] } | null} */
    this.missed = frame.seq > this.seen ? { until: frame.seq, all: [] } : null;
    this.tell("status", "online");
    this.tell("welcome", { ...frame, fresh });
    this.tell("state", frame.state);
    this.#pump();
  }

  /** What was missed is told all at once, when it is complete. */
  #message(frame) {
    if (frame.seq <= this.seen && !frame.edited && !frame.deleted) return;
    this.seen = Math.max(this.seen, frame.seq);
    if (this.missed) this.missed.all.push(frame);
    else this.tell("messages", [frame]);
    if (this.missed && frame.seq >= this.missed.until) this.#flush();
    if (frame.id) this.#landed(frame.id); // it is stored, whether or not its ack was lost
  }

  #flush() {
    const { missed } = this;
    this.missed = null;
    if (missed?.all.length) this.tell("messages", missed.all);
  }

  #failed(frame) {
    if (frame.code === "rate_limited") return this.#limited(frame);
    if (frame.id) {
      this.tell("failed", frame);
      return this.#landed(frame.id);
    }
    if (frame.code === "unauthorized") this.#forgotten();
  }

  #limited(frame) {
    const delay = frame.retry_s * 1000;
    if (!this.ready) this.#cut(delay);
    this.tell("limited", frame.retry_s);
    this.resume = setTimeout(() => {
      this.flying = null;
      this.#pump();
    }, delay);
  }

  /** The token is worth nothing any more: begin anew; without a token there is nothing to begin with. */
  #forgotten() {
    if (this.token === null) {
      this.banned = true;
      return this.tell("refused");
    }
    Object.assign(this, { token: null, conversation: null, seen: 0 });
    this.keep.forget();
  }
}

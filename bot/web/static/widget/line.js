// The line to the server: connects, comes back, sends again what was not acknowledged, asks for what was missed.

const QUIET = 25_000; // ms without a frame before we ask whether anybody is there
const PATIENCE = 10_000; // ms for an answer
const SHORTEST = 500;
const LONGEST = 30_000;
const TYPING_EVERY = 3_000;
const TOO_BIG = 1009; // the close code for a frame that the server does not even read

export class Line {
  /**
   * @param {string} url of the WebSocket
   * @param {import("./keep.js").Keep} keep
   * @param {() => object} hello what else `hello` says: locale, tz, page, identity
   * @param {(name: string, data?: any) => void} tell what happened: status, welcome, message, state, typing, read,
   *   acked, failed, limited, refused
   */
  constructor(url, keep, hello, tell) {
    Object.assign(this, { url, keep, hello, tell });
    this.pending = keep.pending;
    this.token = null;
    this.conversation = null;
    this.seen = 0;
    this.tries = 0;
    this.started = false;
    this.flying = null;
    this.typed = 0;
    addEventListener("online", () => this.hurry());
    addEventListener("offline", () => this.#cut());
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
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
    this.#connect();
  }

  /** Say hello again: the language or the token has changed. */
  restart() {
    this.#cut();
    this.hurry();
  }

  /** Send a message or a press; it is sent until it is acknowledged. Returns its id. */
  act(frame) {
    const id = crypto.randomUUID?.() ?? randomId();
    this.keep.allow(this.token);
    this.pending.push({ ...frame, id });
    this.keep.pending = this.pending;
    this.start();
    this.hurry();
    this.#pump();
    return id;
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
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.onopen = () => this.#greet();
    socket.onmessage = (event) => socket === this.socket && this.#take(JSON.parse(event.data));
    socket.onclose = (event) => socket === this.socket && this.#closed(event.code);
    this.#watch(PATIENCE);
  }

  #greet() {
    this.token ??= this.keep.token;
    this.#send({ type: "hello", token: this.token, seen: this.seen, ...this.hello() });
  }

  #cut(delay = null) {
    const socket = this.socket;
    if (!socket) return;
    this.#lost(delay);
    socket.close();
  }

  /** An act that is too big to be read would be sent again for ever. */
  #closed(code) {
    if (code === TOO_BIG && this.flying) this.#failed({ type: "error", code: "too_long", id: this.flying, message: "" });
    this.#lost();
  }

  /** Full jitter: everybody comes back at another moment. */
  #lost(delay = null) {
    this.socket = null;
    this.ready = false;
    this.flying = null;
    clearTimeout(this.watching);
    clearTimeout(this.resume);
    this.tell("status", "offline");
    if (this.banned) return;
    const ceiling = Math.min(LONGEST, SHORTEST * 2 ** ++this.tries);
    this.again = setTimeout(() => this.#connect(), delay ?? SHORTEST + Math.random() * (ceiling - SHORTEST));
  }

  #watch(delay = QUIET) {
    clearTimeout(this.watching);
    this.watching = setTimeout(() => {
      if (!this.ready || this.asked) return this.#cut();
      this.asked = true;
      this.#send({ type: "ping" });
      this.#watch(PATIENCE);
    }, delay);
  }

  #send(frame) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
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
    this.pending = this.pending.filter((act) => act.id !== id);
    this.keep.pending = this.pending;
    this.#pump();
  }

  #take(frame) {
    this.asked = false;
    this.#watch();
    switch (frame.type) {
      case "welcome":
        return this.#welcomed(frame);
      case "message":
        return this.#message(frame);
      case "ack":
        this.tell("acked", frame);
        return this.#landed(frame.id);
      case "error":
        return this.#failed(frame);
      default:
        return this.tell(frame.type, frame);
    }
  }

  #welcomed(frame) {
    this.tries = 0;
    this.ready = true;
    const fresh = frame.conversation !== this.conversation || frame.seq < this.seen;
    if (fresh) this.seen = 0;
    Object.assign(this, { token: frame.token, conversation: frame.conversation });
    this.keep.token = frame.token;
    this.tell("status", "online");
    this.tell("welcome", { ...frame, fresh });
    this.tell("state", frame.state);
    this.#pump();
  }

  #message(frame) {
    if (frame.seq <= this.seen && !frame.edited && !frame.deleted) return;
    this.seen = Math.max(this.seen, frame.seq);
    this.tell("message", frame);
    if (frame.id) this.#landed(frame.id); // it is stored, whether or not its ack was lost
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

function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The desk's socket: comes back by itself, and answers each act with a promise. Words whose answer was cut off are said
// once more under the same id, so that the customer has them once.

const LONGEST = 15_000;

export class DeskSocket {
  take; status; socket;

  /** `take(frame)` gets every frame; `status(name)` is online, offline or shut. */
  constructor(take, status) {
    Object.assign(this, { take, status });
    this.asked = new Map();
    this.tries = 0;
    addEventListener("online", () => this.#hurry());
    this.#connect();
  }

  send(frame) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  /** Do it; resolves with the answer when it is in effect, rejects with the reason when it is not. */
  act(frame) {
    const id = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
    return new Promise((resolve, reject) => {
      if (this.socket.readyState !== WebSocket.OPEN) return reject(new Error("offline"));
      this.asked.set(id, { frame: { ...frame, id }, resolve, reject });
      this.send({ ...frame, id });
    });
  }

  #connect() {
    const url = new URL("/ws/desk", location.href);
    url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    this.socket = new WebSocket(url);
    this.socket.onopen = () => {
      this.tries = 0;
      this.status("online");
      clearTimeout(this.patience);
      this.patience = undefined;
      for (const { frame } of this.asked.values()) this.send(frame);
    };
    this.socket.onmessage = (event) => this.#got(JSON.parse(event.data));
    this.socket.onclose = () => this.#lost();
  }

  #got(frame) {
    const waiting = this.asked.get(frame.id);
    if (frame.type === "error" && frame.code === "unauthorized" && !frame.id) this.shut = true;
    if (!waiting) return this.take(frame);
    this.asked.delete(frame.id);
    if (frame.type === "error") waiting.reject(new Error(frame.message));
    else waiting.resolve(frame);
  }

  #lost() {
    this.#giveUp((frame) => !this.shut && frame.type === "say" && !frame.file);
    this.patience ??= setTimeout(() => this.#giveUp(() => false), LONGEST);
    this.status(this.shut ? "shut" : "offline");
    if (this.shut) return;
    const delay = 500 + Math.random() * Math.min(LONGEST, 500 * 2 ** ++this.tries);
    this.again = setTimeout(() => this.#connect(), delay);
  }

  #giveUp(keeps) {
    for (const [id, { frame, reject }] of this.asked) {
      if (keeps(frame)) continue;
      this.asked.delete(id);
      reject(new Error("offline"));
    }
  }

  #hurry() {
    if (this.socket.readyState !== WebSocket.CLOSED || this.shut) return;
    clearTimeout(this.again);
    this.#connect();
  }
}

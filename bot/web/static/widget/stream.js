// The way to the server where WebSockets are blocked, with the face of one: what the server says comes as one long answer
// to `hello`, what we say is posted.

export class Stream {
  readyState = WebSocket.OPEN;
  waiting = [];
  stop = new AbortController();

  /** The first frame that is sent is `hello`. */
  constructor(url) {
    this.url = url;
    this.onopen = this.onmessage = this.onclose = null; // whoever made it sets them
    setTimeout(() => this.onopen()); // when whoever made it listens
  }

  send(text) {
    if (!this.begun) this.begun = this.#listen(text);
    else if (this.waiting.push(text) && this.id) this.#post();
  }

  close() {
    this.stop.abort();
  }

  async #ask(url, body) {
    const { signal } = this.stop;
    const answer = await fetch(url, { method: "POST", body, signal, credentials: "omit", cache: "no-store" });
    if (!answer.ok) throw answer.status === 413 ? 1009 : 1006;
    return answer;
  }

  async #listen(hello) {
    try {
      /** @type {{ body: any }} */
      const { body } = await this.#ask(this.url, hello);
      const reader = body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        const events = (text + read.value).split("\n\n");
        text = events.pop() ?? "";
        events.forEach((event) => this.#event(event));
      }
      this.#end(1006);
    } catch (error) {
      this.#end(error);
    }
  }

  /** What is neither a frame nor ours is a sign of life. */
  #event(event) {
    const [, kind, data] = /^(?:event: (\w+)\n)?data: (.*)$/s.exec(event) ?? [];
    if (kind === "close") return this.#end(+data);
    if (kind === "stream") {
      this.id = data;
      this.#post();
    }
    this.onmessage({ data: kind ? "" : data });
  }

  /** One after the other, so that their order stays. The id of the stream is a secret: it goes in the body. */
  async #post() {
    if (this.posting) return;
    this.posting = true;
    try {
      while (this.waiting.length) await this.#ask(`${this.url}/frames`, [this.id, ...this.waiting.splice(0, 8)].join("\n"));
    } catch (error) {
      this.#end(error);
    }
    this.posting = false;
  }

  #end(code) {
    this.close();
    this.onclose({ code });
  }
}

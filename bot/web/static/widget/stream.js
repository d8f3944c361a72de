// The way to the server where WebSockets are blocked: what it says comes as one long answer to `hello`, what we say is posted.

export class Stream {
  /** `on` has open(), frame(text), alive(), close(code). The first frame sent is `hello`. */
  constructor(url, on) {
    Object.assign(this, { url, on, waiting: [], stop: new AbortController() });
    setTimeout(() => on.open()); // when whoever made it has it in hand
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
      const answer = await this.#ask(this.url, hello);
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        this.on.alive();
        const events = (text + read.value).split("\n\n");
        text = events.pop();
        events.forEach((event) => this.#event(event));
      }
      this.#end(1006);
    } catch (error) {
      this.#end(error);
    }
  }

  #event(event) {
    const { kind, data } = /^(?:event: (?<kind>\w+)\n)?data: (?<data>.*)$/s.exec(event)?.groups ?? {};
    if (kind === "stream") {
      this.id = data;
      this.#post();
    } else if (kind === "close") this.#end(Number(data));
    else if (data) this.on.frame(data);
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
    if (this.over) return;
    this.over = true;
    this.close();
    this.on.close(typeof code === "number" ? code : 1006);
  }
}

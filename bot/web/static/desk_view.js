// Views: on a narrow page one part is seen at a time, and the browser's own way back leads to the one before.

const DEPTH = { list: 0, room: 1, talk: 1, card: 2 };
const narrow = matchMedia("(max-width: 720px)");

export class View {
  constructor() {
    this.now = "list";
    addEventListener("popstate", (event) => this.#show(event.state?.view ?? "list"));
  }

  go(name) {
    if (name === this.now) return;
    const deeper = DEPTH[name] > DEPTH[this.now];
    if (narrow.matches && deeper) history.pushState({ view: name }, "");
    else if (history.state?.view === this.now && DEPTH[name] < DEPTH[this.now]) return history.go(DEPTH[name] - DEPTH[this.now]);
    this.#show(name);
  }

  #show(name) {
    const before = this.now;
    this.now = name;
    document.body.dataset.view = name;
    document.getElementById("room")?.toggleAttribute("hidden", name !== "room");
    document.getElementById("to-room")?.setAttribute("aria-pressed", String(name === "room"));
    this.#focus(name, before);
  }

  /** Into what has come, where what was focused has gone out of sight. */
  #focus(name, before) {
    if (document.activeElement !== document.body && document.activeElement?.checkVisibility?.()) return;
    const places = { list: ["#list [aria-current]", "#list .ticket"], talk: [before === "card" ? ".details" : "#talk h2"], card: ["#card h2"], room: ["#room h2"] };
    const found = places[name].map((one) => document.querySelector(one)).find(Boolean);
    found?.focus({ preventScroll: true });
  }
}

// Looking up articles and answers while one writes: what is found can be read whole, and goes into the message at a press.

import { make, rich, sending } from "/widget/dom.js";

export class Finder {
  words; locale; customer;

  /** `actions` has find(text), which resolves to hits, and insert(text). */
  constructor(actions) {
    this.actions = actions;
    this.input = make("input", { type: "search", maxlength: "400", enterkeyhint: "search", dir: "auto" });
    this.hits = make("div", { class: "hits", "aria-live": "polite" });
    this.form = make("form", { role: "search" }, this.input);
    this.summary = make("summary");
    this.element = make("details", { class: "finder" }, this.summary, this.form, this.hits);
    this.element.addEventListener("toggle", () => this.element.open && this.input.focus());
    sending(this.form, this.input, () => this.#find());
  }

  /** Begin to look for this talk, whose customer speaks `customer`; `same` if it was open before. */
  open(words, locale, customer, same) {
    Object.assign(this, { words, locale, customer });
    this.summary.textContent = this.input.placeholder = words.find;
    this.input.setAttribute("aria-label", words.find);
    if (same) return;
    this.input.value = "";
    this.hits.replaceChildren();
    this.element.open = false;
  }

  /** As by a press. */
  begin() {
    if (this.element.open) this.input.focus();
    this.element.open = true;
  }

  /** Open it for reading what was found elsewhere. */
  show(hit) {
    this.element.open = true;
    this.input.value = hit.title;
    this.hits.replaceChildren(this.#hit(hit));
    this.hits.querySelector("details").open = true;
    this.hits.querySelector("summary").focus();
  }

  async #find() {
    const text = this.input.value.trim();
    const hits = text ? await this.actions.find(text) : [];
    if (text !== this.input.value.trim()) return; // something else is looked for by now
    const none = text ? make("p", { class: "empty" }, this.words.nothingFound) : "";
    this.hits.replaceChildren(...(hits.length ? hits.map((hit) => this.#hit(hit)) : [none]));
  }

  #insert(hit) {
    this.element.open = false;
    this.actions.insert(hit.text);
  }

  #hit(hit) {
    const tags = [hit.internal ? this.words.internal : "", hit.locale === this.customer ? "" : hit.locale.toUpperCase()].filter(Boolean);
    const title = make("summary", {}, make("b", { dir: "auto" }, hit.title), ...tags.map((tag) => make("span", { class: "tag" }, tag)), make("span", { class: "snippet", dir: "auto" }, hit.snippet));
    const insert = make("button", { type: "button", class: "act", onclick: () => this.#insert(hit) }, this.words.insert);
    return make("div", { class: "hit" }, make("details", {}, title, rich(hit.html, hit.text)), hit.internal ? null : insert);
  }
}

// The menu of the composer: `/` and what follows it find canned replies, articles and acts; a choice goes into the text.

import { make } from "/widget/dom.js";

const TYPED = /(?:^|\s)\/(?!\/)([^\n/]{0,60})$/u; // from the slash to the cursor
const ENOUGH = 3; // letters, before articles are looked for
const PAUSE = 150; // milliseconds without a key
const MANY = 8;

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

/** A textarea has no role combobox, so it is a text field with a list of its own: the same keys, the same attributes. */
export class Menu {
  input; actions; conversation; words; replies; fetching; left; asked;

  /** `actions` has canned() and find(text), which resolve to what there is, acts(), insert(text, from, to) and say(text). */
  constructor(input, actions) {
    Object.assign(this, { input, actions, left: null });
    this.element = make("ul", { class: "menu", id: "menu", role: "listbox", hidden: true });
    this.element.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays where one writes
    for (const [name, value] of [["autocomplete", "list"], ["haspopup", "listbox"], ["controls", "menu"]]) input.setAttribute(`aria-${name}`, value);
    input.addEventListener("input", () => this.#typed());
    input.addEventListener("keydown", (event) => this.#key(event), true);
    input.addEventListener("blur", () => this.close());
  }

  /** For another talk, or in another language. */
  open(conversation, words) {
    Object.assign(this, { conversation, words, replies: null, fetching: null, left: null });
    this.element.setAttribute("aria-label", words.menu);
    this.close();
  }

  /** As if one had typed the slash. */
  begin() {
    this.input.focus();
    const before = this.input.value.slice(0, this.input.selectionStart);
    this.actions.insert(before && !/\s$/.test(before) ? " /" : "/", this.input.selectionStart, this.input.selectionEnd);
  }

  close() {
    clearTimeout(this.later);
    this.asked = null;
    this.hurried = false;
    this.element.hidden = true;
    this.input.removeAttribute("aria-activedescendant");
  }

  get shown() {
    return !this.element.hidden;
  }

  /** A slash begins the text, its list was not put away, and still nothing was chosen from it. */
  get slipped() {
    return this.left === null && /^\/\p{L}/u.test(this.input.value);
  }

  async #typed() {
    const found = this.input.selectionStart === this.input.selectionEnd && TYPED.exec(this.input.value.slice(0, this.input.selectionStart));
    if (!found) {
      this.left = null;
      return this.close();
    }
    const slash = this.input.selectionStart - found[1].length - 1;
    if (this.left === slash) return; // Escape has closed it here
    const asked = (this.asked = { slash, text: found[1] });
    if (!this.replies) await (this.fetching ??= this.#fetch());
    if (this.asked !== asked) return;
    this.#show(this.#local(found[1]));
    if (this.hurried && this.shown) return this.options[0].does();
    clearTimeout(this.later);
    if (found[1].trim().length >= ENOUGH) this.later = setTimeout(() => this.#look(asked), PAUSE);
  }

  async #fetch() {
    const { conversation } = this;
    const replies = await this.actions.canned();
    if (conversation !== this.conversation) return;
    this.replies = replies;
    this.fetching = null;
  }

  async #look(asked) {
    const hits = await this.actions.find(asked.text.trim());
    if (this.asked !== asked) return;
    this.#show([...this.#local(asked.text), ...hits.map((hit) => ({ kind: hit.internal ? "internal" : hit.kind, title: hit.title, text: hit.snippet, does: () => this.#choose(hit) }))]);
  }

  /** Replies by name, else by what they say; acts by their names. */
  #local(typed) {
    const wanted = plain(typed.trim());
    const rank = (one) => (plain(one.name).startsWith(wanted) ? 0 : plain(one.text).includes(wanted) ? 1 : 2);
    const replies = (this.replies ?? []).filter((one) => rank(one) < 2).sort((a, b) => rank(a) - rank(b));
    const [first, ...rest] = typed.trimStart().split(" ");
    const named = (one) => wanted && (one.name.startsWith(plain(first)) || plain(one.label).startsWith(plain(first)));
    const acts = this.actions.acts().filter((one) => named(one) && (!rest.length || one.words));
    return [
      ...replies.slice(0, MANY).map((one) => ({ kind: "reply", title: `/${one.name}`, text: one.text, does: () => this.#insert(one.text) })),
      ...acts.map((one) => ({ kind: "act", title: `/${one.name}`, text: one.label, does: () => this.#act(one, rest.join(" ")) })),
    ];
  }

  #show(options) {
    this.options = options;
    this.element.hidden = !options.length;
    if (!options.length) return this.input.removeAttribute("aria-activedescendant");
    this.element.replaceChildren(...options.map((one, at) => this.#option(one, at)));
    this.#activate(0);
    this.actions.say(this.words.found(options.length));
  }

  #option(one, at) {
    const kind = one.kind === "reply" ? null : make("span", { class: "tag" }, this.words.finds[one.kind]);
    const text = make("span", { class: "snippet", dir: "auto" }, one.text);
    const onclick = () => one.does();
    return make("li", { role: "option", id: `option${at}`, onclick, onpointermove: () => this.active !== at && this.#activate(at) }, make("b", { dir: "auto" }, one.title), kind, text);
  }

  #activate(at) {
    this.active = at;
    [...this.element.children].forEach((one, index) => one.setAttribute("aria-selected", String(index === at)));
    this.element.children[at].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", `option${at}`);
  }

  #key(event) {
    if (event.isComposing) return;
    if (!this.shown) return this.#early(event);
    const [at, last] = [this.active, this.options.length - 1];
    const moves = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at === 0 ? last : at - 1, PageDown: last, PageUp: 0 };
    if (event.key in moves) this.#activate(moves[event.key]);
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") this.options[at].does();
    else if (event.key === "Escape") {
      this.left = this.asked.slash;
      this.close();
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation(); // Enter chooses and does not send, Escape closes this and nothing else
  }

  /** Who is faster than the list gets the first of it as soon as it is there; Escape says that it is not wanted. */
  #early(event) {
    const chooses = this.asked && this.fetching && !event.shiftKey && ["Enter", "Tab"].includes(event.key);
    if (event.key === "Escape" && this.slipped) this.left = 0;
    else if (!chooses) return;
    this.hurried = chooses;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #choose(hit) {
    if (hit.internal) this.#act({ does: () => this.actions.look(hit) }, "");
    else this.#insert(hit.text);
  }

  #act(one, words) {
    this.#insert("");
    one.does(words);
  }

  /** In the place of what was typed from the slash on. */
  #insert(text) {
    const { slash } = this.asked;
    this.close();
    this.actions.insert(text, slash, this.input.selectionStart);
  }
}

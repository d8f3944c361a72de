// The composer: what one writes, kept as a draft until it is sent.

import { ICONS, icon, make, sending } from "/widget/dom.js";
import { sendingFiles } from "./desk_files.js";
import { draft, drafts } from "./desk_keep.js";
import { Menu } from "./desk_menu.js";

const LINES = 160; // pixels that it may grow to

export class Composer {
  conversation; words;

  /** `actions` has write(text), say, refused, typing, canned, find, look, acts and announce. */
  constructor(actions) {
    this.actions = actions;
    this.input = make("textarea", { rows: "1", maxlength: "4000", dir: "auto", id: "words" });
    this.sender = make("button", { type: "submit", class: "act primary sender" }, icon(ICONS.send), make("span"));
    this.slash = make("button", { type: "button", class: "clip slash", onclick: () => this.menu.begin() }, "/");
    this.files = sendingFiles(this, this.input, actions.say, actions.refused);
    this.menu = new Menu(this.input, { ...actions, say: actions.announce, insert: (...one) => this.insert(...one) });
    this.element = make("form", { class: "composer" }, this.files.picker, this.menu.element, this.input, this.slash, this.files.button, this.sender);
    sending(this.element, this.input, () => this.#submit());
    this.input.addEventListener("input", () => this.#changed());
  }

  open(conversation, words) {
    const same = this.conversation === conversation;
    Object.assign(this, { conversation, words });
    this.input.setAttribute("aria-label", words.write);
    this.files.button.ariaLabel = this.files.button.title = words.attach;
    this.slash.ariaLabel = this.slash.title = words.menu;
    this.menu.open(conversation, words);
    if (!same) this.#write(drafts.get(conversation) ?? "");
  }

  /** Whether one may write to the customer, and not only notes. */
  allow(mine) {
    this.mine = mine;
    this.input.placeholder = mine ? this.words.write : this.words.notMine;
    this.#label();
  }

  /** As if it were typed, so that it can be undone; at the cursor unless a place is given. */
  insert(text, from = this.input.selectionStart, to = this.input.selectionEnd) {
    this.input.focus();
    this.input.setSelectionRange(from, to);
    const done = text ? document.execCommand("insertText", false, text) : from === to || document.execCommand("delete");
    if (done) return;
    this.input.setRangeText(text, from, to, "end");
    this.input.dispatchEvent(new Event("input"));
  }

  #write(text) {
    this.input.value = text;
    this.#fit();
    this.#label();
  }

  #changed() {
    const had = drafts.has(this.conversation);
    draft(this.conversation, this.input.value);
    if (had !== drafts.has(this.conversation)) this.actions.drafted();
    this.#label();
    this.#fit();
    if (this.mine && this.input.value && !this.input.value.startsWith("//") && !this.menu.shown) this.actions.typing();
  }

  #fit() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(LINES, this.input.scrollHeight + 2)}px`;
  }

  #label() {
    const note = this.input.value.startsWith("//");
    this.sender.lastChild.textContent = this.sender.ariaLabel = note ? this.words.note : this.words.send;
    this.files.button.disabled = !this.mine;
    this.sender.disabled = !this.input.value.trim() || (!note && !this.mine);
    this.element.classList.toggle("noting", note);
  }

  async #submit() {
    if (this.sender.disabled) return;
    if (this.menu.slipped) return this.actions.refused(this.words.slip);
    const [text, conversation] = [this.input.value, this.conversation];
    this.#write("");
    if (await this.actions.write(text.trim(), conversation)) {
      if (this.conversation !== conversation || !this.input.value) draft(conversation, "");
    } else this.#giveBack(text, conversation);
    this.actions.drafted();
  }

  /** Nothing that was written is lost, whichever talk is open by now. */
  #giveBack(text, conversation) {
    const here = this.conversation === conversation;
    const newer = here ? this.input.value : "";
    draft(conversation, newer ? `${text}\n${newer}` : text);
    if (here) this.#write(drafts.get(conversation));
  }
}

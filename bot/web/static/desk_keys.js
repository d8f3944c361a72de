// Keys: everything by the keyboard, while nobody is typing.

import { make } from "/widget/dom.js";
import { settings } from "./desk_keep.js";

/** By the place of the key, so that they are the same in every layout: [code, what it does, as it is shown]. */
export const KEYS = [
  ["KeyA", "accept", "A"],
  ["KeyD", "decline", "D"],
  ["KeyG", "take", "G"],
  ["KeyJ", "next", "J"],
  ["KeyK", "previous", "K"],
  ["KeyR", "write", "R"],
  ["Slash", "menu", "/"],
  ["KeyF", "find", "F"],
  ["KeyH", "hold", "H"],
  ["KeyT", "transfer", "T"],
  ["KeyB", "callback", "B"],
  ["KeyM", "merge", "M"],
  ["KeyX", "close", "X"],
  ["KeyI", "details", "I"],
  ["KeyL", "list", "L"],
  ["KeyO", "room", "O"],
  ["KeyP", "pause", "P"],
];

const typing = (element) => element?.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");

/** `does(name)` does it; `help()` shows the list, `leave()` goes from where one types to the list. */
export function listenToKeys(does, help, leave) {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (document.querySelector("dialog[open], :popover-open")) return;
    if (event.key === "Escape") return leave();
    if (typing(event.target) || !settings.keys) return;
    if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) help();
    else {
      const found = !event.shiftKey && !event.repeat && KEYS.find(([code]) => code === event.code);
      if (!found) return;
      does(found[1]);
    }
    event.preventDefault();
  });
}

/** The list of keys, in a dialog. */
export function showKeys(dialog, words) {
  const row = (keys, text) => make("li", {}, make("span", {}, ...keys.map((key) => make("kbd", {}, key))), text);
  const rows = KEYS.map(([, name, shown]) => row([shown], words.does[name]));
  const writing = [row(["Enter"], words.does.send), row(["Shift", "Enter"], words.does.line), row(["//"], words.does.note), row(["Esc"], words.does.leave), row(["?"], words.does.help)];
  const close = make("button", { type: "button", class: "act", onclick: () => dialog.close() }, words.done);
  dialog.replaceChildren(make("h2", { id: "asked" }, words.keys), make("ul", { class: "keys" }, ...rows, ...writing), settings.keys ? "" : make("p", { class: "empty" }, words.keysOff), close);
  dialog.classList.add("wide");
  dialog.showModal();
}

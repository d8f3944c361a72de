// Pop-ups: a panel that opens under its button, and closes with Escape or a press elsewhere.

import { make } from "/widget/dom.js";

const GAP = 4;

/** The button with its panel, as one element; with `leaves` a press inside closes it. */
export function popup(button, panel, leaves = false) {
  panel.setAttribute("popover", "auto");
  button.popoverTargetElement = panel;
  button.setAttribute("aria-expanded", "false");
  panel.addEventListener("beforetoggle", (event) => event.newState === "open" && place(button, panel));
  panel.addEventListener("toggle", (event) => {
    button.setAttribute("aria-expanded", String(event.newState === "open"));
    if (event.newState === "open") panel.querySelector("button, input")?.focus();
  });
  if (leaves) panel.addEventListener("click", () => panel.hidePopover());
  return make("span", { class: "anchor" }, button, panel);
}

/** Below the button, from that edge of it which leaves more room. */
function place(button, panel) {
  const box = button.getBoundingClientRect();
  panel.style.top = `${box.bottom + GAP}px`;
  const left = box.left + box.right < innerWidth;
  panel.style.left = left ? `${box.left}px` : "auto";
  panel.style.right = left ? "auto" : `${innerWidth - box.right}px`;
  panel.style.maxHeight = `${innerHeight - box.bottom - 2 * GAP}px`;
}

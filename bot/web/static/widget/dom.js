// Building elements: text is set as text; HTML comes only from the server, which has sanitised it.

let policy = null;
try {
  policy = globalThis.trustedTypes?.createPolicy("frontline-chat", { createHTML: (html) => html }) ?? null;
} catch {
  policy = null; // the site allows no policy of ours: rich answers are shown as plain text
}

/** An element: `make("button", {class: "x", onclick}, "text", child)`. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Rich text from the server, or the plain one where that is not allowed. */
export function rich(html, text) {
  const element = make("div", { class: "text", dir: "auto" });
  try {
    element.innerHTML = policy ? policy.createHTML(html) : html;
  } catch {
    element.textContent = text;
  }
  return element;
}

/** The button or Enter submits what was written; Shift+Enter begins a line, and an input method keeps its Enter. */
export function sending(form, input, submit) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
}

const SVG = "http://www.w3.org/2000/svg";

/** An icon from its path. */
export function icon(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const drawn = document.createElementNS(SVG, "path");
  drawn.setAttribute("d", path);
  svg.append(drawn);
  return svg;
}

export const ICONS = {
  chat: "M12 3C6.9 3 3 6.6 3 11c0 2.1.9 4 2.4 5.4-.1 1.2-.6 2.4-1.4 3.3-.2.3 0 .8.4.7 1.9-.2 3.5-.9 4.7-1.8.9.3 1.9.4 2.9.4 5.1 0 9-3.6 9-8s-3.9-8-9-8z",
  close: "M6 6l12 12M18 6L6 18",
  send: "M4 12l16-8-5 16-3.5-6.5L4 12zM11.5 13.5L20 4",
  down: "M6 9l6 6 6-6",
};

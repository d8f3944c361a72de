// Building elements: text is set as text; HTML comes only from the server, which has sanitised it.

let policy;
try {
  policy = globalThis.trustedTypes?.createPolicy("frontline-chat", { createHTML: (html) => html });
} catch {
  // the site allows no policy of ours: rich answers are shown as plain text
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

/** An icon from its path. */
export function icon(path) {
  const [svg, drawn] = ["svg", "path"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.ariaHidden = "true";
  drawn.setAttribute("d", path);
  svg.append(drawn);
  return svg;
}

export const ICONS = {
  close: "M6 6l12 12M18 6L6 18",
  send: "M4 12l16-8-5 16-3.5-6.5L4 12zM11.5 13.5L20 4",
  down: "M6 9l6 6 6-6",
  clip: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.8L9.3 17.2a1.7 1.7 0 0 1-2.4-2.4L14.5 7",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  bell: "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
  silent: "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM3 3l18 18",
  star: "M12 3l2.8 5.8 6.2.9-4.5 4.4 1.1 6.3L12 17.4l-5.6 3 1.1-6.3L3 9.7l6.2-.9z",
};

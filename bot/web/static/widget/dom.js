// Building elements: text is set as text; HTML comes only from the server, which has sanitised it.

let policy;
try {
  policy = globalThis.trustedTypes?.createPolicy("frontline-chat", { createHTML: (html) => html });
} catch {
  // the site allows no policy of ours: rich answers are shown as plain text
}

/** An element: `make("button", {class: "x", onclick}, "text", child)`. A button submits nothing unless it says so. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  if (name === "button") element.type = name;
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element[key] = value;
    else if (there(value)) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter(there));
  return element;
}

const there = (one) => (one ?? false) !== false;

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
  form.onsubmit = (event) => {
    event.preventDefault();
    submit();
  };
  input.onkeydown = (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) form.onsubmit(event);
  };
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
  send: "M4 12l16-8-5 16-4-6zM11 14l9-10",
  down: "M6 9l6 6 6-6",
  clip: "M20 11l-8 8a5 5 0 0 1-7-7l8-8a3 3 0 0 1 5 5l-8 8a1 1 0 0 1-3-3l7-7",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  bell: "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
  silent: "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM3 3l18 18",
  star: "M12 3l3 6 6 1-4 4 1 6-6-3-6 3 1-6-4-4 6-1z",
};

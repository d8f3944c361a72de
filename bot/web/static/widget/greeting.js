// The greeting that a site may wish for: a line beside the launcher on its pages, after its seconds, once.

const WORDS = {
  en: ["Hello! Do you have a question?", "Hide the greeting"],
  ru: ["Здравствуйте! Есть вопрос?", "Скрыть приветствие"],
  lv: ["Labdien! Vai jums ir kāds jautājums?", "Paslēpt sveicienu"],
};
const STYLE = `
.teaser { display: flex; max-width: min(300px, 100vw - 40px); margin-bottom: 10px; border: 1px solid #8886; border-radius: 14px; background: canvas; color: canvastext; box-shadow: 0 4px 16px #0003; overflow-wrap: anywhere; }
.open .teaser { display: none; }
.teaser button { all: unset; outline: revert; padding: 10px 14px; cursor: pointer; }
.teaser button + button { padding-left: 6px; }`;

/** `*` stands for anything; a rule without a path is for every page. */
const fits = (rule, path) => new RegExp(`^${rule.replace(/[^\w*]/g, "\\$&").replaceAll("*", ".*")}$`).test(path);

/** Greet, unless the visitor is elsewhere, is talking, or was greeted before. */
export function greet(element, key) {
  if (element.isOpen || element.kept || !fits(element.getAttribute("greet-path") ?? "*", location.pathname)) return;
  const [hello, hide] = WORDS[element.locale];
  element.wear(STYLE);
  const [teaser, say, close] = ["div", "button", "button"].map((name) => document.createElement(name));
  Object.assign(teaser, { className: "teaser", role: "status" });
  Object.assign(say, { dir: "auto", textContent: element.getAttribute("greeting") || hello, onclick: () => element.open() });
  Object.assign(close, { ariaLabel: hide, textContent: "×", onclick: () => teaser.remove() ?? element.launcher.focus() });
  teaser.append(say, close);
  element.launcher.before(teaser);
  for (const event of ["pointerdown", "keydown"]) addEventListener(event, () => remember(key), { capture: true, once: true });
}

/** Nothing is kept before the visitor has done something, wherever that was. */
function remember(key) {
  try {
    localStorage[key] ??= "{}";
  } catch {
    // then the greeting may come again
  }
}

// The greeting that a site may wish for: a line beside the launcher on its pages, after its seconds, once.

const STYLE = `
.teaser { display: flex; width: max-content; max-width: min(300px, calc(100vw - 40px)); margin: 0 0 10px auto; border: 1px solid #c5ccc9; border-radius: 14px; background: #fff; color: #1c2321; box-shadow: 0 4px 16px #0003; }
.left .teaser { margin-left: 0; }
.dark .teaser { background: #1b201e; color: #e9eeec; border-color: #414b46; }
.open .teaser { display: none; }
.teaser button { font: inherit; color: inherit; border: 0; background: none; padding: 10px 14px; text-align: start; overflow-wrap: anywhere; cursor: pointer; min-width: 24px; }
.teaser button + button { padding-left: 0; }`;

/** `*` stands for anything; a rule without a path is for every page. */
const fits = (rule, path) => new RegExp(`^${rule.split("*").map((part) => part.replace(/[.+?^$()[\]{}|\\]/g, "\\$&")).join(".*")}$`).test(path);

/** Greet, unless the visitor is elsewhere, is talking, or was greeted before. */
export async function greet(element, key) {
  if (element.isOpen || element.kept || !fits(element.getAttribute("greet-path") ?? "*", location.pathname)) return;
  const { WORDS } = await import(`./words_${element.locale}.js`);
  element.wear(STYLE);
  const [teaser, say, close] = ["div", "button", "button"].map((name) => document.createElement(name));
  Object.assign(teaser, { className: "teaser", role: "status" });
  Object.assign(say, { type: "button", dir: "auto", textContent: element.getAttribute("greeting") || WORDS.teaser, onclick: () => element.open() });
  Object.assign(close, { type: "button", ariaLabel: WORDS.hide, textContent: "×", onclick: () => teaser.remove() ?? element.launcher.focus() });
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

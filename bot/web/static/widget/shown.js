// A file of a message: a picture as it looks, anything else by name. It is fetched with the visitor's token when it is
// wanted, and a picture is painted, so that the page's rules for images need not know of us.

import { ICONS, icon, make } from "./dom.js";
import { fill } from "./words.js";

const PREVIEWED = 10 * 1024 * 1024;
const SIDE = 240; // px

/** `12 KB` in the reader's language. */
export function sizeOf(bytes, locale) {
  const [amount, unit] = bytes < 1e6 ? [Math.max(bytes / 1e3, 0.1), "kilobyte"] : [bytes / 1e6, "megabyte"];
  return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: amount < 10 ? 1 : 0 }).format(amount);
}

/** Paint the picture into the canvas; false when it is none that this browser knows. */
export async function paint(canvas, blob) {
  try {
    const picture = await createImageBitmap(blob);
    const scale = Math.min(1, (SIDE * devicePixelRatio) / Math.max(picture.width, picture.height));
    canvas.width = Math.max(1, picture.width * scale);
    canvas.height = Math.max(1, picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return true;
  } catch {
    return false;
  }
}

/** What stands in the message: pressing it keeps the file. */
export function shownFile(file, log) {
  const { talk, words, locale } = log;
  const get = async () => {
    const headers = { "X-Frontline-Token": talk.line.token };
    const answer = await fetch(new URL(`files/${file.id}`, talk.server), { headers, credentials: "omit" });
    if (!answer.ok) throw answer.status;
    return answer.blob();
  };
  const label = make("span", { class: "label", dir: "auto" }, file.name, make("small", {}, file.size ? sizeOf(file.size, locale) : ""));
  const item = make("button", { class: "bubble file", "aria-label": fill(words.keep, file.name) }, icon(ICONS.file), label);
  item.onclick = () => get().then((blob) => save(blob, file.name), () => (label.lastChild.textContent = words.noFile));
  if (/^image\//.test(file.mime) && file.size <= PREVIEWED) whenSeen(item, () => preview(item, file, get));
  return item;
}

async function preview(item, file, get) {
  const canvas = make("canvas", { role: "img", "aria-label": file.name });
  try {
    if (!(await paint(canvas, await get()))) return;
  } catch {
    return; // its name is shown
  }
  item.classList.add("picture");
  item.replaceChildren(canvas);
}

function whenSeen(item, act) {
  const watch = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) return;
    watch.disconnect();
    act();
  });
  watch.observe(item);
}

function save(blob, name) {
  const url = URL.createObjectURL(blob);
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

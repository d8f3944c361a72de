// Files on their way: picked, dropped or pasted. Allowed ones go up at once, with their progress, and are sent with the
// next message.

import { make } from "./dom.js";
import { paint, sizeOf } from "./shown.js";
import { fill } from "./words.js";

const BIGGEST = 10 * 1024 * 1024;
const AT_ONCE = 10;
const KINDS = ".jpg,.jpeg,.png,.gif,.webp,.heic,.heif,.pdf,.txt,.csv,.docx,.xlsx,.pptx,.odt,.ods,.mp3,.m4a,.ogg,.oga,.mp4,.mov,.webm";
const WHY = { 413: "file_big", 415: "file_type", 429: "file_many" };

export class Files {
  words;
  all = [];
  tray = make("ul", { class: "tray" });
  picker = make("input", { type: "file", multiple: true, hidden: true, accept: KINDS });

  /**
   * @param {import("./talk.js").Talk} talk
   * @param {(text?: string) => void} told something has changed, with what to say aloud
   */
  constructor(talk, told) {
    this.talk = talk;
    this.told = told;
    this.picker.onchange = () => {
      this.#add(this.picker.files);
      this.picker.value = "";
    };
  }

  /** Files may be pasted into the input and dropped on the panel. */
  accept(panel, input) {
    this.input = input;
    const take = (event, from) => {
      if (!from?.files.length) return;
      event.preventDefault();
      this.#add(from.files);
    };
    const over = (is) => panel.classList.toggle("over", is);
    input.onpaste = (event) => take(event, event.clipboardData);
    panel.ondrop = (event) => take(event, event.dataTransfer) ?? over(false);
    panel.ondragleave = (event) => panel.contains(event.relatedTarget) || over(false);
    panel.ondragover = (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      over(true);
    };
  }

  /** Send what is ready, the first with the text; what is not follows when it is. False when the text must go alone. */
  send(text) {
    let taken = false;
    for (const item of this.all.filter((one) => !one.refused)) {
      item.go = true;
      if (!item.id) continue;
      this.#send(item, taken ? "" : text);
      taken = true;
    }
    return taken;
  }

  #add(files) {
    for (const file of files) {
      const item = { file, name: file.name || `image.${file.type.split("/")[1] ?? "png"}` };
      this.all.push(item);
      this.#draw(item);
      const refusal = this.#refusal(item);
      if (refusal) this.#refused(item, refusal);
      else this.#upload(item);
    }
    this.told(this.all.at(-1)?.refused);
    this.input.focus();
  }

  #refusal({ file, name }) {
    if (!KINDS.split(",").some((kind) => name.toLowerCase().endsWith(kind))) return "file_type";
    if (file.size > BIGGEST) return "file_big";
    if (!file.size) return "file_empty";
    return this.all.filter((one) => !one.refused).length > AT_ONCE && "file_many";
  }

  #draw(item) {
    const { file, name } = item;
    const canvas = make("canvas", { "aria-hidden": "true", hidden: true });
    item.note = make("small", {}, sizeOf(file.size, this.talk.element.locale));
    item.bar = make("progress", { max: 1, value: 0, "aria-label": name });
    const cancel = make("button", { "aria-label": fill(this.words.cancel, name), onclick: () => this.#drop(item) }, "×");
    item.row = make("li", {}, canvas, make("span", { class: "label", dir: "auto" }, name, item.note), item.bar, cancel);
    this.tray.append(item.row);
    if (/^image\//.test(file.type)) paint(canvas, file).then((painted) => (canvas.hidden = !painted));
  }

  /** What was picked before the visitor was known goes up now. */
  begin() {
    for (const item of this.all) item.request || item.refused || this.#upload(item);
  }

  #upload(item) {
    const { line, server } = this.talk;
    if (!line.token) return;
    const request = (item.request = new XMLHttpRequest());
    request.open("POST", new URL("files", server));
    request.setRequestHeader("X-Frontline-Token", line.token);
    request.setRequestHeader("X-Frontline-Name", encodeURIComponent(item.name));
    request.upload.onprogress = ({ loaded, total }) => (item.bar.value = loaded / total);
    request.onload = () => this.#answered(item, request);
    request.onerror = () => this.#refused(item, "file_lost", true);
    request.send(item.file);
  }

  #answered(item, { status, responseText }) {
    if (status !== 201) return this.#refused(item, WHY[status] ?? "file_lost", status !== 415);
    Object.assign(item, JSON.parse(responseText));
    item.bar.remove();
    if (item.go) this.#send(item, "");
    this.told();
  }

  #send(item, text) {
    this.talk.send(text, { id: item.id, name: item.name, mime: item.mime, size: item.file.size });
    this.#drop(item);
  }

  #refused(item, why, again) {
    item.refused = `${item.name}: ${this.words[why]}`;
    item.go = false;
    item.bar.remove();
    item.note.textContent = this.words[why];
    item.row.classList.add("refused");
    const retry = () => {
      this.#drop(item);
      this.#add([item.file]);
    };
    if (again) item.row.lastChild.before(make("button", { class: "retry", onclick: retry }, this.words.retry));
    this.told(item.refused);
  }

  #drop(item) {
    item.request?.abort();
    this.all = this.all.filter((one) => one !== item);
    item.row.remove();
    this.told();
  }
}

// Files on their way: allowed ones go up at once, with their progress, and are sent with the next message.

const LIMIT = 10 * 1024 * 1024;
const AT_ONCE = 10;
const KINDS = "jpg jpeg png gif webp heic heif pdf txt csv docx xlsx pptx odt ods mp3 m4a ogg oga mp4 mov webm".split(" ");

export class Files {
  /** `tray` is the list they stand in, `told(text)` is called when something changed, with what to say aloud. */
  constructor(panel, { make, paint, sizeOf }, told) {
    const { talk, tray } = panel;
    Object.assign(this, { panel, talk, tray, make, paint, sizeOf, told, all: [] });
    this.accept = KINDS.map((kind) => `.${kind}`).join();
  }

  add(files) {
    for (const file of files) {
      const item = { file, name: file.name || `image.${file.type.split("/")[1] ?? "png"}` };
      this.all.push(item);
      this.#draw(item);
      const refusal = this.#refusal(item);
      if (refusal) this.#refused(item, refusal);
      else this.#upload(item);
    }
    this.told(this.all.at(-1)?.refused ?? "");
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

  #refusal({ file, name }) {
    const { words } = this.panel;
    if (!KINDS.includes(name.split(".").pop().toLowerCase())) return words.file_type;
    if (file.size > LIMIT) return words.file_big;
    if (!file.size) return words.file_empty;
    return this.all.filter((one) => !one.refused).length > AT_ONCE ? words.file_many : "";
  }

  #draw(item) {
    const { words } = this.panel;
    const { make } = this;
    item.canvas = make("canvas", { "aria-hidden": "true", hidden: true });
    item.note = make("small", {}, this.sizeOf(item.file.size, this.talk.element.locale));
    item.bar = make("progress", { max: 1, value: 0, "aria-label": item.name });
    const cancel = make("button", { type: "button", "aria-label": words.cancel(item.name), onclick: () => this.#cancel(item) }, "×");
    item.row = make("li", {}, item.canvas, make("span", { class: "label", dir: "auto" }, item.name, item.note), item.bar, cancel);
    this.tray.append(item.row);
    if (/^image\//.test(item.file.type)) this.paint(item.canvas, item.file).then((painted) => (item.canvas.hidden = !painted));
  }

  #upload(item) {
    const request = (item.request = new XMLHttpRequest());
    request.open("POST", new URL("files", this.talk.server));
    request.setRequestHeader("X-Frontline-Token", this.talk.line.token ?? "");
    request.setRequestHeader("X-Frontline-Name", encodeURIComponent(item.name));
    request.upload.onprogress = ({ loaded, total }) => (item.bar.value = loaded / total);
    request.onload = () => this.#answered(item, request);
    request.onerror = () => this.#refused(item, this.panel.words.file_lost, true);
    request.send(item.file);
  }

  #answered(item, { status, responseText }) {
    if (status !== 201) return this.#refused(item, this.panel.words[{ 413: "file_big", 415: "file_type", 429: "file_many" }[status]] ?? this.panel.words.file_lost, status !== 415);
    const { id, mime } = JSON.parse(responseText);
    Object.assign(item, { id, mime });
    item.bar.remove();
    if (item.go) this.#send(item, "");
    this.told("");
  }

  #send(item, text) {
    this.talk.send(text, { id: item.id, name: item.name, mime: item.mime, size: item.file.size });
    this.#drop(item);
  }

  #refused(item, why, again = false) {
    item.refused = why;
    item.go = false;
    item.bar.remove();
    item.note.textContent = why;
    item.row.classList.add("refused");
    const retry = () => {
      this.#drop(item);
      this.add([item.file]);
    };
    if (again) item.row.lastChild.before(this.make("button", { type: "button", class: "retry", onclick: retry }, this.panel.words.retry));
    this.told(`${item.name}: ${why}`);
  }

  #cancel(item) {
    item.request?.abort();
    this.#drop(item);
  }

  #drop(item) {
    this.all = this.all.filter((one) => one !== item);
    item.row.remove();
    this.told("");
  }
}

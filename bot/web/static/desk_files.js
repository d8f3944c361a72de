// Files at the desk: what the customer sent, to look at and keep, and what the operator sends.

import { ICONS, icon, make } from "/widget/dom.js";

/** A message's files: pictures as they look, the others by name. All of them can be kept. */
export function filesOf(message, conversation) {
  const files = message.files?.length ? message.files : message.file ? [message.file] : [];
  return files.map((file) => {
    const href = `/desk/files/${encodeURIComponent(conversation)}/${file.id}`;
    const picture = /^image\/(jpeg|png|gif|webp)$/.test(file.mime);
    const inside = picture ? make("img", { src: href, alt: file.name, loading: "lazy" }) : file.name;
    return make("a", { class: "bubble file", href, download: file.name, dir: "auto" }, inside);
  });
}

/** A way to send files in the talk: picked, dropped or pasted. `say(upload)` sends one, `failed()` tells that one could not be. */
export function sendingFiles(talk, input, say, failed) {
  const picker = make("input", { type: "file", multiple: true, hidden: true });
  const button = make("button", { type: "button", class: "clip", onclick: () => picker.click() }, icon(ICONS.clip));
  const all = async (files) => {
    for (const file of [...files]) await send(file, talk.conversation, say, failed);
    picker.value = "";
  };
  picker.addEventListener("change", () => all(picker.files));
  const take = (event, from) => {
    if (!talk.mine || !from?.files.length) return;
    event.preventDefault();
    all(from.files);
  };
  input.addEventListener("paste", (event) => take(event, event.clipboardData));
  input.addEventListener("drop", (event) => take(event, event.dataTransfer));
  return { picker, button };
}

async function send(file, conversation, say, failed) {
  try {
    const headers = { "X-Frontline-Name": encodeURIComponent(file.name || "image.png") };
    const answer = await fetch(`/desk/files/${encodeURIComponent(conversation)}`, { method: "POST", body: file, headers });
    const told = await answer.json();
    if (answer.ok) await say(told.id, conversation);
    else failed(told.message);
  } catch {
    failed();
  }
}

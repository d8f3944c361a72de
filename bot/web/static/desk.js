// The local desk: what the socket tells is drawn, what the operator does is sent.

import { make } from "/widget/dom.js";
import { alertOf, askForNotices } from "./desk_alert.js";
import { Asking } from "./desk_ask.js";
import { Card } from "./desk_card.js";
import { Duty } from "./desk_duty.js";
import { listenToKeys, showKeys } from "./desk_keys.js";
import { draft, keepOpen, wasOpen } from "./desk_keep.js";
import { inOrder, List } from "./desk_list.js";
import { afterPresses } from "./desk_press.js";
import { drawRoom } from "./desk_room.js";
import { DeskSocket } from "./desk_socket.js";
import { Talk } from "./desk_talk.js";
import { setClock, tick } from "./desk_time.js";
import { View } from "./desk_view.js";
import { wordsOf } from "./desk_words.js";

const TYPING_EVERY = 3_000;
const SHOWN_FOR = 4_000; // milliseconds, and as many more as it takes to read it
const LETTER = 50;
/** @returns {HTMLElement} */
const $ = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @type {{ desk: any, conversation: string | null, typed: number, read: number, toast?: number }} */
const state = { desk: null, conversation: wasOpen(), typed: 0, read: 0 };
let words = wordsOf(navigator.language);

const socket = new DeskSocket(afterPresses(take), status);
const asking = new Asking($("asking"), attempt, () => ({ words, desk: state.desk }));
const view = new View();
const empty = make("p", { class: "empty" });
const onTicket = (type) => (ticket) => act({ type, ticket: ticket.number });
const hold = (ticket) => act({ type: "hold", ticket: ticket.number, on: ticket.state === "active" });
const doing = {
  accept,
  decline: onTicket("decline"),
  take: takeIt,
  hold,
  resume: hold,
  close: (ticket) => asking.close(ticket),
  transfer: (ticket) => asking.transfer(ticket),
  assign: (ticket) => asking.assign(ticket),
  merge: (ticket) => asking.merge(ticket),
  callback: (ticket, said) => asking.callback(ticket, said),
};
const reading = {
  find: async (text) => (await act({ type: "find", text }))?.hits ?? [],
  canned: async () => (await act({ type: "canned" }))?.replies ?? null,
  earlier,
};
const talk = new Talk($("talk"), {
  ...doing,
  ...reading,
  back: () => view.go("list"),
  details: () => view.go("card"),
  write,
  say: (file, conversation) => act({ type: "say", conversation, text: "", file }), // into the talk that it was chosen in
  refused: (why) => toast(why ?? words.noFile),
  typing,
  drafted: list,
  announce,
});
const tickets = new List($("list"), { open: (ticket) => open(ticket.conversation), ...doing });
const card = new Card($("card"), { back: () => view.go("talk"), bar: (person) => asking.bar(person), history: (page) => act({ type: "history", page }) });
const duty = new Duty(
  { me: $("me"), presence: $("presence"), strip: $("strip"), menu: $("menu-bar") },
  {
    declare: (presence, minutes) => act({ type: "declare", presence, minutes }),
    capacity: (capacity) => act({ type: "capacity", capacity }),
    help,
    notices,
    room: () => keys.room(),
  },
);

function take(frame) {
  switch (frame.type) {
    case "snapshot":
      return snapshot(frame);
    case "talk":
      if (frame.conversation !== state.conversation) return;
      talk.open(frame, words, state.desk.me.locale, state.desk.me);
      card.draw(frame.card, words, state.desk.me.locale);
      return seen();
    case "card":
      if (frame.conversation !== talk.conversation) return;
      talk.update(frame, state.desk.me);
      card.draw(frame, words, state.desk.me.locale);
      return seen();
    case "message":
      if (frame.conversation !== talk.conversation) return;
      talk.message(frame.message);
      return seen();
    case "typing":
      return frame.conversation === talk.conversation && talk.typing(true);
    case "gone":
      return frame.conversation === state.conversation && gone();
    case "error":
      return toast(frame.message);
  }
}

/** The open talk was erased, and what was half written for it goes too. */
function gone() {
  draft(state.conversation, "");
  state.conversation = null;
  keepOpen("");
  talk.close(empty);
  card.draw(null);
  view.go("list");
  list();
}

function snapshot(desk) {
  if (!state.desk && state.conversation) reopen();
  state.desk = desk;
  words = wordsOf(desk.me.locale);
  document.documentElement.lang = desk.me.locale;
  $("notice").hidden = !desk.notice;
  $("notice").textContent = desk.notice ?? "";
  duty.draw(desk, words);
  list();
  room();
  if (!talk.conversation) talk.close(empty);
  const offers = desk.mine.filter((ticket) => ticket.state === "offered").length;
  document.title = offers ? `(${offers}) ${words.offerTitle}` : "Frontline";
  alertOf(desk, words, (ticket) => open(ticket.conversation), announce);
}

function list() {
  empty.replaceChildren(words.pick, make("br"), words.keysHint);
  tickets.draw(state.desk, state.conversation, words);
  tick(document, words);
}

function room() {
  const shown = Boolean(state.desk.room);
  if (shown) drawRoom($("room"), state.desk, words, { back: () => view.go("list"), open: (ticket) => open(ticket.conversation) });
  else if (view.now === "room") view.go("list");
  tick($("room"), words);
}

function open(conversation) {
  const other = conversation !== state.conversation;
  Object.assign(state, { conversation, read: other ? 0 : state.read });
  keepOpen(conversation);
  view.go("talk");
  list();
  return act({ type: "open", conversation });
}

/** After a cut or a reload, what was open is open; if it is gone, nothing is. */
async function reopen() {
  const { conversation } = state;
  const failed = await socket.act({ type: "open", conversation }).catch((error) => error.message);
  if (typeof failed !== "string" || failed === "offline" || conversation !== state.conversation) return;
  state.conversation = null;
  keepOpen("");
}

/** Send an act; whatever goes wrong is said. Resolves to the answer, or to nothing. */
async function act(frame) {
  try {
    const answer = await socket.act(frame);
    if (answer.text) toast(answer.text);
    return answer;
  } catch (error) {
    toast(reason(error));
    return null;
  }
}

/** The same for who shows the reason themselves. */
async function attempt(frame) {
  return socket.act(frame).then(() => "", reason);
}

const reason = (error) => (error.message === "offline" ? words.lost : error.message);

async function accept(ticket) {
  if (!(await act({ type: "accept", ticket: ticket.number }))) return;
  await open(ticket.conversation);
  if (!matchMedia("(pointer: coarse)").matches) talk.composer.input.focus(); // else a keyboard would cover the talk
}

async function takeIt(ticket) {
  if (await act({ type: "take", ticket: ticket.number })) await open(ticket.conversation);
}

function write(text, conversation) {
  if (!text.startsWith("//")) return act({ type: "say", conversation, text });
  const note = text.slice(2).trim();
  return note ? act({ type: "note", conversation, text: note }) : true;
}

async function earlier(before) {
  const conversation = talk.conversation;
  const answer = await act({ type: "earlier", before });
  if (answer && conversation === talk.conversation) talk.log.prepend(answer.messages);
}

async function notices(on) {
  if (!(await askForNotices(on))) toast(words.noNotices);
  duty.draw(state.desk, words);
}

function typing() {
  if (Date.now() - state.typed < TYPING_EVERY) return;
  state.typed = Date.now();
  socket.send({ type: "typing" });
}

function seen() {
  if (document.hidden || talk.elsewhere || talk.log.last <= state.read) return; // who reads along has not read for the holder
  state.read = talk.log.last;
  socket.send({ type: "read", seq: talk.log.last });
}

function status(name) {
  const trouble = { offline: words.lost, shut: words.shut }[name];
  $("trouble").hidden = !trouble;
  $("trouble").textContent = trouble ?? "";
  document.body.classList.toggle("shut", name === "shut");
  if (name === "online") setClock();
  if (name === "online" && state.desk && state.conversation) reopen();
}

function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(state.toast);
  state.toast = setTimeout(() => ($("toast").hidden = true), SHOWN_FOR + LETTER * text.length);
}

function announce(text) {
  $("said").textContent = text;
}

function help() {
  showKeys($("asking"), words);
}

const offer = () => state.desk.mine.find((one) => one.state === "offered");
const waiting = () => state.desk.queue.find((one) => one.state === "queued" && !one.kept);

function step(by) {
  const all = inOrder(state.desk);
  if (!all.length) return;
  const at = all.findIndex((one) => one.conversation === state.conversation);
  open(all[at < 0 ? 0 : (at + by + all.length) % all.length].conversation);
}

/** What a key does where it is no act of the talk's own. */
const keys = {
  accept: () => offer() && doing.accept(offer()),
  decline: () => offer() && doing.decline(offer()),
  take: () => waiting() && takeIt(waiting()),
  next: () => step(1),
  previous: () => step(-1),
  write: () => (view.go("talk"), talk.composer.input.focus()),
  menu: () => (view.go("talk"), talk.composer.menu.begin()),
  find: () => (view.go("talk"), talk.finder.begin()),
  details: () => (view.go(view.now === "card" ? "talk" : "card"), view.now === "card" && $("card").querySelector("h2")?.focus()),
  list: () => (view.go("list"), tickets.focus()),
  room: () => state.desk.room && view.go(view.now === "room" ? "list" : "room"),
  pause: () => act({ type: "declare", presence: state.desk.me.presence === "online" ? "paused" : "online", minutes: null }),
};
const NEEDS_TALK = new Set(["write", "menu", "find", "details"]);

listenToKeys(
  (name) => {
    if (!state.desk || (NEEDS_TALK.has(name) && !talk.conversation)) return;
    if (keys[name]) return keys[name]();
    talk.acts().find((one) => one.name === name || (name === "hold" && one.name === "resume"))?.does();
  },
  () => state.desk && help(),
  () => state.desk && keys.list(),
);
document.addEventListener("visibilitychange", seen);
setInterval(() => {
  if (!state.desk) return;
  tick(document, words);
  duty.tick();
}, 1_000);

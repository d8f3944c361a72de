// The local desk: what the socket tells is drawn, what the operator does is sent.

import { make } from "/widget/dom.js";
import { Asking } from "./desk_ask.js";
import { drawCard } from "./desk_card.js";
import { countDown, drawList } from "./desk_list.js";
import { afterPresses } from "./desk_press.js";
import { DeskSocket } from "./desk_socket.js";
import { Talk } from "./desk_talk.js";
import { wordsOf } from "./desk_words.js";

const TYPING_EVERY = 3_000;
const $ = (id) => document.getElementById(id);
const state = { desk: null, conversation: null, typed: 0, read: 0 };
let words = wordsOf(navigator.language);

const socket = new DeskSocket(afterPresses(take), status);
const asking = new Asking($("asking"), act, () => ({ words, desk: state.desk }));
const talk = new Talk($("talk"), {
  back: () => view("list"),
  details: () => view("card"),
  accept,
  decline,
  take: takeIt,
  hold: (ticket) => act({ type: "hold", ticket: ticket.number, on: ticket.state === "active" }),
  close: (ticket) => asking.close(ticket),
  transfer: (ticket) => asking.transfer(ticket),
  assign: (ticket) => asking.assign(ticket),
  write,
  say,
  noFile: (why) => toast(why ?? words.noFile),
  typing,
  find,
});

function take(frame) {
  switch (frame.type) {
    case "snapshot":
      return snapshot(frame);
    case "talk":
      if (frame.conversation !== state.conversation) return;
      talk.open(frame, words, state.desk.me.locale, state.desk.me);
      card(frame.card);
      return seen();
    case "card":
      if (frame.conversation !== talk.conversation) return;
      talk.update(frame, state.desk.me);
      return card(frame);
    case "message":
      if (frame.conversation !== talk.conversation) return;
      talk.message(frame.message);
      return seen();
    case "typing":
      return frame.conversation === talk.conversation && talk.typing(true);
    case "error":
      return toast(frame.message);
  }
}

function snapshot(desk) {
  const first = !state.desk;
  state.desk = desk;
  words = wordsOf(desk.me.locale);
  document.documentElement.lang = desk.me.locale;
  $("me").textContent = `${desk.me.name} · ${words.load(desk.me.load, desk.me.capacity)}`;
  presence(desk.me);
  $("notice").hidden = !desk.notice;
  $("notice").textContent = desk.notice ?? "";
  list();
  if (!state.conversation) talk.close(words);
  else if (first || !talk.conversation) open(state.conversation);
  const offers = desk.mine.filter((ticket) => ticket.state === "offered").length;
  document.title = offers ? `(${offers}) ${words.offerTitle}` : "Frontline";
}

function list() {
  drawList($("list"), state.desk, state.conversation, words, { open, accept, decline, take: takeIt });
  countDown(document, words);
}

function presence(me) {
  const one = (name) =>
    make("button", { type: "button", class: name, "aria-pressed": String(me.presence === name), onclick: () => act({ type: "declare", presence: name, minutes: null }) }, words[name]);
  $("presence").setAttribute("aria-label", words.presence);
  $("presence").replaceChildren(one("online"), one("paused"), one("offline"));
}

function card(data) {
  drawCard($("card"), data, words, state.desk.me.locale, { back: () => view("talk"), bar: (person) => asking.bar(person) });
}

function open(conversation) {
  state.conversation = conversation;
  state.read = 0;
  view("talk");
  list();
  return act({ type: "open", conversation });
}

/** Send an act; whatever goes wrong is said. Resolves to whether it worked. */
async function act(frame) {
  try {
    await socket.act(frame);
    return true;
  } catch (error) {
    toast(error.message === "offline" ? words.lost : error.message);
    return false;
  }
}

async function accept(ticket) {
  if (await act({ type: "accept", ticket: ticket.number })) {
    await open(ticket.conversation);
    talk.input.focus();
  }
}

function decline(ticket) {
  return act({ type: "decline", ticket: ticket.number });
}

async function takeIt(ticket) {
  if (await act({ type: "take", ticket: ticket.number })) await open(ticket.conversation);
}

function write(text) {
  const conversation = talk.conversation;
  if (!text.startsWith("//")) return act({ type: "say", conversation, text });
  const note = text.slice(2).trim();
  return note ? act({ type: "note", conversation, text: note }) : true;
}

/** A file goes into the talk that it was chosen in, whichever is open by now. */
function say(file, conversation) {
  return act({ type: "say", conversation, text: "", file });
}

async function find(text) {
  try {
    return (await socket.act({ type: "find", text })).hits;
  } catch (error) {
    toast(error.message === "offline" ? words.lost : error.message);
    return [];
  }
}

function typing() {
  if (Date.now() - state.typed < TYPING_EVERY) return;
  state.typed = Date.now();
  socket.send({ type: "typing" });
}

function seen() {
  if (document.hidden || talk.last <= state.read) return;
  state.read = talk.last;
  socket.send({ type: "read", seq: talk.last });
}

function status(name) {
  const trouble = { offline: words.lost, shut: words.shut }[name];
  $("trouble").hidden = !trouble;
  $("trouble").textContent = trouble ?? "";
  document.body.classList.toggle("shut", name === "shut");
  if (name === "online" && state.conversation) open(state.conversation);
}

function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(state.toast);
  state.toast = setTimeout(() => ($("toast").hidden = true), 6_000);
}

function view(name) {
  document.body.dataset.view = name;
}

document.addEventListener("visibilitychange", seen);
setInterval(() => state.desk && countDown(document, words), 1_000);
setInterval(() => state.desk && list(), 30_000);

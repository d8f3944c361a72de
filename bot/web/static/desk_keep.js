// What the browser keeps: settings for good, what is half written for as long as the tab lives.

function attempt(work) {
  try {
    return work();
  } catch {
    return null; // storage is full or forbidden: it lasts as long as the page
  }
}

const NAME = "frontline-desk";
const TOLD = `${NAME}-told`;

/** Sound and notices are off and keys are on until somebody says otherwise. */
export const settings = {
  sound: false,
  notices: false,
  keys: true,
  ...attempt(() => JSON.parse(localStorage.getItem(NAME) ?? "{}")),
};

export function keep(news) {
  Object.assign(settings, news);
  attempt(() => localStorage.setItem(NAME, JSON.stringify(settings)));
}

/** Whether no other tab has told of this yet. */
export function first(what) {
  return (
    attempt(() => {
      if (localStorage.getItem(TOLD) === what) return false;
      localStorage.setItem(TOLD, what);
      return true;
    }) ?? true
  );
}

const DRAFTS = `${NAME}-drafts`;

/** Half-written words by conversation. */
export const drafts = new Map(Object.entries(attempt(() => JSON.parse(sessionStorage.getItem(DRAFTS) ?? "{}")) ?? {}));

export function draft(conversation, text) {
  if (text.trim()) drafts.set(conversation, text);
  else drafts.delete(conversation);
  attempt(() => sessionStorage.setItem(DRAFTS, JSON.stringify(Object.fromEntries(drafts))));
}

const OPEN = `${NAME}-open`;

/** The conversation that is open in this tab. */
export const keepOpen = (conversation) => attempt(() => sessionStorage.setItem(OPEN, conversation));
export const wasOpen = () => attempt(() => sessionStorage.getItem(OPEN)) || null;

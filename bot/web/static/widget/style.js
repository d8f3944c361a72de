// The widget's looks: inside the shadow root, out of reach of the site's own styles.

export const STYLE = `
:host { all: initial; --accent: #2f6f5e; --on-accent: #fff; position: fixed; z-index: 2147483000; inset-block-end: 20px; inset-inline-end: 20px; }
:host([position="left"]) { inset-inline-end: auto; inset-inline-start: 20px; }
:host([hidden]) { display: none; }
.root { --bg: #fff; --soft: #f1f3f2; --line: #e0e4e2; --text: #1c2321; --dim: #6a746f; --bad: #b3261e;
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; color: var(--text); -webkit-text-size-adjust: 100%; }
.root.dark { --bg: #1b201e; --soft: #29302d; --line: #37403c; --text: #e9eeec; --dim: #9aa6a1; --bad: #f2b8b5; color-scheme: dark; }
* { box-sizing: border-box; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none !important; }
button, textarea { font: inherit; color: inherit; }
button { cursor: pointer; }
svg { width: 22px; height: 22px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; display: block; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }

.launcher { position: relative; width: 56px; height: 56px; border: 0; border-radius: 50%; background: var(--accent); color: var(--on-accent);
  display: grid; place-items: center; box-shadow: 0 4px 16px rgb(0 0 0 / .22); transition: transform .15s ease; margin-inline-start: auto; }
:host([position="left"]) .launcher { margin-inline-start: 0; }
.launcher:hover { transform: scale(1.05); }
.launcher svg { width: 26px; height: 26px; }
.badge { position: absolute; inset-block-start: -3px; inset-inline-end: -3px; min-width: 20px; height: 20px; padding: 0 5px; border-radius: 10px;
  background: #c8372d; color: #fff; font-size: 12px; font-weight: 600; line-height: 20px; text-align: center; }

.panel { width: 376px; height: min(600px, calc(100vh - 112px)); margin-block-end: 12px; display: flex; flex-direction: column; overflow: hidden;
  background: var(--bg); border: 1px solid var(--line); border-radius: 16px; box-shadow: 0 12px 40px rgb(0 0 0 / .2); animation: rise .16s ease-out; }
@keyframes rise { from { opacity: 0; transform: translateY(8px); } }
header { display: flex; align-items: center; gap: 10px; padding: 12px 10px 12px 16px; background: var(--accent); color: var(--on-accent); }
header .names { flex: 1; min-width: 0; }
header h2 { margin: 0; font-size: 16px; font-weight: 600; line-height: 1.25; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
header p { margin: 1px 0 0; font-size: 13px; line-height: 1.3; opacity: .88; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
header button { border: 0; background: none; width: 36px; height: 36px; border-radius: 8px; display: grid; place-items: center; color: inherit; }
header button:hover { background: rgb(255 255 255 / .16); }
header button:focus-visible { outline-color: var(--on-accent); }

.log { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: 14px 14px 6px; scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
.log:focus-visible { outline-offset: -2px; }
.items { display: flex; flex-direction: column; }
.day { align-self: center; font-size: 12px; color: var(--dim); margin: 10px 0 4px; }
.item { display: flex; flex-direction: column; align-items: flex-start; margin-block-start: 10px; max-width: 88%; }
.item.follows { margin-block-start: 3px; }
.item.customer { align-self: flex-end; align-items: flex-end; }
.item.system { align-self: center; align-items: center; text-align: center; }
.name { font-size: 12px; color: var(--dim); margin: 0 4px 2px; }
.follows .name { display: none; }
.bubble { padding: 8px 12px; border-radius: 14px; background: var(--soft); overflow-wrap: anywhere; min-width: 0; max-width: 100%; }
.bot .bubble, .operator .bubble { border-end-start-radius: 4px; }
.customer .bubble { background: var(--accent); color: var(--on-accent); border-end-end-radius: 4px; }
.system .bubble { background: none; color: var(--dim); font-size: 13px; padding: 2px 8px; }
.bubble.deleted { color: var(--dim); background: none; border: 1px dashed var(--line); font-style: italic; }
.ghost .bubble { opacity: .7; }
.text { white-space: normal; }
.customer.ghost .text { white-space: pre-wrap; }
.text p, .text ul, .text ol, .text pre, .text blockquote, .text h1, .text h2, .text h3, .text h4 { margin: 0 0 .5em; font-size: inherit; }
.text > :last-child { margin-block-end: 0; }
.text ul, .text ol { padding-inline-start: 1.3em; }
.text a { color: inherit; text-underline-offset: 2px; }
.bot .text a, .operator .text a { color: var(--accent); }
.dark .bot .text a, .dark .operator .text a { color: #8fd0bd; }
.text code, .text pre { font: 13px/1.4 ui-monospace, Consolas, monospace; background: rgb(127 127 127 / .16); border-radius: 4px; padding: 1px 4px; }
.text pre { padding: 8px; overflow-x: auto; }
.text blockquote { border-inline-start: 3px solid var(--line); padding-inline-start: 8px; color: var(--dim); }
.meta { display: flex; align-items: center; gap: 5px; font-size: 11px; color: var(--dim); margin: 2px 4px 0; min-height: 15px; }
.item:not(:last-child):not(.customer):not(.failed) .meta:not(:has(span)) { display: none; }
.item:has(+ .item:not(.follows)) .meta, .item:hover .meta { display: flex !important; }
.items .item.system .meta { display: none !important; }
.system .buttons { justify-content: center; }
.tick { letter-spacing: -3px; padding-inline-end: 3px; }
.tick.read { color: var(--accent); }
.dark .tick.read { color: #8fd0bd; }
.failed .meta { color: var(--bad); flex-wrap: wrap; justify-content: flex-end; }
.retry { border: 0; background: none; padding: 0; text-decoration: underline; color: inherit; }

.buttons { display: flex; flex-wrap: wrap; gap: 6px; margin-block-start: 6px; }
.button { border: 1px solid var(--line); background: var(--bg); border-radius: 16px; padding: 5px 12px; min-height: 34px; font-size: 14px; line-height: 1.4;
  text-align: start; text-decoration: none; color: var(--text); }
.button:hover:not(:disabled) { border-color: var(--accent); background: var(--soft); }
.button:disabled { cursor: default; color: var(--dim); opacity: .65; }
.buttons.done > button:not(.chosen, .star) { display: none; }
.buttons.done:not(:has(.chosen, .star, a)) { display: none; }
.button.chosen { border-color: var(--accent); opacity: 1; }
.button.handoff, .button.callback, .button.message { border-color: var(--accent); font-weight: 500; }
.button.url::after { content: " ↗"; color: var(--dim); }
.buttons.slot, .buttons:has(.slot) { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); align-self: stretch; min-width: min(300px, 78vw); }
.buttons:has(.slot) .button { text-align: center; padding-inline: 8px; }
.buttons:has(.star) { gap: 0; }
.button.star { border: 0; background: none; padding: 0 4px; min-height: 40px; font-size: 28px; line-height: 40px; color: transparent; -webkit-text-stroke: 1.2px var(--dim); opacity: 1; }
.button.star:hover:not(:disabled), .button.star:has(~ .star:hover:not(:disabled)), .button.star.chosen, .button.star:has(~ .star.chosen) { color: #e0a100; -webkit-text-stroke-color: #b07d00; background: none; }

.typing .bubble { padding: 12px; }
.dots { display: flex; gap: 4px; }
.dots i { width: 6px; height: 6px; border-radius: 50%; background: var(--dim); animation: blink 1.2s infinite; }
.dots i:nth-child(2) { animation-delay: .2s; }
.dots i:nth-child(3) { animation-delay: .4s; }
@keyframes blink { 0%, 60%, 100% { opacity: .3; } 30% { opacity: 1; } }

.foot { position: relative; }
.down { position: absolute; inset-block-end: calc(100% + 8px); inset-inline-start: 50%; transform: translateX(-50%); display: flex; align-items: center; gap: 4px;
  border: 1px solid var(--line); background: var(--bg); border-radius: 16px; padding: 3px 10px 3px 6px; font-size: 13px; box-shadow: 0 2px 8px rgb(0 0 0 / .14); white-space: nowrap; }
.down svg { width: 16px; height: 16px; }
.notice { margin: 0; padding: 6px 14px; font-size: 13px; color: var(--dim); background: var(--soft); }
.notice:empty { display: none; }
form { display: flex; align-items: flex-end; gap: 6px; padding: 10px; border-block-start: 1px solid var(--line); background: var(--bg); }
textarea { flex: 1; resize: none; border: 0; outline: 0; background: none; padding: 8px 6px; height: 38px; max-height: 132px; font-size: 16px; line-height: 22px; }
textarea::placeholder { color: var(--dim); opacity: 1; }
textarea:focus-visible { outline: none; }
form:focus-within { border-block-start-color: var(--accent); }
form button { border: 0; width: 38px; height: 38px; border-radius: 50%; background: var(--accent); color: var(--on-accent); display: grid; place-items: center; flex: none; }
form button:disabled { background: var(--soft); color: var(--dim); cursor: default; }
form button svg { width: 20px; height: 20px; }

@media (max-width: 520px) {
  .panel { position: fixed; inset: var(--top, 0px) auto auto 0; width: var(--width, 100%); height: var(--height, 100dvh); margin: 0; border: 0; border-radius: 0; padding-block-end: env(safe-area-inset-bottom); }
  header { padding-block-start: max(12px, env(safe-area-inset-top)); }
  .open .launcher { display: none; }
}
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } }
@media (forced-colors: active) { .bubble, .launcher, header { border: 1px solid; } }
`;

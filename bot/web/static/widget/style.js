// The looks of the open chat: inside the shadow root, out of reach of the site's own styles. The launcher has its own.

export const STYLE = `
.root { --bg: #fff; --soft: #f1f3f2; --line: #dde2df; --text: #1c2321; --dim: #5c6661; --bad: #b3261e; --ink: oklch(from var(--accent) min(l, .48) c h); color: var(--text); -webkit-text-size-adjust: 100%; }
.root.dark { --bg: #1b201e; --soft: #29302d; --line: #414b46; --text: #e9eeec; --dim: #a5b0ab; --bad: #f2b8b5; --ink: oklch(from var(--accent) max(l, .8) c h); color-scheme: dark; }
* { box-sizing: border-box; }
.hidden { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
button, textarea { font: inherit; color: inherit; }
button { cursor: pointer; border: 0; background: none; padding: 0; }
svg { width: 22px; height: 22px; flex: none; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; display: block; }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }

.panel { width: 376px; max-width: calc(100vw - 24px); height: min(600px, calc(100vh - 112px)); margin-bottom: 12px; display: flex; flex-direction: column; overflow: hidden; position: relative;
  background: var(--bg); border: 1px solid var(--line); border-radius: 16px; box-shadow: 0 12px 40px #0003; animation: rise .16s ease-out; }
@keyframes rise { from { opacity: 0; transform: translateY(8px); } }
header { display: flex; align-items: center; gap: 2px; padding: 12px 10px 12px 16px; background: var(--accent); color: var(--on-accent); }
.names { flex: 1; min-width: 0; }
h2, header p { margin: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
h2 { font-size: 16px; font-weight: 600; line-height: 1.25; }
header p { margin-top: 1px; font-size: 13px; line-height: 1.3; white-space: normal; overflow-wrap: anywhere; max-height: 2.6em; }
header button { width: 36px; height: 36px; border-radius: 8px; display: grid; place-items: center; flex: none; }
header button:hover { background: #8885; }
header button:focus-visible { outline-color: var(--on-accent); outline-offset: -2px; }

.log { flex: 1; min-height: 60px; position: relative; overflow: hidden auto; overscroll-behavior: contain; padding: 14px 14px 6px; scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
.log:focus-visible { outline-offset: -2px; }
@supports (overflow-anchor: auto) { .old { content-visibility: auto; contain-intrinsic-size: auto 60px; overflow-clip-margin: 5px; } }
.day { text-align: center; font-size: 12px; color: var(--dim); margin: 10px 0 4px; }
.item { display: flex; flex-direction: column; align-items: flex-start; margin-top: 10px; width: fit-content; max-width: 88%; }
.item.follows { margin-top: 3px; }
.item.customer { margin-left: auto; align-items: flex-end; }
.item.system { margin-inline: auto; align-items: center; text-align: center; }
.name { font-size: 12px; color: var(--dim); margin: 0 4px 2px; overflow-wrap: anywhere; }
.follows .name { display: none; }
.bubble { padding: 8px 12px; border-radius: 14px; background: var(--soft); overflow-wrap: anywhere; min-width: 0; max-width: 100%; }
.bot .bubble, .operator .bubble { border-bottom-left-radius: 4px; }
.customer .bubble { background: var(--accent); color: var(--on-accent); border-bottom-right-radius: 4px; }
.system .bubble { background: none; color: var(--dim); font-size: 13px; padding: 2px 8px; }
.bubble.deleted { color: var(--dim); background: none; border: 1px dashed var(--line); font-style: italic; }
.bubble + .bubble { margin-top: 3px; }
.bubble.file { display: flex; align-items: center; gap: 8px; text-align: start; }
.bubble.picture { padding: 0; overflow: hidden; background: none; border: 1px solid var(--line); }
.picture canvas { display: block; max-width: min(240px, 100%); max-height: 240px; }
.label { min-width: 0; overflow-wrap: anywhere; }
.label small { display: block; font-size: 12px; }
.customer.ghost .text { white-space: pre-wrap; }
.text :is(p, ul, ol, pre, blockquote, h1, h2, h3, h4) { margin: 0 0 .5em; font-size: inherit; }
.text > :last-child { margin-bottom: 0; }
.text :is(ul, ol) { padding-inline-start: 1.3em; }
.text a { color: inherit; text-underline-offset: 2px; }
.bot .text a, .operator .text a, .tick.read { color: var(--ink); }
.text :is(code, pre) { font: 13px/1.4 ui-monospace, Consolas, monospace; background: #8882; border-radius: 4px; padding: 1px 4px; }
.text pre { padding: 8px; overflow-x: auto; }
.text pre code { all: unset; }
.text blockquote { border-inline-start: 3px solid var(--line); padding-inline-start: 8px; color: var(--dim); }
.meta { display: flex; align-items: center; gap: 5px; font-size: 11px; color: var(--dim); margin: 2px 4px 0; min-height: 15px; }
.item:not(:last-child):not(.customer):not(.failed) .meta:not(:has(span)) { display: none; }
.item:has(+ .item:not(.follows)) .meta, .item:hover .meta { display: flex !important; }
.items .item.system .meta { display: none !important; }
.tick { letter-spacing: -3px; padding-inline-end: 3px; }
.failed .meta, .refused small { color: var(--bad); flex-wrap: wrap; justify-content: flex-end; }
.retry { text-decoration: underline; min-height: 24px; }

.buttons, .others { display: flex; flex-wrap: wrap; gap: 6px; }
.buttons { margin-top: 6px; }
.system .buttons { justify-content: center; }
.button { border: 1px solid var(--line); background: var(--bg); border-radius: 16px; padding: 5px 12px; min-height: 34px; font-size: 14px; line-height: 1.4;
  text-align: start; text-decoration: none; color: inherit; overflow-wrap: anywhere; }
.button:hover:enabled, a.button:hover { border-color: var(--ink); background: var(--soft); }
.button:disabled { cursor: default; color: var(--dim); }
.done .buttons button:not(.chosen, .star), .done .days, .done .buttons:not(:has(.chosen, .star, a)) { display: none; }
.button:is(.chosen, .handoff, .callback, .message) { border-color: var(--ink); font-weight: 500; }
.button.url::after { content: " ↗"; color: var(--dim); }
.times { display: grid; grid-template-columns: repeat(4, 1fr); gap: 6px; }
.times .button { text-align: center; padding-inline: 4px; }
.calendar { flex-flow: column; width: 300px; max-width: 100%; }
.days { display: grid; grid-template-columns: repeat(7, 1fr); text-align: center; font-size: 13px; border: 1px solid var(--line); border-radius: 12px; padding: 8px 4px; row-gap: 2px; }
.days b { grid-column: 1 / -1; font-weight: 600; padding-bottom: 4px; }
.days > span { color: var(--dim); line-height: 34px; }
.days button { height: 34px; margin: 0 2px; border-radius: 10px; background: var(--soft); font-weight: 600; }
.days button:hover:enabled { background: var(--accent); color: var(--on-accent); }
.buttons:has(.star) { gap: 0; }
.button.star { border: 0; padding: 4px; min-width: 40px; min-height: 40px; color: var(--dim); fill: none; }
.star svg { width: 30px; height: 30px; stroke-width: 1.4; fill: inherit; }
.star:is(:hover:enabled, .chosen), .star:has(~ :is(:hover:enabled, .chosen)) { color: #a86f00; background: none; fill: #f0b429; }

.typing .bubble { padding: 12px; }
.dots { display: flex; gap: 4px; }
.dots i { width: 6px; height: 6px; border-radius: 50%; background: var(--dim); animation: blink 1.2s infinite; }
.dots i:nth-child(2) { animation-delay: .2s; }
.dots i:nth-child(3) { animation-delay: .4s; }
@keyframes blink { 0%, 60%, 100% { opacity: .3; } 30% { opacity: 1; } }

.foot { position: relative; }
.down { position: absolute; bottom: calc(100% + 8px); left: 50%; transform: translateX(-50%); display: flex; align-items: center; gap: 4px;
  border: 1px solid var(--line); background: var(--bg); border-radius: 16px; padding: 3px 10px 3px 6px; font-size: 13px; box-shadow: 0 2px 8px #0002; white-space: nowrap; }
.down svg { width: 16px; height: 16px; }
.notice { margin: 0; padding: 6px 14px; font-size: 13px; color: var(--dim); background: var(--soft); overflow-wrap: anywhere; }
.notice:empty, .tray:empty { display: none; }
.tray { list-style: none; margin: 0; padding: 8px 12px 0; max-height: min(168px, 30vh); overflow-y: auto; border-top: 1px solid var(--line); font-size: 13px; }
.tray li { display: flex; align-items: center; gap: 8px; min-height: 40px; }
.tray canvas { width: 36px; height: 36px; object-fit: cover; border-radius: 6px; }
.tray .label { flex: 1; }
.tray progress { width: 60px; height: 6px; accent-color: var(--ink); }
.tray button:last-child { width: 32px; height: 32px; font-size: 18px; }
form { display: flex; align-items: flex-end; gap: 4px; padding: 10px; border-top: 1px solid var(--line); background: var(--bg); }
textarea, textarea:focus-visible { flex: 1; min-width: 0; resize: none; border: 0; outline: 0; background: none; padding: 8px 4px; height: 38px; max-height: min(132px, 30vh); font-size: 16px; line-height: 22px; }
textarea::placeholder { color: var(--dim); opacity: 1; }
form:has(:focus-visible) { border-top-color: var(--ink); box-shadow: inset 0 1px var(--ink); }
form button { width: 38px; height: 38px; border-radius: 50%; display: grid; place-items: center; flex: none; color: var(--dim); }
.sender:enabled { background: var(--accent); color: var(--on-accent); }
.sender:disabled { background: var(--soft); cursor: default; }
form svg { width: 20px; height: 20px; }
.panel.over::after { content: ""; position: absolute; inset: 0; border: 3px dashed var(--ink); border-radius: inherit; background: #8883; }

@media (max-width: 520px), (max-height: 420px) {
  .panel { position: fixed; inset: var(--top, 0px) auto auto var(--left, 0px); width: var(--width, 100%); max-width: none; height: var(--height, 100dvh); margin: 0; border: 0; border-radius: 0; padding-bottom: env(safe-area-inset-bottom); }
  header { padding-top: max(12px, env(safe-area-inset-top)); }
  .open .launcher { display: none; }
}
@media (max-height: 300px) { header { padding-block: 2px; } .names p { display: none; } }
@media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important; } }
@media (forced-colors: active) { .bubble, .launcher, header, .days button { border: 1px solid; } }
`;

// The looks of the open chat: inside the shadow root, out of reach of the site's own styles. The launcher has its own.

export const STYLE = `
.root { --bg: light-dark(#fff, #1b201e); --soft: light-dark(#f1f3f2, #29302d); --line: light-dark(#dde2df, #414b46); --dim: light-dark(#5c6661, #a5b0ab); --bad: light-dark(#b3261e, #f2b8b5);
  --ink: light-dark(oklch(from var(--accent) min(l, .48) c h), oklch(from var(--accent) max(l, .8) c h)); color: light-dark(#1c2321, #e9eeec); -webkit-text-size-adjust: 100%; }
@supports not (color: light-dark(#000, lch(from #000 l c h))) { .root { --bg: #fff; --soft: #f1f3f2; --ink: #1c2321; color: var(--ink); } }
* { box-sizing: border-box; overflow-wrap: anywhere; }
h2, p { margin: 0; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
button, textarea { font: inherit; color: inherit; }
button { cursor: pointer; border: 0; background: none; padding: 0; }
:disabled { cursor: default; }
svg { width: 22px; height: 22px; flex: none; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; display: block; }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }

.panel { width: 376px; max-width: calc(100vw - 24px); height: min(600px, calc(100vh - 112px)); margin-bottom: 12px; display: flex; flex-direction: column; overflow: hidden; position: relative;
  border: 1px solid var(--line); background: var(--bg); border-radius: 16px; box-shadow: 0 12px 40px #0003; animation: rise .16s ease-out; }
@keyframes rise { from { opacity: 0; transform: translateY(8px); } }
.over { outline: 3px dashed var(--ink); outline-offset: -4px; }
header { display: flex; align-items: center; padding: 10px 10px 10px 16px; background: var(--accent); color: var(--on-accent); }
.names { flex: 1; min-width: 0; }
h2 { font-size: 16px; font-weight: 600; line-height: 1.3; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
header p { font-size: 13px; line-height: 1.3; max-height: 2.6em; overflow: hidden; }
:is(header, form) button { width: 38px; height: 38px; border-radius: 50%; display: grid; place-items: center; flex: none; }
header button:hover { background: #8885; }
header button:focus-visible { outline-color: var(--on-accent); outline-offset: -2px; }

.log { flex: 1; min-height: 60px; position: relative; overflow: hidden auto; overscroll-behavior: contain; padding: 14px 14px 6px; scrollbar-width: thin; }
.log:focus-visible { outline-offset: -2px; }
@supports (overflow-anchor: auto) { .old { content-visibility: auto; contain-intrinsic-size: auto 60px; overflow-clip-margin: 5px; } }
.day { text-align: center; margin-top: 10px; }
.item { display: flex; flex-direction: column; align-items: flex-start; margin-top: 10px; width: fit-content; max-width: 88%; }
.follows, .bubble + .bubble { margin-top: 3px; }
.customer { margin-left: auto; align-items: flex-end; }
.system { margin-inline: auto; align-items: center; text-align: center; }
.name, .day { color: var(--dim); font-size: 12px; }
.name { margin: 0 4px 2px; }
.follows .name { display: none; }
.bubble { padding: 8px 12px; border-radius: 14px; background: var(--soft); max-width: 100%; }
:is(.bot, .operator) .bubble { border-bottom-left-radius: 4px; }
.customer .bubble { background: var(--accent); color: var(--on-accent); border-bottom-right-radius: 4px; }
.system .bubble { background: none; color: var(--dim); font-size: 13px; padding: 2px 8px; }
.bubble.deleted { border: 1px dashed var(--line); background: none; color: var(--dim); font-style: italic; }
.file { display: flex; align-items: center; gap: 8px; text-align: start; }
.bubble.picture { border: 1px solid var(--line); background: none; padding: 0; overflow: hidden; }
.picture canvas { max-width: min(240px, 100%); max-height: 240px; }
.label { flex: 1; min-width: 0; }
.label small { display: block; font-size: 12px; }
.ghost .text { white-space: pre-wrap; }
.text :is(p, ul, ol, pre, blockquote, h1, h2, h3, h4) { margin: 0 0 .5em; font-size: inherit; }
.text > :last-child { margin-bottom: 0; }
.text :is(ul, ol) { padding-inline-start: 1.3em; }
.text a { color: inherit; }
:is(.bot, .operator) .text a, .tick.read { color: var(--ink); }
.text :is(code, pre) { font: 13px/1.4 monospace; background: #8882; border-radius: 4px; padding: 1px 4px; }
.text pre { padding: 8px; overflow-x: auto; }
.text pre code { all: unset; }
.text blockquote { border-inline-start: 3px solid var(--line); padding-inline-start: 8px; color: var(--dim); }
.meta { display: flex; align-items: center; gap: 4px; color: var(--dim); font-size: 11px; margin: 2px 4px 0; }
time { white-space: nowrap; }
.item:has(+ .follows):not(.customer, :hover) .meta:not(:has(span)), .system .meta { display: none; }
.tick { letter-spacing: -3px; padding-inline-end: 3px; }
.failed .meta, .refused small { color: var(--bad); flex-wrap: wrap; justify-content: flex-end; }
.retry { text-decoration: underline; min-height: 24px; }

.buttons, .others { display: flex; flex-wrap: wrap; gap: 6px; }
.buttons { margin-top: 6px; }
.system .buttons { justify-content: center; }
.button, .down { border: 1px solid var(--line); background: var(--bg); border-radius: 16px; padding: 5px 12px; min-height: 34px; font-size: 14px; color: inherit; text-align: start; text-decoration: none; }
.button:is(a, :enabled):hover { border-color: var(--ink); background: var(--soft); }
.button:disabled { color: var(--dim); }
.done .buttons button:not(.chosen, .star), .done .days, .done .buttons:not(:has(.chosen, .star, a)) { display: none; }
.button:is(.chosen, .handoff, .callback, .message) { border-color: var(--ink); font-weight: 500; }
.url::after { content: " ↗"; color: var(--dim); }
.times { display: grid; grid-template-columns: repeat(4, 1fr); gap: 6px; }
.times .button { text-align: center; padding-inline: 4px; }
.calendar { flex-flow: column; width: 300px; max-width: 100%; }
.days { display: grid; grid-template-columns: repeat(7, 1fr); text-align: center; font-size: 13px; border: 1px solid var(--line); border-radius: 14px; padding: 8px 4px; row-gap: 2px; }
.days b { grid-column: 1 / -1; font-weight: 600; }
.days > span { color: var(--dim); line-height: 34px; }
.days button { height: 34px; margin: 0 2px; border-radius: 10px; background: var(--soft); font-weight: 600; }
.days button:hover, .sender:enabled { background: var(--accent); color: var(--on-accent); }
.buttons:has(.star) { gap: 0; }
.button.star { border: 0; padding: 5px; color: var(--dim); fill: none; }
.star svg { width: 30px; height: 30px; stroke-width: 1.4; fill: inherit; }
.star:is(:hover:enabled, .chosen), .star:has(~ :is(:hover:enabled, .chosen)) { color: #a86f00; background: none; fill: #f0b429; }

.typing .bubble::after { content: "●●●" / ""; color: var(--dim); font-size: 9px; letter-spacing: 4px; animation: blink .8s infinite alternate; }
@keyframes blink { to { opacity: .3; } }

.foot { position: relative; }
.down { position: absolute; bottom: calc(100% + 8px); left: 50%; transform: translateX(-50%); display: flex; align-items: center; gap: 4px; box-shadow: 0 4px 16px #0003; white-space: nowrap; }
.notice { padding: 6px 14px; color: var(--dim); font-size: 13px; background: var(--soft); }
.notice:empty, .tray:empty { display: none; }
.tray { list-style: none; margin: 0; padding: 8px 12px 0; max-height: min(168px, 30vh); overflow-y: auto; border-top: 1px solid var(--line); font-size: 13px; }
.tray li { display: flex; align-items: center; gap: 8px; min-height: 40px; }
.tray canvas { width: 36px; height: 36px; object-fit: cover; border-radius: 4px; }
.tray progress { width: 60px; height: 6px; accent-color: var(--ink); }
.tray button:last-child { width: 32px; height: 32px; font-size: 16px; }
form { display: flex; align-items: flex-end; gap: 4px; padding: 10px; border-top: 1px solid var(--line); }
textarea { flex: 1; min-width: 0; resize: none; border: 0; outline: 0 !important; background: none; padding: 8px 4px; height: 38px; max-height: min(132px, 30vh); font-size: 16px; line-height: 22px; }
textarea::placeholder, form button { color: var(--dim); opacity: 1; }
form:has(:focus-visible) { box-shadow: inset 0 2px var(--ink); }
.sender:disabled { background: var(--soft); }
form svg, .down svg { width: 20px; height: 20px; }

@media (max-width: 520px), (max-height: 420px) {
  .panel { position: fixed; inset: var(--offsetTop, 0px) auto auto var(--offsetLeft, 0px); width: var(--width, 100%); max-width: none; height: var(--height, 100dvh); margin: 0; border: 0; border-radius: 0; padding-bottom: env(safe-area-inset-bottom); }
  header { padding-top: max(10px, env(safe-area-inset-top)); }
  .open .launcher { display: none; }
}
@media (max-height: 300px) { header { padding-block: 2px; } .names p { display: none; } }
@media (prefers-reduced-motion: reduce) { *, ::after { animation: none !important; } }
@media (forced-colors: active) { .bubble, .launcher, header, .days button { border: 1px solid; } }
`;

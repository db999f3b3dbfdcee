/**
 * The style sheet of our shadow root. All sizes of text in it are shares of the host's, which is the one that the
 * reader has set in the browser; `rem` would be the page's. Text, because a content script has no other way to a style
 * sheet that neither blocks on a download nor can be fetched by the page.
 */
var RowbackOverlayStyle = `
/* Important here, in our own tree, outweighs whatever a page's style sheets or scripts say of the host. */
:host {
  all: initial !important;
  display: block !important;
  position: absolute !important;
  top: 0 !important;
  left: 0 !important;
  width: 0 !important;
  height: 0 !important;
  z-index: 2147483647 !important;
  visibility: var(--rowback-live, hidden) !important;
  pointer-events: none !important;
}
:host {
  --paper: #fffdf9 !important;
  --raised: #f6f2ea !important;
  --ink: #201d19 !important;
  --muted: #665f55 !important;
  --line: #e2dbcf !important;
  --accent: #8a4500 !important;
  --ins: #0b5138 !important;
  --ins-paper: #dcf2e7 !important;
  --del: #8c241b !important;
  --del-paper: #fbe4e0 !important;
  --shadow: 40 30 15 !important;
  --caret: #c03328 !important;
  --bar: #b0690a !important;
  --bar-ins: #168c64 !important;
  --serif: Charter, Georgia, "Noto Serif", serif !important;
}
@media (prefers-color-scheme: dark) {
  :host {
    --paper: #211f1d !important;
    --raised: #2b2926 !important;
    --ink: #f0ece5 !important;
    --muted: #b0a89c !important;
    --line: #433f3a !important;
    --accent: #f2b06c !important;
    --ins: #a5e6c8 !important;
    --ins-paper: #17392c !important;
    --del: #f6b8b0 !important;
    --del-paper: #4a231f !important;
    --shadow: 0 0 0 !important;
    --caret: #f0766a !important;
    --bar: #d8923a !important;
    --bar-ins: #3fae85 !important;
  }
}
* { box-sizing: border-box; margin: 0; color-scheme: light dark; }
::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
.probe { position: fixed; inset: 0; }
.badges, .strokes { position: absolute; top: 0; left: 0; }
.badge, .summary, .card {
  position: absolute;
  top: 0;
  left: 0;
  pointer-events: auto;
  font: 0.875em/1.5 system-ui, sans-serif;
  color: var(--ink);
  background: var(--paper);
  border: 1px solid var(--line);
  box-shadow: 0 1px 2px rgb(var(--shadow) / 12%), 0 2px 8px rgb(var(--shadow) / 10%);
}
/* Not placed yet. Were it drawn at the page's corner first, its move would count as a shift of the layout. */
.badge:not([style]), .summary:not([style]), .stroke:not([style]) { visibility: hidden; }
button { font: inherit; color: inherit; cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
:dir(rtl) > svg.directional { transform: scaleX(-1); }

.badge {
  display: grid;
  place-items: center;
  width: 1.7143em;
  height: 1.7143em;
  padding: 0;
  border-radius: 2em;
  color: var(--accent);
}
.badge.insert { color: var(--ins); }
.badge.delete { color: var(--del); }
.badge:hover, .badge.current { background: var(--accent); border-color: var(--accent); color: var(--paper); }
/* Drawn at the window's edge alone; beside that the page is seen and pressed. hits.js has the room for a finger. */
.badge.tab {
  justify-items: end;
  direction: ltr;
  padding-right: 2px;
  border-color: transparent;
  background: none;
  box-shadow: none;
  pointer-events: none;
}
.badge.tab::before {
  content: "";
  position: absolute;
  inset: -1px;
  left: auto;
  width: 1em;
  min-width: 14px;
  z-index: -1;
  border: 1px solid var(--line);
  border-radius: 1em;
  background: var(--paper);
  box-shadow: 0 1px 2px rgb(var(--shadow) / 12%), 0 2px 8px rgb(var(--shadow) / 10%);
  pointer-events: auto;
}
.badge.tab svg { width: 0.715em; height: 0.715em; }
.badge.tab.mirrored { justify-items: start; padding: 0 0 0 2px; }
.badge.tab.mirrored::before { left: -1px; right: auto; }
.badge.tab:is(:hover, .current)::before { background: var(--accent); border-color: var(--accent); }

.summary {
  display: inline-flex;
  align-items: stretch;
  width: max-content;
  max-width: calc(100vw - 24px);
  border-radius: 99px;
  font-size: 0.8125em;
  color: var(--accent);
}
.summary:has(.menu:not([hidden])) { z-index: 1; }
.summary button { border: 0; background: none; }
.summary > button {
  display: inline-flex;
  align-items: center;
  gap: 6px;
  min-height: 24px;
  padding-block: 2px;
  padding-inline: 9px 6px;
  border-start-start-radius: 99px;
  border-end-start-radius: 99px;
  text-align: start;
}
.mode {
  display: grid;
  place-items: center;
  height: 100%;
  min-height: 24px;
  padding-block: 0;
  padding-inline: 7px 10px;
  border-start-end-radius: 99px;
  border-end-end-radius: 99px;
  color: var(--muted);
}
.mode-menu { position: relative; border-inline-start: 1px solid var(--line); }
.summary > button:hover, .mode:hover { background: var(--raised); color: var(--accent); }
.summary.unplaced { visibility: hidden; }
.summary.in-corner { position: fixed; top: auto; left: auto; bottom: 16px; inset-inline-end: 16px; }
.menu {
  position: absolute;
  inset-inline-end: 0;
  top: calc(100% + 6px);
  display: grid;
  width: max-content;
  max-width: 80vw;
  padding: 5px;
  border: 1px solid var(--line);
  border-radius: 10px;
  background: var(--paper);
  box-shadow: 0 2px 6px rgb(var(--shadow) / 14%), 0 12px 40px rgb(var(--shadow) / 22%);
  z-index: 1;
}
.in-corner .menu { top: auto; bottom: calc(100% + 6px); }
.menu button {
  display: grid;
  padding-block: 5px;
  padding-inline: 26px 12px;
  border-radius: 6px;
  text-align: start;
  color: var(--ink);
  position: relative;
  line-height: 1.35;
}
.menu button:hover, .menu button:focus-visible { background: var(--raised); }
.menu button[aria-checked="true"]::before {
  content: "✓";
  position: absolute;
  inset-inline-start: 9px;
  top: 5px;
  color: var(--accent);
}
.menu small { font-size: 0.925em; color: var(--muted); }

.stroke { position: absolute; top: 0; left: 0; pointer-events: none; }
.caret { background: var(--caret); border-radius: 1px; }
.caret::after {
  content: "";
  position: absolute;
  left: 50%;
  bottom: -4px;
  translate: -50% 0;
  border: 4px solid transparent;
  border-top: 0;
  border-bottom: 5px solid var(--caret);
}
.seam { background: var(--caret); border-radius: 1px; }
.seam::after {
  content: "";
  position: absolute;
  top: 50%;
  right: -2px;
  translate: 0 -50%;
  border: 4px solid transparent;
  border-right: 0;
  border-left: 6px solid var(--caret);
}
.seam.mirrored::after { right: auto; left: -2px; scale: -1 1; }
.bar { border-radius: 2px; background: var(--bar-ins); }
.bar.move, .bar.split, .bar.merge {
  background: repeating-linear-gradient(0deg, var(--bar) 0 6px, transparent 6px 9px);
}
.bar.change { background: var(--bar); }

.said {
  position: fixed;
  left: 50%;
  bottom: 20px;
  translate: -50% 0;
  max-width: calc(100vw - 40px);
  padding: 6px 14px;
  border-radius: 99px;
  opacity: 0;
  font: 0.8125em/1.4 system-ui, sans-serif;
  color: var(--paper);
  background: var(--ink);
  transition: opacity 0.15s;
  pointer-events: none;
}
.said.shown { opacity: 1; }
.unseen { position: absolute; width: 1px; height: 1px; opacity: 0; }

.card {
  display: flex;
  flex-direction: column;
  width: min(28.572em, calc(100vw - 24px));
  max-height: min(40em, 70vh);
  border-radius: 10px;
  text-align: start;
  box-shadow: 0 2px 6px rgb(var(--shadow) / 14%), 0 12px 40px rgb(var(--shadow) / 22%);
}
.card:focus { outline: none; }
.card:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.card.in-corner { position: fixed; top: auto; left: auto; bottom: 12px; inset-inline-end: 12px; }
.head { display: flex; align-items: start; gap: 8px; padding-block: 12px 8px; padding-inline: 16px 10px; }
.titles { flex: 1; min-width: 0; }
.kicker { font-size: 0.857em; color: var(--muted); }
h2 { font: 600 1.215em/1.3 var(--serif); }
h3 { font: 600 0.857em/1.4 system-ui, sans-serif; letter-spacing: 0.02em; color: var(--muted); }
.body {
  flex: 1 1 auto;
  overflow: auto;
  scrollbar-color: var(--muted) transparent;
  overscroll-behavior: contain;
  padding: 0 16px 14px;
  display: flex;
  flex-direction: column;
  gap: 12px;
}
${RowbackEditStyle}
.body > section { display: flex; flex-direction: column; gap: 6px; }
ol, ul { list-style: none; padding: 0; }
.listed { display: flex; flex-direction: column; gap: 10px; }
.listed li { padding: 8px 10px; border: 1px solid var(--line); border-radius: 6px; }
.passing { opacity: 0.92; }
.passing .difference { font-size: 1.036em; }
.foot {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 4px;
  padding: 8px 10px;
  border-top: 1px solid var(--line);
  background: var(--raised);
  border-radius: 0 0 10px 10px;
}
.spacer { flex: 1; }
.icon-button {
  display: grid;
  place-items: center;
  width: 2.286em;
  height: 2.286em;
  min-width: 32px;
  min-height: 32px;
  padding: 0;
  border: 0;
  border-radius: 6px;
  background: none;
  color: var(--muted);
}
.icon-button:hover { background: var(--line); color: var(--ink); }

.card.sheet {
  position: fixed;
  top: auto;
  bottom: 0;
  inset-inline: 0;
  width: auto;
  max-height: max(62vh, min(80vh, 24em));
  border-radius: 14px 14px 0 0;
  border-width: 1px 0 0;
  padding-block-end: env(safe-area-inset-bottom);
}
.sheet .foot { border-radius: 0; }
.card.sheet.at-top { top: 0; bottom: auto; border-radius: 0 0 14px 14px; border-width: 0 0 1px; }

/* A finger is wider than the tip of a mouse. */
@media (pointer: coarse) {
  .icon-button { min-width: 44px; min-height: 44px; }
  .summary > button, .mode { min-height: 32px; }
  .mode { min-width: 44px; }
  .menu button { min-height: 44px; align-content: center; }
}
@media (prefers-reduced-motion: reduce) { .said { transition: none; } }
@media (forced-colors: active) {
  .stroke.caret, .stroke.bar, .stroke.seam { background: CanvasText; forced-color-adjust: none; }
  .stroke.bar:is(.move, .split, .merge) {
    background: repeating-linear-gradient(0deg, CanvasText 0 6px, Canvas 6px 9px);
  }
  .caret::after { border-bottom-color: CanvasText; }
  .seam::after { border-left-color: CanvasText; }
  .menu button:focus-visible { outline: 2px solid Highlight; }
  .badge.current { outline: 2px solid Highlight; }
}
@media print { :host { display: none !important; } }
`;

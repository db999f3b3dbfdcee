/**
 * The style sheet of our shadow root. Text, because a content script has no other way to a style sheet that neither
 * blocks on a download nor can be fetched by the page.
 */
var RowbackOverlayStyle = `
:host {
  --paper: #fffdf9; --raised: #f6f2ea; --ink: #201d19; --muted: #665f55; --line: #e2dbcf; --accent: #8a4500;
  --ins: #0b5138; --ins-paper: #dcf2e7; --del: #8c241b; --del-paper: #fbe4e0; --shadow: 40 30 15;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :host {
    --paper: #211f1d; --raised: #2b2926; --ink: #f0ece5; --muted: #b0a89c; --line: #433f3a; --accent: #f2b06c;
    --ins: #a5e6c8; --ins-paper: #17392c; --del: #f6b8b0; --del-paper: #4a231f; --shadow: 0 0 0;
  }
}
* { box-sizing: border-box; margin: 0; }
[hidden] { display: none !important; }
.badges { display: contents; }
.badge, .summary, .card {
  position: absolute; top: 0; left: 0; pointer-events: auto; visibility: var(--rowback-live, hidden);
  font: 14px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  border: 1px solid var(--line); box-shadow: 0 1px 2px rgb(var(--shadow) / 12%), 0 2px 8px rgb(var(--shadow) / 10%);
}
button { font: inherit; color: inherit; cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
svg { width: 14px; height: 14px; flex: none; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
:dir(rtl) > svg.directional { transform: scaleX(-1); }

.badge { display: grid; place-items: center; width: 24px; height: 24px; padding: 0; border-radius: 12px; color: var(--accent); }
.badge[hidden] { display: none; }
.badge.insert { color: var(--ins); }
.badge.delete { color: var(--del); }
.badge:hover, .badge.current { background: var(--accent); border-color: var(--accent); color: var(--paper); }
/* A finger needs more than the eye. */
.badge::after { content: ""; position: absolute; inset: -4px; }

.summary {
  display: inline-flex; align-items: center; gap: 6px; width: max-content; max-width: calc(100vw - 24px); padding: 2px 10px 2px 8px;
  border-radius: 99px; font-size: 13px; color: var(--accent); text-align: start;
}
.summary:hover { background: var(--raised); }
.summary.in-corner { position: fixed; top: auto; left: auto; bottom: 16px; inset-inline-end: 16px; }

.card {
  display: flex; flex-direction: column; width: min(400px, calc(100vw - 24px)); max-height: min(560px, 70vh);
  border-radius: 10px; text-align: start;
  box-shadow: 0 2px 6px rgb(var(--shadow) / 14%), 0 12px 40px rgb(var(--shadow) / 22%);
}
.card:focus { outline: none; }
.card:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.card.in-corner { position: fixed; top: auto; left: auto; bottom: 12px; inset-inline-end: 12px; }
.head { display: flex; align-items: start; gap: 8px; padding: 12px 10px 8px 16px; }
.titles { flex: 1; min-width: 0; }
.kicker { font-size: 12px; color: var(--muted); }
h2 { font: 600 17px/1.3 Charter, Georgia, "Noto Serif", serif; }
h3 { font: 600 12px/1.4 system-ui, sans-serif; letter-spacing: .02em; color: var(--muted); }
.body { flex: 1 1 auto; overflow: auto; overscroll-behavior: contain; padding: 0 16px 14px; display: flex; flex-direction: column; gap: 12px; }
.body > section { display: flex; flex-direction: column; gap: 6px; }
.moment, .when, .note { font-size: 12.5px; color: var(--muted); }
.difference, blockquote { font: 15.5px/1.55 Charter, Georgia, "Noto Serif", serif; overflow-wrap: anywhere; white-space: pre-wrap; }
.difference { display: flex; flex-direction: column; gap: 8px; }
ins { color: var(--ins); background: var(--ins-paper); text-decoration: underline; text-decoration-thickness: 1.5px; text-underline-offset: 2px; border-radius: 2px; }
del + ins { margin-inline-start: 2px; }
del { color: var(--del); background: var(--del-paper); text-decoration: line-through; border-radius: 2px; }
ol, ul { list-style: none; padding: 0; }
.labels { display: flex; flex-wrap: wrap; gap: 4px; }
.labels li { padding: 0 8px; border: 1px solid var(--line); border-radius: 99px; font-size: 12px; color: var(--muted); background: var(--raised); }
.wordings, .listed { display: flex; flex-direction: column; gap: 10px; }
.wordings li { padding-inline-start: 10px; border-inline-start: 3px solid var(--line); }
.listed li { padding: 8px 10px; border: 1px solid var(--line); border-radius: 6px; }
.passing { opacity: .92; }
.passing .difference { font-size: 14.5px; }
.foot { display: flex; align-items: center; gap: 4px; padding: 8px 10px; border-top: 1px solid var(--line); background: var(--raised); border-radius: 0 0 10px 10px; }
.spacer { flex: 1; }
.icon-button, .text-button { border: 0; background: none; border-radius: 6px; color: var(--muted); }
.icon-button { display: grid; place-items: center; width: 32px; height: 32px; padding: 0; }
.text-button { padding: 5px 8px; font-size: 13px; color: var(--accent); }
.icon-button:hover, .text-button:hover { background: var(--line); color: var(--ink); }

@media (forced-colors: active) {
  .badge.current { outline: 2px solid Highlight; }
}
@media print { :host { display: none !important; } }
`;

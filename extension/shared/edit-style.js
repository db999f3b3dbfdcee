/**
 * The look of what `edit-nodes.js` builds, as text: a page's shadow root takes it with its own sheet, the panel beside
 * its own. Needs the palette of either, and its sizes are shares of the text around it, seven eighths of the browser's
 * own. A classic file, as `messages.js` is: content scripts cannot import.
 */
var RowbackEditStyle = `
svg {
  width: 1em;
  height: 1em;
  flex: none;
  fill: none;
  stroke: currentColor;
  stroke-width: 1.6;
  stroke-linecap: round;
  stroke-linejoin: round;
}
.text-button {
  min-height: 24px;
  padding: 5px 8px;
  border: 0;
  border-radius: 6px;
  background: none;
  font-size: 0.929em;
  color: var(--accent);
}
.text-button:hover { background: var(--line); color: var(--ink); }
.moment, .when, .note, .credit { font-size: 0.893em; color: var(--muted); }
.credit { overflow-wrap: anywhere; }
.credit a { padding-block: 4px; color: var(--accent); text-decoration: underline; text-underline-offset: 2px; }
.times { margin: 0; padding: 0; list-style: none; }
.times strong { font-weight: 600; color: var(--ink); }
.difference, .wordings blockquote { font: 1.107em/1.55 var(--serif); overflow-wrap: anywhere; white-space: pre-wrap; }
.difference { display: flex; flex-direction: column; gap: 8px; }
/* List items pass their side on; a quoted text keeps its own. */
.difference p, .wordings blockquote { margin: 0; text-align: start; }
ins {
  color: var(--ins);
  background: var(--ins-paper);
  text-decoration: underline;
  text-decoration-thickness: 1.5px;
  text-underline-offset: 2px;
  border-radius: 2px;
}
/* What is gone and what came stay in this order where lines run from right to left, digits and all. */
ins, del, time { unicode-bidi: isolate; }
/* Thin and pale enough that a dot, a dash or 一 is seen under it. */
del {
  color: var(--del);
  background: var(--del-paper);
  text-decoration: line-through max(1px, 0.06em) color-mix(in srgb, var(--del) 65%, transparent);
  border-radius: 2px;
}
/* The zeros ٠ and ۰ are dots in the line's way: it runs above them. */
del.dotted { text-decoration-line: underline; text-underline-offset: -0.52em; text-decoration-skip-ink: none; }
del + ins { margin-inline-start: 2px; }
.labels { display: flex; flex-wrap: wrap; gap: 4px; margin: 0; padding: 0; list-style: none; }
.labels li {
  padding: 0 8px;
  border: 1px solid var(--line);
  border-radius: 99px;
  font-size: 0.857em;
  color: var(--muted);
  background: var(--raised);
}
.earlier summary { padding-block: 3px; font-size: 0.893em; font-weight: 600; color: var(--muted); cursor: pointer; }
.earlier[open] summary { margin-block-end: 4px; }
.wordings { display: flex; flex-direction: column; margin: 0; padding: 0; list-style: none; }
.wordings li {
  position: relative;
  padding-inline-start: 18px;
  padding-block-end: 12px;
  display: flex;
  flex-direction: column;
  gap: 2px;
}
.wordings li::before {
  content: "";
  box-sizing: border-box;
  position: absolute;
  inset-inline-start: 1px;
  top: 5px;
  width: 9px;
  height: 9px;
  border: 2px solid var(--muted);
  border-radius: 9px;
  background: var(--paper);
}
.wordings li:not(:last-child)::after {
  content: "";
  position: absolute;
  inset-inline-start: 5px;
  top: 15px;
  bottom: -5px;
  border-inline-start: 1px solid var(--line);
}
.wordings .now { padding-block-end: 0; }
.wordings .now::before { border-color: var(--accent); background: var(--accent); }
.earlier .more { margin-inline-start: -8px; }
@media (pointer: coarse) {
  .text-button { min-width: 44px; min-height: 44px; }
  .earlier summary { padding-block: 12px; }
  .credit a { padding-block: 8px; }
}
.wordings .copy { align-self: start; display: inline-flex; align-items: center; gap: 5px; margin-inline-start: -8px; }
.edit-link p { margin: 0; }
.edit-link p:not(.note) { display: flex; flex-wrap: wrap; gap: 4px; margin-inline-start: -8px; }
.edit-link .copy-link { display: inline-flex; align-items: center; gap: 5px; }
`;
globalThis.RowbackEditStyle = RowbackEditStyle;

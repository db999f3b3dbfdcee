/**
 * The files that make up the content script. Classic scripts share one scope and run in this order: each uses only
 * files above it, finding and drawing do not know each other, and the card knows no finding. `main.js` starts.
 */

/** Put into a page when something is shown on it. */
export const STYLES = ["content/draw/marks.css"];

/** Both for pages and for our own. */
const SHARED = ["messages", "nodes", "time-nodes", "edit-words", "markup", "edit-style", "edit-nodes", "quote"].map(
  (name) => `shared/${name}.js`,
);

/** Reads the page and talks to the worker. */
const PAGE = [
  "wire",
  "slices",
  "mode",
  "layout",
  "forms",
  "places",
  "page-facts",
  "page-build",
  "page-kind",
  "article-signals",
  "snapshot",
  "story-links",
  "late",
].map((name) => `content/page/${name}.js`);

/** Finds the blocks of edits in the page's text. */
const FIND = [
  "fold",
  "text-index",
  "near",
  "stored-blocks",
  "anchor-near",
  "anchor",
  "marks",
  "seen-text",
  "find",
  "new-text",
  "freshness",
  "reveal",
].map((name) => `content/find/${name}.js`);

/** What stands on and beside the text. */
const DRAW = [
  "own-element",
  "overlay-style",
  "overlay",
  "paint",
  "cover",
  "faint",
  "glass",
  "above",
  "sight",
  "strokes",
  "inline",
  "mode-menu",
  "badges",
  "summary",
].map((name) => `content/draw/${name}.js`);

/** What a click opens. */
const CARD = ["rest-view", "card-view", "card-place", "card"].map((name) => `content/card/${name}.js`);

/** One visit to one address, from the first look to the end. */
const VISIT = ["show", "link-marks", "keep", "session", "main"].map((name) => `content/${name}.js`);

export const SCRIPTS = [...SHARED, ...PAGE, ...FIND, ...DRAW, ...CARD, ...VISIT];

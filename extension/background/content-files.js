/**
 * The files that make up the content script, in two stages. Classic scripts share one scope, which the page cannot see,
 * and run in this order: each sets one `Rowback…` name and uses only files above it; finding and drawing do not know
 * each other, and the card knows no finding. `var`, because after an update of the extension they run again in the same
 * scope.
 */

/** Put into a page when something is shown on it. */
export const STYLES = ["content/draw/marks.css"];

/** Judges the page: is it an article? */
const JUDGE = [
  "wire",
  "slices",
  "page-text",
  "forms",
  "places",
  "page-facts",
  "page-build",
  "page-kind",
  "article-signals",
  "calm",
].map((name) => `content/page/${name}.js`);

/** Goes into every page that we may see, and is all that goes into most. `main.js` starts. */
export const FIRST = ["shared/listen.js", ...JUDGE, ...["rest", "session", "main"].map((name) => `content/${name}.js`)];

/** Both for pages and for our own. */
const SHARED = [
  "messages",
  "nodes",
  "time-nodes",
  "attribution",
  "edit-words",
  "markup",
  "edit-style",
  "edit-link",
  "edit-nodes",
  "quote",
].map((name) => `shared/${name}.js`);

/** Reads the page and talks to the worker. */
const PAGE = ["orphan", "waiting", "mode", "layout", "snapshot", "story-links", "late"].map(
  (name) => `content/page/${name}.js`,
);

/** Finds the blocks of edits in the page's text. */
const FIND = [
  "fold",
  "text-index",
  "near",
  "stored-blocks",
  "anchor-near",
  "likely-places",
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
  "hits",
  "summary",
].map((name) => `content/draw/${name}.js`);

/** What a click opens. */
const CARD = ["rest-view", "card-view", "card-place", "card"].map((name) => `content/card/${name}.js`);

/** What comes after the first stage, to the end of a visit. */
const VISIT = [
  "mark-places",
  "drawing",
  "show",
  "link-marks",
  "keep",
  "past-watch",
  "retry",
  "view-requests",
  "look-up",
  "second",
].map((name) => `content/${name}.js`);

/** Put in when the first stage asks for it. `second.js` tells it that all is there. */
export const REST = [...SHARED, ...PAGE, ...FIND, ...DRAW, ...CARD, ...VISIT];

/** Put in when the popup or the panel asks what the page says of itself. */
export const SAID = ["said-words", "own-words"].map((name) => `content/page/${name}.js`);

export const SCRIPTS = [...FIRST, ...REST, ...SAID];

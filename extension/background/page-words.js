/**
 * Sentences for the page, made here: the first use of the browser's own number and time formats takes ten milliseconds,
 * the first message asked for in a page stops it until the browser has read them all, and a page has better uses for
 * its main thread.
 */
import { ago, count, exactly, words } from "./messages.js";

/** What is said on a page before anything is opened. */
const KINDS = ["change", "insert", "delete", "move", "split", "merge"];
const BLOCKS = ["headline", "heading", "p", "li", "blockquote", "figcaption", "pre", "tr"];
const MODES = ["quiet", "marks", "changes"];
const NAMES = [
  "language_tag",
  "badges_label",
  "badge_label",
  "mode_label",
  ...KINDS.map((kind) => `kind_${kind}`),
  "kind_rolled_off",
  ...BLOCKS.map((kind) => `block_${kind}`),
  ...MODES.flatMap((mode) => [`mode_${mode}`, `mode_${mode}_note`]),
];

/**
 * @param {import("../shared/contract.js").Answer} answer
 * @returns {import("../shared/contract.js").PageWords}
 */
export function tell({ article, edits }) {
  const changed = article.last_changed_at;
  const changes = Math.max(0, article.version_count - 1);
  return {
    summary: changed ? count("summary", changes, ago(changed, Date.now())) : count("summary_undated", changes),
    changed: changed && exactly(changed),
    marked: count("said_marked", edits.length),
    words: Object.fromEntries(NAMES.map((name) => [name, words(name, "$1", "$2", "$3", "$4")])),
  };
}

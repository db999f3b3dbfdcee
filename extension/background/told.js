/**
 * Sentences for the page, made here: the first use of the browser's own number and time formats takes ten milliseconds,
 * and a page has better uses for its main thread.
 */
import { ago, count, exactly } from "./words.js";

/**
 * @param {import("../shared/contract.js").Answer} answer
 * @returns {import("../shared/contract.js").Told}
 */
export function tell({ article, versions, edits }) {
  const changed = article.last_changed_at ?? versions.at(-1)?.seen_at ?? null;
  const changes = Math.max(0, article.version_count - 1);
  return {
    summary: changed ? count("summary", changes, ago(changed, Date.now())) : count("summary_undated", changes),
    changed: changed && exactly(changed),
    marked: count("said_marked", edits.length),
  };
}

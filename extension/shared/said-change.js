/**
 * What follows from what a page says of itself: whether it was changed, and whether what is stored shows that. Pure.
 */

/** @typedef {import("./contract.js").OwnWords} OwnWords */
/** @typedef {import("./contract.js").PageReport} PageReport */

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** Without a zone a time may be anywhere on earth. */
const ZONES_MS = 14 * HOUR_MS;
const ZONED = /T.*(?:Z|[+-]\d\d:?\d\d)$/i;
const DAY = /^\d{4}-\d\d-\d\d$/;

/**
 * How long after it was published a page says that it was changed; null where it does not say so. Pure.
 *
 * @param {Pick<OwnWords, "published" | "modified">} said
 * @param {number} now ms
 */
export function changedAfter({ published, modified }, now) {
  if (!published || !modified) return null;
  const after = Date.parse(modified) - Date.parse(published);
  const isComparable = ZONED.test(modified) === ZONED.test(published);
  const least = DAY.test(modified) || DAY.test(published) ? DAY_MS : MINUTE_MS;
  const isAhead = Date.parse(modified) > now + DAY_MS;
  return after >= (isComparable ? least : Math.max(least, ZONES_MS)) && !isAhead ? after : null;
}

/**
 * What there is of it in the store, as a message's name; null: what is stored is newer, and shows it. Pure.
 *
 * @param {PageReport} page
 * @param {string | null} modified where the page says when
 */
export function storedOf({ article }, modified) {
  if (!article) return "said_nothing_stored";
  const { version_count: versions, last_changed_at: changed, last_checked_at: checked } = article;
  const at = modified ? Date.parse(modified) : NaN;
  if (versions > 1 && !(at > Date.parse(changed ?? ""))) return null;
  if (at > Date.parse(checked ?? "")) return "said_not_looked_since";
  return at > Date.parse(changed ?? "") ? "said_same_text" : "said_nothing_stored";
}

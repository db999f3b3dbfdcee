/**
 * What is said of the fetching of an article's past, and what can be done about it: from the report to words. Touches
 * no nodes.
 */
import { clock, count, days, figure, words } from "./extension-page.js";

/** @typedef {import("./contract.js").PastReport} PastReport */
/** @typedef {import("./contract.js").Past} Past */
/** @typedef {"look" | "again" | "more" | "go-on" | "stop"} Action */

/** How many copies are read of an article when more are asked for; the backend takes no more. */
const CAPTURES = [24, 48, 96, 192, 384, 500];

/** @param {PastReport} report @returns {{lines: string[], action: Action | null, note: string}} */
export function toldOf({ past, archives, backend, edits }) {
  const note = words("past_note", backend);
  const isAsked = archives.length > 0;
  if (!past) return { lines: [], action: isAsked ? "look" : null, note: isAsked ? note : "" };
  if (past.next_at !== null) return { lines: going(past, edits), action: "stop", note: "" };
  const { lines, action } = ended(past);
  return { lines, action: isAsked ? action : null, note: "" };
}

/** How many copies are to be read, after so many. @param {Past} past */
export function moreThan({ planned }) {
  return CAPTURES.find((most) => most > planned) ?? CAPTURES[CAPTURES.length - 1];
}

/** @param {Past} past @param {number} edits @returns {string[]} */
function going(past, edits) {
  const title = past.source.title;
  const there = past.listed ? [copiesOf(past)] : [];
  const read = words("past_read", figure(past.read), figure(past.planned), count("past_edits", edits));
  if (past.state === "waiting")
    return [...there, ...(past.read ? [read] : []), words("past_waiting", title, clock(String(past.next_at)))];
  return past.listed && past.state !== "listing" ? [...there, read] : [...there, words("past_listing", title)];
}

/** @param {Past} past @returns {{lines: string[], action: Action | null}} */
function ended(past) {
  const title = past.source.title;
  if (past.stopped) return { lines: [words("past_stopped")], action: "go-on" };
  if (past.state === "none") return { lines: [words("past_none", title)], action: null };
  if (past.state === "excluded") return { lines: [words("past_excluded", title)], action: null };
  if (past.state === "failed") {
    const reason = past.reason_told ?? past.reason;
    const said = reason ? [words("error_other", reason)] : [];
    return { lines: [words("past_failed", title), ...said], action: "again" };
  }
  const found = past.versions ? count("past_found", past.versions) : words("past_same", title);
  const there = past.listed ? [copiesOf(past)] : [];
  const isMore = past.read >= past.planned && past.listed > past.planned;
  if (!isMore) return { lines: [...there, found], action: null };
  const most = words("past_most", figure(past.planned), figure(past.listed));
  return { lines: [found, most], action: past.planned < CAPTURES[CAPTURES.length - 1] ? "more" : null };
}

/** @param {Past} past */
function copiesOf({ listed: copies, earliest_at: from, latest_at: to }) {
  return from && to ? count("past_copies", copies, days(from, to)) : count("past_copies_undated", copies);
}

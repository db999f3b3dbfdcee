/**
 * What the reader last read of each article: numbers of articles, and instants, in this extension only. Never an
 * address, never sent anywhere, bounded, and forgotten with the backend that the numbers belong to. A version is
 * remembered by when it was seen first: its number grows when an older one is found.
 */
import { api } from "../shared/extension-api.js";

/** Articles; the ones not read for longest go first. */
const MAX_ARTICLES = 1_000;
/** Loading a page again within this is going on with the same reading. */
const SAME_READING_MS = 30 * 60_000;

/**
 * `seen` is when the version was seen first that was the latest when the article was last read, at `at` (ms). `before`
 * is how it stood when the reader came to it the last time before that.
 * @typedef {{article: number, seen: string, at: number, before: {seen: string, at: number} | null}} Read
 */

/**
 * What is remembered after reading the version that was first seen at an instant, now. Pure.
 *
 * @param {Read | undefined} known
 * @param {number} article
 * @param {string} seen
 * @param {number} now ms
 * @returns {Read}
 */
export function afterReading(known, article, seen, now) {
  if (!known?.seen) return { article, seen, at: now, before: null };
  const isReturn = now - known.at > SAME_READING_MS || seen !== known.seen;
  return { article, seen, at: now, before: isReturn ? { seen: known.seen, at: known.at } : known.before };
}

/** @param {number} article @param {string} seen */
export async function noteRead(article, seen) {
  await change((reads) => {
    const known = reads.find((read) => read.article === article);
    const others = reads.filter((read) => read !== known);
    return [...others, afterReading(known, article, seen, Date.now())].slice(-MAX_ARTICLES);
  });
}

/**
 * How the article stood when it was read before; null at the first reading.
 *
 * @param {number} article
 * @param {string} until when its text was seen last: a store that was replaced may know nothing as new as what was read
 * @returns {Promise<{seen: string, at: string} | null>}
 */
export async function readBefore(article, until) {
  const before = (await stored()).find((read) => read.article === article)?.before;
  const isKnown = before?.seen && Date.parse(before.seen) <= Date.parse(until);
  return before && isKnown ? { seen: before.seen, at: new Date(before.at).toISOString() } : null;
}

export async function forgetReads() {
  await change(() => []);
}

/** @returns {Promise<Read[]>} */
async function stored() {
  const { reads } = /** @type {Record<string, any>} */ (await api.storage.local.get("reads"));
  return Array.isArray(reads) ? reads : [];
}

/** @param {(reads: Read[]) => Read[]} make */
async function change(make) {
  await navigator.locks.request("reads", async () => api.storage.local.set({ reads: make(await stored()) }));
}

/**
 * What the reader last read of each article: numbers of articles and versions with times, in this extension only. Never
 * an address, never sent anywhere, bounded, and forgotten with the backend that the numbers belong to.
 */
import { api } from "../shared/extension-api.js";

/** Articles; the ones not read for longest go first. */
const MAX_ARTICLES = 1_000;
/** Loading a page again within this is going on with the same reading. */
const SAME_READING_MS = 30 * 60_000;

/**
 * `version` was the latest when the article was last read, at `at` (ms). `before` is how it stood when the reader came
 * to it the last time before that.
 * @typedef {{article: number, version: number, at: number, before: {version: number, at: number} | null}} Read
 */

/**
 * What is remembered after reading `version` now. Pure.
 *
 * @param {Read | undefined} known
 * @param {number} article
 * @param {number} version
 * @param {number} now ms
 * @returns {Read}
 */
export function afterReading(known, article, version, now) {
  if (!known) return { article, version, at: now, before: null };
  const isReturn = now - known.at > SAME_READING_MS || version !== known.version;
  return { article, version, at: now, before: isReturn ? { version: known.version, at: known.at } : known.before };
}

/** @param {number} article @param {number} version */
export async function noteRead(article, version) {
  await change((reads) => {
    const known = reads.find((read) => read.article === article);
    const others = reads.filter((read) => read !== known);
    return [...others, afterReading(known, article, version, Date.now())].slice(-MAX_ARTICLES);
  });
}

/**
 * How the article stood when it was read before; null at the first reading.
 *
 * @param {number} article
 * @param {number} latest its latest version: a store that was replaced may have fewer than were read
 * @returns {Promise<{version: number, at: string} | null>}
 */
export async function readBefore(article, latest) {
  const before = (await stored()).find((read) => read.article === article)?.before;
  return before && before.version <= latest ? { version: before.version, at: new Date(before.at).toISOString() } : null;
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

/**
 * An article's past: that archives are to be asked for it by the backend, and how far that is. What was said last is
 * kept for a moment, as popup, panel and page ask beside each other: `pasts` in `storage.session`.
 */
import { api } from "../shared/extension-api.js";
import { ask } from "./backend.js";
import { Failed } from "./failure.js";
import { readSettings } from "./settings.js";
import { checkArchives, checkPast } from "./shapes.js";

/** @typedef {import("../shared/contract.js").Past} Past */
/** `same`: how often the same was said in a row.
 * @typedef {{url: string, at: number, same: number, past: Past | null}} Kept */

const FRESH_MS = 1_500;
/** A copy is read in a second or two. */
const AGAIN_MS = 2_000;
/** Between questions while nothing moves: the archive may have others to answer first. */
const MAX_AGAIN_MS = 30_000;
/** A day's wait can be over sooner: the owner may allow more. */
const MAX_WAIT_MS = 10 * 60_000;
const MAX_KEPT = 50;
/** What the owner sets is seldom changed. */
const ARCHIVES_MS = 5 * 60_000;

/**
 * After how many ms to ask again; null when it is over. Pure.
 *
 * @param {Past | null} past
 * @param {number} same how often the same was said in a row
 * @param {number} now ms
 * @returns {number | null}
 */
export function againIn(past, same, now) {
  if (!past || past.next_at === null) return null;
  const left = Date.parse(past.next_at) - now;
  if (past.state === "waiting" && left > 0) return Math.min(left + AGAIN_MS, MAX_WAIT_MS);
  return Math.min(AGAIN_MS * 1.5 ** same, MAX_AGAIN_MS);
}

/** @param {Past} past @returns {import("../shared/contract.js").PagePast} */
export function pastForPage(past) {
  return { versions: past.versions, again: againIn(past, 0, Date.now()) };
}

/** How far it is; null where nobody asked for it. @param {string} url @returns {Promise<Kept>} */
export async function pastOf(url) {
  const kept = (await keptPasts()).find((one) => one.url === url);
  const age = Date.now() - (kept?.at ?? 0);
  if (kept && age >= 0 && age < FRESH_MS) return kept;
  return keep(url, await asked(url));
}

/** @param {string} url */
async function asked(url) {
  try {
    const { body } = await ask(`/api/v1/backfills?url=${encodeURIComponent(url)}`);
    return checkPast(body?.backfill);
  } catch (error) {
    if (error instanceof Failed && error.code === "unknown-backfill") return null;
    throw error;
  }
}

/**
 * Has archives asked, for up to so many copies.
 *
 * @param {{url: string, html?: string, canonical_url?: string, anyway?: true}} page with its text, it is stored first
 * @param {number} [captures]
 */
export async function want({ url, html, canonical_url, anyway }, captures) {
  const wanted = { url, html, canonical_url, anyway, captures };
  const { body } = await ask("/api/v1/backfills", { method: "POST", body: wanted });
  return keep(url, checkPast(body?.backfill));
}

/** What was read stays. @param {string} url */
export async function stop(url) {
  const { body } = await ask(`/api/v1/backfills?url=${encodeURIComponent(url)}`, { method: "DELETE" });
  return keep(url, checkPast(body?.backfill));
}

/** The past of what the reader follows, where that is wanted. Following has not failed when this does.
 * @param {string} url */
export async function wantFollowed(url) {
  if ((await readSettings()).past === "asked") return;
  try {
    if ((await archives()).length) await want({ url });
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
  }
}

/** Titles of the archives that the backend asks for us: none where it names none, or we may only read. */
export async function archives() {
  const { archives: kept } = /** @type {Record<string, any>} */ (await api.storage.session.get("archives"));
  if (kept && Date.now() - kept.at < ARCHIVES_MS) return /** @type {string[]} */ (kept.titles);
  const titles = checkArchives((await ask("/api/v1/token")).body);
  await api.storage.session.set({ archives: { at: Date.now(), titles } });
  return titles;
}

/** With the backend that said it. */
export async function forgetPasts() {
  await api.storage.session.remove(["pasts", "archives"]);
}

/** @param {string} url @param {Past | null} past @returns {Promise<Kept>} */
async function keep(url, past) {
  return navigator.locks.request("pasts", async () => {
    const all = await keptPasts();
    const before = all.find((one) => one.url === url);
    const isSame = before !== undefined && JSON.stringify(before.past) === JSON.stringify(past);
    const kept = { url, at: Date.now(), same: isSame ? before.same + 1 : 0, past };
    await api.storage.session.set({ pasts: [...all.filter((one) => one !== before), kept].slice(-MAX_KEPT) });
    return kept;
  });
}

/** @returns {Promise<Kept[]>} */
async function keptPasts() {
  const { pasts } = /** @type {Record<string, any>} */ (await api.storage.session.get("pasts"));
  return pasts ?? [];
}

/**
 * The main job: the edits of the article at an address, from what is kept or from the backend.
 */
import { api } from "../shared/extension-api.js";
import { keepAnswer, keptAnswer } from "./answers.js";
import { ask } from "./backend.js";
import { openBackendPage } from "./backend-pages.js";
import { Failed } from "./failure.js";
import { withKnownChange } from "./last-changed.js";
import { readSettings } from "./settings.js";
import { checkAnswer, checkPast } from "./shapes.js";
import { askedAs, canonicalOf } from "./sites.js";

/** @typedef {import("../shared/contract.js").Past} Past */

/**
 * @param {string} url the page's address
 * @param {string | null} canonical what the page calls its canonical address
 * @returns {Promise<{answer: import("../shared/contract.js").Answer | null, past: Past | null}>} `answer`: null when no
 *   versions are stored; `past`: how far the fetching of earlier ones is
 */
export async function lookUp(url, canonical) {
  const other = canonicalOf(url, canonical);
  const first = await editsOf(askedAs(url));
  const second = first.told || !other ? null : await editsOf(other);
  const told = first.told ?? second?.told;
  if (!told) return { answer: null, past: first.past ?? second?.past ?? null };
  const { history, ...answer } = told;
  await rememberHistoryPage(answer.article.id, history);
  return { answer: withKnownChange(answer), past: answer.backfill };
}

/**
 * @param {string} url
 * @returns {Promise<{told: import("./shapes.js").CheckedAnswer | null, past: Past | null}>}
 */
async function editsOf(url) {
  const kept = await keptAnswer(url);
  try {
    const { status, etag, body } = await ask(`/api/v1/edits?url=${encodeURIComponent(url)}`, { etag: kept?.etag });
    if (status === 304 && kept) return { told: kept.value, past: kept.value.backfill };
    const value = checkAnswer(body, (await readSettings()).backend);
    if (etag) await keepAnswer(url, { etag, value });
    return { told: value, past: value.backfill };
  } catch (error) {
    if (!(error instanceof Failed) || error.code !== "unknown-article") throw error;
    return { told: null, past: error.backfill ? checkPast(error.backfill) : null };
  }
}

/**
 * Pages are told that there is a history page, never where: its address would tell them where the backend is.
 *
 * @param {number} article
 * @param {string | null} page
 */
export async function rememberHistoryPage(article, page) {
  if (page) await api.storage.session.set({ [`history:${article}`]: page });
}

/** @param {import("../shared/contract.js").OpenHistory} message */
export async function openHistoryPage({ article }) {
  await openHistory(article);
}

/** @param {number} article */
export async function openHistory(article) {
  await openBackendPage(await historyPage(article));
}

/** Where the backend's page about an article is. @param {number} article @returns {Promise<string>} */
export async function historyPage(article) {
  const key = `history:${article}`;
  const page = /** @type {Record<string, any>} */ (await api.storage.session.get(key))[key];
  if (typeof page !== "string") throw new Failed("no-page");
  return page;
}

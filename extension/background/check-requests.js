/**
 * A look at the article in a tab, now: by the backend, which is told no more than which article; and the page as the
 * reader has it, sent once, where it says something newer than the store.
 *
 *     popup, panel ─ check-now ─▶ backend ─▶ its poller … check ─▶ over? ─▶ the page looks again
 *                  └ show-changed ─▶ the page's text ─▶ backend ─▶ the page looks again
 */
import { api } from "../shared/extension-api.js";
import { ask } from "./backend.js";
import { capture } from "./capture.js";
import { Failed } from "./failure.js";
import { readSettings } from "./settings.js";
import { checkArticle, checkCheck } from "./shapes.js";
import { checkTold, toldIn } from "./tab-article.js";

/** @typedef {import("../shared/contract.js").Article} Article */
/** @typedef {import("../shared/contract.js").Check} Check */
/** @typedef {import("../shared/contract.js").CheckReport} CheckReport */
/** @typedef {{check: Check | null, article: Article, next: string | null}} Standing */

/** The poller comes to it within seconds. */
const AGAIN_MS = 1_500;
/** Nobody comes to it until a poller runs. */
const UNATTENDED_MS = 30_000;
const MAX_WAIT_MS = 60_000;

/**
 * After how many ms to ask again; null when it is over. Pure.
 *
 * @param {Check | null} check
 * @param {number} now ms
 * @returns {number | null}
 */
export function againIn(check, now) {
  if (!check || check.ended_at !== null) return null;
  if (!check.attended) return UNATTENDED_MS;
  const left = check.next_at === null ? 0 : Date.parse(check.next_at) - now;
  return left > 0 ? Math.min(left + AGAIN_MS, MAX_WAIT_MS) : AGAIN_MS;
}

/** @param {import("../shared/contract.js").CheckNow} message @returns {Promise<CheckReport>} */
export async function checkNow({ tab }) {
  const standing = await wanted(await articleIn(tab));
  await tellPage(tab, standing, false);
  return reportOf(standing);
}

/** @param {import("../shared/contract.js").AskCheck} message @returns {Promise<CheckReport>} */
export async function checkIn({ tab }) {
  const standing = await standingOf(await articleIn(tab));
  await tellPage(tab, standing, false);
  return reportOf(standing);
}

/**
 * The same for the page itself, which may only ask about its own article.
 *
 * @param {unknown} _message
 * @param {chrome.runtime.MessageSender} sender
 */
export async function checkHere(_message, sender) {
  const article = await toldIn(Number(sender.tab?.id));
  await checkTold(sender, article);
  return forPage(await standingOf(Number(article)));
}

/**
 * Sends the page, then has the backend look as well: it may be told more than the reader is. That the one is stored
 * does not fail when the other does. Whether the article is followed stays as it is.
 *
 * @param {import("../shared/contract.js").ShowChanged} message
 * @returns {Promise<{isNew: boolean}>}
 */
export async function showChanged({ tab }) {
  const { article, isNew } = await capture(tab);
  const standing = await wanted(article.id).catch((error) => {
    if (!(error instanceof Failed)) throw error;
    return { check: null, article, next: null };
  });
  if (!(await tellPage(tab, standing, isNew))) await api.tabs.sendMessage(tab, { name: "reconsider" }, { frameId: 0 });
  return { isNew };
}

/** @param {number} tab */
async function articleIn(tab) {
  const article = await toldIn(tab);
  if (article === null) throw new Failed("no-page");
  return article;
}

/** @param {number} article */
async function wanted(article) {
  return read(await ask(`/api/v1/articles/${article}/check`, { method: "POST", body: {} }));
}

/** @param {number} article */
async function standingOf(article) {
  return read(await ask(`/api/v1/articles/${article}/check`));
}

/** @param {{body: any}} answer @returns {Promise<Standing>} */
async function read({ body }) {
  const { article } = checkArticle(body?.article, (await readSettings()).backend);
  const { check, next } = checkCheck(body);
  return { check, article, next };
}

/** @param {Standing} standing @returns {import("../shared/contract.js").PagePast} */
function forPage({ check, article }) {
  return { versions: article.version_count, again: againIn(check, Date.now()) };
}

/**
 * The page shows what is new, and asks on by itself.
 *
 * @param {number} tab
 * @param {Standing} standing
 * @param {boolean} isNew the page was stored just now
 * @returns {Promise<boolean>} whether it took note
 */
async function tellPage(tab, standing, isNew) {
  const told = { name: "check", check: forPage(standing), isNew };
  return (await api.tabs.sendMessage(tab, told, { frameId: 0 }).catch(() => null)) === true;
}

/** @param {Standing} standing @returns {CheckReport} */
function reportOf({ check, article, next }) {
  return { check, again: againIn(check, Date.now()), host: new URL(article.url).hostname, next };
}

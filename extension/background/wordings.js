/**
 * All earlier wordings of an edit, where the answer about its article had no room for them.
 */
import { ask } from "./backend.js";
import { Failed } from "./failure.js";
import { checkWordings } from "./shapes.js";
import { checkTold } from "./tab-article.js";

/** Of up to 4 MB each. More would only fill the page's memory. */
const MAX_PAGES = 5;

/**
 * @param {import("../shared/contract.js").AskWordings} message
 * @returns {Promise<import("../shared/contract.js").Wording[]>}
 */
export async function wordings({ article, edit, from, to }) {
  if (![article, from, to].every(Number.isSafeInteger)) throw new Failed("bad-url");
  const path = `/api/v1/articles/${article}/edits/${encodeURIComponent(String(edit))}/wordings?from=${from}&to=${to}`;
  const found = [];
  let start = /** @type {number | null} */ (0);
  for (let page = 0; start !== null; page += 1) {
    if (page === MAX_PAGES) throw new Failed("backend-strange");
    const { body } = await ask(`${path}&start=${start}`);
    const checked = checkWordings(body);
    found.push(...checked.wordings);
    start = checked.next;
  }
  return found;
}

/**
 * @param {import("../shared/contract.js").AskWordings} message
 * @param {chrome.runtime.MessageSender} sender
 */
export async function ownWordings(message, sender) {
  await checkTold(sender, message.article);
  return wordings(message);
}

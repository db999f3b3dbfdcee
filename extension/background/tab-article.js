/**
 * Which article the page in a tab was told of. A content script shares a process with its page: what else the store
 * holds, and which pages of the backend there are, is not for it to ask. Key `told:TAB` in `storage.session`.
 */
import { api } from "../shared/extension-api.js";
import { Failed } from "./failure.js";

/** @param {number} tab @param {number} article */
export async function noteTold(tab, article) {
  await api.storage.session.set({ [keyOf(tab)]: article });
}

/** @param {number} tab */
export async function forgetTold(tab) {
  await api.storage.session.remove(keyOf(tab));
}

/** @param {number} tab @returns {Promise<number | null>} null: of none */
export async function toldIn(tab) {
  const key = keyOf(tab);
  return /** @type {Record<string, any>} */ (await api.storage.session.get(key))[key] ?? null;
}

/**
 * Fails for any other article than the page's own.
 *
 * @param {chrome.runtime.MessageSender} sender
 * @param {unknown} article
 */
export async function checkTold({ tab, frameId }, article) {
  if (typeof tab?.id !== "number" || frameId !== 0) throw new Failed("no-page");
  const told = await toldIn(tab.id);
  if (told !== article || !Number.isSafeInteger(article)) throw new Failed("no-page");
}

/** @param {number} tab */
function keyOf(tab) {
  return `told:${tab}`;
}

/**
 * Keeping what one reads: with the reader's leave, a page that says other than the store is sent to the reader's
 * backend.
 *
 * A content script can only say that there may be something to keep. Whether it is sent is decided here, and what is
 * sent is asked for here.
 */
import { api } from "../shared/extension-api.js";
import { mayTellText } from "../shared/text-leave.js";
import { capture } from "./capture.js";
import { ask } from "./backend.js";
import { Failed } from "./failure.js";
import { isKept, readSettings } from "./settings.js";
import { checkVersionText } from "./shapes.js";
import { reasonNotToAsk, siteOf } from "./sites.js";
import { checkTold } from "./tab-article.js";

/** @typedef {chrome.runtime.MessageSender} Sender */

/** @param {unknown} _message @param {Sender} sender @returns {Promise<boolean>} */
export async function mayKeep(_message, sender) {
  const settings = await readSettings();
  const url = String(sender.url);
  const isLeftAlone = sender.tab?.incognito || sender.frameId !== 0 || reasonNotToAsk(url, settings) !== null;
  return !isLeftAlone && isKept(settings, siteOf(url)) && mayTellText();
}

/** @param {unknown} message @param {Sender} sender @returns {Promise<boolean>} whether the store learned something */
export async function keepRead(message, sender) {
  const tab = sender.tab?.id;
  if (typeof tab !== "number" || !(await mayKeep(message, sender))) throw new Failed("not-kept");
  const { isNew } = await capture(tab);
  if (isNew) await api.tabs.sendMessage(tab, { name: "reconsider" }, { frameId: 0 });
  return isNew;
}

/**
 * The texts of a version of the page's own article, to compare the page with.
 *
 * @param {import("../shared/contract.js").StoredText} message
 * @param {Sender} sender
 * @returns {Promise<{title: string, blocks: string[]}>}
 */
export async function storedText({ article, version }, sender) {
  await checkTold(sender, article);
  if (!Number.isSafeInteger(version)) throw new Failed("bad-url");
  const { body } = await ask(`/api/v1/articles/${article}/versions/${version}`);
  const { title, blocks } = checkVersionText(body);
  return { title, blocks: blocks.map(({ text }) => text) };
}

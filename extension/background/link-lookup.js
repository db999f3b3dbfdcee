/**
 * Which of the links on a page lead to articles that were edited: one request for a page, if the reader wants it. The
 * page itself is not told to the backend, only the links that look like articles of the same site.
 */
import { ask } from "./backend.js";
import { dress } from "./page-files.js";
import { readSettings } from "./settings.js";
import { checkLookup } from "./shapes.js";
import { askedAs, reasonNotToAsk, siteOf } from "./sites.js";

const MAX_LINKS = 500;
const MAX_ADDRESS = 2_000;

/** @typedef {chrome.runtime.MessageSender} Sender */

/** @param {unknown} _message @param {Sender} sender @returns {Promise<boolean>} */
export async function mayMarkLinks(_message, sender) {
  const settings = await readSettings();
  return (
    settings.links &&
    !sender.tab?.incognito &&
    sender.frameId === 0 &&
    reasonNotToAsk(String(sender.url), settings) === null
  );
}

/**
 * @param {import("../shared/contract.js").LookUpLinks} message
 * @param {Sender} sender
 * @returns {Promise<Record<string, number>>} how often each article changed; only those that did
 */
export async function lookUpLinks(message, sender) {
  if (!(await mayMarkLinks(message, sender)) || !Array.isArray(message.urls)) return {};
  const settings = await readSettings();
  const site = siteOf(String(sender.url));
  const mayAsk = (/** @type {unknown} */ url) =>
    typeof url === "string" &&
    url.length <= MAX_ADDRESS &&
    siteOf(url) === site &&
    reasonNotToAsk(url, settings) === null;
  const urls = [...new Set(message.urls.filter(mayAsk).map(askedAs))].slice(0, MAX_LINKS);
  if (!urls.length) return {};
  const { body } = await ask("/api/v1/lookup", { method: "POST", body: { urls } });
  const known = Object.entries(checkLookup(body));
  const edited = known.flatMap(([url, told]) => (told && told.edit_count > 0 ? [[url, told.version_count - 1]] : []));
  if (edited.length) await dress(sender);
  return Object.fromEntries(edited);
}

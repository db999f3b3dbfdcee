/**
 * What a page gets when it needs it: the content script's second stage, and the style sheet for what we show on it.
 * That comes with the first thing to be shown and not before: a page can ask for the style of an element named like
 * ours, or of a highlight, and would learn that we are there.
 */
import { api } from "../shared/extension-api.js";
import { REST, STYLES } from "./content-files.js";
import { Failed } from "./failure.js";

/** @typedef {chrome.runtime.MessageSender} Sender */

/**
 * The page asks once. What it gets twice all the same does no harm: what is there is set anew.
 *
 * @param {unknown} _message
 * @param {Sender} sender
 */
export async function bringRest(_message, sender) {
  if (sender.frameId !== 0) throw new Failed("no-page");
  await api.scripting.executeScript({ target: documentOf(sender), files: REST, injectImmediately: true });
}

/** As the reader's own sheet, whose `!important` no page can overrule. @param {Sender} sender the page */
export async function dress(sender) {
  await api.scripting.insertCSS({ target: documentOf(sender), files: STYLES, origin: "USER" }).catch(() => {
    // The page was left while we were asking: there is nothing to be shown any more.
  });
}

/** By its number no other document is meant that has come into the tab meanwhile; not every browser has them.
 * @param {Sender} sender */
function documentOf({ tab, documentId }) {
  const tabId = Number(tab?.id);
  return documentId ? { tabId, documentIds: [documentId] } : { tabId, frameIds: [0] };
}

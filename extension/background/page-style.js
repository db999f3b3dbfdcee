/**
 * The style sheet that a page needs for what we show on it. It comes with the first thing to be shown and not before: a
 * page can ask for the style of an element named like ours, or of a highlight, and would learn that we are there.
 *
 * As the reader's own sheet, whose `!important` no page can overrule.
 */
import { api } from "../shared/extension-api.js";
import { STYLES } from "./content-files.js";

/** @param {chrome.runtime.MessageSender} sender the page */
export async function dress({ tab, documentId }) {
  const tabId = Number(tab?.id);
  // By its number no other document is meant that has come into the tab meanwhile; not every browser has them.
  const target = documentId ? { tabId, documentIds: [documentId] } : { tabId, frameIds: [0] };
  await api.scripting.insertCSS({ target, files: STYLES, origin: "USER" }).catch(() => {
    // The page was left while we were asking: there is nothing to be shown any more.
  });
}

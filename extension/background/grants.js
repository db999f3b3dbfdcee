/**
 * Keeps the content script registered for exactly the sites the reader granted, and puts it into tabs already open.
 */
import { api } from "../shared/browser.js";

const ID = "rowback-page";
const STYLES = ["content/marks.css"];
/** In this order: each file may use the ones above it. `main.js` starts. */
export const SCRIPTS = [
  "shared/words.js", "shared/edit-words.js", "shared/markup.js", "content/wire.js", "content/slices.js", "content/fold.js", "content/article.js",
  "content/text-index.js", "content/near.js", "content/anchor-near.js", "content/anchor.js", "content/marks.js",
  "content/overlay-style.js", "content/overlay.js", "content/paint.js", "content/nodes.js", "content/place.js",
  "content/cover.js", "content/find.js", "content/strokes.js", "content/inline.js", "content/mode.js", "content/mode-menu.js",
  "content/badges.js", "content/summary.js", "content/quote.js", "content/card-time.js", "content/card-parts.js",
  "content/card-view.js", "content/card-place.js", "content/card.js", "content/snapshot.js",
  "content/show.js", "content/steer.js", "content/freshness.js", "content/reveal.js", "content/story-links.js", "content/link-marks.js",
  "content/keep.js", "content/late.js", "content/session.js", "content/main.js",
];

/** Registers for what is granted now. One at a time: grants may change while the last change is being written. */
export async function registerForGrants() {
  await navigator.locks.request("grants", async () => {
    const matches = await grantedPatterns();
    const registered = await api.scripting.getRegisteredContentScripts({ ids: [ID] });
    if (registered.length) await api.scripting.unregisterContentScripts({ ids: [ID] });
    if (!matches.length) return;
    await api.scripting.registerContentScripts([
      { id: ID, matches, js: SCRIPTS, css: STYLES, runAt: "document_idle", allFrames: false, persistAcrossSessions: true },
    ]);
  });
}

/** Tabs that were open before the grant (or before an update of the extension) need no reload. */
export async function startInOpenTabs() {
  const matches = await grantedPatterns();
  if (!matches.length) return;
  const tabs = await api.tabs.query({ url: matches, discarded: false });
  await Promise.allSettled(tabs.map((tab) => startIn(Number(tab.id))));
}

/** @param {number} tabId */
export async function startIn(tabId) {
  await api.scripting.insertCSS({ target: { tabId }, files: STYLES });
  await api.scripting.executeScript({ target: { tabId }, files: SCRIPTS });
}

/** Settings or grants changed: every page thinks again. Tabs without our script do not answer. */
export async function tellPagesToReconsider() {
  const tabs = await api.tabs.query({});
  await Promise.allSettled(tabs.map((tab) => api.tabs.sendMessage(Number(tab.id), { name: "reconsider" }, { frameId: 0 })));
}

/** @param {string} address */
export async function isGranted(address) {
  const url = new URL(address);
  // Match patterns have no port.
  return api.permissions.contains({ origins: [`${url.protocol}//${url.hostname}/*`] });
}

async function grantedPatterns() {
  const { origins = [] } = await api.permissions.getAll();
  return origins.filter((origin) => /^(https?|\*):\/\//.test(origin) || origin === "<all_urls>");
}

/**
 * Keeps the content script's first stage registered for exactly the sites the reader granted, and puts it into tabs
 * already open.
 */
import { api } from "../shared/extension-api.js";
import { FIRST } from "./content-files.js";

const ID = "rowback-page";

/**
 * Registers for what is granted now. One at a time: grants may change while the last change is being written. What is
 * registered stays so meanwhile: a page that is opened just then, as when a browser starts, would never be looked at.
 */
export async function registerForGrants() {
  await navigator.locks.request("grants", async () => {
    const matches = await grantedPatterns();
    const [registered] = await api.scripting.getRegisteredContentScripts({ ids: [ID] });
    if (!matches.length) {
      if (registered) await api.scripting.unregisterContentScripts({ ids: [ID] });
      return;
    }
    /** @type {chrome.scripting.RegisteredContentScript} */
    const script = {
      id: ID,
      matches,
      js: FIRST,
      runAt: "document_idle",
      allFrames: false,
      persistAcrossSessions: true,
    };
    if (registered) await api.scripting.updateContentScripts([script]);
    else await api.scripting.registerContentScripts([script]);
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
  await api.scripting.executeScript({ target: { tabId }, files: FIRST });
}

/** Settings or grants changed: every page thinks again. Tabs without our script do not answer. */
export async function tellPagesToReconsider() {
  const tabs = await api.tabs.query({});
  await Promise.allSettled(
    tabs.map((tab) => api.tabs.sendMessage(Number(tab.id), { name: "reconsider" }, { frameId: 0 })),
  );
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

/**
 * Opens the panel: at the side where the browser has a place for it, else in a tab. To be called within a click or a
 * key press, with nothing awaited before.
 */
import { api } from "./extension-api.js";

/** @param {number | undefined} windowId */
export async function openPanel(windowId) {
  const { sidePanel, sidebarAction } = /** @type {any} */ (api);
  if (sidePanel?.open && windowId !== undefined) return sidePanel.open({ windowId }).catch(openInTab);
  if (sidebarAction?.open) return sidebarAction.open().catch(openInTab);
  await openInTab();
}

/** On a telephone there is no side; some browsers know the word for it all the same. */
async function openInTab() {
  await api.tabs.create({ url: api.runtime.getURL("panel/index.html") });
}

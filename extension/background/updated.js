/**
 * That the browser updated this extension: remembered until the reader dismisses it or looks at what is new, and told
 * in the popup alone. No tab is opened for it. Key `updated` in `storage.local`: the release that came.
 */
import { api } from "../shared/extension-api.js";
import { openBackendPage } from "./backend-pages.js";
import { behindNow, ownRelease } from "./releases.js";
import { readSettings } from "./settings.js";

/** The backend's page of what is new. */
const NEWS = "/new";

/**
 * A copy that is loaded anew from its folder is "updated", too, to what it was. @param {string} [before] its release
 */
export async function noteUpdate(before) {
  const updated = ownRelease();
  if (before !== undefined && before !== updated) await api.storage.local.set({ updated });
}

/**
 * What the popup says; null once it was dismissed.
 *
 * @returns {Promise<import("../shared/contract.js").Updated | null>}
 */
export async function whatUpdated() {
  const { updated } = /** @type {Record<string, any>} */ (await api.storage.local.get("updated"));
  // One that was taken back tells nothing.
  if (updated !== ownRelease()) return null;
  const { backend, token } = await readSettings();
  const older = await behindNow(backend);
  return { version: updated, has_news: token !== null && older?.who !== "backend" };
}

export async function dismissUpdate() {
  await api.storage.local.remove("updated");
}

export async function openNews() {
  await openBackendPage(NEWS);
  await dismissUpdate();
}

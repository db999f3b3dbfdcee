/** The sites that are followed are asked of the browser in the press that follows them, so that marks show there. */
import { api } from "../shared/extension-api.js";
import { patternsFor, siteNamed } from "../shared/site-patterns.js";

/** @typedef {import("./choices.js").Choice} Choice */

const ALL_SITES = ["http://*/*", "https://*/*"];

/**
 * What is to be asked for: a feed's articles are on its site, which may have another host. Pure.
 *
 * @param {Pick<Choice, "wish">[]} found
 */
export function patternsOf(found) {
  const sites = found.map(({ wish }) => siteNamed(wish.site || wish.url)).filter((site) => site !== null);
  return [...new Set(sites)].flatMap(patternsFor);
}

/**
 * To be called within the press, before anything is awaited. Browsers ask nobody for what was given already.
 *
 * @param {Choice[]} found
 * @returns {Promise<boolean>} false: it was refused
 */
export function askForSites(found) {
  const origins = patternsOf(found);
  return origins.length ? api.permissions.request({ origins }).catch(() => false) : Promise.resolve(true);
}

/** Says so beforehand, where the browser is going to ask. @param {HTMLElement} note */
export function showSitesNote(note) {
  const show = async () => {
    note.hidden = await api.permissions.contains({ origins: ALL_SITES });
  };
  api.permissions.onAdded.addListener(show);
  api.permissions.onRemoved.addListener(show);
  void show();
}

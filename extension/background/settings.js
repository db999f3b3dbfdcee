/**
 * What the reader has set, in `storage.local`, over what the folder was preset with. The only reader of both.
 *
 * Keys: `backend` and `token` (absent: as preset), `off_sites` (hosts where Rowback keeps still).
 */
import { api } from "../shared/browser.js";
import { Failed } from "./failure.js";

/** @typedef {{backend: string, token: string | null, offSites: string[]}} Settings */

/** @returns {Promise<Settings>} */
export async function readSettings() {
  const [preset, stored] = await Promise.all([readPreset(), api.storage.local.get(["backend", "token", "off_sites"])]);
  const backend = typeof stored.backend === "string" ? stored.backend : preset.backend;
  // A preset token belongs to the preset backend and must not be told to another.
  const presetToken = backend === preset.backend ? preset.token : null;
  return {
    backend,
    token: typeof stored.token === "string" && stored.token ? stored.token : presetToken,
    offSites: Array.isArray(stored.off_sites) ? stored.off_sites.filter((site) => typeof site === "string") : [],
  };
}

/** @returns {Promise<{backend: string, token: string | null}>} */
export async function readPreset() {
  const answer = await fetch(api.runtime.getURL("shared/preset.json"));
  const { backend, token } = await answer.json();
  return { backend: backendOrigin(backend), token: typeof token === "string" && token ? token : null };
}

/**
 * The origin of a backend's address as typed.
 *
 * @param {unknown} typed
 */
export function backendOrigin(typed) {
  try {
    const text = String(typed).trim();
    const url = new URL(/^[a-z]+:\/\//i.test(text) ? text : `http://${text}`);
    if (/^https?:$/.test(url.protocol) && url.hostname && !url.username) return url.origin;
  } catch {
    // Falls through: not an address.
  }
  throw new Failed("bad-backend");
}

/** @param {string} token */
export async function rememberToken(token) {
  await api.storage.local.set({ token });
}

export async function forgetToken() {
  await api.storage.local.remove("token");
}

/**
 * @param {string} backend an origin
 * @param {string} token empty: to be had by pairing
 */
export async function rememberBackend(backend, token) {
  await api.storage.local.set({ backend });
  await (token ? rememberToken(token) : forgetToken());
}

/**
 * @param {string} site
 * @param {boolean} on
 */
export async function switchSite(site, on) {
  await navigator.locks.request("settings", async () => {
    const { offSites } = await readSettings();
    const others = offSites.filter((other) => other !== site);
    await api.storage.local.set({ off_sites: on ? others : [...others, site] });
  });
}

/** Chromium lets content scripts read storage unless told otherwise; they share a process with the page. */
export async function keepFromContentScripts() {
  await api.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
}

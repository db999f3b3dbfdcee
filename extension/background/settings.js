/**
 * What the reader has set, in `storage.local`, over what the folder was preset with, which only this file reads. Lists
 * and the mode are kept there too, each by the file that it is about.
 *
 * Keys: `backend` and `token` (absent: as preset; an empty token: none, also not the preset's), `token_made` (the
 * backend made the token for this extension), `off_sites` (hosts where Rowback keeps still), `keep` (send what is
 * read) and `keep_sites` (host → otherwise there), `links` (mark links to edited articles), `notify`, `past` (of which
 * articles earlier versions are looked for unasked).
 */
import { api } from "../shared/extension-api.js";
import { backendAddress } from "./backend-address.js";
import { isLoopback } from "./sites.js";

/**
 * @typedef {object} Settings
 * @property {string} backend
 * @property {string | null} token
 * @property {string[]} offSites
 * @property {boolean} keep
 * @property {Record<string, boolean>} keepSites
 * @property {boolean} links
 * @property {boolean} notify
 * @property {import("../shared/contract.js").PastChoice} past
 */

const KEYS = ["backend", "token", "off_sites", "keep", "keep_sites", "links", "notify", "past"];
const PAST_CHOICES = /** @type {const} */ (["asked", "followed", "all"]);
/** Sites of one's own choosing; nobody sets more by hand. */
const MAX_KEEP_SITES = 500;

/** @returns {Promise<Settings>} */
export async function readSettings() {
  const [preset, stored] = await Promise.all([readPreset(), api.storage.local.get(KEYS)]);
  const backend = typeof stored.backend === "string" ? stored.backend : preset.backend;
  // A preset token belongs to the preset backend and must not be told to another.
  const presetToken = backend === preset.backend ? preset.token : null;
  return {
    backend,
    token: typeof stored.token === "string" ? stored.token || null : presetToken,
    offSites: Array.isArray(stored.off_sites) ? stored.off_sites.filter((site) => typeof site === "string") : [],
    keep: stored.keep === true,
    keepSites: keepSitesOf(stored.keep_sites),
    links: stored.links === true,
    notify: stored.notify === true,
    past: pastChoice(stored.past),
  };
}

/** @param {unknown} chosen */
export function pastChoice(chosen) {
  return PAST_CHOICES.find((each) => each === chosen) ?? "asked";
}

/** @param {unknown} stored @returns {Record<string, boolean>} */
function keepSitesOf(stored) {
  if (typeof stored !== "object" || stored === null) return {};
  return Object.fromEntries(Object.entries(stored).filter(([, on]) => typeof on === "boolean"));
}

/**
 * Whether what is read on a site is kept: what was said about the site, else what was said about all.
 *
 * @param {Settings} settings
 * @param {string | null} site
 */
export function isKept({ keep, keepSites }, site) {
  if (site === null) return false;
  return Object.hasOwn(keepSites, site) ? keepSites[site] : keep;
}

/** Whether nothing that goes to the backend leaves this machine. @param {Settings} settings */
export function isLocal({ backend }) {
  return isLoopback(new URL(backend).hostname.replace(/^\[|\]$/g, ""));
}

/** What the folder was made for. @returns {Promise<{backend: string, token: string | null, isSetUp: boolean}>} */
export async function readPreset() {
  const answer = await fetch(api.runtime.getURL("shared/preset.json"));
  const { backend, token, is_set_up: isSetUp } = await answer.json();
  return {
    backend: backendAddress(backend),
    token: typeof token === "string" && token ? token : null,
    isSetUp: isSetUp === true,
  };
}

/** @param {string} token @param {boolean} isMade whether the backend made it for this extension */
export async function rememberToken(token, isMade) {
  await api.storage.local.set({ token, token_made: isMade });
}

export async function forgetToken() {
  await api.storage.local.remove(["token", "token_made"]);
}

/** Has no token any more, not even the preset's, until a person connects again. */
export async function dropToken() {
  await rememberToken("", false);
}

/** The token that the backend made for this extension, and that backend. */
export async function madeToken() {
  const { backend, token } = await readSettings();
  const { token_made: isMade } = await api.storage.local.get("token_made");
  return token && isMade === true ? { backend, token } : null;
}

/**
 * @param {string} backend an address as `backendAddress` gives it
 * @param {string} token empty: to be had by pairing
 * @param {boolean} isMade whether the backend made the token for this extension
 */
export async function rememberBackend(backend, token, isMade) {
  await api.storage.local.set({ backend });
  await (token ? rememberToken(token, isMade) : forgetToken());
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

/** What is said about a site holds against what is said about all; saying the same again needs no entry.
 * @param {string} site @param {boolean} on */
export async function switchKeeping(site, on) {
  await navigator.locks.request("settings", async () => {
    const { keep, keepSites } = await readSettings();
    const { [site]: _, ...others } = keepSites;
    const entries = Object.entries(on === keep ? others : { ...others, [site]: on });
    await api.storage.local.set({ keep_sites: Object.fromEntries(entries.slice(-MAX_KEEP_SITES)) });
  });
}

/** @param {Record<string, boolean | string>} chosen */
export async function choose(chosen) {
  await api.storage.local.set(chosen);
}

/** Chromium lets content scripts read storage unless told otherwise; they share a process with the page. */
export async function keepFromContentScripts() {
  await api.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
}

/**
 * How much pages show: `mode` in `storage.local` for all of them, and `site_modes` (host → mode) for sites where the
 * reader chose otherwise. What is chosen on a page holds for its site alone: whatever runs there cannot change the
 * others.
 */
import { api } from "../shared/extension-api.js";
import { Failed } from "./failure.js";
import { siteOf } from "./sites.js";

/** @typedef {import("../shared/contract.js").Mode} Mode */
/** @typedef {chrome.runtime.MessageSender} Sender */

const MODES = new Set(["quiet", "marks", "changes"]);
/** Chosen by hand, one at a time; the ones not chosen for longest go first. */
const MAX_SITES = 500;

/** The mode of a page, asked for by the page. @param {unknown} _message @param {Sender} sender */
export async function ownMode(_message, sender) {
  return modeOf(siteOf(String(sender.url)));
}

/** @param {string | null} site @returns {Promise<Mode>} */
export async function modeOf(site) {
  const { mode, site_modes: chosen = {} } = await stored();
  const own = site !== null && Object.hasOwn(chosen, site) ? chosen[site] : mode;
  return MODES.has(own) ? own : "marks";
}

/** A page's choice, for its site. @param {import("../shared/contract.js").KeepMode} message @param {Sender} sender */
export async function keepOwnMode({ mode }, sender) {
  const site = siteOf(String(sender.url));
  if (!MODES.has(mode) || site === null || sender.frameId !== 0) throw new Failed("unknown-message", String(mode));
  await choose((all, { [site]: _, ...others }) => ({ mode: all, site_modes: bounded({ ...others, [site]: mode }) }));
}

/**
 * A choice for all pages. Where it is made, it holds, too.
 *
 * @param {import("../shared/contract.js").SetMode} message
 * @returns {Promise<Mode>} the mode that the page is in now
 */
export async function setMode({ tab, mode }) {
  if (!MODES.has(mode)) throw new Failed("unknown-message", String(mode));
  const { url = "" } = await api.tabs.get(tab).catch(() => ({ url: "" }));
  const site = siteOf(url) ?? "";
  await choose((_, { [site]: __, ...others }) => ({ mode, site_modes: others }));
  const now = await api.tabs.sendMessage(tab, { name: "set-mode", mode }, { frameId: 0 }).catch(() => null);
  return MODES.has(now) ? now : mode;
}

/** @param {(mode: Mode, chosen: Record<string, Mode>) => {mode: Mode, site_modes: Record<string, Mode>}} change */
async function choose(change) {
  await navigator.locks.request("modes", async () => {
    const { mode = "marks", site_modes: chosen = {} } = await stored();
    await api.storage.local.set(change(mode, chosen));
  });
}

/** @returns {Promise<{mode?: any, site_modes?: Record<string, any>}>} */
async function stored() {
  return api.storage.local.get(["mode", "site_modes"]);
}

/** @param {Record<string, Mode>} chosen */
function bounded(chosen) {
  return Object.fromEntries(Object.entries(chosen).slice(-MAX_SITES));
}

/**
 * How much pages show, remembered for all of them: key `mode` in `storage.local`.
 */
import { api } from "../shared/extension-api.js";
import { Failed } from "./failure.js";

/** @typedef {import("../shared/contract.js").Mode} Mode */

const MODES = new Set(["quiet", "marks", "changes"]);

/** @returns {Promise<Mode>} */
export async function readMode() {
  const { mode } = /** @type {Record<string, any>} */ (await api.storage.local.get("mode"));
  return MODES.has(mode) ? mode : "marks";
}

/** @param {import("../shared/contract.js").KeepMode} message */
export async function keepMode({ mode }) {
  if (!MODES.has(mode)) throw new Failed("unknown-message", String(mode));
  await api.storage.local.set({ mode });
}

/**
 * @param {import("../shared/contract.js").SetMode} message
 * @returns {Promise<Mode>} the mode that the page is in now
 */
export async function setMode({ tab, mode }) {
  await keepMode({ name: "keep-mode", mode });
  const now = await api.tabs.sendMessage(tab, { name: "set-mode", mode }, { frameId: 0 }).catch(() => null);
  return MODES.has(now) ? now : mode;
}

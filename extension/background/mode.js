/**
 * How much pages show, remembered for all of them: key `mode` in `storage.local`.
 */
import { api } from "../shared/browser.js";
import { Failed } from "./failure.js";

const MODES = /** @type {import("../shared/contract.js").Mode[]} */ (["quiet", "marks", "changes"]);

/** @returns {Promise<import("../shared/contract.js").Mode>} */
export async function readMode() {
  const { mode } = await api.storage.local.get("mode");
  return MODES.find((each) => each === mode) ?? "marks";
}

/** @param {import("../shared/contract.js").KeepMode} message */
export async function keepMode({ mode }) {
  if (!MODES.includes(mode)) throw new Failed("unknown-message", String(mode));
  await api.storage.local.set({ mode });
}

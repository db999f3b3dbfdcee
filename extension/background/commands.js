/**
 * Keyboard commands, and what the popup and the panel have the page in a tab do.
 */
import { api } from "../shared/extension-api.js";
import { openPanel } from "../shared/open-panel.js";
import { modeOf, setMode } from "./mode.js";
import { siteOf } from "./sites.js";

/**
 * The browser opens a panel only within the key press itself: nothing may be awaited before.
 *
 * @param {string} command
 * @param {chrome.tabs.Tab | undefined} tab
 */
export function onCommand(command, tab) {
  if (command === "open-panel") return openPanel(tab?.windowId);
  if (typeof tab?.id !== "number") return undefined;
  if (command === "next-edit") return tell(tab.id, { name: "step", by: 1 });
  if (command === "previous-edit") return tell(tab.id, { name: "step", by: -1 });
  return command === "toggle-marks" ? toggleMarks(tab.id, siteOf(tab.url ?? "")) : undefined;
}

/**
 * Between quiet and marked; from tracked changes back to quiet.
 *
 * @param {number} tab
 * @param {string | null} site
 */
async function toggleMarks(tab, site) {
  await setMode({ name: "set-mode", tab, mode: (await modeOf(site)) === "quiet" ? "marks" : "quiet" });
}

/**
 * @param {import("../shared/contract.js").OpenEdit} message
 * @returns {Promise<boolean>} whether the page has shown it
 */
export async function openEdit({ tab, id, exact }) {
  return (await tell(tab, { name: "open-edit", id, exact })) === true;
}

/**
 * A tab without our script, or whose script does not know the message, does not answer.
 *
 * @param {number} tab
 * @param {object} message
 */
function tell(tab, message) {
  return api.tabs.sendMessage(tab, message, { frameId: 0 }).catch(() => null);
}

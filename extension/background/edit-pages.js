/**
 * The page that the backend has of one edit: opens it, and says its address to our own pages.
 */
import { openBackendPage } from "./backend-pages.js";
import { Failed } from "./failure.js";
import { historyPage } from "./lookup.js";
import { isLocal, readSettings } from "./settings.js";
import { EDIT_NAME } from "./shapes.js";

/** @param {import("../shared/contract.js").OpenEditPage} message */
export async function openEditPage(message) {
  await openBackendPage(await addressOf(message));
}

/**
 * @param {import("../shared/contract.js").AskEditAddress} message
 * @returns {Promise<import("../shared/contract.js").EditAddress>}
 */
export async function editAddress(message) {
  const address = await addressOf(message);
  return { address, is_local: isLocal(await readSettings()) };
}

/** @param {{article: number, edit: string}} named */
async function addressOf({ article, edit }) {
  if (!EDIT_NAME.test(String(edit))) throw new Failed("no-page");
  return `${await historyPage(article)}/edits/${edit}`;
}

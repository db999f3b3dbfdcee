/**
 * The reader's leave to send the text of pages, which Firefox keeps beside its other permissions, to be given and taken
 * back (`data_collection_permissions` in the manifest). Other browsers know no such leave: there, what the reader
 * presses is all of it.
 */
import { api } from "./extension-api.js";

/** Not in the types of Chrome's API. */
const TEXT = /** @type {any} */ ({ data_collection: ["websiteContent"] });

/** @returns {Promise<boolean>} */
export async function mayTellText() {
  return !isFirefox() || api.permissions.contains(TEXT);
}

/**
 * Asks for it, where there is something to ask: within the click itself, before anything is awaited.
 *
 * @returns {Promise<boolean>} whether it is given
 */
export async function askForText() {
  return !isFirefox() || api.permissions.request(TEXT);
}

function isFirefox() {
  return "getBrowserInfo" in api.runtime;
}

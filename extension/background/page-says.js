/**
 * What the page in a tab says of itself: read in the page when the popup or the panel asks, by files that are put there
 * for it. Nothing is sent.
 */
import { api } from "../shared/extension-api.js";
import { SAID } from "./content-files.js";
import { Failed } from "./failure.js";
import { readSettings } from "./settings.js";
import { reasonNotToAsk } from "./sites.js";

/** @typedef {import("../shared/contract.js").OwnWords} OwnWords */

const MAX_NOTES = 3;
const MAX_CHARS = 250;

/** @param {import("../shared/contract.js").AskOwnWords} message @returns {Promise<OwnWords>} */
export async function ownWords({ tab }) {
  const { url = "", incognito } = await api.tabs.get(tab);
  const reason = incognito ? "private-window" : reasonNotToAsk(url, await readSettings());
  if (reason) throw new Failed(reason);
  const target = { tabId: tab, frameIds: [0] };
  await api.scripting.executeScript({ target, files: SAID });
  const func = () => /** @type {any} */ (globalThis).RowbackOwnWords.read(document);
  const found = await api.scripting.executeScript({ target, func });
  return checked(found?.[0]?.result);
}

/** A page shares its process with what reads it: what comes is bounded here once more. @param {any} said */
function checked(said) {
  const notes = Array.isArray(said?.notes) ? said.notes.slice(0, MAX_NOTES) : [];
  return {
    published: instant(said?.published),
    modified: instant(said?.modified),
    notes: notes.filter((/** @type {unknown} */ one) => typeof one === "string" && one.length <= MAX_CHARS),
  };
}

/** @param {unknown} said */
function instant(said) {
  return typeof said === "string" && said.length < 60 && !Number.isNaN(Date.parse(said)) ? said : null;
}

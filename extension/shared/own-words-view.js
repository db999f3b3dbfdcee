/**
 * That a page says of itself that it was changed, where nothing that is stored shows what. In the popup and the panel.
 */
import { element, send, words } from "./extension-page.js";
import { DAY_MS, HOUR_MS, MINUTE_MS, changedAfter, storedOf } from "./said-change.js";

/** @typedef {import("./contract.js").OwnWords} OwnWords */
/** @typedef {import("./contract.js").PageReport} PageReport */

const STATES = new Set(["unknown", "none", "ready"]);

/** @param {HTMLElement} place @param {OwnWords | null} said @param {PageReport | undefined} page */
export function showOwnWords(place, said, page) {
  const lines = said && page && STATES.has(page.state) ? linesOf(said, page) : [];
  place.replaceChildren(...lines.map((line) => element("p", { dir: "auto" }, line)));
  place.hidden = !lines.length;
}

/** @param {OwnWords} said @param {PageReport} page */
function linesOf(said, page) {
  const after = changedAfter(said, Date.now());
  if (after === null && !said.notes.length) return [];
  const stored = storedOf(page, after === null ? null : said.modified);
  if (stored === null) return [];
  const changed = after === null ? [] : [words("said_changed", duration(after))];
  return [...changed, ...said.notes.map((note) => words("said_note", note)), words(stored)];
}

/** @param {number} ms in the largest unit that fits */
function duration(ms) {
  const [unit, size] = ms >= DAY_MS ? ["day", DAY_MS] : ms >= HOUR_MS ? ["hour", HOUR_MS] : ["minute", MINUTE_MS];
  const format = new Intl.NumberFormat(words("language_tag"), {
    style: "unit",
    unit: String(unit),
    unitDisplay: "long",
  });
  return format.format(Math.floor(ms / Number(size)));
}

/** @param {number} tab @param {PageReport | undefined} page @returns {Promise<OwnWords | null>} */
export async function askOwnWords(tab, page) {
  return STATES.has(page?.state ?? "") ? send({ name: "own-words", tab }).catch(() => null) : null;
}

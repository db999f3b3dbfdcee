/**
 * Going through the listed edits, by click or key: the current one is marked in the list and shown on the page.
 */
import { byId, send, words } from "../shared/extension-page.js";

/** @typedef {import("../shared/contract.js").Edit} Edit */

const STEPS = /** @type {Record<string, number>} */ ({ j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 });

/** @param {Edit} edit @param {number} tab @param {(text: string) => void} say */
export async function go(edit, tab, say) {
  document.querySelectorAll(".edit.current").forEach((item) => item.classList.remove("current"));
  markCurrent(edit.id);
  const isThere = await send({ name: "open-edit", tab, id: edit.id, exact: edit.anchor.exact });
  if (!isThere) say(words("panel_not_there"));
}

/** @param {string | null} id */
export function markCurrent(id) {
  if (id !== null)
    document
      .querySelector(`[data-go="${CSS.escape(id)}"]`)
      ?.closest("li")
      ?.classList.add("current");
}

/** @returns {string | null} */
export function currentId() {
  return document.querySelector(".edit.current [data-go]")?.getAttribute("data-go") ?? null;
}

/** @param {KeyboardEvent} event */
export function stepByKey(event) {
  if (!(event.key in STEPS) || byId("article").hidden || isTaken(event)) return;
  event.preventDefault();
  step(STEPS[event.key]);
}

/** By a field, or by what scrolls with it. @param {KeyboardEvent} event */
function isTaken({ key, target }) {
  return (
    target instanceof HTMLInputElement ||
    (key.startsWith("Arrow") && target instanceof Element && target.id === "timeline")
  );
}

/** @param {number} by */
function step(by) {
  const titles = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-go]")]);
  const at = titles.findIndex((title) => title.closest("li")?.classList.contains("current"));
  const next = at < 0 ? titles.at(by > 0 ? 0 : -1) : titles[Math.min(titles.length - 1, Math.max(0, at + by))];
  next?.focus();
  next?.click();
}

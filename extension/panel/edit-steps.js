/**
 * Going through the listed edits, by click or key: the current one is marked in the list and shown on the page.
 */
import { byId, send, words } from "../shared/extension-page.js";
import { stepFrom } from "./filter.js";

/** @typedef {import("../shared/contract.js").Edit} Edit */
/**
 * @typedef {object} Around
 * @property {() => number} tab whose page is asked to show the edit
 * @property {(text: string) => void} say
 */

const STEPS = /** @type {Record<string, number>} */ ({ j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 });

/** @param {Around} around */
export function editSteps({ tab, say }) {
  /** In the list's order. @type {Edit[]} */
  let listed = [];
  /** @type {string | null} */
  let current = null;

  /** @param {Edit} edit */
  async function go({ id, anchor }) {
    current = id;
    mark(id);
    const isThere = await send({ name: "open-edit", tab: tab(), id, exact: anchor.exact });
    if (!isThere) say(words("panel_not_there"));
  }

  return {
    go,
    /** The list was drawn: what was current still is, where it is listed. @param {Edit[]} edits */
    listed: (edits) => {
      listed = edits;
      current = edits.some(({ id }) => id === current) ? current : null;
      mark(current);
    },
    /** The edit that a key leads to; its name has the focus then. @param {KeyboardEvent} event */
    byKey: (event) => {
      if (!(event.key in STEPS) || byId("article").hidden || isTaken(event)) return undefined;
      event.preventDefault();
      const next = stepFrom(listed, current, STEPS[event.key]);
      if (next) nameOf(next.id)?.focus();
      return next;
    },
  };
}

/** @param {string | null} id */
function mark(id) {
  for (const item of document.querySelectorAll(".edit")) item.classList.remove("current");
  if (id !== null) nameOf(id)?.closest("li")?.classList.add("current");
}

/** @param {string} id @returns {HTMLElement | null} */
function nameOf(id) {
  return document.querySelector(`[data-go="${CSS.escape(id)}"]`);
}

/** By a field, or by what scrolls with it. @param {KeyboardEvent} event */
function isTaken({ key, target }) {
  return (
    target instanceof HTMLInputElement ||
    (key.startsWith("Arrow") && target instanceof Element && target.id === "timeline")
  );
}

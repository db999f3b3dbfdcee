/** *Show what changed*, in the popup and the panel: where the page says something newer than the store. */
import { element, send, words } from "./extension-page.js";
import { askForText } from "./text-leave.js";

/** @typedef {import("./contract.js").PageReport} PageReport */
/** @typedef {import("./page-view.js").Around} Around */

/**
 * What is to be said when the page and the store differ, and what the button does then.
 *
 * @param {PageReport["freshness"]} freshness
 * @param {string} backend
 * @returns {HTMLElement[]}
 */
export function freshnessNotes(freshness, backend) {
  if (freshness !== "newer" && freshness !== "older") return [];
  const note = element("p", { class: "notice", "data-fresh": freshness }, words(`fresh_${freshness}`));
  if (freshness === "older") return [note];
  return [note, element("p", { class: "quiet", id: "changed-note" }, words("changed_note", backend))];
}

/** @param {PageReport["freshness"]} freshness @param {Around} around @returns {HTMLElement[]} */
export function changedButton(freshness, around) {
  if (freshness !== "newer") return [];
  const attributes = { type: "button", class: "main", id: "show-changed", "aria-describedby": "changed-note" };
  const made = element("button", attributes, words("changed_show"));
  made.addEventListener("click", () => around.act(() => press(made, around)));
  return [made];
}

/** @param {HTMLButtonElement} button @param {Around} around */
async function press(button, { tab, say, checked }) {
  if (button.getAttribute("aria-disabled") === "true") return;
  const asked = askForText();
  // Disabled, it would lose the focus.
  button.setAttribute("aria-disabled", "true");
  button.textContent = words("popup_following");
  try {
    await asked; // refused, it is the worker that sends nothing
    const { isNew } = await send({ name: "show-changed", tab });
    say(words(isNew ? "changed_done" : "changed_same"));
    checked();
  } finally {
    button.removeAttribute("aria-disabled");
    button.textContent = words("changed_show");
    if (!button.isConnected && document.activeElement === document.body) focusNext();
  }
}

/** The button is gone with its reason: whoever pressed it by keyboard is not sent back to the top. */
function focusNext() {
  /** @type {HTMLElement | null} */ (document.querySelector("#page button, #actions button"))?.focus();
}

// @ts-check
/**
 * Keys for the list of triage: what they do is pressing what is on the page. They sleep while something is typed, and a
 * reader who needs single letters for something else switches them off in the list of keys.
 */
(() => {
  const OFF = "rowback-keys-off";
  const PLACE = "rowback-place";
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.reviews"));
  const help = /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog.keys-help"));
  if (!form || !help) return;
  const steps = /** @type {HTMLElement[]} */ (Array.from(form.querySelectorAll("[data-step]")));
  const opener = /** @type {HTMLButtonElement} */ (document.querySelector("button.keys"));
  const isOn = /** @type {HTMLInputElement} */ (help.querySelector("#keys-on"));
  for (const step of steps) step.tabIndex = -1;

  /** @param {Storage} storage @param {string} name */
  const kept = (storage, name) => {
    try {
      return storage.getItem(name);
    } catch {
      return null; // a browser that keeps nothing
    }
  };

  /** @param {Storage} storage @param {string} name @param {string | null} value */
  const keep = (storage, name, value) => {
    try {
      if (value === null) storage.removeItem(name);
      else storage.setItem(name, value);
    } catch {
      // likewise: then nothing is remembered
    }
  };

  const here = () => steps.findIndex((step) => step.contains(document.activeElement));

  /** @param {number} by */
  const go = (by) => {
    const at = here();
    const next = at < 0 ? 0 : Math.min(Math.max(at + by, 0), steps.length - 1);
    steps[next]?.focus();
    steps[next]?.scrollIntoView({ block: "nearest" });
  };

  /** Presses one of two buttons of the step that has the focus: there is always one of them. @param {string} either */
  const press = (either) => {
    const step = steps[here()];
    /** @type {HTMLButtonElement | null | undefined} */ (step?.querySelector(either))?.click();
  };

  const note = () => {
    const details = steps[here()]?.querySelector("details.noting");
    if (!(details instanceof HTMLDetailsElement)) return;
    details.open = true;
    details.querySelector("textarea")?.focus();
  };

  const showKeys = () => help.showModal();

  /** @type {Record<string, () => void>} */
  const keys = {
    j: () => go(1),
    k: () => go(-1),
    o: () => /** @type {HTMLElement | null | undefined} */ (steps[here()]?.querySelector(".excerpt a"))?.click(),
    e: () => press("[data-does=see], [data-does=unsee]"),
    s: () => press("[data-does=star], [data-does=unstar]"),
    n: note,
    "?": showKeys,
  };

  /** @param {EventTarget | null} target */
  const isTyped = (target) =>
    target instanceof HTMLElement && target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open || isTyped(event.target))
      return;
    if (!Object.hasOwn(keys, key) || !isOn.checked) return;
    event.preventDefault();
    keys[key]();
  });

  isOn.checked = kept(localStorage, OFF) === null;
  isOn.addEventListener("change", () => keep(localStorage, OFF, isOn.checked ? null : "1"));
  opener.hidden = false;
  opener.addEventListener("click", showKeys);

  const every = /** @type {HTMLButtonElement | null} */ (form.querySelector("button.every"));
  if (every) {
    every.hidden = false;
    every.addEventListener("click", () => {
      const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input[name=change]"));
      const are = Array.from(boxes).every((box) => box.checked);
      for (const box of boxes) box.checked = !are;
    });
  }

  // The page comes anew after each act: back to the step, or to the one that took its place in the list.
  form.addEventListener("submit", () => {
    const at = here();
    if (at >= 0) keep(sessionStorage, PLACE, JSON.stringify([steps[at].id, at]));
  });
  const place = kept(sessionStorage, PLACE);
  keep(sessionStorage, PLACE, null);
  if (place !== null && steps.length > 0) {
    const [id, at] = JSON.parse(place);
    (steps.find((step) => step.id === id) ?? steps[Math.min(at, steps.length - 1)]).focus();
  }
})();

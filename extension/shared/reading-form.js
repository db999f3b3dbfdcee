/**
 * The reader's choices about reading, as switches: the same on the onboarding page and in the options. All are off
 * until chosen.
 */
import { api } from "./extension-api.js";
import { byId, send, words } from "./extension-page.js";

/** @typedef {import("./contract.js").SettingsReport} SettingsReport */

/** @returns {Promise<void>} */
export async function watchReadingForm() {
  listen("keep", (keep) => send({ name: "set-reading", keep }));
  listen("links", (links) => send({ name: "set-reading", links }));
  listen("notify", async (notify) => {
    // Asked for within the click itself: see `listen`, which awaits nothing before.
    const isGiven = !notify || (await api.permissions.request({ permissions: ["notifications"] }));
    if (!isGiven) say(words("reading_no_notices"));
    await send({ name: "set-reading", notify: isGiven && notify });
  });
  await showReading();
}

export async function showReading() {
  /** @type {SettingsReport} */
  const settings = await send({ name: "settings" });
  for (const name of /** @type {const} */ (["keep", "links", "notify"])) {
    const box = /** @type {HTMLInputElement | null} */ (document.getElementById(`reading-${name}`));
    if (box) box.checked = settings[name];
  }
  byId("keep-note").textContent = words("reading_keep_note", settings.backend);
  byId("links-note").textContent = words(
    settings.is_local ? "reading_links_note_local" : "reading_links_note_remote",
    settings.backend,
  );
}

/** @param {string} name @param {(on: boolean) => Promise<unknown>} set */
function listen(name, set) {
  const box = /** @type {HTMLInputElement | null} */ (document.getElementById(`reading-${name}`));
  box?.addEventListener("change", async () => {
    say("");
    try {
      await set(box.checked);
    } catch (failure) {
      say(/** @type {{message?: string}} */ (failure).message ?? String(failure));
    }
    await showReading();
  });
}

/** @param {string} text */
function say(text) {
  byId("reading-said").textContent = text;
}

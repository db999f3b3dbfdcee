/**
 * The reader's choices about reading, as switches: the same on the onboarding page and in the options. All are off
 * until chosen.
 */
import { api } from "./extension-api.js";
import { byId, listed, send, words } from "./extension-page.js";
import { askForText } from "./text-leave.js";

/** @typedef {import("./contract.js").SettingsReport} SettingsReport */

/** @returns {Promise<void>} */
export async function watchReadingForm() {
  listen("keep", async (keep) => {
    const isGiven = await isLeaveGiven(keep);
    await send({ name: "set-reading", keep: isGiven && keep });
  });
  listen("links", (links) => send({ name: "set-reading", links }));
  listen("notify", async (notify) => {
    // Asked for within the click itself: see `listen`, which awaits nothing before.
    const isGiven = !notify || (await api.permissions.request({ permissions: ["notifications"] }));
    if (!isGiven) say(words("reading_no_notices"));
    await send({ name: "set-reading", notify: isGiven && notify });
  });
  pastBoxes().forEach((box) =>
    box.addEventListener("change", () =>
      change(async () => {
        const isGiven = await isLeaveGiven(box.value === "all"); // "followed" sends addresses only
        if (isGiven) await send({ name: "set-reading", past: box.value });
      }),
    ),
  );
  await showReading();
  void showArchives();
}

export async function showReading() {
  /** @type {SettingsReport} */
  const settings = await send({ name: "settings" });
  for (const name of /** @type {const} */ (["keep", "links", "notify"])) {
    const box = /** @type {HTMLInputElement | null} */ (document.getElementById(`reading-${name}`));
    if (box) box.checked = settings[name];
  }
  for (const box of pastBoxes()) box.checked = box.value === settings.past;
  byId("past-note").textContent = words("past_choice_note", settings.backend);
  byId("keep-note").textContent = words("reading_keep_note", settings.backend);
  byId("links-note").textContent = words(
    settings.is_local ? "reading_links_note_local" : "reading_links_note_remote",
    settings.backend,
  );
}

/** @param {string} name @param {(on: boolean) => Promise<unknown>} set */
function listen(name, set) {
  const box = /** @type {HTMLInputElement | null} */ (document.getElementById(`reading-${name}`));
  box?.addEventListener("change", () => change(() => set(box.checked)));
}

/** @param {() => Promise<unknown>} set */
async function change(set) {
  say("");
  try {
    await set();
  } catch (failure) {
    say(/** @type {{message?: string}} */ (failure).message ?? String(failure));
  }
  await showReading();
}

/** @returns {HTMLInputElement[]} */
function pastBoxes() {
  return [.../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[name=past]"))];
}

/** Asked for within the click itself, where texts of pages are to be sent. @param {boolean} isNeeded */
async function isLeaveGiven(isNeeded) {
  const isGiven = !isNeeded || (await askForText());
  if (!isGiven) say(words("error_text_refused"));
  return isGiven;
}

/** Which archives the backend asks, once it says so. */
export async function showArchives() {
  /** @type {string[] | null} */
  const archives = await send({ name: "archives" });
  byId("past-archives").textContent =
    archives === null ? "" : archives.length ? words("past_archives", listed(archives)) : words("past_no_archives");
}

/** @param {string} text */
function say(text) {
  byId("reading-said").textContent = text;
}

/**
 * What goes when this extension leaves a backend: its token, there and here, and all that was kept of its answers. On
 * which sites it may look stays.
 */
import { api } from "../shared/extension-api.js";
import { forgetAnswers } from "./answers.js";
import { forgetFollowed } from "./followed.js";
import { callBackend } from "./http.js";
import { forgetReads } from "./last-read.js";
import { forgetPairing } from "./pairing.js";
import { forgetPasts } from "./past.js";
import { madeToken } from "./settings.js";

/** The backend's page that says how to clean up after the extension was removed. */
const AFTERWARDS = "/removed";

/** Forgets what is known of a backend. Numbers and articles of one say nothing at another. */
export async function forgetBackend() {
  await Promise.all([forgetReads(), forgetFollowed(), forgetAnswers(), forgetPasts(), forgetPairing()]);
}

/**
 * Has the backend end the token that it made for this extension. One that was pasted in may be somebody else's, too,
 * and stays. A backend that does not answer lists it until its owner ends it.
 */
export async function giveBack() {
  const made = await madeToken();
  if (!made) return;
  await callBackend(made.backend, "/api/v1/token", { method: "DELETE", token: made.token }).catch(() => {});
}

/**
 * What the browser opens once the extension is removed: a page of the backend that answered last, which is told nothing
 * but that; no page where none did.
 *
 * @param {string | null} backend
 */
export async function leaveWord(backend) {
  const url = backend === null ? "" : backend + AFTERWARDS;
  await Promise.resolve(api.runtime.setUninstallURL?.(url)).catch(() => {});
}

/**
 * Gets a token from the backend without the reader typing anything, while the backend lets it.
 *
 * Tried whenever a token is needed and there is none. A failure is remembered for some seconds, so that twenty tabs
 * opened at once make one attempt.
 */
import { api } from "../shared/extension-api.js";
import { callBackend } from "./http.js";
import { Failed } from "./failure.js";
import { readSettings, rememberToken } from "./settings.js";

/** Long enough for a burst of tabs, shorter than it takes a person to start the backend and reload. */
const PAUSE_MS = 2_000;
/** That nobody listens is known at once and costs nothing to ask; a backend may be up a second later. */
const DOWN_PAUSE_MS = 500;

/**
 * A token for the backend; pairs when there is none.
 *
 * @param {{retry?: boolean}} [options] `retry`: a person asked, so do not heed an earlier failure
 * @returns {Promise<string>}
 */
export async function tokenFor({ retry = false } = {}) {
  const { token } = await readSettings();
  if (token) return token;
  // One at a time: the second of two attempts would find the door closed behind the first.
  return navigator.locks.request("pairing", async () => {
    const { backend, token: arrived } = await readSettings();
    if (arrived) return arrived;
    if (!retry) await heedLastFailure(backend);
    return pair(backend);
  });
}

/** @param {string} backend */
async function pair(backend) {
  try {
    const { body } = await callBackend(backend, "/api/v1/pair", { method: "POST", body: {} });
    if (typeof body?.token !== "string" || !body.token || body.token.length > 512) throw new Failed("backend-strange");
    await rememberToken(body.token);
    await api.storage.session.remove("pairing");
    return body.token;
  } catch (error) {
    const { code, message } = error instanceof Failed ? error : new Failed("backend-strange");
    await api.storage.session.set({ pairing: { backend, code, detail: message, at: Date.now() } });
    throw error;
  }
}

/** @param {string} backend */
async function heedLastFailure(backend) {
  const { pairing } = /** @type {Record<string, any>} */ (await api.storage.session.get("pairing"));
  const pause = pairing?.code === "backend-down" ? DOWN_PAUSE_MS : PAUSE_MS;
  if (!pairing || pairing.backend !== backend || Date.now() - pairing.at > pause) return;
  throw new Failed(pairing.code, pairing.detail);
}

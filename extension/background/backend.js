/**
 * The backend's API as functions. Finds the token, pairs again when it is no longer valid, checks what comes back.
 */
import { callBackend } from "./http.js";
import { Failed } from "./failure.js";
import { tokenFor } from "./pairing.js";
import { behind } from "./releases.js";
import { forgetToken, readSettings } from "./settings.js";

/**
 * A request with our token. A token refused (the database was replaced, or the token revoked) is forgotten: a
 * person may connect anew.
 *
 * @param {string} path
 * @param {{method?: string, body?: unknown, etag?: string, retry?: boolean}} [options]
 */
export async function ask(path, { retry, ...options } = {}) {
  const token = await tokenFor({ retry });
  const { backend } = await readSettings();
  try {
    return await callBackend(backend, path, { ...options, token });
  } catch (error) {
    if (!(error instanceof Failed) || error.code !== "no-token") throw error;
    await forgetRefused(token);
    return callBackend(backend, path, { ...options, token: await tokenFor({ retry }) });
  }
}

/** Only the token that was refused: another tab may have paired meanwhile.
 * @param {string} token */
async function forgetRefused(token) {
  const settings = await readSettings();
  if (settings.token !== token) return;
  await forgetToken();
  // Still there: it is the preset's, and pairing would not be asked for. Say that it is refused.
  if ((await readSettings()).token === token) throw new Failed("no-token");
}

/** @typedef {import("../shared/contract.js").Behind} Behind */

/**
 * Whether the backend is there and knows us.
 *
 * @param {{retry?: boolean}} options
 * @returns {Promise<{backend: string, version: string | undefined, behind: Behind | null}>}
 */
export async function checkConnection({ retry }) {
  const { backend } = await readSettings();
  const { body } = await callBackend(backend, "/api/v1/health");
  if (body?.status !== "ok") throw new Failed("backend-strange");
  await ask("/api/v1/articles?limit=1", { retry });
  const version = typeof body.version === "string" ? body.version.slice(0, 40) : undefined;
  return { backend, version, behind: behind(version, body.api) };
}

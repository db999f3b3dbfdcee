/**
 * What the popup, the options and the onboarding page ask for about the backend, and about what the reader has set.
 */
import { forgetAnswers } from "./answers.js";
import { checkConnection } from "./backend.js";
import { backendAddress } from "./backend-address.js";
import { openBackendPage } from "./backend-pages.js";
import { describeFailure } from "./failure.js";
import { forgetFollowed, keepAlarm } from "./followed.js";
import { tellPagesToReconsider } from "./grants.js";
import { forgetReads } from "./last-read.js";
import { forgetPasts } from "./past.js";
import { choose, isLocal, pastChoice, readPreset, readSettings, rememberBackend } from "./settings.js";
import { forgetPairing, waitingFor } from "./pairing.js";
import { behindNow } from "./releases.js";
import { words } from "./messages.js";

/**
 * @param {{retry?: boolean}} message
 * @returns {Promise<import("../shared/contract.js").Connection>}
 */
export async function connection({ retry = false }) {
  const { backend, token } = await readSettings();
  try {
    const { version, behind } = await checkConnection({ retry });
    // Pages that found no backend, or no token, can be answered now.
    if (retry || !token) await tellPagesToReconsider();
    return { backend, connected: true, version, behind };
  } catch (error) {
    return { backend, connected: false, error: describeFailure(error, words), pairing: await pairingOf(backend) };
  }
}

/** As it is known without asking. @returns {Promise<import("../shared/contract.js").Behind | null>} */
export async function whoIsBehind() {
  return behindNow((await readSettings()).backend);
}

/** What the owner is to compare, and where; the long code stays here. @param {string} backend */
async function pairingOf(backend) {
  const waiting = await waitingFor(backend);
  return waiting && { code: waiting.user_code, confirm: waiting.confirm, interval: waiting.interval };
}

/** @returns {Promise<import("../shared/contract.js").SettingsReport>} */
export async function settings() {
  const [now, preset] = await Promise.all([readSettings(), readPreset()]);
  const { backend, token, offSites, keep, keepSites, links, notify, past } = now;
  return {
    backend,
    preset: preset.backend,
    is_local: isLocal(now),
    has_token: token !== null,
    off_sites: offSites,
    keep,
    keep_sites: keepSites,
    links,
    notify,
    past,
  };
}

/**
 * An empty token means: the one there is, when the backend stays the same; else one to be had by pairing.
 *
 * @param {import("../shared/contract.js").SetBackend} message
 */
export async function setBackend({ backend: typed, token }) {
  const backend = backendAddress(typed);
  const before = await readSettings();
  if (backend !== before.backend || token.trim()) await rememberBackend(backend, token.trim());
  // Numbers and articles of another backend say nothing here.
  if (backend !== before.backend) await Promise.all([forgetReads(), forgetFollowed()]);
  await forgetPairing();
  await Promise.all([forgetAnswers(), forgetPasts()]);
  return connection({ retry: true });
}

/** What is kept, what is marked, what is told. @param {import("../shared/contract.js").SetReading} message */
export async function setReading({ keep, links, notify, past }) {
  for (const [name, on] of Object.entries({ keep, links, notify })) {
    if (typeof on === "boolean") await choose({ [name]: on });
  }
  if (past !== undefined) await choose({ past: pastChoice(past) });
  if (notify !== undefined) await keepAlarm();
  else await tellPagesToReconsider();
}

export async function openHome() {
  await openBackendPage("/");
}

/**
 * At install and at each start of the browser, so that the first article need not wait. A failure is shown when asked.
 */
export async function connectEarly() {
  await connection({ retry: false });
}

/**
 * What the popup, the options and the onboarding page ask for about the backend, and about what the reader has set.
 */
import { forgetAnswers } from "./answers.js";
import { checkConnection } from "./backend.js";
import { backendAddress } from "./backend-address.js";
import { openBackendPage } from "./backend-pages.js";
import { describeFailure } from "./failure.js";
import { keepAlarm } from "./followed.js";
import { tellPagesToReconsider } from "./grants.js";
import { invitationIn, join } from "./join-requests.js";
import { forgetBackend, giveBack, leaveWord } from "./leaving.js";
import { forgetPasts } from "./past.js";
import { choose, dropToken, isLocal, pastChoice, readPreset, readSettings, rememberBackend } from "./settings.js";
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
    await leaveWord(backend);
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
 * An empty token means: the one there is, when the backend stays the same; else one to be had by pairing. In the place
 * of a token an invitation's code may stand, and its link in that of the address. What does not let in changes nothing.
 *
 * @param {import("../shared/contract.js").SetBackend} message
 */
export async function setBackend({ backend: typed, token }) {
  const invitation = invitationIn(typed, token);
  const backend = invitation?.backend ?? backendAddress(typed);
  const given = invitation ? await join(invitation) : token.trim();
  const before = await readSettings();
  const isOther = backend !== before.backend;
  if (isOther || given) {
    await giveBack();
    await rememberBackend(backend, given, invitation !== null);
  }
  // What another backend, or another reader of it, was told says nothing here.
  if (isOther || invitation) await forgetBackend();
  else await Promise.all([forgetPairing(), forgetAnswers(), forgetPasts()]);
  return connection({ retry: true });
}

/** Leaves the backend, until a person connects again; which sites are allowed stays. */
export async function disconnect() {
  await giveBack();
  await dropToken();
  await Promise.all([forgetBackend(), leaveWord(null)]);
  await tellPagesToReconsider();
  return connection({ retry: false });
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

/**
 * How this extension comes by its token: it asks the backend to be paired and shows a code; the backend's owner
 * compares it
 * and says yes; then the token is there to be fetched. After the device flow of RFC 8628.
 *
 * A pairing is begun when a person asks, and looked after whenever a token is needed. It is kept in `storage.session`
 * under
 * `pairing`, because the worker may end in between.
 */
import { api } from "../shared/extension-api.js";
import { ownPage } from "./backend-address.js";
import { callBackend } from "./http.js";
import { Failed } from "./failure.js";
import { readSettings, rememberToken } from "./settings.js";
import { words } from "./messages.js";

/** What a failure is remembered for: long enough for a burst of tabs, shorter than it takes a person to press again. */
// In this order: a browser names those that it descends from, and Android Linux.
const BROWSERS = [
  ["Edg/", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["Chrome/", "Chrome"],
];
const SYSTEMS = [
  ["Android", "Android"],
  ["iPhone", "iOS"],
  ["iPad", "iOS"],
  ["Windows", "Windows"],
  ["CrOS", "ChromeOS"],
  ["Mac OS X", "macOS"],
  ["Linux", "Linux"],
];
const PAUSE_MS = 2_000;
/** Longer than any backend lets a pairing wait. */
const MAX_WAIT_S = 3_600;
const OVER = new Set(["pairing-denied", "pairing-expired"]);

/**
 * @typedef {object} Waiting
 * @property {string} backend its address
 * @property {string} device_code secret
 * @property {string} user_code what the owner compares
 * @property {string} confirm the backend's page that asks the owner
 * @property {number} interval ms between two questions
 * @property {number} next when it may be asked again, ms
 * @property {number} expires ms
 */

/**
 * A token for the backend. Without one it fails with `pairing-pending` while the owner is asked, else with what
 * stands in the
 * way.
 *
 * @param {{retry?: boolean}} [options] `retry`: a person asked, so begin a pairing where none waits
 * @returns {Promise<string>}
 */
export async function tokenFor({ retry = false } = {}) {
  const { token } = await readSettings();
  if (token) return token;
  // One at a time: twenty tabs that are opened at once ask once.
  return navigator.locks.request("pairing", async () => {
    const { backend, token: arrived } = await readSettings();
    if (arrived) return arrived;
    const waiting = await waitingFor(backend);
    if (waiting) return fetchToken(waiting);
    if (!retry) throw new Failed("not-connected");
    return begin(backend);
  });
}

/** The pairing that waits for this backend's owner. @param {string} backend @returns {Promise<Waiting | null>} */
export async function waitingFor(backend) {
  const { pairing } = /** @type {{pairing?: Waiting}} */ (await api.storage.session.get("pairing"));
  return pairing?.backend === backend && Date.now() < pairing.expires ? pairing : null;
}

export async function forgetPairing() {
  await api.storage.session.remove("pairing");
}

/** @param {string} backend @returns {Promise<never | string>} */
async function begin(backend) {
  const { body } = await callBackend(backend, "/api/v1/pair", { method: "POST", body: { name: ownName() } });
  // Backends before 0.2 gave the first extension that asked its token right away.
  if (typeof body?.token === "string") return keep(body.token);
  await api.storage.session.set({ pairing: checkBegun(body, backend) });
  throw new Failed("pairing-pending");
}

/** @param {Waiting} waiting */
async function fetchToken(waiting) {
  if (Date.now() < waiting.next) throw new Failed("pairing-pending");
  await api.storage.session.set({ pairing: { ...waiting, next: Date.now() + waiting.interval } });
  try {
    const { device_code } = waiting;
    const { body } = await callBackend(waiting.backend, "/api/v1/pair/token", {
      method: "POST",
      body: { device_code },
    });
    return await keep(body?.token);
  } catch (error) {
    if (error instanceof Failed && OVER.has(error.code)) await forgetPairing();
    throw error;
  }
}

/** @param {unknown} token */
async function keep(token) {
  if (typeof token !== "string" || !token || token.length > 512) throw new Failed("backend-strange");
  await rememberToken(token, true);
  await forgetPairing();
  return token;
}

/** @param {any} body @param {string} backend @returns {Waiting} */
function checkBegun(body, backend) {
  const { device_code, user_code, confirm, expires_in, interval } = body ?? {};
  const isText = [device_code, user_code, confirm].every((part) => typeof part === "string" && part.length < 1_000);
  if (!isText || !(expires_in > 0) || ownPage(confirm, backend) === null) {
    throw new Failed("backend-strange");
  }
  const wait = Math.max(PAUSE_MS, Math.min(Number(interval) || 0, 60) * 1_000);
  const expires = Date.now() + Math.min(expires_in, MAX_WAIT_S) * 1_000;
  return { backend, device_code, user_code, confirm, interval: wait, next: Date.now() + wait, expires };
}

/** What the owner is told of who asks. */
export function ownName() {
  const agent = navigator.userAgent ?? "";
  const named = (/** @type {string[][]} */ known) => known.find(([sign]) => agent.includes(sign))?.[1] ?? "?";
  return words("pairing_name", named(BROWSERS), named(SYSTEMS));
}

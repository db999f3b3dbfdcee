/**
 * Whether this extension and the backend are of one time. The backend says its release with every answer; the last is
 * remembered until the browser is closed.
 */
import { api } from "../shared/extension-api.js";

/** The API that this extension speaks. */
export const API = 1;
const RELEASE = /^\d{1,6}(\.\d{1,6}){0,3}/;

/** @typedef {import("../shared/contract.js").Behind} Behind */

/** @returns {string} */
export function ownRelease() {
  return api.runtime.getManifest().version;
}

/**
 * Which of the two is the older one, null when neither is, or nothing can be told.
 *
 * @param {unknown} backend its release
 * @param {unknown} [speaks] the number of its API, which counts for more
 * @returns {Behind | null}
 */
export function behind(backend, speaks = API) {
  const own = ownRelease();
  if (typeof backend !== "string" || !RELEASE.test(backend)) return null;
  const order = (Number.isSafeInteger(speaks) ? Number(speaks) - API : 0) || compare(backend, own);
  if (!order) return null;
  return { who: order < 0 ? "backend" : "extension", backend: backend.slice(0, 40), extension: own };
}

/** @param {string} one @param {string} other */
function compare(one, other) {
  const [a, b] = [one, other].map((each) => (RELEASE.exec(each)?.[0] ?? "").split(".").map(Number));
  for (let place = 0; place < 4; place++) {
    const difference = (a[place] ?? 0) - (b[place] ?? 0);
    if (difference) return difference;
  }
  return 0;
}

/** @param {string} backend its address @param {string | null} said */
export async function noteRelease(backend, said) {
  if (said === null || !RELEASE.test(said)) return;
  const heard = { backend, version: said.slice(0, 40) };
  const { release } = /** @type {Record<string, any>} */ (await api.storage.session.get("release"));
  if (release?.backend === backend && release.version === heard.version) return;
  await api.storage.session.set({ release: heard });
}

/**
 * Whether a backend says its release. One of before does not, and where the browser asks it which headers it takes, it
 * knows ours not.
 *
 * @param {string} backend
 */
export async function saysRelease(backend) {
  const { release } = /** @type {Record<string, any>} */ (await api.storage.session.get("release"));
  return release?.backend === backend;
}

/** As it was heard last of this backend. @param {string} backend @returns {Promise<Behind | null>} */
export async function behindNow(backend) {
  const { release } = /** @type {Record<string, any>} */ (await api.storage.session.get("release"));
  return release?.backend === backend ? behind(release.version) : null;
}

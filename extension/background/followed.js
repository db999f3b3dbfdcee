/**
 * Tells of changes to the articles that were followed from this browser: one small request now and then, if the reader
 * wants it. What is followed is listed in the extension; the backend watches far more.
 */
import { api } from "../shared/extension-api.js";
import { ask } from "./backend.js";
import { readSettings } from "./settings.js";
import { checkLookup } from "./shapes.js";
import { count, words } from "./messages.js";

const ALARM = "followed";
/**
 * The backend looks at a fresh article after some ten minutes, and then ever less: what it finds is told this much
 * later
 * at most.
 */
const PERIOD_MIN = 15;
/** One lookup's worth; the articles followed first go first. */
const MAX_FOLLOWED = 500;

/** `versions` is how many there were when the reader last saw the article or was told of it.
 * @typedef {{url: string, title: string, versions: number}} Followed */
/** @typedef {import("./shapes.js").Known} Known */

/**
 * Which of the followed have changed, and how often. Pure.
 *
 * @param {Followed[]} followed
 * @param {Record<string, Known | null>} known
 * @returns {{url: string, title: string, changes: number, versions: number}[]}
 */
export function changesOf(followed, known) {
  return followed.flatMap(({ url, title, versions }) => {
    const now = known[url]?.version_count ?? 0;
    return now > versions ? [{ url, title, changes: now - versions, versions: now }] : [];
  });
}

/** @param {import("../shared/contract.js").Article} article */
export async function noteFollowed({ url, title, version_count: versions }) {
  await change((followed) =>
    [...followed.filter((one) => one.url !== url), { url, title, versions }].slice(-MAX_FOLLOWED),
  );
}

/** @param {string} url */
export async function noteUnfollowed(url) {
  await change((followed) => followed.filter((one) => one.url !== url));
}

/** The reader sees the article now: no need to be told. @param {import("../shared/contract.js").Article} article */
export async function noteSeen({ url, version_count: versions }) {
  if (!(await stored()).some((one) => one.url === url && one.versions !== versions)) return;
  await change((followed) => followed.map((one) => (one.url === url ? { ...one, versions } : one)));
}

/** Whether one of these addresses was followed from this browser. @param {string[]} urls */
export async function isFollowed(urls) {
  return (await stored()).some(({ url }) => urls.includes(url));
}

export async function forgetFollowed() {
  await change(() => []);
}

/** Sets the alarm where it is wanted and may be heard, and removes it where not. */
export async function keepAlarm() {
  const isWanted = (await readSettings()).notify && (await mayNotify());
  if (!isWanted) await api.alarms.clear(ALARM);
  else if (!(await api.alarms.get(ALARM))) await api.alarms.create(ALARM, { periodInMinutes: PERIOD_MIN });
}

/** @param {{name: string}} alarm */
export async function onAlarm({ name }) {
  if (name === ALARM) await tellOfChanges();
}

/** A backend that is away is asked again at the next turn: silence is the right thing to say. */
export async function tellOfChanges() {
  const followed = await stored();
  if (!followed.length || !(await mayNotify())) return;
  const { body } = await ask("/api/v1/lookup", { method: "POST", body: { urls: followed.map(({ url }) => url) } });
  const changed = changesOf(followed, checkLookup(body));
  await Promise.all(changed.map(notify));
  const versions = new Map(changed.map((one) => [one.url, one.versions]));
  await change((all) => all.map((one) => ({ ...one, versions: Math.max(one.versions, versions.get(one.url) ?? 0) })));
}

/** @param {{url: string, title: string, changes: number}} changed */
function notify({ url, title, changes }) {
  return api.notifications.create(url, {
    type: "basic",
    iconUrl: api.runtime.getURL("icons/128.png"),
    title: title || new URL(url).hostname,
    message: count("notice_changed", changes),
    contextMessage: words("notice_source"),
  });
}

/** A notification's id is the article's address. @param {string} id */
export async function onNotificationClicked(id) {
  if (!(await stored()).some(({ url }) => url === id)) return;
  await api.tabs.create({ url: id });
  await api.notifications.clear(id);
}

/** The permission is asked for when the reader wants it, and may be taken back. */
async function mayNotify() {
  return Boolean(api.notifications) && api.permissions.contains({ permissions: ["notifications"] });
}

/** @returns {Promise<Followed[]>} */
async function stored() {
  const { followed } = /** @type {Record<string, any>} */ (await api.storage.local.get("followed"));
  return Array.isArray(followed) ? followed : [];
}

/** @param {(followed: Followed[]) => Followed[]} make */
async function change(make) {
  await navigator.locks.request("followed", async () => api.storage.local.set({ followed: make(await stored()) }));
}

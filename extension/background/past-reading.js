/**
 * The past of what is read. A content script can say that it is an article, and ask how far its own past is; whether
 * archives are to be asked unasked is decided here, and at most once a day of an article: `sought` in `storage.local`
 * holds the day, and hashes of addresses that nobody can tell without its salt.
 */
import { api } from "../shared/extension-api.js";
import { mayTellText } from "../shared/text-leave.js";
import { seenIn } from "./capture.js";
import { Failed } from "./failure.js";
import { againIn, archives, pastForPage, pastOf, want } from "./past.js";
import { readSettings } from "./settings.js";
import { askedAs, isLoopback, reasonNotToAsk } from "./sites.js";

/** @typedef {chrome.runtime.MessageSender} Sender */
/** @typedef {import("../shared/contract.js").PagePast} PagePast */

const MAX_A_DAY = 2_000;

/** @param {unknown} _message @param {Sender} sender @returns {Promise<PagePast | null>} */
export async function pastHere(_message, sender) {
  if (await isLeftAlone(sender)) throw new Failed("no-page");
  const { past, same } = await pastOf(askedAs(addressOf(sender)));
  return past && { versions: past.versions, again: againIn(past, same, Date.now()) };
}

/** @param {unknown} _message @param {Sender} sender @returns {Promise<boolean>} */
export async function maySeek(_message, sender) {
  if ((await readSettings()).past !== "all" || (await isLeftAlone(sender)) || !(await mayTellText())) return false;
  const url = new URL(addressOf(sender));
  if (isLoopback(url.hostname.replace(/^\[|\]$/g, ""))) return false;
  const { hashes, salt } = await soughtToday();
  return !hashes.includes(await hashOf(url.href, salt)) && (await archives().catch(() => [])).length > 0;
}

/** @param {unknown} message @param {Sender} sender @returns {Promise<PagePast | null>} */
export async function seekRead(message, sender) {
  const tab = sender.tab?.id;
  if (typeof tab !== "number" || !(await maySeek(message, sender))) throw new Failed("not-kept");
  await noteSought(addressOf(sender));
  const { past } = await want(await seenIn(tab, false));
  return past && pastForPage(past);
}

/** @param {Sender} sender */
async function isLeftAlone(sender) {
  if (sender.tab?.incognito || sender.frameId !== 0) return true;
  return reasonNotToAsk(addressOf(sender), await readSettings()) !== null;
}

/** Where the tab is now: a page that moves without loading is not where its document came from.
 * @param {Sender} sender */
function addressOf({ tab, url }) {
  const known = new URL(String(url));
  const now = URL.canParse(tab?.url ?? "") ? new URL(String(tab?.url)) : known;
  return now.origin === known.origin ? now.href : known.href;
}

/** @param {string} url */
async function noteSought(url) {
  await navigator.locks.request("sought", async () => {
    const { day, salt, hashes } = await soughtToday();
    const all = [...hashes, await hashOf(url, salt)].slice(-MAX_A_DAY);
    await api.storage.local.set({ sought: { day, salt, hashes: all } });
  });
}

/** Another day begins with another salt. @returns {Promise<{day: string, salt: string, hashes: string[]}>} */
async function soughtToday() {
  const day = new Date().toDateString();
  const { sought } = /** @type {Record<string, any>} */ (await api.storage.local.get("sought"));
  return sought?.day === day ? sought : { day, salt: crypto.randomUUID(), hashes: [] };
}

/** @param {string} url @param {string} salt */
async function hashOf(url, salt) {
  const bytes = new TextEncoder().encode(`${salt}${askedAs(url)}`);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...hash.slice(0, 12)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

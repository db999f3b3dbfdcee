/**
 * What the popup and the panel ask for about the past of the article in a tab, and what the options ask of archives.
 */
import { api } from "../shared/extension-api.js";
import { seenIn } from "./capture.js";
import { Failed } from "./failure.js";
import { againIn, archives, pastOf, stop, want } from "./past.js";
import { readSettings } from "./settings.js";
import { askedAs, isLoopback, reasonNotToAsk } from "./sites.js";
import { describe } from "./tabs.js";

/** @typedef {import("../shared/contract.js").PastReport} PastReport */
/** @typedef {Awaited<ReturnType<typeof pastOf>>} Kept */

/** @param {import("../shared/contract.js").AskPast} message @returns {Promise<PastReport>} */
export async function pastIn({ tab }) {
  const kept = await pastOf(await addressIn(tab));
  await tellPage(tab, kept, false);
  return reportOf(tab, kept);
}

/** @param {import("../shared/contract.js").SeekPast} message @returns {Promise<PastReport>} */
export async function seekPast({ tab, captures }) {
  const kept = await want(await seenIn(tab, true), captures);
  if (!(await tellPage(tab, kept, true))) await api.tabs.sendMessage(tab, { name: "reconsider" }, { frameId: 0 });
  return reportOf(tab, kept);
}

/** @param {import("../shared/contract.js").StopPast} message @returns {Promise<PastReport>} */
export async function stopPast({ tab }) {
  const kept = await stop(await addressIn(tab));
  await tellPage(tab, kept, false);
  return reportOf(tab, kept);
}

/** @returns {Promise<string[] | null>} */
export async function archivesNow() {
  return archives().catch(() => null);
}

/** @param {number} tab */
async function addressIn(tab) {
  const { url = "", incognito } = await api.tabs.get(tab);
  const reason = incognito ? "private-window" : reasonNotToAsk(url, await readSettings());
  if (reason) throw new Failed(reason);
  return askedAs(url);
}

/**
 * The page shows what is new, also where it is not in front.
 *
 * @param {number} tab
 * @param {Kept} kept
 * @param {boolean} isNew the page was stored just now
 * @returns {Promise<boolean>} whether it took note
 */
async function tellPage(tab, { past, same }, isNew) {
  if (!past) return false;
  const told = { versions: past.versions, again: againIn(past, same, Date.now()) };
  const answer = await api.tabs.sendMessage(tab, { name: "past", past: told, isNew }, { frameId: 0 }).catch(() => null);
  return answer === true;
}

/** @param {number} tab @param {Kept} kept @returns {Promise<PastReport>} */
async function reportOf(tab, { url, past, same }) {
  const [page, { backend }, titles] = await Promise.all([describe(tab, false), readSettings(), archives()]);
  return {
    past,
    again: againIn(past, same, Date.now()),
    // No archive has what is on this machine.
    archives: isLoopback(new URL(url).hostname.replace(/^\[|\]$/g, "")) ? [] : titles,
    backend,
    edits: page?.edits ?? 0,
  };
}

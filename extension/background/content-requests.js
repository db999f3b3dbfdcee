/**
 * What content scripts ask for. Every handler knows its page from the browser's word (`sender`), not from the page's.
 */
import { api } from "../shared/extension-api.js";
import { openEditPage } from "./edit-pages.js";
import { Failed, describeFailure } from "./failure.js";
import { isFollowed, noteSeen } from "./followed.js";
import { isGranted } from "./grants.js";
import { lookUp, openHistory } from "./lookup.js";
import { noteRead } from "./last-read.js";
import { dress } from "./page-files.js";
import { pastForPage } from "./past.js";
import { readSettings } from "./settings.js";
import { askedAs, canonicalOf, reasonNotToAsk } from "./sites.js";
import { tell } from "./page-words.js";
import { checkTold, forgetTold, noteTold } from "./tab-article.js";
import { showAnswer, showHidden, showNothing, showTrouble } from "./toolbar.js";
import { words } from "./messages.js";

/** @typedef {chrome.runtime.MessageSender} Sender */

const BETWEEN_TABS_MS = 2_000;

/**
 * @param {import("../shared/contract.js").Look} message
 * @param {Sender} sender
 */
export async function look(message, sender) {
  const tab = tabOf(sender);
  const url = addressOf(message.url, sender);
  const reason = sender.tab?.incognito ? "private-window" : reasonNotToAsk(url, await readSettings());
  if (reason) {
    await showNothing(tab);
    throw new Failed(reason);
  }
  try {
    const canonical = typeof message.canonical === "string" ? message.canonical : null;
    const { answer, past } = await lookUp(url, canonical);
    await showAnswer(tab, answer);
    if (answer) await remember(answer, tab);
    if (answer?.edits.length || answer?.passing.length) await dress(sender);
    tellPanel(tab);
    return replyOf(answer, past);
  } catch (error) {
    await showTrouble(tab, describeFailure(error, words));
    throw error;
  }
}

/**
 * What a page is told. Which archives there are is not for it to know.
 *
 * @param {import("../shared/contract.js").Answer | null} answer
 * @param {import("../shared/contract.js").Past | null} told
 * @returns {import("../shared/contract.js").LookReply}
 */
function replyOf(answer, told) {
  const past = told && pastForPage(told);
  if (!answer) return past?.again ? { article: null, past } : null;
  return { ...answer, backfill: null, told: tell(answer), past };
}

/** @param {import("../shared/contract.js").Answer} answer @param {number} tab */
async function remember({ article, versions }, tab) {
  await noteTold(tab, article.id);
  const latest = versions.at(-1);
  if (latest) await noteRead(article.id, latest.seen_at);
  await noteSeen(article);
}

/** The panel may be open beside this tab, and mostly is not. @param {number} tab */
function tellPanel(tab) {
  api.runtime.sendMessage({ name: "page-changed", tab }).catch(() => {});
}

/** @param {unknown} _message @param {Sender} sender */
export async function leave(_message, sender) {
  const tab = tabOf(sender);
  await Promise.all([showNothing(tab), forgetTold(tab)]);
  tellPanel(tab);
}

/**
 * The page hides or covers marks of ours, or does so no more.
 *
 * @param {import("../shared/contract.js").MarksHidden} message
 * @param {Sender} sender
 */
export async function marksHidden({ hidden }, sender) {
  const tab = tabOf(sender);
  await showHidden(tab, hidden > 0);
  tellPanel(tab);
}

/**
 * Nothing is sent: the list is the extension's own.
 *
 * @param {import("../shared/contract.js").IsFollowed} message
 * @param {Sender} sender
 * @returns {Promise<boolean>}
 */
export async function followedHere({ url, canonical }, sender) {
  const page = addressOf(url, sender);
  const other = canonicalOf(page, typeof canonical === "string" ? canonical : null);
  return isFollowed([askedAs(page), ...(other ? [other] : [])]);
}

/** @param {unknown} _message @param {Sender} sender */
export async function allowed(_message, sender) {
  return isGranted(String(sender.url));
}

/** @param {import("../shared/contract.js").OpenHistory} message @param {Sender} sender */
export async function openOwnHistory({ article }, sender) {
  await checkTold(sender, article);
  await holdBack(tabOf(sender));
  await openHistory(article);
}

/** @param {import("../shared/contract.js").OpenEditPage} message @param {Sender} sender */
export async function openOwnEditPage(message, sender) {
  await checkTold(sender, message.article);
  await holdBack(tabOf(sender));
  await openEditPage(message);
}

/**
 * The reader's click is only seen in the page, whose process may be another's by now: it gets no more tabs than a
 * reader would open. Key `opened:TAB` in `storage.session`.
 *
 * @param {number} tab
 */
async function holdBack(tab) {
  const key = `opened:${tab}`;
  const before = /** @type {Record<string, any>} */ (await api.storage.session.get(key))[key] ?? 0;
  if (Date.now() - before < BETWEEN_TABS_MS) throw new Failed("too-many-tabs");
  await api.storage.session.set({ [key]: Date.now() });
}

/** @param {Sender} sender */
function tabOf(sender) {
  if (typeof sender.tab?.id !== "number" || sender.frameId !== 0) throw new Failed("no-page");
  return sender.tab.id;
}

/**
 * The address the page shows now. A page that moves without loading changes it before the browser's own record follows,
 * so the content script says it; it is believed within the origin that the browser knows.
 *
 * @param {unknown} said
 * @param {Sender} sender
 */
function addressOf(said, sender) {
  const known = new URL(String(sender.url));
  const url = typeof said === "string" && URL.canParse(said) ? new URL(said) : known;
  return url.origin === known.origin ? url.href : known.href;
}

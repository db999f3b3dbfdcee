/**
 * One table from message name to handler, and the one place where a handler's error becomes a reply.
 */
import { feedsFollowed, followSeveral, lookFirst, outlets, readOpml } from "./begin-requests.js";
import { checkHere, checkIn, checkNow, showChanged } from "./check-requests.js";
import { openEdit } from "./commands.js";
import { connection, disconnect, openHome, setBackend, setReading, settings, whoIsBehind } from "./connection.js";
import { Failed, describeFailure } from "./failure.js";
import { editAddress, openEditPage } from "./edit-pages.js";
import { history, version } from "./panel-requests.js";
import { keepRead, mayKeep, storedText } from "./keep.js";
import { lookUpLinks, mayMarkLinks } from "./link-lookup.js";
import { openHistoryPage } from "./lookup.js";
import { keepOwnMode, ownMode, setMode } from "./mode.js";
import { ownWords } from "./page-says.js";
import {
  allowed,
  followedHere,
  leave,
  look,
  marksHidden,
  openOwnEditPage,
  openOwnHistory,
} from "./content-requests.js";
import { bringRest } from "./page-files.js";
import { forgetReads } from "./last-read.js";
import { maySeek, pastHere, seekRead } from "./past-reading.js";
import { archivesNow, pastIn, seekPast, stopPast } from "./past-requests.js";
import { followSite, openSite, refollowSite, siteFollowed, unfollowSite } from "./site-feeds.js";
import { askTab, follow, followStored, setKeeping, setSite, showFirst, unfollow } from "./tabs.js";
import { dismissUpdate, openNews, whatUpdated } from "./updated.js";
import { ownWordings, wordings } from "./wordings.js";
import { words } from "./messages.js";

/** @typedef {chrome.runtime.MessageSender} Sender */
/** @typedef {(message: any, sender: Sender) => Promise<unknown>} Handler */

/** @type {Record<string, Handler>} From content scripts. */
const FROM_PAGES = {
  rest: bringRest,
  look,
  leave,
  allowed,
  "is-followed": followedHere,
  "marks-hidden": marksHidden,
  "open-history": openOwnHistory,
  "open-edit-page": openOwnEditPage,
  "may-keep": mayKeep,
  "keep-read": keepRead,
  "stored-text": storedText,
  wordings: ownWordings,
  "may-mark-links": mayMarkLinks,
  "look-up-links": lookUpLinks,
  "past-here": pastHere,
  "check-here": checkHere,
  "may-seek": maySeek,
  "seek-read": seekRead,
  mode: ownMode,
  "keep-mode": keepOwnMode,
};

/**
 * Only our own pages may change settings or have any page's text sent: a content script shares a process with its page.
 * @type {Record<string, Handler>}
 */
const FROM_OUR_PAGES = {
  tab: askTab,
  follow,
  "follow-stored": followStored,
  unfollow,
  "show-first": showFirst,
  "show-changed": showChanged,
  "check-now": checkNow,
  check: checkIn,
  "set-site": setSite,
  "follow-site": followSite,
  "site-followed": siteFollowed,
  "unfollow-site": unfollowSite,
  "refollow-site": refollowSite,
  "open-site": openSite,
  outlets,
  feeds: feedsFollowed,
  "look-first": lookFirst,
  "follow-several": followSeveral,
  "read-opml": readOpml,
  "set-keeping": setKeeping,
  "set-reading": setReading,
  "forget-reading": forgetReads,
  "set-mode": setMode,
  "open-edit": openEdit,
  history,
  version,
  wordings,
  connection,
  behind: whoIsBehind,
  updated: whatUpdated,
  "dismiss-update": dismissUpdate,
  "open-news": openNews,
  settings,
  "set-backend": setBackend,
  disconnect,
  "own-words": ownWords,
  "open-home": openHome,
  "open-history": openHistoryPage,
  "open-edit-page": openEditPage,
  "edit-address": editAddress,
  past: pastIn,
  "seek-past": seekPast,
  "stop-past": stopPast,
  archives: archivesNow,
};

/**
 * @param {any} message
 * @param {Sender} sender
 * @param {string} ownAddress where our own pages live
 * @returns {Promise<import("../shared/contract.js").Reply>}
 */
export async function route(message, sender, ownAddress) {
  try {
    const handlers = sender.url?.startsWith(ownAddress) ? FROM_OUR_PAGES : FROM_PAGES;
    const name = String(message?.name);
    if (!Object.hasOwn(handlers, name)) throw new Failed("unknown-message", name);
    return { ok: true, value: await handlers[name](message, sender) };
  } catch (error) {
    if (!(error instanceof Failed)) console.error(error);
    return { ok: false, error: describeFailure(error, words) };
  }
}

/** The third step: the reader's own addresses first, then packs and countries; each is read before it is followed. */
import { api } from "../shared/extension-api.js";
import { byId, figure, send, words } from "../shared/extension-page.js";
import { change, choiceOf, choose, newChoices, tally } from "./choices.js";
import { showOffered, wishFor } from "./outlets-shown.js";
import { outletRow } from "./outlet-row.js";
import { addOwn, nameOf, showOpenSites, watchOwn } from "./own-sites.js";
import { askForSites, showSitesNote } from "./sites-asked.js";

/** @typedef {import("./choices.js").Choice} Choice */
/** @typedef {import("../shared/contract.js").SiteFeed} SiteFeed */
/**
 * @typedef {object} FollowStep
 * @property {import("./choices.js").Choices} choices
 * @property {Map<string, (() => void)[]>} rows what shows each address anew
 * @property {import("./own-sites.js").Own} own
 * @property {boolean} isOpen the backend's lists are shown
 */

/** What was chosen and not followed yet outlives a reload, in this tab alone. */
const KEPT = "chosen";

/** @param {(isDone: boolean) => void} onDone told whether anything is followed @returns {FollowStep} */
export function watchFollowStep(onDone) {
  const choices = newChoices(
    ({ url, kind, site }) => send({ name: "look-first", url, kind, site }),
    (choice) => {
      for (const again of step.rows.get(choice.wish.url) ?? []) again();
      showTally(step);
      onDone([...choices.all.values()].some(({ state }) => state === "followed"));
    },
  );
  /** @type {import("./own-sites.js").Own} */
  const own = { choices, row: (wish, told) => rowOf(step, wish, told), shown: new Set() };
  /** @type {FollowStep} */
  const step = { choices, rows: new Map(), own, isOpen: false };
  watchOwn(own);
  byId("follow-chosen").addEventListener("click", () => void followChosen(step));
  api.permissions.onAdded.addListener(() => void showOpenSites(own));
  showSitesNote(byId("follow-sites"));
  closeStep(words("follow_connect_first"));
  return step;
}

/** Shows what there is to choose from, once the backend can be asked. @param {FollowStep} step */
export async function openStep(step) {
  if (step.isOpen) return;
  try {
    const [offered, followed] = await Promise.all([send({ name: "outlets" }), send({ name: "feeds" })]);
    if (step.isOpen) return;
    step.isOpen = true;
    show(step, offered, followed);
  } catch (failure) {
    closeStep(sentenceOf(failure));
  }
}

/** @param {string} why */
function closeStep(why) {
  byId("follow-open").hidden = true;
  byId("follow-closed").hidden = false;
  byId("follow-closed").textContent = why;
}

/** @param {FollowStep} step @param {import("../shared/contract.js").Outlets} offered @param {SiteFeed[]} followed */
function show(step, offered, followed) {
  const { choices, own } = step;
  for (const outlet of offered.outlets) choiceOf(choices, wishFor(outlet));
  showOffered(offered, own.row);
  for (const { url } of followed) {
    const choice = choices.all.get(url) ?? addOwn(own, { url, kind: "feed", site: "", name: nameOf(url) });
    change(choices, choice, { state: "followed", feed: url });
  }
  restore(step);
  byId("follow-closed").hidden = true;
  byId("follow-open").hidden = false;
  showTally(step);
  void showOpenSites(own);
}

/** @param {FollowStep} step @param {import("./choices.js").Wish} wish @param {import("./outlet-row.js").Told} told */
function rowOf(step, wish, told) {
  const choice = choiceOf(step.choices, wish);
  const acts = {
    choose: (/** @type {boolean} */ on) => choose(step.choices, choice, on),
    stop: () => stop(step, choice),
  };
  const { node, show: showAgain } = outletRow(choice, told, acts);
  step.rows.set(wish.url, [...(step.rows.get(wish.url) ?? []), showAgain]);
  return node;
}

/** @param {FollowStep} step */
function showTally(step) {
  const { found, pending, aDay, megabytes } = tally([...step.choices.all.values()]);
  let said = words(found.length ? "follow_chosen" : "follow_none", figure(found.length));
  if (aDay) said = words("follow_cost", figure(found.length), figure(aDay), figure(megabytes));
  if (pending) said = words("follow_progress", figure(found.length), figure(found.length + pending));
  if (byId("tally-said").textContent !== said) byId("tally-said").textContent = said;
  byId("tally").dataset.chosen = String(found.length + pending > 0);
  /** @type {HTMLButtonElement} */ (byId("follow-chosen")).disabled = !found.length;
  sessionStorage.setItem(KEPT, JSON.stringify(found.map(({ wish, look }) => ({ wish, look }))));
}

/**
 * The press that follows asks the browser for these sites, too: else nothing shows on them by itself. They are followed
 * whatever it says.
 *
 * @param {FollowStep} step
 */
async function followChosen({ choices }) {
  const { found } = tally([...choices.all.values()]);
  const asked = askForSites(found); // within the press itself: browsers take a later request for our own idea
  say("");
  try {
    const feeds = found.map(({ wish, look }) => ({
      url: look?.feed?.url ?? wish.url,
      kind: look?.feed?.kind ?? wish.kind,
      title: look?.feed?.title || wish.name,
    }));
    /** @type {import("../shared/contract.js").Followed[]} */
    const came = await send({ name: "follow-several", feeds });
    found.forEach((choice, place) => {
      const { feed, problem } = came[place] ?? { feed: null, problem: "" };
      if (feed) change(choices, choice, { state: "followed", feed: feed.url, said: "" });
      else change(choices, choice, { state: "nothing", said: problem ?? "" });
    });
    const done = words("follow_done", figure(came.filter(({ feed }) => feed).length));
    say(done);
    if ((await asked) === false) say(`${done} ${words("follow_sites_refused")}`);
  } catch (failure) {
    say(sentenceOf(failure));
  }
}

/** @param {FollowStep} step @param {Choice} choice */
async function stop({ choices }, choice) {
  try {
    await unfollow(choice.feed);
    change(choices, choice, { state: "idle", feed: "" });
    say(words("popup_site_unfollowed", choice.wish.name));
  } catch (failure) {
    say(sentenceOf(failure));
  }
}

/** A site's address is replaced by the feed that is found there. @param {string} url */
async function unfollow(url) {
  /** @type {SiteFeed[]} */
  const feeds = await send({ name: "feeds" });
  const { host } = new URL(url);
  const feed = feeds.find((one) => one.url === url) ?? feeds.find((one) => new URL(one.url).host === host);
  if (feed) await send({ name: "unfollow-site", urls: [feed.url] });
}

/** @param {FollowStep} step */
function restore({ choices, own }) {
  try {
    for (const { wish, look } of JSON.parse(sessionStorage.getItem(KEPT) ?? "[]")) {
      const choice = choices.all.get(wish.url) ?? addOwn(own, wish);
      if (choice.state === "idle") change(choices, choice, { state: "found", look });
    }
  } catch {
    sessionStorage.removeItem(KEPT);
  }
}

/** @param {unknown} failure */
function sentenceOf(failure) {
  return /** @type {{message?: string}} */ (failure).message ?? String(failure);
}

/** @param {string} text */
function say(text) {
  byId("follow-said").textContent = text;
}

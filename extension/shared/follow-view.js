/**
 * That an article is followed, and that a site is: said where the reader looks, with a way to stop, and a way back from
 * each press. In the popup and the panel.
 */
import { count, element, figure, send, words } from "./extension-page.js";

/** @typedef {import("./contract.js").Article} Article */
/** @typedef {import("./contract.js").SiteFeed} SiteFeed */
/** @typedef {import("./contract.js").SiteReport} SiteReport */
/** @typedef {() => Promise<unknown>} Action */
/** @typedef {(text: string, undo?: Action) => void} Say */
/** @typedef {(action: Action) => unknown} Act does it, and says it when it fails */

/**
 * What says things in a place of the page, with a button where what was done can be undone.
 *
 * @param {HTMLElement} place
 * @param {Act} act
 * @returns {Say}
 */
export function sayer(place, act) {
  return (text, undo) => {
    place.replaceChildren(text);
    if (!undo) return;
    const button = pressable(words("undo"), "undo link", undo, act);
    place.append(" ", button);
    // What was pressed is gone: the way back is what comes next.
    if (document.activeElement === document.body) button.focus();
  };
}

/** @param {Article} article */
export function isFollowed({ status }) {
  return status === "watching" || status === "settled";
}

/**
 * @param {Article} article
 * @param {{act: Act, say: Say, show: () => Promise<void>, tab: number}} around
 * @returns {HTMLElement} the sentence with its button, or for an article that is not followed a button
 */
export function articleFollowing(article, around) {
  if (!isFollowed(article))
    return pressable(words("popup_resume"), "resume", () => setFollowed(true, around), around.act);
  const stop = pressable(words("popup_unfollow"), "unfollow link", () => setFollowed(false, around), around.act);
  return element("p", { class: "following" }, words("popup_you_follow"), " ", stop);
}

/** @param {boolean} on @param {{say: Say, show: () => Promise<void>, tab: number}} around */
async function setFollowed(on, { say, show, tab }) {
  const set = async (/** @type {boolean} */ isOn) => {
    await send({ name: isOn ? "follow-stored" : "unfollow", tab });
    await show();
  };
  await set(on);
  say(saidOf(on), async () => {
    await set(!on);
    say(saidOf(!on));
  });
}

/** @param {boolean} isFollowedNow */
function saidOf(isFollowedNow) {
  return words(isFollowedNow ? "popup_followed" : "popup_unfollowed");
}

/** The reader pressed *Follow* just now; it can be undone. @param {Say} say @param {() => Promise<void>} show
 * @param {number} tab */
export function sayFollowed(say, show, tab) {
  say(saidOf(true), async () => {
    await send({ name: "unfollow", tab });
    await show();
    say(saidOf(false));
  });
}

/**
 * @typedef {object} SiteView
 * @property {HTMLElement} place
 * @property {Act} act
 * @property {Say} say
 * @property {number} tab
 * @property {string} site as the page's address has it
 * @property {SiteReport | null} report null: not known, as from a backend that is away
 * @property {SiteFeed | null} read just now
 * @property {boolean} isMain whether following is what a reader comes for
 * @property {HTMLElement | null} besides what else can be done
 */

/** @param {HTMLElement} place @param {Act} act @param {Say} say */
export function openFollowing(place, act, say) {
  /** @type {SiteView} */
  const view = { place, act, say, tab: NaN, site: "", report: null, read: null, isMain: false, besides: null };
  return {
    /** @param {Pick<SiteView, "tab" | "site" | "report" | "isMain" | "besides">} now */
    show(now) {
      Object.assign(view, now, { read: null });
      draw(view);
    },
  };
}

/** @param {number} tab @returns {Promise<SiteReport | null>} */
export async function askSite(tab) {
  return send({ name: "site-followed", tab }).catch(() => null);
}

/** @param {SiteView} view */
function draw(view) {
  const { place, report, besides } = view;
  const nodes = report?.followed ? followed(view, report) : unfollowed(view);
  place.dataset.state = report ? (report.followed ? "followed" : "unfollowed") : "unknown";
  place.replaceChildren(...nodes, ...(besides ? [besides] : []));
  place.hidden = !place.childNodes.length;
}

/** @param {SiteView} view @returns {HTMLElement[]} */
function unfollowed(view) {
  if (view.report?.mayFollow === false) return [];
  const look = view.isMain ? "main" : "link";
  const button = pressable(words("popup_follow_site", view.site), look, () => follow(view, button), view.act);
  button.id = "follow-site";
  return [button];
}

/** @param {SiteView} view @param {SiteReport} report @returns {HTMLElement[]} */
function followed(view, report) {
  const { source, mayFollow, stored } = report;
  const stop = pressable(words("popup_unfollow"), "link", () => stopFollowing(view, report), view.act);
  stop.id = "unfollow-site";
  const sentence = words(mayFollow ? "site_you_follow" : "site_others_follow", source);
  const open = pressable(words("site_open"), "link", () => send({ name: "open-site", source }), view.act);
  open.id = "open-site";
  return [
    element("p", { id: "site-following", class: "following" }, sentence, ...(mayFollow ? [" ", stop] : [])),
    element("p", { id: "site-more", class: "quiet" }, broughtBy(report, view.read)),
    ...(stored?.articles ? [open] : []),
  ];
}

/** @param {SiteReport} report @param {SiteFeed | null} read */
function broughtBy({ feeds, stored }, read) {
  if (read) return foundIn(read);
  if (feeds.length && feeds.every(({ trouble }) => trouble !== null)) return foundIn(feeds[0]);
  if (!stored?.articles) return feeds.length ? foundIn(feeds[0]) : "";
  const numbers = [count("site_stored", stored.articles)];
  if (stored.edited) numbers.push(count("site_edited", stored.edited));
  const newest = stored.newest ? [words("site_newest", stored.newest)] : [];
  return [`${numbers.join(" · ")}.`, ...newest].join(" ");
}

/** What the last reading of a feed found, or why it found nothing. @param {SiteFeed} feed */
function foundIn({ wasRead, trouble, articles, first, leftOut, tryFeeds }) {
  if (trouble !== null) return words("popup_site_trouble", trouble);
  if (!wasRead || articles === null) return words("popup_site_reading");
  const left = leftOut ? [words("popup_site_left", figure(leftOut))] : [];
  if (articles) {
    const named = first.slice(0, 1).map((one) => words("popup_site_first", one));
    return [`${count("popup_site_found", articles)}.`, ...named, ...left].join(" ");
  }
  const tried = tryFeeds.slice(0, 1).map((one) => words("popup_site_try", one));
  return [words("popup_site_nothing"), ...tried, ...left].join(" ");
}

/** @param {SiteView} view @param {HTMLButtonElement} button */
async function follow(view, button) {
  button.disabled = true;
  view.say(words("popup_site_reading"));
  try {
    view.read = await send({ name: "follow-site", tab: view.tab });
    await drawAgain(view);
  } finally {
    button.disabled = false;
  }
  const { read, report, site } = view;
  const isWell = read?.trouble === null && read.articles !== 0;
  const urls = (report?.feeds ?? []).map(({ url }) => url);
  view.say(isWell ? words("popup_site_followed", site) : "", () => stopAgain(view, urls));
}

/** @param {SiteView} view @param {string[]} urls */
async function stopAgain(view, urls) {
  await send({ name: "unfollow-site", urls });
  await drawAgain(view);
  view.say(words("popup_site_unfollowed", view.site));
}

/** @param {SiteView} view @param {SiteReport} report */
async function stopFollowing(view, { feeds, source }) {
  await send({ name: "unfollow-site", urls: feeds.map(({ url }) => url) });
  await drawAgain(view);
  view.say(words("popup_site_unfollowed", source), async () => {
    await send({ name: "refollow-site", feeds });
    await drawAgain(view);
    view.say(words("popup_site_followed", source));
  });
}

/** @param {SiteView} view */
async function drawAgain(view) {
  view.report = await askSite(view.tab);
  draw(view);
}

/** @param {string} text @param {string} look @param {Action} action @param {Act} act */
function pressable(text, look, action, act) {
  const made = element("button", { type: "button", class: look }, text);
  made.addEventListener("click", () => act(action));
  return made;
}

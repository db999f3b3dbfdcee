/** The toolbar button's window: the state of the page, and what can be done about it. */
import { behindWords } from "../shared/connection-view.js";
import { api } from "../shared/extension-api.js";
import { openCheck } from "../shared/check-view.js";
import { openPanel } from "../shared/open-panel.js";
import { byId, element, fillWords, send, words } from "../shared/extension-page.js";
import { askSite, isFollowed, openFollowing, sayer } from "../shared/follow-view.js";
import { askOwnWords, showOwnWords } from "../shared/own-words-view.js";
import { lookAnyway, pageView } from "../shared/page-view.js";
import { openPast } from "../shared/past-view.js";
import { tabBehind } from "../shared/tab-behind.js";
import { askForText } from "../shared/text-leave.js";
import { showUpdate } from "./update-line.js";

/** @typedef {import("../shared/contract.js").TabReport} TabReport */
/** @typedef {import("../shared/contract.js").SiteReport} SiteReport */

/** What comes later than this is shown when it comes. */
const LATE_MS = 600;

fillWords();
const behind = await tabBehind();
const tab = Number(behind?.id);
const past = openPast(byId("past"), act, true);
const say = sayer(byId("said"), act);
const following = openFollowing(byId("following"), act, say);
const check = openCheck(byId("check"), act, true);
byId("options").addEventListener("click", () => void api.runtime.openOptionsPage());
byId("begin").addEventListener("click", () => {
  void api.tabs.create({ url: api.runtime.getURL("onboarding/index.html#step-follow") });
});
byId("home").addEventListener("click", () => act(() => send({ name: "open-home" })));
// Within the click itself: browsers take a request made later for the extension's own idea.
byId("panel").addEventListener("click", () => {
  const opened = openPanel(behind?.windowId);
  void act(async () => {
    await opened;
    window.close();
  });
});
api.runtime.onMessage.addListener((message, sender) => {
  // The worker says it; no tab's script does.
  if (!sender.tab && message?.name === "page-changed" && message.tab === tab) void act(showAgain);
  return undefined;
});
await show();

/** @param {boolean} [force] */
async function show(force = false) {
  const place = byId("page");
  place.dataset.state = "looking";
  place.textContent = words("popup_looking");
  const asked = askSite(tab);
  /** @type {TabReport} */
  const report = await send({ name: "tab", tab, force });
  const { backend } = await send({ name: "settings" });
  // Before the rest: what comes late would move it.
  await Promise.all([showBehind(), showUpdate(byId("updated"), act)]);
  const said = await inTime(askOwnWords(tab, report.page));
  const site = await inTime(asked);
  draw(report, backend);
  showOwnWords(byId("own-words"), said, report.page);
  showSite(report);
  showFollowing(report, site);
  if (site === null) void asked.then((late) => late && showFollowing(report, late));
}

/** @template T @param {Promise<T>} asked @returns {Promise<T | null>} null where it takes longer than a reader waits */
async function inTime(asked) {
  return Promise.race([asked, new Promise((resolve) => setTimeout(resolve, LATE_MS, null))]);
}

/** Where the extension and the backend are not of one time. */
async function showBehind() {
  /** @type {import("../shared/contract.js").Behind | null} */
  const older = await send({ name: "behind" });
  byId("behind").hidden = older === null;
  byId("behind").replaceChildren(...(older ? behindWords(older) : []));
}

/** The page looked again, of itself: what was said stays until there is something else to say. */
async function showAgain() {
  /** @type {TabReport} */
  const report = await send({ name: "tab", tab });
  const { backend } = await send({ name: "settings" });
  draw(report, backend);
}

/** @param {TabReport} report @param {string} backend */
function draw(report, backend) {
  const place = byId("page");
  const view = element("div", {}, ...pageView(report.page, backend, around()));
  const state = report.page?.state ?? "no-script";
  if (place.dataset.state !== state || place.textContent !== view.textContent)
    place.replaceChildren(...view.childNodes);
  place.dataset.state = state;
  check.show(tab, report, backend);
  if (report.page?.freshness === "newer" && report.page.article && isFollowed(report.page.article)) check.begin();
  showMode(report);
  past.show(tab, report);
}

function around() {
  return { act, show, say, tab, checked: () => void check.again() };
}

/** @param {TabReport} report */
function showMode({ page, mode }) {
  byId("mode").hidden = page?.state !== "ready";
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[name=mode]"))) {
    box.checked = box.value === (page?.mode ?? mode);
    box.onchange = () => act(() => send({ name: "set-mode", tab, mode: box.value }));
  }
}

/** @param {TabReport} report */
function showSite({ site, origin, on, keeps, granted, page }) {
  const isAsked = site !== null && (page?.state !== "off" || page.code === "site-off");
  byId("site").hidden = !isAsked;
  if (!isAsked) return;
  byId("site-name").textContent = words("popup_site_on", site);
  watchSwitch("site-on", on, (isOn) => send({ name: "set-site", site, on: isOn }));
  byId("keep").hidden = !on;
  watchSwitch("site-keep", keeps, async (isOn) => {
    const isGiven = !isOn || (await askForText());
    if (!isGiven) throw new Error(words("error_text_refused"));
    await send({ name: "set-keeping", site, on: isOn });
  });
  showSiteButtons(site, origin, on, granted);
}

/** On a front page it is what a reader comes for. @param {TabReport} report @param {SiteReport | null} found */
function showFollowing({ site, on, page }, found) {
  const place = byId("following");
  const isArticle = page?.state !== "not-article";
  const isMain = !isArticle && (page.kind === "front-page" || (found?.isFront === true && !page.kind));
  place.hidden = site === null || (!on && isArticle) || byId("site").hidden;
  if (place.hidden) return;
  if (isMain) byId("page").after(place);
  else byId("site").append(place);
  const besides = isArticle ? null : lookAnyway(around(), isMain ? "link" : "");
  following.show({ tab, site: site ?? "", report: found, isMain, besides });
}

/** @param {string} id @param {boolean} isOn @param {(on: boolean) => Promise<unknown>} set */
function watchSwitch(id, isOn, set) {
  const box = /** @type {HTMLInputElement} */ (byId(id));
  box.checked = isOn;
  box.onchange = () =>
    act(async () => {
      try {
        await set(box.checked);
      } finally {
        await show();
      }
    });
}

/** @param {string} site @param {string | null} origin @param {boolean} on @param {boolean} granted */
function showSiteButtons(site, origin, on, granted) {
  byId("grant").hidden = granted || !on;
  byId("grant-site").textContent = words("popup_grant", site);
  // Within the click itself, as above.
  byId("grant-site").onclick = () => {
    const asked = api.permissions.request({ origins: [`${origin?.replace(/:\d+$/, "")}/*`] });
    void act(async () => {
      if (await asked) await show();
    });
  };
}

/** Does something and says it when it fails. @param {() => Promise<unknown>} action */
async function act(action) {
  say("");
  try {
    await action();
  } catch (failure) {
    say(/** @type {{message?: string}} */ (failure).message ?? String(failure));
  }
}

/**
 * The panel beside the page: its article's versions, the edits between any two of them, the text of each. Follows the
 * active tab.
 *
 *     tab in front ─▶ what is it? ─▶ not stored: as in the popup
 *                                └─▶ stored: history between two versions ─▶ timeline, edits ─▶ the page's cards
 */
import { api } from "../shared/extension-api.js";
import { ago, byId, count, element, fillWords, send, sentenceWithTime, words } from "../shared/extension-page.js";
import "../shared/quote.js";
import { changedButton, freshnessNotes } from "../shared/changed-view.js";
import { openCheck } from "../shared/check-view.js";
import { articleFollowing, askSite, openFollowing, sayer } from "../shared/follow-view.js";
import { button, lookAnyway, pageView } from "../shared/page-view.js";
import { askOwnWords, showOwnWords } from "../shared/own-words-view.js";
import { openPast } from "../shared/past-view.js";
import { tabBehind } from "../shared/tab-behind.js";
import { editsView, latestOf, listedIn, titleOf, unfold, unfolded, wearEditStyle } from "./edits-view.js";
import { showElsewhere } from "./elsewhere.js";
import { grouped, rangeAfter } from "./filter.js";
import { editSteps } from "./edit-steps.js";
import { timeline } from "./timeline.js";
import { versionView } from "./version-view.js";

/** @typedef {import("../shared/contract.js").TabReport} TabReport */
/** @typedef {import("../shared/contract.js").Article} Article */
/** @typedef {import("../shared/contract.js").History} History */

/** Switching through tabs asks about the last one. */
const CALM_MS = 120;

let tab = NaN;
/** @type {TabReport | null} */
let report = null;
/** @type {History | null} */
let history = null;
/** @typedef {{from: number | string | null, to: number | null}} Range a version, or its instant; null: an end */
/** What was chosen. @type {Range} */
let range = { from: null, to: null };
/** The last questions: answers to earlier ones come too late. */
let asked = 0;
let compared = 0;
let timer = 0;
const say = sayer(byId("said"), act);
const following = openFollowing(byId("following"), act, say);
const steps = editSteps({ tab: () => tab, say });
const past = openPast(byId("past"), act);
const check = openCheck(byId("check"), act);
let backend = "";

wearEditStyle();
fillWords();
document.querySelectorAll("[name=filter]").forEach((box) => box.addEventListener("change", showEdits));
byId("whole").addEventListener("click", () => act(() => compare({ from: null, to: null })));
byId("since").addEventListener("click", () => act(() => compare({ from: history?.last_read?.seen ?? null, to: null })));
document.addEventListener("keydown", onKey);
api.tabs.onActivated.addListener(soon);
api.windows?.onFocusChanged.addListener(soon);
api.tabs.onUpdated.addListener((id, change) => id === tab && (change.url || change.status === "complete") && soon());
api.runtime.onMessage.addListener((message, sender) => {
  // The worker says it; no tab's script does.
  if (!sender.tab && message?.name === "page-changed" && message.tab === tab) soon();
  return undefined;
});
await act(show);

function soon() {
  clearTimeout(timer);
  timer = setTimeout(() => tryTo(show), CALM_MS);
}

/** @param {boolean} [force] */
async function show(force = false) {
  asked += 1;
  const question = asked;
  const front = Number((await tabBehind())?.id);
  if (front !== tab) look();
  tab = front;
  if (Number.isNaN(front)) return showNothing();
  const site = askSite(tab);
  /** @type {TabReport} */
  const told = await send({ name: "tab", tab, force });
  ({ backend } = await send({ name: "settings" }));
  if (question !== asked) return;
  void site.then((found) => question === asked && showFollowing(told, found));
  void askOwnWords(front, told.page).then(
    (said) => question === asked && showOwnWords(byId("own-words"), said, told.page),
  );
  const before = report?.page?.article?.url;
  report = told;
  past.show(front, told);
  check.show(front, told, backend);
  const article = told.page?.article;
  if (!article) return showOther();
  if (article.url !== before) closeReading();
  await compare(article.url === before ? range : { from: null, to: null });
}

/** Another tab: nothing of the one before may stand there as if it were this one's. */
function look() {
  say("");
  byId("article").hidden = true;
  byId("reading").hidden = true;
  byId("following").hidden = true;
  byId("own-words").hidden = true;
  past.show(NaN, null);
  check.show(NaN, null, "");
  byId("page").dataset.state = "looking";
  byId("page").replaceChildren(words("popup_looking"));
}

/** No tab but ours is in the window. */
function showNothing() {
  report = null;
  past.show(NaN, null);
  check.show(NaN, null, "");
  showOther();
}

/** Below all that is said of the page itself. @param {TabReport} told
 * @param {import("../shared/contract.js").SiteReport | null} found */
function showFollowing({ site, on, page }, found) {
  const isArticle = page?.state !== "not-article";
  byId("following").hidden = site === null || !on;
  if (byId("following").hidden) return;
  const isMain = !isArticle && (page.kind === "front-page" || (found?.isFront === true && !page.kind));
  const besides = isArticle ? null : lookAnyway(around(), isMain ? "link" : "");
  following.show({ tab, site: site ?? "", report: found, isMain, besides });
}

function showOther() {
  history = null;
  byId("article").hidden = true;
  byId("reading").hidden = true;
  putPast(byId("page"));
  const place = byId("page");
  const isHidden = report?.seen === false;
  place.dataset.state = isHidden ? "no-access" : (report?.page?.state ?? "no-script");
  place.replaceChildren(
    ...(isHidden ? [element("p", {}, words("panel_no_access"))] : pageView(report?.page, backend, around())),
  );
}

/** @param {Range} wanted */
async function compare(wanted) {
  compared += 1;
  const question = compared;
  const url = report?.page?.article?.url;
  if (!url) return;
  const told = await send({ name: "history", url, ...wanted });
  if (question !== compared || url !== report?.page?.article?.url) return;
  range = wanted;
  history = told;
  showArticle();
}

function showArticle() {
  const { article, versions, last_read: lastRead } = /** @type {History} */ (history);
  byId("page").replaceChildren();
  byId("page").dataset.state = "stored";
  byId("article").hidden = !byId("reading").hidden;
  putPast(byId("check"));
  byId("source").textContent = new URL(article.url).hostname.replace(/^www\./, "");
  byId("title").textContent = article.title || article.url;
  byId("state").replaceChildren(...stateLine(article));
  keepIfSame(byId("fresh"), freshnessNotes(report?.page?.freshness, backend), article);
  const actions = [
    ...changedButton(report?.page?.freshness, around()),
    ...(article.has_history
      ? [button("popup_history", () => send({ name: "open-history", article: article.id }), around())]
      : []),
    articleFollowing(article, around()),
  ];
  keepIfSame(byId("actions"), actions, article);
  byId("whole").hidden = versions.length < 2;
  byId("since").hidden = lastRead === null || versions.length < 2;
  byId("since").textContent = lastRead ? words("panel_since", ago(lastRead.at, Date.now())) : "";
  markPressed();
  const focused = document.activeElement instanceof HTMLInputElement ? document.activeElement : null;
  byId("timeline").replaceChildren(timeline(/** @type {History} */ (history), { choose, read }));
  if (focused?.closest("#timeline") === null && focused.name && focused.value) refocus(focused);
  showEdits();
}

/** Below what it is about; moved, it would lose the focus. @param {HTMLElement} above */
function putPast(above) {
  if (above.nextElementSibling !== byId("past")) above.after(byId("past"), byId("following"));
}

/** The radio that was used was made anew. @param {HTMLInputElement} gone */
function refocus({ name, value }) {
  /** @type {HTMLInputElement | null} */ (
    document.querySelector(`#timeline [name="${name}"][value="${value}"]`)
  )?.focus();
}

function markPressed() {
  const { from, to, last_read: lastRead } = /** @type {History} */ (history);
  const isLatest = to === latestOf(/** @type {History} */ (history).versions);
  byId("whole").setAttribute("aria-pressed", String(from === 0 && isLatest));
  byId("since").setAttribute("aria-pressed", String(range.from !== null && range.from === lastRead?.seen && isLatest));
}

/** Buttons under a reader's finger stay, but for those of another article or tab.
 * @param {HTMLElement} place @param {Node[]} nodes @param {Article} article */
function keepIfSame(place, nodes, { id }) {
  const text = [`${tab} ${id}`, ...nodes.map((node) => node.textContent)].join("\n");
  if (place.dataset.text === text) return;
  place.dataset.text = text;
  place.replaceChildren(...nodes);
}

/** @param {Article} article @returns {(Node | string)[]} */
function stateLine({ version_count: versions, last_changed_at: changed }) {
  if (versions < 2) return [count("popup_none", versions)];
  const edited = count("popup_edited", versions - 1);
  return changed ? [edited, " · ", ...sentenceWithTime("popup_last", changed)] : [edited];
}

function showEdits() {
  if (!history) return;
  const chosen = /** @type {HTMLInputElement} */ (document.querySelector("[name=filter]:checked"));
  const groups = grouped(
    history.edits,
    history.passing,
    /** @type {import("./filter.js").Filter} */ (chosen.value),
    placedNow(history),
  );
  byId("edits-title").textContent = titleOf(groups, history);
  byId("unannounced").hidden = !history.unannounced;
  byId("part").hidden = !Object.values(history.left_out).some((left) => left > 0);
  showElsewhere(byId("elsewhere"), history.elsewhere);
  byId("filter").hidden = !history.edits.length && !history.passing.length;
  const open = unfolded();
  byId("edits").replaceChildren(
    ...editsView(groups, history, {
      go: (edit) => act(() => steps.go(edit)),
      copy: (wording) => act(() => copy(wording)),
      more: ({ id }) => moreWordings(id),
      link: {
        openPage: (name) => act(() => send({ name: "open-edit-page", ...pageOf(name) })),
        copyLink: (name) => act(() => copyLink(name)),
      },
    }),
  );
  unfold(open);
  const listed = listedIn(groups);
  steps.listed(listed);
  byId("keys").hidden = !listed.length;
}

/** @param {string} edit */
function moreWordings(edit) {
  const { article, from, to } = /** @type {History} */ (history);
  return send({ name: "wordings", article: article.id, edit, from, to });
}

/** @param {import("../shared/contract.js").Wording} wording */
async function copy(wording) {
  say(await globalThis.RowbackQuote.copy(wording, /** @type {History} */ (history), document.body));
}

/** @param {string} edit its name */
async function copyLink(edit) {
  const address = await send({ name: "edit-address", ...pageOf(edit) });
  say(await globalThis.RowbackQuote.copyLink(address, document.body));
}

/** @param {string} edit its name */
function pageOf(edit) {
  return { article: /** @type {History} */ (history).article.id, edit };
}

/** The page has places for the edits from the first to the latest version, and for no others. @param {History} told */
function placedNow({ from, to, versions }) {
  return from === 0 && to === latestOf(versions) ? (report?.page?.placed ?? null) : null;
}

/** @param {"from" | "to"} end @param {number} version */
function choose(end, version) {
  const { from, to, versions } = /** @type {History} */ (history);
  void act(() => compare(rangeAfter({ from, to }, end, version, latestOf(versions))));
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape" && !byId("reading").hidden) return closeReading();
  const edit = steps.byKey(event);
  if (edit) void act(() => steps.go(edit));
}

/** @param {number} version */
function read(version) {
  void act(async () => {
    const { article, versions } = /** @type {History} */ (history);
    const text = await send({ name: "version", article: article.id, version });
    byId("article").hidden = true;
    byId("reading").hidden = false;
    byId("reading").dataset.version = String(version);
    byId("reading").replaceChildren(...versionView(text, latestOf(versions), { close: closeReading, read }));
    byId("reading-title").focus();
    scrollTo(0, 0);
  });
}

function closeReading() {
  if (byId("reading").hidden) return;
  const { version } = byId("reading").dataset;
  byId("reading").hidden = true;
  byId("article").hidden = history === null;
  /** @type {HTMLElement | null} */ (document.querySelector(`[data-version="${version}"] button`))?.focus();
}

function around() {
  return { act, show, say, tab, checked: () => void check.again() };
}

/** Does what the reader pressed, and says it when it fails. @param {() => Promise<unknown>} action */
async function act(action) {
  say("");
  await tryTo(action);
}

/** The same of itself: what was said, and how to undo it, stays. @param {() => Promise<unknown>} action */
async function tryTo(action) {
  try {
    await action();
  } catch (failure) {
    const { message } = /** @type {{message?: string}} */ (failure);
    say(message ?? String(failure));
    if (!history) showFailure();
  }
}

/** Nothing to show: the reader can have it tried again. */
function showFailure() {
  byId("page").dataset.state = "error";
  byId("page").replaceChildren(
    element(
      "div",
      { class: "row" },
      button("popup_retry", () => show(), around(), "main"),
    ),
  );
}

/**
 * *Check now*, in the popup and the panel: the button, what the backend is at, how it ended. Asks on while it is open
 * and not over.
 */
import { toldOfCheck } from "./check-words.js";
import { element, send, withCommands, words } from "./extension-page.js";

/** @typedef {import("./contract.js").CheckReport} CheckReport */
/** @typedef {import("./contract.js").TabReport} TabReport */

/** The backend went away meanwhile: the page's own words say so. */
const TROUBLE_MS = 10_000;

/**
 * @typedef {object} View
 * @property {HTMLElement} place
 * @property {HTMLButtonElement} button it stays, so that the focus does
 * @property {HTMLElement} said
 * @property {number} tab
 * @property {number | undefined} article
 * @property {number | undefined} begun the article that was asked for without a press
 * @property {string} backend
 * @property {number} timer
 * @property {number} asked the last question: answers to earlier ones come too late
 * @property {boolean} isTight what a look does is told to those who listen alone; what comes of it is shown
 */

/**
 * @param {HTMLElement} place
 * @param {(action: () => Promise<unknown>) => Promise<void>} act does it, and says it when it fails
 * @param {boolean} [isTight]
 */
export function openCheck(place, act, isTight = false) {
  /** @type {View} */
  const view = {
    place,
    button: element("button", { type: "button", class: "link", "aria-describedby": "check-said" }, words("check_now")),
    said: element("div", { role: "status", class: "quiet", id: "check-said" }),
    tab: NaN,
    article: undefined,
    begun: undefined,
    backend: "",
    timer: 0,
    asked: 0,
    isTight,
  };
  place.replaceChildren(view.button, view.said);
  view.button.addEventListener("click", () => void act(() => press(view)));
  return {
    /** The page in front is this one. @param {number} tab @param {TabReport | null} told @param {string} backend */
    show: (tab, told, backend) => show(view, tab, told?.page?.article?.id, backend),
    /** Somebody asked for a look in another way. */
    again: () => follow(view),
    /** The reader wants to know about a page that they follow, and it is newer than the store: nobody need press. */
    begin: () => void begin(view),
  };
}

/** @param {View} view @param {number} tab @param {number | undefined} article @param {string} backend */
function show(view, tab, article, backend) {
  if (tab === view.tab && article === view.article) return;
  startOver(view);
  Object.assign(view, { tab, article, backend });
  view.place.hidden = article === undefined;
  draw(view, null);
}

/** What was asked and is to be asked is no more. @param {View} view @returns {number} the next question */
function startOver(view) {
  clearTimeout(view.timer);
  view.asked += 1;
  return view.asked;
}

/** @param {View} view */
async function press(view) {
  if (view.button.getAttribute("aria-disabled") === "true") return;
  const question = startOver(view);
  view.said.classList.remove("hidden");
  say(view, [words("check_asking")]);
  setGoing(view, true);
  try {
    const report = await send({ name: "check-now", tab: view.tab });
    if (question === view.asked) draw(view, report);
  } catch (failure) {
    if (question === view.asked) draw(view, null);
    throw failure;
  }
}

/** Once of an article. Where it cannot be, as for a token that may only read, the press says why.
 * @param {View} view */
async function begin(view) {
  if (view.begun === view.article || view.button.getAttribute("aria-disabled") === "true") return;
  view.begun = view.article;
  await press(view).catch(() => {});
}

/** @param {View} view */
async function follow(view) {
  const question = startOver(view);
  /** @type {CheckReport | null} */
  const report = await send({ name: "check", tab: view.tab }).catch(() => null);
  if (question !== view.asked) return;
  if (report) draw(view, report);
  else view.timer = setTimeout(() => follow(view), TROUBLE_MS);
}

/** @param {View} view @param {CheckReport | null} report */
function draw(view, report) {
  const again = report?.again ?? null;
  view.place.dataset.state = report?.check?.state ?? "unasked";
  setGoing(view, again !== null);
  view.said.classList.toggle("hidden", view.isTight && !report?.check);
  say(view, toldOfCheck(report, view.backend, Date.now()));
  if (again !== null) view.timer = setTimeout(() => follow(view), again);
}

/** Disabled, it would lose the focus. @param {View} view @param {boolean} isGoing */
function setGoing({ button }, isGoing) {
  if (isGoing) button.setAttribute("aria-disabled", "true");
  else button.removeAttribute("aria-disabled");
}

/** Only what is new is read out. @param {View} view @param {string[]} lines */
function say({ said }, lines) {
  const text = lines.join("\n");
  if (said.dataset.text === text) return;
  said.dataset.text = text;
  said.replaceChildren(...lines.map((line) => element("p", {}, ...withCommands(line))));
}

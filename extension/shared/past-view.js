/**
 * The past of the article in a tab, in the popup and the panel: the button, how far it is, how it ended. Asks on while
 * it is open and not over.
 */
import { element, listed, send, words } from "./extension-page.js";
import { moreThan, toldOf } from "./past-words.js";
import { askForText } from "./text-leave.js";

/** @typedef {import("./contract.js").PastReport} PastReport */
/** @typedef {import("./contract.js").TabReport} TabReport */
/** @typedef {import("./past-words.js").Action} Action */

const NAMES = /** @type {const} */ ({
  look: "past_look",
  again: "past_again",
  more: "past_more",
  "go-on": "past_go_on",
  stop: "past_stop",
});
/** Where there may be a past to look for. */
const STATES = new Set(["unknown", "none", "ready"]);
/** The backend went away meanwhile: the page's own words say so. */
const TROUBLE_MS = 10_000;

/**
 * @typedef {object} View
 * @property {HTMLElement} place
 * @property {HTMLElement} said
 * @property {HTMLButtonElement} button it stays, so that the focus does
 * @property {HTMLElement} note
 * @property {HTMLElement} which archives are asked, folded; where it is narrow, with the note
 * @property {number} tab
 * @property {string} address of what the tab shows, as far as it is known
 * @property {number} timer
 * @property {number} asked the last question: answers to earlier ones come too late
 * @property {PastReport | null} report
 */

/**
 * @param {HTMLElement} place
 * @param {(action: () => Promise<unknown>) => Promise<void>} act does it, and says it when it fails
 * @param {boolean} [isTight] a browser gives the popup no more than 600 pixels: the note is folded as well
 */
export function openPast(place, act, isTight = false) {
  const summary = element("summary", {}, words(isTight ? "past_what" : "past_which"));
  /** @type {View} */
  const view = {
    place,
    said: element("div", { role: "status", class: "past-said" }),
    button: element("button", { type: "button" }),
    note: element("p", { class: "quiet", id: "past-what" }),
    which: element("details", { class: "quiet" }, summary, element("p", {})),
    tab: NaN,
    address: "",
    timer: 0,
    asked: 0,
    report: null,
  };
  place.replaceChildren(view.said, element("div", { class: "row" }, view.button), view.note, view.which);
  if (isTight) summary.after(view.note);
  view.button.addEventListener("click", () => void act(() => press(view)));
  return {
    /** The page in front is this one. @param {number} tab @param {TabReport | null} told */
    show: (tab, told) => show(view, tab, told),
  };
}

/** @param {View} view @param {number} tab @param {TabReport | null} told */
function show(view, tab, told) {
  const isOne = told?.page !== undefined && STATES.has(told.page.state);
  const address = `${told?.origin} ${told?.page?.article?.url ?? ""}`;
  const isOther = tab !== view.tab || !isOne;
  if (!isOther && address === view.address) return;
  view.tab = tab;
  view.address = address;
  if (isOther) clear(view);
  if (isOne) void ask(view);
}

/** @param {View} view */
function clear(view) {
  startOver(view);
  view.report = null;
  view.place.hidden = true;
}

/** What was asked and is to be asked is no more. @param {View} view @returns {number} the next question */
function startOver(view) {
  clearTimeout(view.timer);
  view.asked += 1;
  return view.asked;
}

/** @param {View} view */
async function ask(view) {
  const question = startOver(view);
  /** @type {PastReport | null} */
  const told = await send({ name: "past", tab: view.tab }).catch(() => null);
  if (question !== view.asked) return;
  if (told) draw(view, told);
  else if (isGoing(view)) view.timer = setTimeout(() => ask(view), TROUBLE_MS);
}

/** @param {View} view */
function isGoing({ report }) {
  return report !== null && report.again !== null;
}

/** @param {View} view */
async function press(view) {
  const { button, tab, report } = view;
  if (button.getAttribute("aria-disabled") === "true") return;
  const action = /** @type {Action} */ (button.dataset.action);
  const asked = action === "stop" ? null : askForText();
  const question = startOver(view);
  // Disabled, it would lose the focus.
  button.setAttribute("aria-disabled", "true");
  if (action !== "stop") say(view, [words("popup_following")]);
  try {
    await asked; // refused, it is the worker that sends nothing
    const captures = action === "more" && report?.past ? moreThan(report.past) : undefined;
    const told = await send(action === "stop" ? { name: "stop-past", tab } : { name: "seek-past", tab, captures });
    if (question === view.asked) draw(view, told);
  } catch (failure) {
    if (question === view.asked && report) draw(view, report);
    throw failure;
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

/** @param {View} view @param {PastReport} report */
function draw(view, report) {
  const { lines, action, note } = toldOf(report);
  view.report = report;
  view.place.hidden = !lines.length && !action;
  view.place.dataset.state = report.past?.stopped ? "stopped" : (report.past?.state ?? "unasked");
  say(view, lines);
  view.note.textContent = note;
  view.note.hidden = !note;
  view.which.hidden = !note;
  // There may be many, and a browser gives the popup no more than 600 pixels.
  view.which.lastElementChild?.replaceChildren(words("past_archives", listed(report.archives)));
  drawButton(view, action, note);
  if (report.again !== null) view.timer = setTimeout(() => ask(view), report.again);
}

/** @param {View} view @param {Action | null} action @param {string} what it does */
function drawButton({ button, note }, action, what) {
  button.hidden = action === null;
  if (action === null) return;
  button.dataset.action = action;
  button.textContent = words(NAMES[action]);
  if (what) button.setAttribute("aria-describedby", note.id);
  else button.removeAttribute("aria-describedby");
}

/** Only what is new is read out. @param {View} view @param {string[]} lines */
function say({ said }, lines) {
  const text = lines.join("\n");
  if (said.dataset.text === text) return;
  said.dataset.text = text;
  said.replaceChildren(...lines.map((line) => element("p", {}, line)));
}

/**
 * What the reader has chosen to follow, what a look found of each, and what is followed by now. Knows no page: whoever
 * shows it is told. An address stands once, in however many lists it is shown.
 */

/** @typedef {import("../shared/contract.js").FeedKind} FeedKind */
/** @typedef {import("../shared/contract.js").FirstLook} FirstLook */
/** @typedef {{url: string, kind: FeedKind, site: string, name: string}} Wish */
/** @typedef {"idle" | "waiting" | "reading" | "found" | "nothing" | "followed"} ChoiceState */
/**
 * @typedef {object} Choice
 * @property {Wish} wish
 * @property {ChoiceState} state
 * @property {FirstLook | null} look
 * @property {string} said what went wrong
 * @property {string} feed the address that is followed, once it is
 * @property {number} tries how often its host was busy
 */
/**
 * @typedef {object} Choices
 * @property {Map<string, Choice>} all by address
 * @property {Set<string>} reading the hosts that are being read now
 * @property {(wish: Wish) => Promise<FirstLook>} look
 * @property {(choice: Choice) => void} changed
 */

/** Each occupies the backend for some seconds; others want answers, too. */
const AT_ONCE = 2;
/** A host is left alone for five seconds after each question; a feed reader's list may have many feeds of one. */
const MAX_TRIES = 20;

/** @param {(wish: Wish) => Promise<FirstLook>} look @param {(choice: Choice) => void} changed @returns {Choices} */
export function newChoices(look, changed) {
  return { all: new Map(), reading: new Set(), look, changed };
}

/** The one choice of an address. @param {Choices} choices @param {Wish} wish @returns {Choice} */
export function choiceOf(choices, wish) {
  const known = choices.all.get(wish.url);
  if (known) return known;
  /** @type {Choice} */
  const made = { wish, state: "idle", look: null, said: "", feed: "", tries: 0 };
  choices.all.set(wish.url, made);
  return made;
}

/** @param {Choices} choices @param {Choice} choice @param {Partial<Choice>} to */
export function change(choices, choice, to) {
  Object.assign(choice, to);
  choices.changed(choice);
}

/** Chooses, and has it read; or lets go of it. @param {Choices} choices @param {Choice} choice @param {boolean} on */
export function choose(choices, choice, on) {
  if (choice.state === "followed") return;
  if (!on) return change(choices, choice, { state: "idle" });
  if (choice.look?.feed) return change(choices, choice, { state: "found", said: "" });
  change(choices, choice, { state: "waiting", look: null, said: "", tries: 0 });
  readOn(choices);
}

/** Those that wait, one of a host at a time. @param {Choices} choices */
function readOn(choices) {
  for (const choice of choices.all.values()) {
    if (choices.reading.size >= AT_ONCE) return;
    if (choice.state === "waiting" && !choices.reading.has(hostOf(choice))) void readOne(choices, choice);
  }
}

/** @param {Choices} choices @param {Choice} choice */
async function readOne(choices, choice) {
  choices.reading.add(hostOf(choice));
  change(choices, choice, { state: "reading" });
  const came = await lookAt(choices, choice);
  choices.reading.delete(hostOf(choice));
  // Let go of meanwhile: what was found is kept for another time.
  change(choices, choice, choice.state === "reading" ? came : { look: came.look ?? null });
  readOn(choices);
}

/** @param {Choices} choices @param {Choice} choice @returns {Promise<Partial<Choice>>} */
async function lookAt(choices, { wish, tries }) {
  try {
    const look = await choices.look(wish);
    const isBusy = look.nothing?.why === "busy" && tries < MAX_TRIES;
    if (isBusy) return { state: "waiting", tries: tries + 1 };
    return { look, state: look.feed ? "found" : "nothing" };
  } catch (failure) {
    const { message } = /** @type {{message?: string}} */ (failure);
    return { state: "nothing", said: message ?? String(failure) };
  }
}

/** @param {Choice} choice */
function hostOf({ wish }) {
  return new URL(wish.url).host;
}

/** What is chosen, and what it comes to. Pure. @param {Choice[]} all */
export function tally(all) {
  const found = all.filter(({ state }) => state === "found");
  const pending = all.filter(({ state }) => state === "waiting" || state === "reading").length;
  const sum = (/** @type {"aDay" | "megabytes"} */ name) =>
    found.reduce((whole, { look }) => whole + (look?.feed?.[name] ?? 0), 0);
  return { found, pending, aDay: sum("aDay"), megabytes: sum("megabytes") };
}

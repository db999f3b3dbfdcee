/**
 * The versions as a table, newest first: choose the two ends of a comparison, or read one.
 */
import { ago, element, exactly, figure, words } from "../shared/extension-page.js";
import "../shared/attribution.js";

const { brief } = globalThis.RowbackAttribution;

/** @typedef {import("../shared/contract.js").History} History */
/** @typedef {import("../shared/contract.js").VersionNote} VersionNote */
/**
 * @typedef {object} Actions
 * @property {(end: "from" | "to", version: number) => void} choose
 * @property {(version: number) => void} read
 */

/** @param {History} history @param {Actions} actions */
export function timeline(history, actions) {
  const { versions } = history;
  const rows = versions.map((version, at) => row(version, versions[at - 1], history, actions)).reverse();
  const heads = ["timeline_from", "timeline_to", "timeline_seen", "timeline_words"].map((name) =>
    element("th", { scope: "col" }, words(name)),
  );
  return element(
    "table",
    { class: "timeline" },
    element("thead", {}, element("tr", {}, ...heads)),
    element("tbody", {}, ...rows),
  );
}

/**
 * @param {VersionNote} version
 * @param {VersionNote | undefined} before
 * @param {History} history
 * @param {Actions} actions
 */
function row(version, before, history, actions) {
  const { from, to, versions } = history;
  const { version: number } = version;
  const isBetween = from < to && number >= from && number <= to;
  const made = element(
    "tr",
    { "data-version": String(number), ...(isBetween ? { "data-between": "" } : {}) },
    element(
      "td",
      {},
      ...(version !== versions.at(-1) ? [radio("from", number, number === from, version, actions)] : []),
    ),
    element("td", {}, ...(number > 0 ? [radio("to", number, number === to, version, actions)] : [])),
    element("th", { scope: "row" }, readButton(version, actions), ...headlineOf(version, before), ...noteOf(version)),
    element("td", {}, ...wordsOf(version)),
  );
  return made;
}

/**
 * @param {"from" | "to"} end
 * @param {number} number
 * @param {boolean} isChosen
 * @param {VersionNote} version
 * @param {Actions} actions
 */
function radio(end, number, isChosen, { seen_at: seenAt }, { choose }) {
  const label = words(
    end === "from" ? "timeline_from_version" : "timeline_to_version",
    figure(number),
    exactly(seenAt),
  );
  const made = element("input", { type: "radio", name: end, value: String(number), "aria-label": label });
  made.checked = isChosen;
  made.addEventListener("change", () => choose(end, number));
  // The input's own name says more; this is for the eye.
  const said = element("span", { class: "end", "aria-hidden": "true" }, words(`timeline_${end}`));
  return element("label", { class: "choice-of-end" }, made, said);
}

/** @param {VersionNote} version @param {Actions} actions */
function readButton({ version, seen_at: seenAt }, { read }) {
  const label = words("timeline_read", figure(version), exactly(seenAt));
  const made = element(
    "button",
    { type: "button", class: "link", title: label, "aria-label": label },
    element("time", { datetime: seenAt }, exactly(seenAt)),
  );
  made.addEventListener("click", () => read(version));
  return made;
}

/** A headline of its own is worth a line. @param {VersionNote} version @param {VersionNote | undefined} before */
function headlineOf({ version, title, seen_at: seenAt }, before) {
  const age = element(
    "span",
    { class: "age" },
    `${words("wording_version", figure(version))} · ${ago(seenAt, Date.now())}`,
  );
  const isNew = before && title && title !== before.title;
  return isNew ? [age, element("span", { class: "new-title", dir: "auto" }, title)] : [age];
}

/** Who showed it first; a text that was there before. @param {VersionNote} version */
function noteOf(version) {
  const { restores, flapping, memento } = version;
  const notes = [
    ...(memento ? [brief(version)] : []),
    ...(restores === null ? [] : [[words("timeline_restores", figure(restores))]]),
    ...(flapping ? [[words("timeline_flapping")]] : []),
  ];
  return notes.map((note) => element("span", { class: "version-note" }, ...note));
}

/** @param {VersionNote} version */
function wordsOf({ version, words_inserted: added, words_deleted: gone }) {
  if (version === 0) return [words("timeline_first")];
  return [
    element(
      "span",
      { class: "added", dir: "ltr", role: "img", "aria-label": words("timeline_added", figure(added)) },
      `+${figure(added)}`,
    ),
    " ",
    element(
      "span",
      { class: "gone", dir: "ltr", role: "img", "aria-label": words("timeline_gone", figure(gone)) },
      `−${figure(gone)}`,
    ),
  ];
}

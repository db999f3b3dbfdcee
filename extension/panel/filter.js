/**
 * Which edits the panel lists, under which heading, and where steps and choices lead. Pure.
 */

/** @typedef {import("../shared/contract.js").Edit} Edit */
/** @typedef {"everything" | "substance" | "headline"} Filter */
/** @typedef {{here: Edit[], removed: Edit[], rolled: Edit[], elsewhere: Edit[], passing: Edit[]}} Groups */

/** @param {Edit} edit */
const isRolledOff = ({ labels }) => labels.includes("rolled-off");

const TESTS = /** @type {Record<Filter, (edit: Edit) => boolean>} */ ({
  everything: () => true,
  substance: ({ minor }) => !minor,
  headline: ({ block, labels }) => block.index === 0 || labels.includes("headline"),
});

/**
 * @param {Edit[]} edits
 * @param {Edit[]} passing
 * @param {Filter} filter
 * @param {string[] | null} placed ids of those that have a place on the page; null: not known
 * @returns {Groups}
 */
export function grouped(edits, passing, filter, placed) {
  const shown = edits.filter(TESTS[filter]).sort((one, other) => one.block.index - other.block.index);
  const isHere = (/** @type {Edit} */ { id }) => placed === null || placed.includes(id);
  return {
    here: shown.filter((edit) => edit.kind !== "delete" && isHere(edit)),
    removed: shown.filter((edit) => edit.kind === "delete" && !isRolledOff(edit)),
    rolled: shown.filter((edit) => edit.kind === "delete" && isRolledOff(edit)),
    elsewhere: shown.filter((edit) => edit.kind !== "delete" && !isHere(edit)),
    passing: passing.filter(TESTS[filter]),
  };
}

/**
 * The range after one of its ends was chosen: an end that would lie on the wrong side of the other moves it along.
 *
 * @param {{from: number, to: number}} range
 * @param {"from" | "to"} end
 * @param {number} version
 * @param {number} latest
 * @returns {{from: number, to: number}}
 */
export function rangeAfter(range, end, version, latest) {
  if (end === "from") return { from: version, to: range.to > version ? range.to : latest };
  return { from: range.from < version ? range.from : Math.max(0, version - 1), to: version };
}

/**
 * Where a step leads: at either end it stays, from none it leads to the first or the last.
 *
 * @param {Edit[]} listed
 * @param {string | null} current
 * @param {number} by
 * @returns {Edit | undefined}
 */
export function stepFrom(listed, current, by) {
  const at = listed.findIndex(({ id }) => id === current);
  return at < 0 ? listed.at(by > 0 ? 0 : -1) : listed[Math.min(listed.length - 1, Math.max(0, at + by))];
}

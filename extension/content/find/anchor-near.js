/**
 * Finds a block whose text on the page is almost that of the edit: the page is newer or older than the store, an
 * advertisement stands in the paragraph, a footnote has its mark. Pure.
 *
 * Only between neighbours that were found, and only when nothing else there is nearly as close: a near match anywhere
 * on the page could be anything.
 */
var RowbackAnchorNear = (() => {
  /** Folded characters. Shorter texts are near to many others. */
  const MIN_LENGTH = 40;
  /** Of the text's length, with a neighbour known on both sides or on one. */
  const MOST_ERRORS = { both: 0.25, one: 0.15 };
  /** A rival must have that many more errors, in parts of the text's length: rows of one table differ in a word. */
  const LEAD = 0.2;
  /** Of the texts before and after, what must be there to show where they are. */
  const MIN_CONTEXT = 16;
  /** How far from its one known neighbour a block is sought, beyond twice its length. */
  const REACH = 600;
  /** Longer stretches and blocks are not searched: their cost could be felt. */
  const MAX_STRETCH = 30_000;
  const MAX_LENGTH = 6_000;

  /** @typedef {import("../../shared/contract.js").Edit} Edit */
  /** @typedef {{text: string, edges: Set<number>}} Page */
  /** @typedef {{start: number, end: number}} Span */
  /**
   * @typedef {{low: number | null, high: number | null}} Neighbours where the one before ends and the one after begins
   */

  /**
   * @param {Edit} edit
   * @param {Page} page
   * @param {Neighbours} neighbours among the edits that were found
   * @returns {Span | null}
   */
  function find(edit, page, neighbours) {
    const needle = RowbackFold.fold(edit.anchor.exact);
    if (needle.length < MIN_LENGTH || needle.length > MAX_LENGTH) return null;
    const { low, high } = withContext(edit, page, neighbours);
    if (low === null && high === null) return null;
    const reach = 2 * needle.length + REACH;
    const from = low ?? Math.max(0, Number(high) - reach);
    const to = high ?? Math.min(page.text.length, from + reach);
    if (to - from > MAX_STRETCH) return null;
    const share = low !== null && high !== null ? MOST_ERRORS.both : MOST_ERRORS.one;
    return onlyNear(page, from, to, needle, Math.floor(share * needle.length));
  }

  /** The blocks next to ours are neighbours too, where their text stands once.
   * @param {Edit} edit @param {Page} page @param {Neighbours} neighbours @returns {Neighbours} */
  function withContext(edit, page, { low, high }) {
    const before = onlyPlace(page, RowbackFold.fold(edit.anchor.prefix), low, high);
    const after = onlyPlace(page, RowbackFold.fold(edit.anchor.suffix), before?.end ?? low, high);
    return { low: before?.end ?? low, high: after?.start ?? high };
  }

  /**
   * @param {Page} page
   * @param {string} text
   * @param {number | null} low
   * @param {number | null} high
   * @returns {Span | null}
   */
  function onlyPlace(page, text, low, high) {
    if (text.length < MIN_CONTEXT) return null;
    const first = page.text.indexOf(text, low ?? 0);
    if (first === -1 || first + text.length > (high ?? Infinity)) return null;
    const second = page.text.indexOf(text, first + 1);
    return second === -1 || second >= (high ?? Infinity) ? { start: first, end: first + text.length } : null;
  }

  /** @param {Page} page @param {number} from @param {number} to @param {string} needle @param {number} most errors */
  function onlyNear(page, from, to, needle, most) {
    const match = RowbackNear.closest(page.text.slice(from, to), needle, most);
    if (!match) return null;
    const start = snapped(page.edges, from + match.start, match.errors, from, to);
    const end = snapped(page.edges, from + match.end, match.errors, from, to);
    // It is a whole block of the page or several, not some of one's words.
    if (end <= start || !page.edges.has(start) || !page.edges.has(end)) return null;
    const rival = match.errors + LEAD * needle.length;
    const others = [page.text.slice(from, start), page.text.slice(end, to)];
    return others.some((other) => RowbackNear.closest(other, needle, rival)) ? null : { start, end };
  }

  /** The edge of a block that is no further away than the match is unsure.
   * @param {Set<number>} edges @param {number} offset @param {number} errors @param {number} from @param {number} to */
  function snapped(edges, offset, errors, from, to) {
    for (let away = 0; away <= errors; away += 1) {
      for (const edge of [offset - away, offset + away]) {
        if (edge >= from && edge <= to && edges.has(edge)) return edge;
      }
    }
    return offset;
  }

  return { find };
})();

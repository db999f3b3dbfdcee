/**
 * What to mark for an edit whose block stands at a place of the page's folded text. Pure.
 *
 * Where the page's text is almost the edit's (a near match), only words are marked that stand there with the words
 * around them, once.
 */
var RowbackMarks = (() => {
  /** Folded characters on each side of a word that must stand on the page as they do in the edit. */
  const SURE_CONTEXT = 8;

  /** @typedef {{start: number, end: number}} Span offsets into the page's folded text */
  /** @typedef {{at: number, text: string, isBlock: boolean}} Deletion `at`: before the character of that number */
  /**
   * @typedef {object} Marks
   * @property {Span[]} inserted
   * @property {Span[]} changed inserted words that stand for others
   * @property {number[]} carets where words are gone that nothing stands for
   * @property {Deletion[]} deletions everything that is gone, for showing it in its place
   */

  /**
   * @param {import("../shared/contract.js").Edit} edit
   * @param {Span & {isNear: boolean}} place
   * @param {string} text the page's
   * @returns {Marks}
   */
  function of(edit, place, text) {
    /** @type {Marks} */
    const marks = { inserted: [], changed: [], carets: [], deletions: [] };
    const blocks = RowbackMarkup.parse(edit.markup);
    if (!blocks) return marks;
    if (edit.anchor.near) {
      const at = edit.anchor.near === "after" ? place.end : place.start;
      marks.deletions.push({ at, text: RowbackMarkup.textOf(blocks, "old"), isBlock: true });
      return marks;
    }
    const segments = blocks.flatMap((block) => block.segments);
    const locate = locator(segments, place, text);
    if (locate) add(marks, segments, locate);
    return marks;
  }

  /** @param {Marks} marks @param {RowbackSegment[]} segments @param {(start: number, end: number) => number | null} locate */
  function add(marks, segments, locate) {
    let at = 0;
    segments.forEach((segment, number) => {
      const length = segment.op === "del" ? 0 : RowbackFold.fold(segment.text).length;
      const start = segment.op === "same" ? null : locate(at, at + length);
      at += length;
      if (start === null) return;
      if (segment.op === "ins" && length) (touches(segments, number, "del") ? marks.changed : marks.inserted).push({ start, end: start + length });
      if (segment.op !== "del" || !RowbackFold.fold(segment.text)) return;
      marks.deletions.push({ at: start, text: segment.text, isBlock: false });
      // A deletion beside an insertion is told by the insertion's mark.
      if (!touches(segments, number, "ins")) marks.carets.push(start);
    });
  }

  /** @typedef {{op: string, text: string}} RowbackSegment */

  /**
   * From offsets in the edit's own text to the page's.
   *
   * @param {RowbackSegment[]} segments @param {Span & {isNear: boolean}} place @param {string} text
   * @returns {((start: number, end: number) => number | null) | null}
   */
  function locator(segments, place, text) {
    const own = segments.map((segment) => (segment.op === "del" ? "" : RowbackFold.fold(segment.text))).join("");
    const there = text.slice(place.start, place.end);
    if (own === there) return (start) => place.start + start;
    // The markup must tell of exactly the text that was found, or its offsets mean nothing.
    if (!place.isNear) return null;
    return (start, end) => {
      const from = Math.max(0, start - SURE_CONTEXT);
      const piece = own.slice(from, end + SURE_CONTEXT);
      const found = piece.length >= SURE_CONTEXT ? there.indexOf(piece) : -1;
      return found === -1 || there.indexOf(piece, found + 1) !== -1 ? null : place.start + found + (start - from);
    };
  }

  /** @param {RowbackSegment[]} segments @param {number} number @param {string} op */
  function touches(segments, number, op) {
    return [segments[number - 1], segments[number + 1]].some((other) => other?.op === op && RowbackFold.fold(other.text) !== "");
  }

  return { of };
})();

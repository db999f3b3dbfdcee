/**
 * What to mark for an edit whose block stands at a place of the page's folded text. Pure.
 *
 * Where the page's text is almost the edit's (a near match), only words are marked that stand there with the words
 * around them, once; of a long insertion that the page breaks up (a tip, a footnote's mark), the pieces that stand
 * there.
 */
var RowbackMarks = (() => {
  /** Folded characters beside a word that must stand on the page as they do in the edit: on each side, or twice as many
   * on one. Where words are gone both sides must stand. */
  const SURE_CONTEXT = 8;
  const SURE_CONTEXTS = [
    [SURE_CONTEXT, SURE_CONTEXT],
    [2 * SURE_CONTEXT, 0],
    [0, 2 * SURE_CONTEXT],
  ];
  /** Folded characters of an insertion that no other text on the page has by chance, in this order. */
  const SURE_PIECE = 16;

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
   * @param {import("../../shared/contract.js").Edit} edit
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
    const there = text.slice(place.start, place.end);
    const locate = locator(segments, place, there);
    if (locate)
      add(marks, segments, locate, (start, end) => piecesOf(ownText(segments).slice(start, end), place, there));
    return marks;
  }

  /**
   * @param {Marks} marks
   * @param {RowbackSegment[]} segments
   * @param {(start: number, end: number) => number | null} locate
   * @param {(start: number, end: number) => Span[]} pieces of an insertion that does not stand there whole
   */
  function add(marks, segments, locate, pieces) {
    let at = 0;
    segments.forEach((segment, number) => {
      const length = segment.op === "del" ? 0 : RowbackFold.fold(segment.text).length;
      const start = segment.op === "same" ? null : locate(at, at + length);
      at += length;
      if (segment.op === "ins" && length) {
        const spans = start === null ? pieces(at - length, at) : [{ start, end: start + length }];
        (touches(segments, number, "del") ? marks.changed : marks.inserted).push(...spans);
      }
      if (start === null) return;
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
   * @param {RowbackSegment[]} segments
   * @param {Span & {isNear: boolean}} place
   * @param {string} there the page's text at the place
   * @returns {((start: number, end: number) => number | null) | null}
   */
  function locator(segments, place, there) {
    const own = ownText(segments);
    if (own === there) return (start) => place.start + start;
    // The markup must tell of exactly the text that was found, or its offsets mean nothing.
    if (!place.isNear) return null;
    return (start, end) => {
      for (const [before, after] of start < end ? SURE_CONTEXTS : SURE_CONTEXTS.slice(0, 1)) {
        const from = Math.max(0, start - before);
        const piece = own.slice(from, end + after);
        const found = piece.length >= SURE_CONTEXT ? there.indexOf(piece) : -1;
        if (found !== -1 && there.indexOf(piece, found + 1) === -1) return place.start + found + (start - from);
      }
      return null;
    };
  }

  /** The edit's newer text. @param {RowbackSegment[]} segments */
  function ownText(segments) {
    return segments.map((segment) => (segment.op === "del" ? "" : RowbackFold.fold(segment.text))).join("");
  }

  /**
   * The longest pieces of an insertion that stand on the page, in its order: from its beginning as far as the page
   * agrees, then from where the page agrees again.
   *
   * @param {string} inserted @param {Span} place @param {string} there
   * @returns {Span[]}
   */
  function piecesOf(inserted, { start, end }, there) {
    const pieces = [];
    let reached = 0;
    for (let at = 0; at + SURE_PIECE <= inserted.length && start + reached < end; ) {
      const found = there.indexOf(inserted.slice(at, at + SURE_PIECE), reached);
      if (found === -1) {
        at += 1;
        continue;
      }
      let length = SURE_PIECE;
      while (at + length < inserted.length && inserted[at + length] === there[found + length]) length += 1;
      pieces.push({ start: start + found, end: start + found + length });
      at += length;
      reached = found + length;
    }
    return pieces;
  }

  /** @param {RowbackSegment[]} segments @param {number} number @param {string} op */
  function touches(segments, number, op) {
    return [segments[number - 1], segments[number + 1]].some(
      (other) => other?.op === op && RowbackFold.fold(other.text) !== "",
    );
  }

  return { of };
})();

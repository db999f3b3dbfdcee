/**
 * Paints edits on the page's own text with the CSS Custom Highlight API: no node is touched. Styles: `marks.css`.
 *
 * The registry of highlights is shared with the page, so ours have a prefix; what we put there we keep here as well.
 */
var RowbackPaint = (() => {
  /** Later ones lie over earlier ones where they overlap. */
  const NAMES = ["rowback-current", "rowback-inserted", "rowback-changed", "rowback-deleted"];

  /** @typedef {{start: number, end: number}} Span offsets into the page's folded text */
  /** @typedef {{inserted: Span[], changed: Span[], deleted: Span[]}} Marks */

  /**
   * What to paint for an edit whose block stands at `place`.
   *
   * @param {import("../shared/contract.js").Edit} edit
   * @param {Span} place
   * @returns {Marks}
   */
  function marksOf(edit, place) {
    /** @type {Marks} */
    const marks = { inserted: [], changed: [], deleted: [] };
    if (edit.anchor.near) {
      marks.deleted.push(edit.anchor.near === "after" ? lastOf(place) : firstOf(place));
      return marks;
    }
    const blocks = RowbackMarkup.parse(edit.markup);
    if (!blocks) return marks;
    const segments = blocks.flatMap((block) => block.segments);
    const lengths = segments.map(({ op, text }) => (op === "del" ? 0 : RowbackFold.fold(text).length));
    // The markup must tell of exactly the text that was found, or its offsets mean nothing.
    if (lengths.reduce((sum, length) => sum + length, 0) !== place.end - place.start) return marks;
    let at = place.start;
    segments.forEach(({ op, text }, number) => {
      const span = { start: at, end: at + lengths[number] };
      if (op === "ins" && span.end > at) (touches(segments, number, "del") ? marks.changed : marks.inserted).push(span);
      // A deletion beside an insertion is told by the insertion's mark.
      if (op === "del" && RowbackFold.fold(text) && !touches(segments, number, "ins")) marks.deleted.push(besides(at, place));
      at = span.end;
    });
    return marks;
  }

  /** @param {{op: string, text: string}[]} segments @param {number} number @param {string} op */
  function touches(segments, number, op) {
    return [segments[number - 1], segments[number + 1]].some((other) => other?.op === op && RowbackFold.fold(other.text) !== "");
  }

  /** The character at which words are missing. @param {number} at @param {Span} place */
  function besides(at, place) {
    return at > place.start ? { start: at - 1, end: at } : firstOf(place);
  }

  /** @param {Span} place */
  function firstOf({ start, end }) {
    return { start, end: Math.min(end, start + 1) };
  }

  /** @param {Span} place */
  function lastOf({ start, end }) {
    return { start: Math.max(start, end - 1), end };
  }

  /**
   * @param {AbortSignal} signal removes all paint
   */
  function open(signal) {
    const highlights = new Map(NAMES.map((name, number) => {
      const highlight = new Highlight();
      highlight.priority = number;
      return [name, highlight];
    }));
    signal.addEventListener("abort", () => NAMES.forEach((name) => CSS.highlights.delete(name)));

    /** @param {Record<string, Range[]>} ranges by name without prefix */
    const show = (ranges) => {
      for (const [name, list] of Object.entries(ranges)) {
        const highlight = /** @type {Highlight} */ (highlights.get(`rowback-${name}`));
        highlight.clear();
        list.forEach((range) => highlight.add(range));
        // Set again each time: a page may have cleared the registry.
        CSS.highlights.set(`rowback-${name}`, highlight);
      }
    };
    return { show };
  }

  return { marksOf, open };
})();

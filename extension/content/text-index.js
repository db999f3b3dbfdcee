/**
 * The page's text, folded, as one string, and the way back from it to the page's text nodes. Only reads the page.
 *
 * Whether text is visible is not asked here (that would cost a layout): who finds a text twice asks then.
 */
var RowbackTextIndex = (() => {
  const SKIPPED = new Set([
    "SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "TEXTAREA", "SELECT", "OPTION", "IFRAME", "OBJECT", "SVG", "MATH", "VIDEO",
    "AUDIO", "CANVAS", "ROWBACK-OVERLAY",
  ]);
  /** Elements whose edges are edges of blocks. Names, not computed styles: the backend saw no styles either. */
  const BLOCKS = new Set([
    "P", "DIV", "H1", "H2", "H3", "H4", "H5", "H6", "LI", "UL", "OL", "DL", "DT", "DD", "BLOCKQUOTE", "FIGURE", "FIGCAPTION",
    "PRE", "TABLE", "CAPTION", "TBODY", "THEAD", "TFOOT", "TR", "TD", "TH", "ARTICLE", "SECTION", "MAIN", "HEADER", "FOOTER",
    "ASIDE", "NAV", "FORM", "FIELDSET", "ADDRESS", "DETAILS", "SUMMARY", "HGROUP", "BODY", "BR", "HR",
  ]);
  const ASIDES = new Set(["NAV", "ASIDE", "FOOTER", "FORM"]);
  const HEADING = /^H[1-6]$/;
  const DENSE = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/;
  const MAX_WORD = 30;
  /** More text than any article; beyond it the page is something else and not worth the reader's time. */
  const MAX_CHARS = 3_000_000;

  /**
   * @typedef {object} TextIndex
   * @property {string} text folded
   * @property {Set<number>} edges offsets where a block begins or ends
   * @property {(offset: number) => {aside: boolean, heading: string | null}} place what kind of element stands there
   * @property {(start: number, end: number) => Range | null} range
   */

  /** @typedef {{start: number, node: Text, aside: boolean, heading: string | null}} Run */

  /**
   * @param {Element} root
   * @returns {TextIndex}
   */
  function build(root) {
    /** @type {Run[]} */
    const runs = [];
    /** @type {string[]} */
    const pieces = [];
    const edges = new Set([0]);
    let length = 0;

    /** @param {Element} element @param {boolean} aside @param {string | null} heading */
    const visit = (element, aside, heading) => {
      for (let child = element.firstChild; child && length < MAX_CHARS; child = child.nextSibling) {
        if (child.nodeType === Node.TEXT_NODE) add(/** @type {Text} */ (child), aside, heading);
        else if (child.nodeType === Node.ELEMENT_NODE) enter(/** @type {Element} */ (child), aside, heading);
      }
    };
    /** @param {Text} node @param {boolean} aside @param {string | null} heading */
    const add = (node, aside, heading) => {
      const folded = RowbackFold.fold(node.data);
      if (!folded) return;
      runs.push({ start: length, node, aside, heading });
      pieces.push(folded);
      length += folded.length;
    };
    /** @param {Element} element @param {boolean} aside @param {string | null} heading */
    const enter = (element, aside, heading) => {
      const name = element.tagName.toUpperCase();
      if (SKIPPED.has(name)) return;
      const isBlock = BLOCKS.has(name);
      if (isBlock) edges.add(length);
      visit(element, aside || ASIDES.has(name), HEADING.test(name) ? name : heading);
      if (isBlock) edges.add(length);
    };

    visit(root, false, null);
    edges.add(length);
    const text = pieces.join("");
    return { text, edges, place: (offset) => runAt(runs, offset), range: (start, end) => rangeOf(runs, start, end) };
  }

  /** The last run that starts at or before the offset. @param {Run[]} runs @param {number} offset */
  function runAt(runs, offset) {
    let low = 0;
    let high = runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (runs[middle].start <= offset) low = middle;
      else high = middle - 1;
    }
    return runs[low];
  }

  /** @param {Run[]} runs @param {number} start @param {number} end exclusive; an empty range stands before `start` */
  function rangeOf(runs, start, end) {
    if (!runs.length || end < start) return null;
    const first = runAt(runs, start);
    const last = end > start ? runAt(runs, end - 1) : first;
    const range = new Range();
    try {
      range.setStart(first.node, RowbackFold.unfold(first.node.data, start - first.start)[0]);
      if (end > start) range.setEnd(last.node, RowbackFold.unfold(last.node.data, end - 1 - last.start)[1]);
    } catch {
      // The page changed its text since it was read; it will be read again.
      return null;
    }
    return range;
  }

  /**
   * A range of one character widened to the word it belongs to, punctuation included; scripts without spaces keep the
   * character.
   *
   * @param {Range} range
   */
  function wordOf(range) {
    const { startContainer: node, startOffset, endOffset } = range;
    if (!(node instanceof Text) || range.endContainer !== node || DENSE.test(range.toString())) return range;
    const before = /[^\s]*$/.exec(node.data.slice(0, startOffset))?.[0].length ?? 0;
    const after = /^[^\s]*/.exec(node.data.slice(endOffset))?.[0].length ?? 0;
    const word = range.cloneRange();
    word.setStart(node, startOffset - Math.min(before, MAX_WORD));
    word.setEnd(node, endOffset + Math.min(after, MAX_WORD));
    return word;
  }

  return { build, wordOf };
})();

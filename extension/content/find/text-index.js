/**
 * The page's text, folded, as one string, and the way back from it to the page's text nodes. Only reads the page.
 *
 * Goes into open shadow roots, where text stands as the reader sees it: what is slotted, in the place of its slot.
 * Whether text is visible is not asked here (that would cost a layout): who finds a text twice asks then.
 */
var RowbackTextIndex = (() => {
  const SKIPPED = new Set([
    "SCRIPT",
    "STYLE",
    "NOSCRIPT",
    "TEMPLATE",
    "TEXTAREA",
    "SELECT",
    "OPTION",
    "IFRAME",
    "OBJECT",
    "SVG",
    "MATH",
    "VIDEO",
    "AUDIO",
    "CANVAS",
    // How a word is read stands above it; the backend's text is without it.
    "RT",
    "RP",
    "RTC",
    "ROWBACK-OVERLAY",
    "ROWBACK-DELETION",
  ]);
  /** Elements whose edges are edges of blocks. Names, not computed styles: the backend saw no styles either. */
  const BLOCKS = new Set([
    "P",
    "DIV",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "LI",
    "UL",
    "OL",
    "DL",
    "DT",
    "DD",
    "BLOCKQUOTE",
    "FIGURE",
    "FIGCAPTION",
    "PRE",
    "TABLE",
    "CAPTION",
    "TBODY",
    "THEAD",
    "TFOOT",
    "TR",
    "TD",
    "TH",
    "ARTICLE",
    "SECTION",
    "MAIN",
    "HEADER",
    "FOOTER",
    "ASIDE",
    "NAV",
    "FORM",
    "FIELDSET",
    "ADDRESS",
    "DETAILS",
    "SUMMARY",
    "HGROUP",
    "BODY",
    "BR",
    "HR",
    "LEGEND",
    "CENTER",
    "MENU",
    "DIR",
    "SEARCH",
    "XMP",
    "LISTING",
    "PLAINTEXT",
    "AMP-IMG",
    "AMP-AD",
    "AMP-IFRAME",
  ]);
  const ASIDES = new Set(["NAV", "ASIDE", "FOOTER", "FORM"]);
  const HEADING = /^H[1-6]$/;
  /** More text than any article; beyond it the page is something else and not worth the reader's time. */
  const MAX_CHARS = 3_000_000;
  const MAX_DEPTH = 2_000;
  /** Nodes between two looks at the clock. */
  const STRIDE = 256;

  /**
   * @typedef {object} TextIndex
   * @property {string} text folded
   * @property {Set<number>} edges offsets where a block begins or ends
   * @property {ShadowRoot[]} roots that were gone into
   * @property {Run[]} runs in order, one for each text node that says something
   * @property {(offset: number) => Run} place the text that stands there, and in what kind of element
   * @property {(start: number, end: number) => Range | null} range null when the page's text is not what it was
   * @property {(offset: number, side: "before" | "after") => {node: Text, offset: number} | null} point on that side of
   *   the gap before the character
   */

  /** @typedef {{start: number, node: Text, read: string, aside: boolean, heading: string | null}} Run */
  /** @typedef {{nodes: Iterator<Node>, aside: boolean, heading: string | null, isBlock: boolean}} Level */

  /** @param {Element} root @returns {TextIndex} */
  function build(root) {
    const steps = read(root);
    while (true) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }

  /**
   * Reads a few hundred nodes with each step, so that a long page can be read with pauses.
   *
   * @param {Element} root
   * @returns {Generator<void, TextIndex, void>}
   */
  function* read(root) {
    /** @type {Run[]} */
    const runs = [];
    /** @type {string[]} */
    const pieces = [];
    /** @type {ShadowRoot[]} */
    const roots = [];
    const edges = new Set([0]);
    /** @type {Level[]} */
    const levels = [{ nodes: childrenOf(root, roots), aside: false, heading: null, isBlock: true }];
    let length = 0;
    for (let count = 1; levels.length && length < MAX_CHARS; count += 1) {
      if (count % STRIDE === 0) yield;
      const level = levels[levels.length - 1];
      const { done, value: node } = level.nodes.next();
      if (done) {
        if (level.isBlock) edges.add(length);
        levels.pop();
      } else if (node.nodeType === Node.TEXT_NODE) {
        const folded = RowbackFold.fold(/** @type {Text} */ (node).data);
        if (!folded) continue;
        runs.push({
          start: length,
          node: /** @type {Text} */ (node),
          read: folded,
          aside: level.aside,
          heading: level.heading,
        });
        pieces.push(folded);
        length += folded.length;
      } else if (node.nodeType === Node.ELEMENT_NODE && levels.length < MAX_DEPTH) {
        const below = levelOf(/** @type {Element} */ (node), level, roots);
        if (below?.isBlock) edges.add(length);
        if (below) levels.push(below);
      }
    }
    edges.add(length);
    return of(runs, pieces.join(""), edges, roots);
  }

  /** @param {Element} element @param {Level} above @param {ShadowRoot[]} roots @returns {Level | null} */
  function levelOf(element, above, roots) {
    const name = element.tagName.toUpperCase();
    if (SKIPPED.has(name)) return null;
    return {
      nodes: childrenOf(element, roots),
      aside: above.aside || ASIDES.has(name),
      heading: HEADING.test(name) ? name : above.heading,
      isBlock: BLOCKS.has(name),
    };
  }

  /**
   * What stands in an element as it is drawn.
   *
   * @param {Element} element
   * @param {ShadowRoot[]} roots
   * @returns {Iterator<Node>}
   */
  function childrenOf(element, roots) {
    const { shadowRoot } = element;
    if (shadowRoot) {
      roots.push(shadowRoot);
      return siblingsFrom(shadowRoot.firstChild);
    }
    if (element.localName === "slot" && element instanceof HTMLSlotElement) {
      const assigned = element.assignedNodes();
      if (assigned.length) return assigned[Symbol.iterator]();
    }
    return siblingsFrom(element.firstChild);
  }

  /** @param {Node | null} first @returns {Iterator<Node>} */
  function siblingsFrom(first) {
    let next = first;
    return {
      next: () => {
        const value = next;
        if (!value) return { done: true, value: undefined };
        next = value.nextSibling;
        return { done: false, value };
      },
    };
  }

  /**
   * @param {Run[]} runs
   * @param {string} text
   * @param {Set<number>} edges
   * @param {ShadowRoot[]} roots
   * @returns {TextIndex}
   */
  function of(runs, text, edges, roots) {
    return {
      text,
      edges,
      roots,
      runs,
      place: (offset) => runs[runAt(runs, offset)],
      range: (start, end) => rangeOf(runs, start, end),
      point: (offset, side) => pointOf(runs, offset, side),
    };
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
    return low;
  }

  /** @param {Run[]} runs @param {number} start @param {number} end exclusive, behind `start` */
  function rangeOf(runs, start, end) {
    if (!runs.length || end <= start) return null;
    const [first, last] = [runAt(runs, start), runAt(runs, end - 1)];
    for (let at = first; at <= last; at += 1) {
      if (!isAsRead(runs[at])) return null;
    }
    // No range reaches from one tree into another.
    if (runs[first].node.getRootNode() !== runs[last].node.getRootNode()) return null;
    const range = new Range();
    range.setStart(runs[first].node, RowbackFold.unfold(runs[first].node.data, start - runs[first].start)[0]);
    range.setEnd(runs[last].node, RowbackFold.unfold(runs[last].node.data, end - 1 - runs[last].start)[1]);
    return range;
  }

  /** The page may change its text while we read it, or after. @param {Run} run */
  function isAsRead({ node, read: folded }) {
    return node.isConnected && RowbackFold.fold(node.data) === folded;
  }

  /** @param {Run[]} runs @param {number} offset @param {"before" | "after"} side */
  function pointOf(runs, offset, side) {
    const at = side === "after" ? offset - 1 : offset;
    const run = at >= 0 ? runs[runAt(runs, at)] : undefined;
    if (!run || at >= run.start + run.read.length || !isAsRead(run)) return null;
    const [start, end] = RowbackFold.unfold(run.node.data, at - run.start);
    return { node: run.node, offset: side === "after" ? end : start };
  }

  return { build, of, read };
})();

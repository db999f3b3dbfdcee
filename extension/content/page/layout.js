/**
 * Where things stand on the page and where there is room beside them. Reads the layout; moves nothing.
 */
var RowbackLayout = (() => {
  const BLOCK =
    "p, li, h1, h2, h3, h4, h5, h6, blockquote, figcaption, pre, tr, dd, dt, td, th, div, section, article, main, body";

  const REST_MS = 120;

  /** The block element around a range: its edges are the column's. @param {Range} range */
  function blockOf(range) {
    for (let node = /** @type {Node | null} */ (range.commonAncestorContainer); node; node = aboveOf(node)) {
      if (node instanceof Element && node.matches(BLOCK)) return node;
    }
    return document.body;
  }

  /** What a node stands in; a shadow root's content stands in its host. @param {Node} node @returns {Node | null} */
  function aboveOf(node) {
    return node instanceof ShadowRoot ? node.host : node.parentNode;
  }

  /** @param {Node} outer @param {Node} inner */
  function holds(outer, inner) {
    for (let node = /** @type {Node | null} */ (inner); node; node = aboveOf(node)) {
      if (node === outer) return true;
    }
    return false;
  }

  /** Whether any of it is drawn, or would be when scrolled to. @param {Range} range */
  function isVisible(range) {
    return elementAt(range).checkVisibility({ visibilityProperty: true }) && [...range.getClientRects()].some(hasSize);
  }

  /** Whether a reader can get to see it: pages hide their mobile and print twins in many ways. @param {Range} range */
  function isSeen(range) {
    const element = elementAt(range);
    return (
      isVisible(range) &&
      element.checkVisibility({ opacityProperty: true }) &&
      reachable()(range.getBoundingClientRect()) &&
      !isSqueezed(element)
    );
  }

  /**
   * Whether a box in the window stands where scrolling leads. The page is measured once, for many boxes.
   *
   * @returns {(box: DOMRect) => boolean}
   */
  function reachable() {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } =
      document.scrollingElement ?? document.documentElement;
    // From right to left and in vertical writing, a page begins at its other end.
    const least = {
      right: Math.min(0, clientWidth - scrollWidth) - scrollX,
      bottom: Math.min(0, clientHeight - scrollHeight) - scrollY,
    };
    return ({ right, bottom }) => right > least.right && bottom > least.bottom;
  }

  /** In a box of no size that lets nothing out. @param {Element} inner */
  function isSqueezed(inner) {
    for (let node = /** @type {Node | null} */ (inner); node; node = aboveOf(node)) {
      if (
        node instanceof Element &&
        !hasSize(node.getBoundingClientRect()) &&
        /hidden|clip/.test(getComputedStyle(node).overflow)
      )
        return true;
    }
    return false;
  }

  /** The element with a box of its own that its text begins in. @param {Range} range @returns {Element} */
  function elementAt({ startContainer }) {
    for (let node = aboveOf(startContainer); node; node = aboveOf(node)) {
      if (node instanceof Element && getComputedStyle(node).display !== "contents") return node;
    }
    return document.documentElement;
  }

  /**
   * The first line that a range draws on; `least`: wider than which its part there must be, as a single character need
   * not be wide.
   *
   * @param {Range} range
   * @param {number} [least]
   */
  function firstLine(range, least = 1) {
    return [...range.getClientRects()].find(({ width, height }) => width > least && height > 1) ?? null;
  }

  /** The last one. @param {Range} range @param {number} [least] */
  function lastLine(range, least = 1) {
    return [...range.getClientRects()].findLast(({ width, height }) => width > least && height > 1) ?? null;
  }

  /** @param {DOMRect} box */
  function hasSize({ width, height }) {
    return width > 1 && height > 1;
  }

  /**
   * Whether the text at a point in the viewport would be covered: anything but the blank of `block` or of what it
   * stands in. Points outside the viewport cannot be asked about; null then.
   *
   * @param {number} x
   * @param {number} y
   * @param {Element} block
   * @returns {boolean | null}
   */
  function isFree(x, y, block) {
    if (x < 0 || y < 0 || x >= document.documentElement.clientWidth || y >= window.innerHeight) return null;
    const root = block.getRootNode();
    const tree = root instanceof ShadowRoot ? root : document;
    const hit = tree.elementsFromPoint(x, y).find((element) => element.localName !== "rowback-overlay");
    return !hit || holds(hit, block);
  }

  /** @param {Element} element */
  function isRightToLeft(element) {
    return getComputedStyle(element).direction === "rtl";
  }

  /** Whether lines run from top to bottom, or the other way. @param {Element} element */
  function isVertical(element) {
    return !getComputedStyle(element).writingMode.startsWith("horizontal");
  }

  /** Width that can be seen without scrolling sideways. */
  function viewportWidth() {
    return document.documentElement.clientWidth || window.innerWidth;
  }

  /**
   * Calls back, at most once in a frame, when the page may have moved what we stand beside.
   *
   * @param {() => void} moved
   * @param {AbortSignal} signal
   * @param {() => boolean} [isPlaced] before, nothing can have moved
   */
  function watch(moved, signal, isPlaced = () => true) {
    let isDue = false;
    const soon = () => {
      if (isDue || signal.aborted || !isPlaced()) return;
      isDue = true;
      requestAnimationFrame(() => {
        isDue = false;
        if (!signal.aborted) moved();
      });
    };
    const observer = new ResizeObserver(soon);
    observer.observe(document.documentElement);
    if (document.body) observer.observe(document.body);
    signal.addEventListener("abort", () => observer.disconnect());
    addEventListener("resize", soon, { signal, passive: true });
    // Capture: scrollable parts of the page do not tell the window. When the page itself scrolls, we scroll with it,
    // and only what came into view may need another place: that can wait until the reader rests.
    let resting = 0;
    addEventListener(
      "scroll",
      ({ target }) => {
        if (target !== document) return soon();
        clearTimeout(resting);
        resting = setTimeout(soon, REST_MS);
      },
      { signal, passive: true, capture: true },
    );
    signal.addEventListener("abort", () => clearTimeout(resting));
    document.fonts?.addEventListener("loadingdone", soon, { signal });
    return soon;
  }

  return {
    aboveOf,
    blockOf,
    holds,
    reachable,
    isVisible,
    isSeen,
    isFree,
    isRightToLeft,
    isVertical,
    firstLine,
    lastLine,
    viewportWidth,
    watch,
  };
})();

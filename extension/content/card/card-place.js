/**
 * Where the card goes, and bringing what it is about into view.
 */
var RowbackCardPlace = (() => {
  const GAP = 12;
  /** The badges' column, which the card leaves free. */
  const MARGIN = 36;
  /** Narrower windows have no room beside anything: the card is a sheet at the bottom. */
  const NARROW = 560;
  /** How much of the window a sheet leaves to the page, at least. */
  const LEFT_BY_SHEET = 0.38;
  /** Of a passage, in pixels: some lines. */
  const LEAST_SEEN = 80;
  /** Lower, nothing could be read in it. */
  const LEAST_HEIGHT = 220;

  /** Scrolls only when it must. @param {Range | null} range @param {number} scale the reader's, of text */
  function bringIntoView(range, scale) {
    if (!range || !RowbackLayout.isVisible(range)) return;
    const { top, bottom } = range.getBoundingClientRect();
    const isUnderSheet = isNarrow(scale);
    const least = isUnderSheet ? innerHeight * LEFT_BY_SHEET : innerHeight - 60;
    if (top >= 60 && Math.min(bottom, top + 120) <= least) return;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    // A third from the top: what comes before is read with it, and there is room for the card below.
    const wanted = isUnderSheet ? 72 : innerHeight / 3;
    scrollBy({ top: top - wanted, behavior: isCalm ? "instant" : "smooth" });
  }

  /**
   * Beside the column where there is room, else below the block or above it; in the corner when it stands at no block.
   *
   * @param {HTMLElement} node
   * @param {Range | null} range
   * @param {{x: number, y: number}} origin
   * @param {number} scale the reader's, of text
   */
  function place(node, range, origin, scale) {
    const isSheet = isNarrow(scale);
    const isPlaced = range !== null && RowbackLayout.isVisible(range) && !isSheet;
    node.classList.toggle("sheet", isSheet);
    node.classList.toggle("in-corner", !isPlaced && !isSheet);
    node.style.transform = "none";
    node.style.maxHeight = "";
    if (isSheet) return placeSheet(node, range);
    if (!range || !isPlaced) return;
    const block = RowbackLayout.blockOf(range);
    const lines = range.getBoundingClientRect();
    const {
      x,
      y: wanted,
      isBeside,
    } = spotFor(lines, block.getBoundingClientRect(), node.offsetWidth, RowbackLayout.isRightToLeft(block));
    const y = !isInWindow(lines) ? wanted : isBeside ? insideWindow(wanted, node.offsetHeight) : clearOf(lines, node);
    node.style.transform = `translate(${Math.round(x - origin.x)}px, ${Math.round(y - origin.y)}px)`;
  }

  /** @param {number} scale */
  function isNarrow(scale) {
    return RowbackLayout.viewportWidth() < NARROW * scale;
  }

  /**
   * At the window's foot. Near the page's end, whence a passage cannot be scrolled up, the sheet is lower, or at the
   * window's head.
   *
   * @param {HTMLElement} node
   * @param {Range | null} range
   */
  function placeSheet(node, range) {
    node.classList.remove("at-top");
    if (!range || !RowbackLayout.isVisible(range)) return;
    const { top, height } = range.getBoundingClientRect();
    const { scrollHeight } = document.scrollingElement ?? document.documentElement;
    const highest = top - Math.max(0, scrollHeight - innerHeight - scrollY);
    const below = innerHeight - highest - Math.min(height, LEAST_SEEN) - GAP;
    if (below >= innerHeight * (1 - LEFT_BY_SHEET)) return;
    const isAtTop = below < LEAST_HEIGHT && highest - GAP > below;
    node.classList.toggle("at-top", isAtTop);
    node.style.maxHeight = `${isAtTop ? highest - GAP : Math.max(below, LEAST_HEIGHT)}px`;
  }

  /** Out of sight, the card leaves with its block. @param {DOMRect} lines */
  function isInWindow({ top, bottom }) {
    return bottom > 0 && top < innerHeight;
  }

  /**
   * Below the block or above it, whole where that fits, else as high as the larger room; only where neither has any,
   * over it.
   *
   * @param {DOMRect} lines
   * @param {HTMLElement} node may be made lower
   */
  function clearOf({ top, bottom }, node) {
    const height = node.offsetHeight;
    const [below, above] = [innerHeight - GAP - (bottom + GAP), top - 2 * GAP];
    if (height <= below) return bottom + GAP;
    if (height <= above) return top - GAP - height;
    const room = Math.max(below, above);
    if (room < LEAST_HEIGHT) return insideWindow(bottom + GAP, height);
    node.style.maxHeight = `${room}px`;
    return below >= above ? bottom + GAP : top - GAP - room;
  }

  /** @param {number} wanted where the card's top should be @param {number} height */
  function insideWindow(wanted, height) {
    return Math.max(GAP, Math.min(wanted, innerHeight - GAP - height));
  }

  /** @param {DOMRect} lines @param {DOMRect} column @param {number} width @param {boolean} isMirrored */
  function spotFor(lines, column, width, isMirrored) {
    const rightmost = RowbackLayout.viewportWidth() - GAP - width;
    const beside = isMirrored ? column.left - MARGIN - width : column.right + MARGIN;
    if (beside >= GAP && beside <= rightmost) return { x: beside, y: lines.top - 8, isBeside: true };
    const under = isMirrored ? column.left : column.right - width;
    return { x: Math.max(GAP, Math.min(under, rightmost)), y: lines.bottom + GAP, isBeside: false };
  }

  return { bringIntoView, place };
})();

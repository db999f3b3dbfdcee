/**
 * Where the card goes, and bringing what it is about into view.
 */
var RowbackCardPlace = (() => {
  const WIDTH = 400;
  const GAP = 12;
  /** The badges' column, which the card leaves free. */
  const MARGIN = 36;
  /** Narrower windows have no room beside anything: the card is a sheet at the bottom. */
  const NARROW = 560;
  /** Lower, nothing could be read in it. */
  const LEAST_HEIGHT = 220;

  /** Scrolls only when it must. @param {Range | null} range */
  function bringIntoView(range) {
    if (!range || !RowbackLayout.isVisible(range)) return;
    const { top, bottom } = range.getBoundingClientRect();
    if (top >= 60 && Math.min(bottom, top + 120) <= innerHeight - 60) return;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    // A third from the top: what comes before is read with it, and there is room for the card below.
    scrollBy({ top: top - innerHeight / 3, behavior: isCalm ? "instant" : "smooth" });
  }

  /**
   * Beside the column where there is room, else below the block or above it; in the corner when it stands at no block.
   *
   * @param {HTMLElement} node
   * @param {Range | null} range
   * @param {{x: number, y: number}} origin
   */
  function place(node, range, origin) {
    const isNarrow = RowbackLayout.viewportWidth() < NARROW;
    const isPlaced = range !== null && RowbackLayout.isVisible(range) && !isNarrow;
    node.classList.toggle("sheet", isNarrow);
    node.classList.toggle("in-corner", !isPlaced && !isNarrow);
    node.style.transform = "none";
    node.style.maxHeight = "";
    if (!range || !isPlaced) return;
    const block = RowbackLayout.blockOf(range);
    const lines = range.getBoundingClientRect();
    const {
      x,
      y: wanted,
      isBeside,
    } = spotFor(lines, block.getBoundingClientRect(), RowbackLayout.isRightToLeft(block));
    const y = !isInWindow(lines) ? wanted : isBeside ? insideWindow(wanted, node.offsetHeight) : clearOf(lines, node);
    node.style.transform = `translate(${Math.round(x - origin.x)}px, ${Math.round(y - origin.y)}px)`;
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

  /** @param {DOMRect} lines @param {DOMRect} column @param {boolean} isMirrored */
  function spotFor(lines, column, isMirrored) {
    const rightmost = RowbackLayout.viewportWidth() - GAP - WIDTH;
    const beside = isMirrored ? column.left - MARGIN - WIDTH : column.right + MARGIN;
    if (beside >= GAP && beside <= rightmost) return { x: beside, y: lines.top - 8, isBeside: true };
    const under = isMirrored ? column.left : column.right - WIDTH;
    return { x: Math.max(GAP, Math.min(under, rightmost)), y: lines.bottom + GAP, isBeside: false };
  }

  return { bringIntoView, place };
})();

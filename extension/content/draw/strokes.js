/**
 * What is drawn beside the text, in our own element: a caret where words are gone, a seam where a block is, a bar along
 * a block that is new or came from elsewhere. Seen by the eye only; the badges say the same.
 */
var RowbackStrokes = (() => {
  const { element } = RowbackNodes;
  /** The bar's distance from the text. */
  const GAP = 9;
  const EDGE = 2;
  const SEAM_WIDTH = 14;
  /** A character beside a gap may be as thin as a hair. */
  const ANY_WIDTH = -1;

  /**
   * @typedef {object} Anchored
   * @property {import("../../shared/contract.js").Edit} edit
   * @property {Range} range
   * @property {Record<string, Range[]>} marks
   * @property {{before: Range | null, after: Range | null}[]} gaps
   */
  /** @typedef {{left: number, top: number, width: number, height: number, isMirrored?: boolean}} Box */
  /** @typedef {{node: HTMLElement, box: () => Box | null}} Stroke */

  /**
   * @param {Anchored[]} anchored
   * @param {RowbackOverlayHandle} overlay
   * @param {{gone: boolean}} options `gone`: where something is missing, too
   * @param {AbortSignal} signal
   */
  function* showing(anchored, overlay, { gone }, signal) {
    /** @type {Stroke[]} */
    const strokes = [];
    for (const each of anchored) {
      strokes.push(...strokesFor(each, gone));
      yield;
    }
    const layer = element("div", { class: "strokes", "aria-hidden": "true" }, ...strokes.map(({ node }) => node));
    overlay.root.prepend(layer);
    signal.addEventListener("abort", () => layer.remove());
    return { placing: () => placingAll(strokes, overlay) };
  }

  /** @param {Anchored} anchored @param {boolean} gone @returns {Stroke[]} */
  function strokesFor({ edit, range, marks, gaps }, gone) {
    const block = RowbackLayout.blockOf(range);
    const { near } = edit.anchor;
    if (near) return gone ? [{ node: stroke("seam"), box: () => seamBox(range, block, near) }] : [];
    const carets = gone ? gaps.map((gap) => ({ node: stroke("caret"), box: () => caretBox(gap) })) : [];
    const isPainted = gaps.length + marks.inserted.length + marks.changed.length > 0;
    if (edit.kind === "change" && isPainted) return carets;
    return [...carets, { node: stroke(`bar ${edit.kind}`), box: () => barBox(range, block) }];
  }

  /** @param {string} name */
  function stroke(name) {
    return element("span", { class: `stroke ${name}`, hidden: true });
  }

  /** Reads all; the answers write. @param {Stroke[]} strokes @param {RowbackOverlayHandle} overlay
   * @returns {Generator<void, (() => void)[], void>} */
  function* placingAll(strokes, overlay) {
    const writes = [];
    for (const { node, box } of strokes) {
      const found = box();
      const origin = overlay.origin();
      writes.push(() => put(node, found, origin));
      yield;
    }
    return writes;
  }

  /** @param {HTMLElement} node @param {Box | null} box @param {{x: number, y: number}} origin */
  function put(node, box, origin) {
    node.hidden = !box;
    if (!box) return;
    node.style.transform = `translate(${(box.left - origin.x).toFixed(1)}px, ${(box.top - origin.y).toFixed(1)}px)`;
    node.classList.toggle("mirrored", box.isMirrored === true);
    node.style.width = `${box.width}px`;
    node.style.height = `${box.height}px`;
  }

  /** Between the two characters; at a line's end or beginning, beside the one that is there.
   * @param {{before: Range | null, after: Range | null}} gap @returns {Box | null} */
  function caretBox({ before, after }) {
    const one = before && RowbackLayout.lastLine(before, ANY_WIDTH);
    const other = after && RowbackLayout.firstLine(after, ANY_WIDTH);
    const line = other ?? one;
    if (!line) return null;
    const isSameLine = one && other && Math.abs(one.bottom - other.bottom) < line.height / 2;
    const middle = isSameLine ? between(one, other) : edgeOf(other ? after : before, line, other !== null);
    return { left: middle - 1, top: line.top, width: 2, height: line.height };
  }

  /** @param {DOMRect} one @param {DOMRect} other */
  function between(one, other) {
    return one.left <= other.left ? (one.right + other.left) / 2 : (one.left + other.right) / 2;
  }

  /** @param {Range | null} range @param {DOMRect} line @param {boolean} isBefore the character rather than after it */
  function edgeOf(range, line, isBefore) {
    const isMirrored = range !== null && RowbackLayout.isRightToLeft(RowbackLayout.blockOf(range));
    return isBefore === isMirrored ? line.right + 1 : line.left - 1;
  }

  /** @param {Range} range @param {Element} block @returns {Box | null} */
  function barBox(range, block) {
    if (!RowbackLayout.isVisible(range)) return null;
    const { top, height } = range.getBoundingClientRect();
    const left = RowbackLayout.isRightToLeft(block)
      ? Math.min(block.getBoundingClientRect().right + GAP - 3, RowbackLayout.viewportWidth() - EDGE - 3)
      : Math.max(block.getBoundingClientRect().left - GAP, EDGE);
    return { left, top, width: 3, height };
  }

  /**
   * In the margin, at the edge where the block stood.
   *
   * @param {Range} range
   * @param {Element} block
   * @param {"before" | "after"} near
   */
  function seamBox(range, block, near) {
    if (!RowbackLayout.isVisible(range)) return null;
    const { top, bottom } = range.getBoundingClientRect();
    const { left, right } = block.getBoundingClientRect();
    const isMirrored = RowbackLayout.isRightToLeft(block);
    const start = isMirrored
      ? Math.min(right + 2, RowbackLayout.viewportWidth() - EDGE - SEAM_WIDTH)
      : Math.max(left - 2 - SEAM_WIDTH, EDGE);
    return { left: start, top: near === "after" ? bottom + 3 : top - 5, width: SEAM_WIDTH, height: 2, isMirrored };
  }

  return { showing };
})();

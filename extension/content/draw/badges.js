/**
 * One button beside each edited block. Stands in the margin where there is one, never on text while there is room.
 */
var RowbackBadges = (() => {
  const { element, icon, button } = RowbackNodes;
  const { words } = RowbackMessages;
  /** At the browser's usual size of text. */
  const SIZE = 24;
  /** A badge grows with the reader's text no further: it holds none, and the page's may be as small as ever. */
  const LARGEST = 1.5;
  /** In pixels, at the usual size: narrower windows have narrow margins, and badges stay as they are. */
  const NARROW = 560;
  /** Of text, around a badge of the usual size. */
  const TEXT = 16;
  const GAP = 6;
  /** From the window's edges: no shadow may widen the page. */
  const EDGE = 4;
  /** What is drawn of a badge in a margin too narrow for a round one, as a share of its size. */
  const TAB_SHARE = 14 / 24;
  /** From a text's first line, in badges: what ends above that is in no badge's way. */
  const NEAR = 2;
  /** A tab further away than this stands beside other text: another column's, or the site's. */
  const FAR = 160;

  /** @typedef {import("../../shared/contract.js").Edit} Edit */
  /** @typedef {{edit: Edit, range: Range}} Anchored */
  /** `width`: the window's, when the side was chosen.
   * @typedef {Anchored & {node: HTMLElement, block: Element, side: Side | null, width: number, size: number}} Badge */
  /** `tab`: at the window's edge, narrow; `line`: after the last line; the last two where lines run from top to bottom.
   * @typedef {"end" | "start" | "tab" | "line" | "above" | "below"} Side */
  /** @typedef {{left: number, top: number, right: number, bottom: number}} Box */
  /** @typedef {{box: DOMRect, lines: DOMRect, isMirrored: boolean, isVertical: boolean}} Column of a badge's block */

  /**
   * @param {Anchored[]} anchored in the page's order
   * @param {RowbackOverlayHandle} overlay
   * @param {(id: string) => void} open
   * @param {AbortSignal} signal
   */
  function* showing(anchored, overlay, open, signal) {
    const list = element("div", { class: "badges", role: "group", "aria-label": words("badges_label") });
    /** @type {Badge[]} */
    const badges = [];
    for (const { edit, range } of anchored) {
      const node = build(edit, label(edit, badges.length, anchored.length), open);
      badges.push({ edit, range, node, block: RowbackLayout.blockOf(range), side: null, width: 0, size: SIZE });
      yield;
    }
    list.append(...badges.map(({ node }) => node));
    overlay.root.append(list);
    signal.addEventListener("abort", () => list.remove());

    return {
      /** @param {Box[]} taken places that others hold, in our own coordinates */
      placing: (taken) => placingAll(list, badges, overlay, taken),
      /** @param {string} id */
      find: (id) => badges.find(({ edit }) => edit.id === id)?.node ?? null,
      marks: () => badges.map(({ edit, node }) => ({ id: edit.id, node })),
      /** @param {string | null} id of the open card's edit */
      mark: (id) => badges.forEach(({ edit, node }) => node.classList.toggle("current", edit.id === id)),
    };
  }

  /** @param {Edit} edit @param {string} said @param {(id: string) => void} open */
  function build(edit, said, open) {
    return button(
      {
        class: `badge ${edit.kind}`,
        "data-edit": edit.id,
        "aria-label": said,
        "aria-haspopup": "dialog",
        hidden: true,
        title: RowbackEditWords.happened(edit),
      },
      () => open(edit.id),
      icon(edit.kind),
    );
  }

  /** @param {Edit} edit @param {number} number @param {number} all */
  function label(edit, number, all) {
    const where = words(RowbackEditWords.blockName(edit));
    return words("badge_label", RowbackEditWords.happened(edit), where, String(number + 1), String(all));
  }

  /** Reads all; the answers write. Moves by transform, which no page counts as a layout shift.
   * @param {HTMLElement} list @param {Badge[]} badges @param {RowbackOverlayHandle} overlay @param {Box[]} taken
   * @returns {Generator<void, (() => void)[], void>} */
  function* placingAll(list, badges, overlay, taken) {
    const occupied = [...taken];
    const width = RowbackLayout.viewportWidth();
    const size = sizeFor(width, overlay.scale());
    /** @type {(() => void)[]} */
    const writes = [() => list.style.setProperty("font-size", `${(TEXT * size) / SIZE}px`)];
    for (const badge of badges) {
      // Another width is another layout: what was free may not be now.
      if (badge.width !== width) Object.assign(badge, { side: null, width, size });
      const box = boxOf(badge, occupied, overlay.origin());
      if (box) occupied.push(box);
      const isTab = badge.side === "tab";
      const isMirrored = isTab && RowbackLayout.isRightToLeft(badge.block);
      writes.push(() => put(badge.node, box, isTab, isMirrored));
      yield;
    }
    return writes;
  }

  /** @param {number} width the window's @param {number} scale the reader's, of text */
  function sizeFor(width, scale) {
    return width < NARROW * scale ? SIZE : Math.round(SIZE * Math.min(scale, LARGEST));
  }

  /** @param {HTMLElement} node @param {Box | null} box @param {boolean} isTab @param {boolean} isMirrored */
  function put(node, box, isTab, isMirrored) {
    node.hidden = !box;
    node.classList.toggle("tab", isTab);
    node.classList.toggle("mirrored", isMirrored);
    if (box) node.style.transform = `translate(${Math.round(box.left)}px, ${Math.round(box.top)}px)`;
  }

  /** Where a badge goes; null while its text is not shown.
   * @param {Badge} badge @param {Box[]} occupied @param {{x: number, y: number}} origin
   * @returns {Box | null} as those that are occupied, in our own coordinates */
  function boxOf(badge, occupied, { x, y }) {
    if (!RowbackLayout.isVisible(badge.range)) return null;
    const lines = badge.range.getBoundingClientRect();
    const from = lines.top - y - NEAR * badge.size;
    const seen = occupied.filter(({ bottom }) => bottom > from).map((box) => moved(box, x, y));
    const column = columnOf(badge.block, lines);
    return moved(column.isVertical ? verticalBoxOf(badge, column, seen) : boxBeside(badge, column, seen), -x, -y);
  }

  /** @param {Badge} badge @param {Column} column @param {Box[]} occupied @returns {Box} */
  function boxBeside(badge, column, occupied) {
    const { lines } = column;
    const { size } = badge;
    const near = badge.edit.anchor.near;
    const middle = near === "after" ? lines.bottom : near === "before" ? lines.top : middleOf(firstLine(badge.range));
    badge.side ??= sideOf(badge, middle, column);
    let left = leftOf(badge, badge.side ?? "end", column);
    let top = (badge.side === "line" ? middleOf(lastLine(badge.range)) : middle) - size / 2;
    const clashes = () => clash(occupied, left, top, size);
    left = besides(clashes(), left, size);
    // Each step moves below one box, so this ends.
    for (let box = clashes(); box; box = clashes()) top = box.bottom + 2;
    return { left, top, right: left + size, bottom: top + size };
  }

  /**
   * Where lines run from top to bottom, their ends are above and below. The next badge stands where the next line does.
   *
   * @param {Badge} badge
   * @param {Column} column
   * @param {Box[]} occupied
   * @returns {Box}
   */
  function verticalBoxOf(badge, { lines }, occupied) {
    const isFromRight = !getComputedStyle(badge.block).writingMode.endsWith("lr");
    const { size } = badge;
    const { near } = badge.edit.anchor;
    const line = near ? null : firstLine(badge.range);
    const middle = line ? line.left + line.width / 2 : (near === "after") === isFromRight ? lines.left : lines.right;
    const above = lines.top - GAP - size;
    let left = middle - size / 2;
    const isTaken = occupied.some((one) => one.right - one.left > size && overlap(one, left, above, size));
    badge.side ??= isTaken || above + scrollY < EDGE || !isRoom(left, above, badge) ? "below" : "above";
    const top = badge.side === "above" ? above : lines.bottom + GAP;
    for (let box = clash(occupied, left, top, size); box; box = clash(occupied, left, top, size)) {
      left = isFromRight ? box.left - size - 2 : box.right + 2;
    }
    return { left, top, right: left + size, bottom: top + size };
  }

  /** @param {Element} block @param {DOMRect} lines @returns {Column} */
  function columnOf(block, lines) {
    const [isMirrored, isVertical] = [RowbackLayout.isRightToLeft(block), RowbackLayout.isVertical(block)];
    return { box: block.getBoundingClientRect(), lines, isMirrored, isVertical };
  }

  /** @param {Box} box @param {number} x @param {number} y @returns {Box} */
  function moved({ left, top, right, bottom }, x, y) {
    return { left: left + x, top: top + y, right: right + x, bottom: bottom + y };
  }

  /**
   * Whether the blank at a place is free; out of view it counts as free.
   *
   * @param {number} left
   * @param {number} top
   * @param {Badge} badge
   */
  function isRoom(left, top, { block, size }) {
    return [left + 1, left + size - 1].every((x) =>
      [top + 1, top + size - 1].every((y) => RowbackLayout.isFree(x, y, block) !== false),
    );
  }

  /** @param {Box[]} occupied @param {number} left @param {number} top @param {number} size */
  function clash(occupied, left, top, size) {
    return occupied.find((box) => overlap(box, left, top, size));
  }

  /** Beside the summary, when that stands in the margin and leaves room; another badge is wide as we are.
   * @param {Box | undefined} box @param {number} left @param {number} size */
  function besides(box, left, size) {
    if (!box || box.right - box.left <= size) return left;
    return box.right + GAP + size <= RowbackLayout.viewportWidth() ? box.right + GAP : left;
  }

  /** @param {{top: number, height: number}} line */
  function middleOf({ top, height }) {
    return top + height / 2;
  }

  /** @param {Range} range */
  function firstLine(range) {
    return RowbackLayout.firstLine(range) ?? range.getBoundingClientRect();
  }

  /** @param {Range} range */
  function lastLine(range) {
    return RowbackLayout.lastLine(range) ?? range.getBoundingClientRect();
  }

  /** @param {Badge} badge @param {Side} side @param {Column} column */
  function leftOf({ range, width, size }, side, { box: { left, right }, isMirrored }) {
    if (side === "tab") return isMirrored ? 1 : width - size - 1;
    if (side === "line") return isMirrored ? lastLine(range).left - GAP - size : lastLine(range).right + GAP;
    return (side === "end") === isMirrored
      ? Math.max(left - GAP - size, EDGE)
      : Math.min(right + GAP, width - size - EDGE);
  }

  /**
   * The end side unless something stands there and the start side is free; else where least is covered. Undecided while
   * out of view.
   *
   * @param {Badge} badge
   * @param {number} middle
   * @param {Column} column
   * @returns {Side | null}
   */
  function sideOf(badge, middle, column) {
    const [endFree, startFree] = /** @type {Side[]} */ (["end", "start"]).map((side) =>
      roomAt(leftOf(badge, side, column), middle, badge, column),
    );
    if (endFree === null || startFree === null) return null;
    if (endFree) return "end";
    if (startFree) return "start";
    const { left, right } = column.box;
    const margin = column.isMirrored ? left : badge.width - right;
    const atLine = leftOf(badge, "line", column);
    const hasRoomOnLine = atLine >= Math.max(left, EDGE) && atLine + badge.size <= Math.min(right, badge.width - EDGE);
    const isCramped = margin < TAB_SHARE * badge.size || margin > FAR;
    return isCramped && hasRoomOnLine && badge.edit.anchor.near === null ? "line" : "tab";
  }

  /** @param {number} left @param {number} middle @param {Badge} badge @param {Column} column
   * @returns {boolean | null} */
  function roomAt(left, middle, badge, { box }) {
    if (left < box.right && left + badge.size > box.left) return false;
    const corners = [left + 1, left + badge.size - 1].map((x) => RowbackLayout.isFree(x, middle, badge.block));
    return corners.includes(null) ? null : corners.every(Boolean);
  }

  /** @param {Box} box @param {number} left @param {number} top @param {number} size */
  function overlap(box, left, top, size) {
    return left < box.right && left + size > box.left && top < box.bottom && top + size > box.top;
  }

  return { showing };
})();

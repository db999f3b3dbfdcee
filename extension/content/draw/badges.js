/**
 * One button beside each edited block. Stands in the margin where there is one, never on text while there is room.
 */
var RowbackBadges = (() => {
  const { element, icon, button } = RowbackNodes;
  const { words } = RowbackMessages;
  const SIZE = 24;
  const GAP = 6;
  /** As far as a badge's touch area reaches beyond it: nothing may widen the page. */
  const EDGE = 4;
  /** Of a badge in a margin too narrow for a round one. */
  const TAB_WIDTH = 14;
  /** A tab further away than this stands beside other text: another column's, or the site's. */
  const FAR = 160;

  /** @typedef {import("../../shared/contract.js").Edit} Edit */
  /** @typedef {{edit: Edit, range: Range}} Anchored */
  /** @typedef {Anchored & {node: HTMLElement, block: Element, side: Side | null, width: number}} Badge */
  /** `tab`: at the window's edge, narrow; `line`: after the last line; the last two where lines run from top to bottom.
   * @typedef {"end" | "start" | "tab" | "line" | "above" | "below"} Side */
  /** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

  /**
   * @param {Anchored[]} anchored in the page's order
   * @param {RowbackOverlayHandle} overlay
   * @param {(id: string) => void} open
   * @param {AbortSignal} signal
   */
  function show(anchored, overlay, open, signal) {
    const list = element("div", { class: "badges", role: "group", "aria-label": words("badges_label") });
    const badges = anchored.map(({ edit, range }, number) => {
      const node = button(
        {
          class: `badge ${edit.kind}`,
          "data-edit": edit.id,
          "aria-label": label(edit, number, anchored.length),
          "aria-haspopup": "dialog",
          hidden: true,
          title: RowbackEditWords.happened(edit),
        },
        () => open(edit.id),
        icon(edit.kind),
      );
      return /** @type {Badge} */ ({ edit, range, node, block: RowbackLayout.blockOf(range), side: null, width: 0 });
    });
    list.append(...badges.map(({ node }) => node));
    overlay.root.append(list);
    signal.addEventListener("abort", () => list.remove());

    return {
      /** @param {Box[]} taken places in the viewport that others hold */
      place: (taken) => placeAll(badges, overlay.origin(), taken),
      /** @param {string} id */
      find: (id) => badges.find(({ edit }) => edit.id === id)?.node ?? null,
      marks: () => badges.map(({ edit, node }) => ({ id: edit.id, node })),
      /** @param {string | null} id of the open card's edit */
      mark: (id) => badges.forEach(({ edit, node }) => node.classList.toggle("current", edit.id === id)),
    };
  }

  /** @param {Edit} edit @param {number} number @param {number} all */
  function label(edit, number, all) {
    const where = words(RowbackEditWords.blockName(edit));
    return words("badge_label", RowbackEditWords.happened(edit), where, String(number + 1), String(all));
  }

  /** Reads all; the answer writes. Moves by transform, which no page counts as a layout shift.
   * @param {Badge[]} badges @param {{x: number, y: number}} origin @param {Box[]} taken @returns {() => void} */
  function placeAll(badges, origin, taken) {
    const occupied = [...taken];
    const width = RowbackLayout.viewportWidth();
    for (const badge of badges) {
      // Another width is another layout: what was free may not be now.
      if (badge.width !== width) Object.assign(badge, { side: null, width });
    }
    const boxes = badges.map((badge) => boxOf(badge, occupied));
    return () =>
      badges.forEach(({ node }, number) => {
        const box = boxes[number];
        node.hidden = !box;
        node.classList.toggle("tab", badges[number].side === "tab");
        if (box)
          node.style.transform = `translate(${Math.round(box.left - origin.x)}px, ${Math.round(box.top - origin.y)}px)`;
      });
  }

  /** Where a badge goes, in the viewport's coordinates; null while its text is not shown.
   * @param {Badge} badge @param {Box[]} occupied gains the box */
  function boxOf(badge, occupied) {
    if (!RowbackLayout.isVisible(badge.range)) return null;
    const lines = badge.range.getBoundingClientRect();
    if (RowbackLayout.isVertical(badge.block)) return verticalBoxOf(badge, lines, occupied);
    const near = badge.edit.anchor.near;
    const middle = near === "after" ? lines.bottom : near === "before" ? lines.top : middleOf(firstLine(badge.range));
    badge.side ??= sideOf(badge, middle);
    let left = leftOf(badge, badge.side ?? "end");
    let top = (badge.side === "line" ? middleOf(lastLine(badge.range)) : middle) - SIZE / 2;
    const clashes = () => clash(occupied, left, top);
    left = besides(clashes(), left);
    // Each step moves below one box, so this ends.
    for (let box = clashes(); box; box = clashes()) top = box.bottom + 2;
    const box = { left, top, right: left + SIZE, bottom: top + SIZE };
    occupied.push(box);
    return box;
  }

  /**
   * Where lines run from top to bottom, their ends are above and below. The next badge stands where the next line does.
   *
   * @param {Badge} badge
   * @param {DOMRect} lines
   * @param {Box[]} occupied gains the box
   * @returns {Box}
   */
  function verticalBoxOf(badge, lines, occupied) {
    const isFromRight = !getComputedStyle(badge.block).writingMode.endsWith("lr");
    const { near } = badge.edit.anchor;
    const line = near ? null : firstLine(badge.range);
    const middle = line ? line.left + line.width / 2 : (near === "after") === isFromRight ? lines.left : lines.right;
    const above = lines.top - GAP - SIZE;
    let left = middle - SIZE / 2;
    const isTaken = occupied.some((one) => one.right - one.left > SIZE && overlap(one, left, above));
    badge.side ??= isTaken || above + scrollY < EDGE || !isRoom(left, above, badge.block) ? "below" : "above";
    const top = badge.side === "above" ? above : lines.bottom + GAP;
    for (let box = clash(occupied, left, top); box; box = clash(occupied, left, top)) {
      left = isFromRight ? box.left - SIZE - 2 : box.right + 2;
    }
    const box = { left, top, right: left + SIZE, bottom: top + SIZE };
    occupied.push(box);
    return box;
  }

  /**
   * Whether the blank at a place is free; out of view it counts as free.
   *
   * @param {number} left
   * @param {number} top
   * @param {Element} block
   */
  function isRoom(left, top, block) {
    return [left + 1, left + SIZE - 1].every((x) =>
      [top + 1, top + SIZE - 1].every((y) => RowbackLayout.isFree(x, y, block) !== false),
    );
  }

  /** @param {Box[]} occupied @param {number} left @param {number} top */
  function clash(occupied, left, top) {
    return occupied.find((box) => overlap(box, left, top));
  }

  /** Beside the summary, when that stands in the margin and leaves room; another badge is wide as we are.
   * @param {Box | undefined} box @param {number} left */
  function besides(box, left) {
    if (!box || box.right - box.left <= SIZE) return left;
    return box.right + GAP + SIZE <= RowbackLayout.viewportWidth() ? box.right + GAP : left;
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

  /** @param {Badge} badge @param {Side} side */
  function leftOf({ range, block }, side) {
    const { left, right } = block.getBoundingClientRect();
    const width = RowbackLayout.viewportWidth();
    const isMirrored = RowbackLayout.isRightToLeft(block);
    if (side === "tab") return isMirrored ? 1 : width - TAB_WIDTH - 1;
    if (side === "line") return isMirrored ? lastLine(range).left - GAP - SIZE : lastLine(range).right + GAP;
    return (side === "end") === isMirrored
      ? Math.max(left - GAP - SIZE, EDGE)
      : Math.min(right + GAP, width - SIZE - EDGE);
  }

  /**
   * The end side unless something stands there and the start side is free; else where least is covered. Undecided while
   * out of view.
   *
   * @param {Badge} badge
   * @param {number} middle
   * @returns {Side | null}
   */
  function sideOf(badge, middle) {
    const [endFree, startFree] = /** @type {Side[]} */ (["end", "start"]).map((side) =>
      roomAt(leftOf(badge, side), middle, badge),
    );
    if (endFree === null || startFree === null) return null;
    if (endFree) return "end";
    if (startFree) return "start";
    const { left, right } = badge.block.getBoundingClientRect();
    const isMirrored = RowbackLayout.isRightToLeft(badge.block);
    const margin = isMirrored ? left : RowbackLayout.viewportWidth() - right;
    const atLine = leftOf(badge, "line");
    const hasRoomOnLine =
      atLine >= Math.max(left, EDGE) && atLine + SIZE <= Math.min(right, RowbackLayout.viewportWidth() - EDGE);
    return (margin < TAB_WIDTH || margin > FAR) && hasRoomOnLine && badge.edit.anchor.near === null ? "line" : "tab";
  }

  /** @param {number} left @param {number} middle @param {Badge} badge @returns {boolean | null} */
  function roomAt(left, middle, badge) {
    const box = badge.block.getBoundingClientRect();
    if (left < box.right && left + SIZE > box.left) return false;
    const corners = [left + 1, left + SIZE - 1].map((x) => RowbackLayout.isFree(x, middle, badge.block));
    return corners.includes(null) ? null : corners.every(Boolean);
  }

  /** @param {Box} box @param {number} left @param {number} top */
  function overlap(box, left, top) {
    return left < box.right && left + SIZE > box.left && top < box.bottom && top + SIZE > box.top;
  }

  return { show };
})();

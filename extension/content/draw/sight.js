/**
 * Which of our badges a reader can get to see: not those that the page hides, covers or has thrown away with our
 * element. Looks when we have placed something, and once in a while, as a page need not tell us what it does; changes
 * nothing on the page.
 */
var RowbackSight = (() => {
  const { element } = RowbackNodes;
  const BEAT_MS = 2_000;
  /** After we have placed something. */
  const SOON_MS = 150;
  /** A page that hides and shows us more often than this is believed no more: what it once hid counts as hidden. */
  const MAX_CHANGES = 60;
  /** Badges in view of which one look asks whether they are covered. */
  const MAX_ASKED = 20;
  /** Where a look asks whether the whole window is covered, in shares of its width and height. */
  const GRID = [1 / 6, 1 / 2, 5 / 6];
  /** Of the grid's nine points: one may have come out between two covers. */
  const ENOUGH = 8;
  /** A narrow badge is 14 pixels wide. */
  const LEAST_PX = 7;

  /** @typedef {{id: string, node: HTMLElement}} Mark */
  /** @typedef {{top: number | null, bottom: number | null}} Room between the bars at the window's edges */
  /**
   * @typedef {object} Around
   * @property {RowbackOverlayHandle} overlay
   * @property {() => Mark[] | null} marks null while they are drawn anew
   * @property {() => Room} room
   * @property {(hidden: Set<string>) => void} changed
   */
  /**
   * @typedef {object} Look
   * @property {Around} around
   * @property {HTMLElement} probe covers the window, below all else of ours
   * @property {Map<string, Element>} covers what was last found over a badge
   */

  /** @param {Around} around @param {AbortSignal} signal */
  function watch(around, signal) {
    const probe = element("div", { class: "probe", "aria-hidden": "true" });
    around.overlay.root.prepend(probe);
    /** @type {Look} */
    const look = { around, probe, covers: new Map() };
    const tally = tallyOf(MAX_CHANGES);
    let timer = 0;
    let dueAt = Infinity;
    const act = () => {
      dueAt = Infinity;
      if (signal.aborted || tally.isOver()) return;
      const hidden = mayLook() ? hiddenNow(look) : null;
      if (hidden && tally.take(hidden)) around.changed(tally.hidden());
      within(BEAT_MS);
    };
    /** @param {number} delay ms */
    const within = (delay) => {
      if (signal.aborted || Date.now() + delay >= dueAt) return;
      clearTimeout(timer);
      dueAt = Date.now() + delay;
      // With the page's layout done, reading it costs nothing.
      timer = setTimeout(() => void RowbackWaiting.drawn().then(act), delay);
    };
    signal.addEventListener("abort", () => clearTimeout(timer));
    return {
      first: () => RowbackWaiting.drawn().then(act),
      soon: () => within(SOON_MS),
      hidden: tally.hidden,
    };
  }

  /** What comes of look after look. Pure. @param {number} most changes */
  function tallyOf(most) {
    /** @type {Set<string>} */
    let hidden = new Set();
    const ever = new Set();
    let changes = 0;
    return {
      hidden: () => hidden,
      isOver: () => changes >= most,
      /** @param {Set<string>} found @returns {boolean} whether it is another than before */
      take: (found) => {
        if (found.size === hidden.size && [...found].every((id) => hidden.has(id))) return false;
        changes += 1;
        found.forEach((id) => ever.add(id));
        hidden = changes >= most ? ever : found;
        return true;
      },
    };
  }

  /** Nobody looks at a page in the background, and on paper we are left out by ourselves. */
  function mayLook() {
    return document.visibilityState === "visible" && !matchMedia("print").matches;
  }

  /** @param {Look} look @returns {Set<string> | null} ids; null where there is nothing to look at */
  function hiddenNow({ around: { overlay, marks, room }, probe, covers }) {
    const all = marks();
    if (!all?.length) return null;
    const none = new Set(all.map(({ id }) => id));
    if (!hasSize(probe.getBoundingClientRect()) || !isDrawn(probe)) return none;
    const above = RowbackAbove.now(overlay.host, overlay.root);
    const isReachable = RowbackLayout.reachable();
    const isInWindow = windowNow();
    let asked = 0;
    let isOneSeen = false;
    const hidden = all.filter(({ id, node }) => {
      // Of what the page has taken away, or hidden with its text, nothing is left.
      const box = node.getBoundingClientRect();
      if (!hasSize(box) || !isReachable(box)) return true;
      const { x, y } = middleOf(box);
      if (!isInWindow(x, y) || asked >= MAX_ASKED) return isStillCovered(id, covers);
      asked += 1;
      const isHidden = !isDrawn(node) || !hasInk(node) || isCovered(id, x, y, above, room(), covers);
      isOneSeen ||= !isHidden;
      return isHidden;
    });
    // Asking what covers the window costs, on long pages.
    return !isOneSeen && isVeiled(probe, above, room()) ? none : new Set(hidden.map(({ id }) => id));
  }

  /** Whether what it stands in lets it through, up to the root element. @param {Element} inner */
  function isDrawn(inner) {
    if (!inner.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    let share = 1;
    for (let node = /** @type {Node | null} */ (inner); node; node = RowbackLayout.aboveOf(node)) {
      if (node instanceof Element) share *= RowbackFaint.share(getComputedStyle(node));
    }
    return !RowbackFaint.isFaint(share);
  }

  /** @param {Element} node */
  function hasInk(node) {
    const { color, backgroundColor } = getComputedStyle(node);
    return [color, backgroundColor].some((ink) => !RowbackFaint.isFaint(RowbackFaint.solidity(ink)));
  }

  /**
   * @param {HTMLElement} probe
   * @param {ReturnType<typeof RowbackAbove.now>} above
   * @param {Room} room
   */
  function isVeiled(probe, above, room) {
    // Only while we ask: the mouse is for the page.
    probe.style.pointerEvents = "auto";
    const points = GRID.flatMap((across) => GRID.map((down) => ({ x: across * innerWidth, y: down * innerHeight })));
    const covered = points.filter(({ x, y }) => coverAt(x, y, above, room));
    probe.style.pointerEvents = "";
    return covered.length >= ENOUGH;
  }

  /**
   * @param {string} id
   * @param {number} x
   * @param {number} y
   * @param {ReturnType<typeof RowbackAbove.now>} above
   * @param {Room} room
   * @param {Map<string, Element>} covers is told
   */
  function isCovered(id, x, y, above, room, covers) {
    const cover = coverAt(x, y, above, room);
    if (cover) covers.set(id, cover);
    else covers.delete(id);
    return cover !== null;
  }

  /**
   * Not a bar of the page under which we go by ourselves, as the text does.
   *
   * @param {number} x
   * @param {number} y
   * @param {ReturnType<typeof RowbackAbove.now>} above
   * @param {Room} room
   */
  function coverAt(x, y, above, { top, bottom }) {
    const cover = above.at(x, y);
    const isUnderBar = (top !== null && y <= top) || (bottom !== null && y >= bottom);
    return cover && isUnderBar && !above.isAbove(cover) ? null : cover;
  }

  /** Out of view it cannot be asked about. What is pinned to the window has stayed behind.
   * @param {string} id @param {Map<string, Element>} covers */
  function isStillCovered(id, covers) {
    const cover = covers.get(id);
    return cover?.isConnected === true && cover.checkVisibility() && !isPinned(cover);
  }

  /** @param {Element} cover */
  function isPinned(cover) {
    for (let node = /** @type {Node | null} */ (cover); node; node = RowbackLayout.aboveOf(node)) {
      if (node instanceof Element && /fixed|sticky/.test(getComputedStyle(node).position)) return true;
    }
    return false;
  }

  /** @param {DOMRect} box */
  function hasSize({ width, height }) {
    return Math.min(width, height) >= LEAST_PX;
  }

  /** @param {DOMRect} box */
  function middleOf({ left, top, width, height }) {
    return { x: left + width / 2, y: top + height / 2 };
  }

  /** @returns {(x: number, y: number) => boolean} */
  function windowNow() {
    const [width, height] = [document.documentElement.clientWidth, innerHeight];
    return (x, y) => x >= 0 && y >= 0 && x < width && y < height;
  }

  return { watch, tallyOf };
})();

/**
 * Presses that miss a badge by less than a finger's width, and a finger's on marked words: they do what the badge does.
 * Nothing lies over the page for that. It hears of each press first, and its links and controls keep theirs.
 */
var RowbackHits = (() => {
  /** Pixels from a badge's middle to each side: of a mouse, and of a finger (WCAG 2.5.8 and 2.5.5). */
  const REACH = { fine: 12, coarse: 22 };
  /** Pixels around marked words, and around the gap where words are gone, which is narrow. */
  const AROUND = { words: 3, gap: 11 };
  const CONTROL = [
    "a[href], area, button, input, select, textarea, label, summary, option, audio, video, iframe, embed, object",
    "[contenteditable]:not([contenteditable=false]), [onclick], [tabindex]:not([tabindex^='-'])",
    "[role=button], [role=link], [role=tab], [role=checkbox], [role=switch], [role=menuitem]",
  ].join(", ");

  /** @typedef {import("../../shared/contract.js").Edit} Edit */
  /** @typedef {{inserted: Range[], changed: Range[], deleted: Range[]}} Marks */
  /**
   * @typedef {object} Shown
   * @property {{edit: Edit, marks: Marks}[]} anchored
   * @property {boolean} areMarked whether their words are painted
   * @property {() => {id: string, node: HTMLElement}[]} badges
   * @property {() => {top: number | null, bottom: number | null}} room between the bars at the window's edges
   * @property {(id: string) => void} open
   */

  /** @param {Shown} shown @param {AbortSignal} signal */
  function listen(shown, signal) {
    RowbackNodes.listen(
      globalThis,
      "click",
      (/** @type {PointerEvent} */ event) => {
        if (!isFree(event, shown.room())) return;
        const isFinger = event.pointerType === "touch" || event.pointerType === "pen";
        const id = badgeAt(event, shown.badges(), isFinger) ?? (isFinger ? wordsAt(event, shown) : null);
        if (id !== null) shown.open(id);
      },
      { signal },
    );
  }

  /** Whether nothing on the page has a use for it.
   * @param {PointerEvent} event @param {ReturnType<Shown["room"]>} room */
  function isFree(event, { top, bottom }) {
    const { button, altKey, ctrlKey, metaKey, shiftKey, clientY } = event;
    if (event.defaultPrevented || button !== 0 || altKey || ctrlKey || metaKey || shiftKey) return false;
    if ((top !== null && clientY <= top) || (bottom !== null && clientY >= bottom)) return false;
    if (getSelection()?.isCollapsed === false) return false;
    const path = event.composedPath().filter((node) => node instanceof Element);
    // A page that acts upon presses of its own making mostly says so by the pointer's shape.
    const isHand = path.length > 0 && getComputedStyle(path[0]).cursor === "pointer";
    return !isHand && !path.some((element) => element.localName === "rowback-overlay" || element.matches(CONTROL));
  }

  /**
   * The nearest badge within reach.
   *
   * @param {{clientX: number, clientY: number}} point
   * @param {{id: string, node: HTMLElement}[]} badges
   * @param {boolean} isFinger
   */
  function badgeAt({ clientX: x, clientY: y }, badges, isFinger) {
    const near = badges.flatMap(({ id, node }) => {
      const box = node.getBoundingClientRect();
      const reach = Math.max(isFinger ? REACH.coarse : REACH.fine, box.width / 2);
      const [across, down] = [x - (box.left + box.right) / 2, y - (box.top + box.bottom) / 2].map(Math.abs);
      return box.width > 0 && across <= reach && down <= reach ? [{ id, away: Math.hypot(across, down) }] : [];
    });
    return near.sort((a, b) => a.away - b.away)[0]?.id ?? null;
  }

  /** @param {{clientX: number, clientY: number}} point @param {Shown} shown */
  function wordsAt(point, { anchored, areMarked }) {
    if (!areMarked) return null;
    const found = anchored.find(
      ({ marks: { inserted, changed, deleted } }) =>
        [...inserted, ...changed].some((words) => isIn(point, words, AROUND.words)) ||
        deleted.some((gap) => isIn(point, gap, AROUND.gap)),
    );
    return found?.edit.id ?? null;
  }

  /** @param {{clientX: number, clientY: number}} point @param {Range} words @param {number} around */
  function isIn({ clientX: x, clientY: y }, words, around) {
    return [...words.getClientRects()].some(
      ({ left, top, right, bottom }) =>
        x >= left - around && x <= right + around && y >= top - around && y <= bottom + around,
    );
  }

  return { listen };
})();

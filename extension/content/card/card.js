/**
 * What a click opens: one edit with its earlier wordings, and the way to the next. Non-modal: the page can be read on.
 *
 * A card walks along stops: the anchored edits in the page's order, then one for what is not painted on the page.
 */
var RowbackCard = (() => {
  /** @typedef {import("../../shared/contract.js").Edit} Edit */
  /** @typedef {import("../../shared/contract.js").Answer} Answer */
  /** @typedef {{anchored: {edit: Edit, range: Range}[], unplaced: Edit[], answer: Answer}} Shown */
  /**
   * @typedef {object} Around what the card needs of its surroundings
   * @property {RowbackOverlayHandle} overlay
   * @property {() => Shown} shown
   * @property {(id: string | null) => void} moved the card stands at this edit now; null: at none
   * @property {(id: string | null) => HTMLElement | null} opener where the focus goes back to
   * @property {() => void} openHistory
   * @property {(name: string) => void} openPage of an edit
   * @property {() => void} nextMode
   * @property {(edit: Edit) => Promise<import("../../shared/contract.js").Wording[]>} more
   * @property {AbortSignal} signal
   */

  /** The stop of what is not painted. No edit's id: the backend makes those of letters, digits and hyphens. */
  const REST = "(rest)";
  const STEPS = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowLeft: -1, j: 1, k: -1 });

  /**
   * `current`: the open card, and the stop that it is about.
   *
   * @typedef {{around: Around, current: {node: HTMLElement, at: string, closing: AbortController} | null}} Walk
   */

  /** @param {Around} around */
  function open(around) {
    /** @type {Walk} */
    const walk = { around, current: null };
    around.signal.addEventListener("abort", () => walk.current?.closing.abort());
    return {
      /** As its badge does: a second time closes it. @param {string} id */
      toggle: (id) => (walk.current?.at === id ? close(walk) : goTo(walk, id, true)),
      /** Stays where it stands already. @param {string} id */
      openAt: (id) => walk.current?.at !== id && goTo(walk, id, true),
      /** To the next stop or the one before; to the first or the last where no card is open. @param {1 | -1} by */
      step: (by) => step(walk, by),
      openFirst: () => goTo(walk, stopsOf(around.shown())[0] ?? REST, true),
      place: () => place(walk),
      /** The page was read again: the same edit, at its new place or at none. */
      refresh: () => walk.current && goTo(walk, walk.current.at, false),
    };
  }

  /** @param {Walk} walk @param {string} at @param {boolean} takesFocus */
  function goTo(walk, at, takesFocus) {
    const { around, current } = walk;
    const hadFocus = current?.node.contains(around.overlay.root.activeElement) ?? false;
    current?.closing.abort();
    const closing = new AbortController();
    const node = build(walk, at);
    around.overlay.root.append(node);
    closing.signal.addEventListener("abort", () => node.remove());
    const actions = {
      close: () => close(walk),
      step: (/** @type {number} */ by) => step(walk, by),
      nextMode: around.nextMode,
    };
    listenForKeys(node, closing.signal, actions);
    walk.current = { node, at, closing };
    around.moved(at === REST ? null : at);
    if (takesFocus) RowbackCardPlace.bringIntoView(rangeOf(around.shown(), at), around.overlay.scale());
    place(walk);
    if (takesFocus || hadFocus) node.focus({ preventScroll: true });
  }

  /** @param {Walk} walk @param {string} at */
  function build(walk, at) {
    const shown = walk.around.shown();
    const edit = [...shown.anchored.map((each) => each.edit), ...shown.unplaced].find(({ id }) => id === at) ?? null;
    return RowbackCardView.build(shown, edit, stopsOf(shown).length, {
      close: () => close(walk),
      step: (by) => step(walk, by),
      goToRest: () => goTo(walk, REST, true),
      openHistory: walk.around.openHistory,
      link: { openPage: walk.around.openPage },
      more: walk.around.more,
      copy: (wording) => void copy(walk, wording),
    });
  }

  /** @param {Walk} walk @param {import("../../shared/contract.js").Wording} wording */
  async function copy({ around: { overlay, shown }, current }, wording) {
    overlay.say(await RowbackQuote.copy(wording, shown().answer, current?.node ?? overlay.root), true);
  }

  /** @param {Walk} walk */
  function close(walk) {
    const { around, current } = walk;
    if (!current) return;
    const hadFocus = current.node.contains(around.overlay.root.activeElement);
    walk.current = null;
    current.closing.abort();
    around.moved(null);
    if (hadFocus) around.opener(current.at === REST ? null : current.at)?.focus({ preventScroll: true });
  }

  /** @param {Walk} walk @param {number} by */
  function step(walk, by) {
    const stops = stopsOf(walk.around.shown());
    const at = stops.indexOf(walk.current?.at ?? "");
    const next = at < 0 ? stops.at(by > 0 ? 0 : -1) : stops[(at + by + stops.length) % stops.length];
    if (next && next !== walk.current?.at) goTo(walk, next, true);
  }

  /** @param {Walk} walk */
  function place({ around, current }) {
    if (!current) return;
    const { overlay, shown } = around;
    RowbackCardPlace.place(current.node, rangeOf(shown(), current.at), overlay.origin(), overlay.scale());
  }

  /** @param {Shown} shown */
  function stopsOf({ anchored, unplaced, answer }) {
    const stops = anchored.map(({ edit }) => edit.id);
    return unplaced.length || answer.passing.length ? [...stops, REST] : stops;
  }

  /** @param {Shown} shown @param {string} at */
  function rangeOf({ anchored }, at) {
    return anchored.find(({ edit }) => edit.id === at)?.range ?? null;
  }

  /**
   * Escape closes from anywhere; arrows and j, k step while the card has the focus, and m shows more or less on the
   * page.
   *
   * @param {HTMLElement} node
   * @param {AbortSignal} signal
   * @param {{close: () => void, step: (by: number) => void, nextMode: () => void}} actions
   */
  function listenForKeys(node, signal, actions) {
    RowbackNodes.listen(
      node,
      "keydown",
      (/** @type {KeyboardEvent} */ event) => {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        if (event.key in STEPS) {
          const isMirrored = event.key.startsWith("Arrow") && getComputedStyle(node).direction === "rtl";
          actions.step(isMirrored ? -STEPS[event.key] : STEPS[event.key]);
          event.preventDefault();
        }
        if (event.key === "m") actions.nextMode();
        // The page's own shortcuts are not meant while the reader is in our card.
        if (event.key !== "Escape" && event.key !== "Tab") event.stopPropagation();
      },
      { signal },
    );
    RowbackNodes.listen(
      globalThis,
      "keydown",
      (/** @type {KeyboardEvent} */ event) => {
        if (event.key !== "Escape" || event.isComposing) return;
        if (event.composedPath().includes(node)) event.stopPropagation();
        actions.close();
      },
      { signal, capture: true },
    );
  }

  return { open };
})();

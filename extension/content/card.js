/**
 * What a click opens: one edit with its earlier wordings, and the way to the next. Non-modal: the page can be read on.
 *
 * A card walks along stops: the anchored edits in the page's order, then one for what is not painted on the page.
 */
var RowbackCard = (() => {
  /** @typedef {import("../shared/contract.js").Edit} Edit */
  /** @typedef {import("../shared/contract.js").Answer} Answer */
  /** @typedef {{anchored: {edit: Edit, range: Range}[], unplaced: Edit[], answer: Answer}} Shown */
  /**
   * @typedef {object} Around what the card needs of its surroundings
   * @property {RowbackOverlayHandle} overlay
   * @property {() => Shown} shown
   * @property {(id: string | null) => void} moved the card stands at this edit now; null: at none
   * @property {(id: string | null) => HTMLElement | null} opener where the focus goes back to
   * @property {() => void} openHistory
   * @property {() => void} nextMode
   * @property {AbortSignal} signal
   */

  /** The stop of what is not painted. No edit's id: the backend makes those of letters and digits. */
  const REST = "(rest)";
  const STEPS = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowLeft: -1, j: 1, k: -1 });

  /** @param {Around} around */
  function open(around) {
    const { overlay } = around;
    /** @type {{node: HTMLElement, at: string, closing: AbortController} | null} */
    let current = null;

    /** @param {string} at @param {boolean} takesFocus */
    const goTo = (at, takesFocus) => {
      const hadFocus = current !== null && current.node.contains(overlay.root.activeElement);
      current?.closing.abort();
      const closing = new AbortController();
      const node = build(at);
      overlay.root.append(node);
      closing.signal.addEventListener("abort", () => node.remove());
      listenForKeys(node, closing.signal, { close, step, nextMode: around.nextMode });
      current = { node, at, closing };
      around.moved(at === REST ? null : at);
      if (takesFocus) RowbackCardPlace.bringIntoView(rangeOf(around.shown(), at));
      place();
      if (takesFocus || hadFocus) node.focus({ preventScroll: true });
    };

    /** @param {string} at */
    const build = (at) => {
      const shown = around.shown();
      const edit = [...shown.anchored.map((each) => each.edit), ...shown.unplaced].find(({ id }) => id === at) ?? null;
      const goToRest = () => goTo(REST, true);
      return RowbackCardView.build(shown, edit, stopsOf(shown).length, { close, step, goToRest, openHistory: around.openHistory, copy });
    };

    /** @param {import("../shared/contract.js").Wording} wording */
    const copy = async (wording) => {
      const text = RowbackQuote.textOf(wording, around.shown().answer.article);
      const isCopied = await RowbackQuote.copy(text, current?.node ?? overlay.root);
      overlay.say(RowbackWords.words(isCopied ? "quote_copied" : "quote_not_copied"), true);
    };

    const close = () => {
      if (!current) return;
      const { at, node, closing } = current;
      const hadFocus = node.contains(overlay.root.activeElement);
      current = null;
      closing.abort();
      around.moved(null);
      if (hadFocus) around.opener(at === REST ? null : at)?.focus({ preventScroll: true });
    };

    /** @param {number} by */
    const step = (by) => {
      const stops = stopsOf(around.shown());
      const at = stops.indexOf(current?.at ?? "");
      const next = stops[(at + by + stops.length) % stops.length];
      if (next && next !== current?.at) goTo(next, true);
    };

    const place = () => current && RowbackCardPlace.place(current.node, rangeOf(around.shown(), current.at), overlay.origin());

    around.signal.addEventListener("abort", () => current?.closing.abort());
    return {
      /** @param {string} id */
      openAt: (id) => (current?.at === id ? close() : goTo(id, true)),
      openFirst: () => goTo(stopsOf(around.shown())[0] ?? REST, true),
      place,
      /** The page was read again: the same edit, at its new place or at none. */
      refresh: () => current && goTo(current.at, false),
    };
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
   * Escape closes from anywhere; arrows and j, k step while the card has the focus, and m shows more or less on the page.
   *
   * @param {HTMLElement} node
   * @param {AbortSignal} signal
   * @param {{close: () => void, step: (by: number) => void, nextMode: () => void}} actions
   */
  function listenForKeys(node, signal, { close, step, nextMode }) {
    node.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key in STEPS) {
        const isMirrored = event.key.startsWith("Arrow") && getComputedStyle(node).direction === "rtl";
        step(isMirrored ? -STEPS[event.key] : STEPS[event.key]);
        event.preventDefault();
      }
      if (event.key === "m") nextMode();
      // The page's own shortcuts are not meant while the reader is in our card.
      if (event.key !== "Escape" && event.key !== "Tab") event.stopPropagation();
    }, { signal });
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      if (event.composedPath().includes(node)) event.stopPropagation();
      close();
    }, { signal, capture: true });
  }

  return { open };
})();

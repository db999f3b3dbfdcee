/**
 * Shows an answer on the page: has the blocks found, and sets up paint, strokes, badges, summary and card, each as far as
 * the mode says.
 */
var RowbackShow = (() => {
  /** @typedef {import("../shared/contract.js").Answer & {told: import("../shared/contract.js").Told}} Answer */
  /** @typedef {import("../shared/contract.js").Edit} Edit */
  /** @typedef {import("../shared/contract.js").Mode} Mode */
  /** @typedef {NonNullable<Awaited<ReturnType<typeof RowbackFind.all>>>["anchored"][number]} Anchored */
  /** @typedef {{badges: ReturnType<typeof RowbackBadges.show>, strokes: ReturnType<typeof RowbackStrokes.show> | null,
   *   summary: ReturnType<typeof RowbackSummary.show>}} Drawn */

  /**
   * @param {Answer} answer
   * @param {RowbackOverlayHandle} overlay
   * @param {Mode} firstMode
   * @param {AbortSignal} signal
   */
  function open(answer, overlay, firstMode, signal) {
    const paint = RowbackPaint.open(signal);
    let mode = firstMode;
    /** @type {{anchored: Anchored[], unplaced: Edit[], answer: Answer, roots: ShadowRoot[]}} */
    let shown = { anchored: [], unplaced: answer.edits, answer, roots: [] };
    /** @type {Drawn | null} */
    let drawn = null;
    let reading = new AbortController();
    let drawing = new AbortController();
    let isInText = false;
    let isPlaced = false;

    const card = RowbackCard.open({
      overlay,
      signal,
      shown: () => shown,
      moved: (id) => {
        drawn?.badges.mark(id);
        const current = shown.anchored.find(({ edit }) => edit.id === id);
        paint.show({ current: current ? [current.range] : [] });
      },
      opener: (id) => (id && drawn?.badges.find(id)) || drawn?.summary.node || null,
      openHistory: () => void RowbackWire.send({ name: "open-history", article: answer.article.id }).catch(() => {}),
      nextMode: () => setMode(undefined),
    });

    const place = () => {
      if (!drawn || !isPlaced) return;
      // Reads all, then writes all: one layout.
      const { box, write } = drawn.summary.place();
      const writes = [write, drawn.badges.place([box]), drawn.strokes?.place(), cover()];
      writes.forEach((act) => act?.());
      card.place();
    };
    const cover = RowbackCover.open(() => overlay.layers(), signal);
    const placeSoon = RowbackPlace.watch(place, signal);

    /** Reads the page anew. What was shown stays until the new is there. */
    const read = async () => {
      reading.abort();
      reading = new AbortController();
      const during = AbortSignal.any([signal, reading.signal]);
      const focused = overlay.root.activeElement;
      // What we put into the page's text goes before it is read: taking it out again moves the text's ends.
      if (isInText) drawing.abort();
      isInText = false;
      let found = await RowbackFind.all(answer.edits, during);
      if (!found || during.aborted) return;
      drawing.abort();
      drawing = new AbortController();
      const meanwhile = AbortSignal.any([signal, drawing.signal]);
      if (mode === "changes") {
        isInText = true;
        RowbackInline.show(found.anchored.flatMap(({ missing }) => missing), meanwhile);
        found = await RowbackFind.all(answer.edits, during);
        if (!found || during.aborted) return;
      }
      const ids = new Set(found.anchored.map(({ edit }) => edit.id));
      shown = { ...found, answer, unplaced: answer.edits.filter(({ id }) => !ids.has(id)) };
      draw(meanwhile);
      // The first time, with the page still at work, its layout is awaited rather than forced; later nothing may flicker.
      if (!isPlaced) await RowbackSlices.drawn();
      if (during.aborted) return;
      // What was out of view or still loading is placed again with the next frame's layout.
      if (isPlaced) placeSoon();
      isPlaced = true;
      place();
      refocus(focused);
    };

    /** @param {AbortSignal} meanwhile */
    const draw = (meanwhile) => {
      overlay.setAnchored(shown.anchored.length, answer.edits.length);
      overlay.setMode(mode);
      paint.show(rangesOf(mode === "quiet" ? [] : shown.anchored, mode));
      RowbackPaint.lendStyle(rootsOf(shown.anchored), meanwhile);
      drawn = {
        strokes: mode === "quiet" ? null : RowbackStrokes.show(shown.anchored, overlay, { gone: mode === "marks" }, meanwhile),
        badges: RowbackBadges.show(shown.anchored, overlay, card.openAt, meanwhile),
        summary: RowbackSummary.show(
          { told: answer.told, headlineOf: () => headlineOf(shown.anchored, answer), open: card.openFirst, mode, setMode }, overlay, meanwhile),
      };
      card.refresh();
    };

    /** The new button in the place of the one that had the focus. @param {Element | null} focused */
    const refocus = (focused) => {
      const hasGone = focused && !focused.isConnected && !overlay.root.activeElement;
      if (!drawn || !hasGone || document.activeElement !== document.body) return;
      const edit = focused.getAttribute("data-edit");
      const next = edit ? drawn.badges.find(edit) : focused.getAttribute("data-role") === "summary" ? drawn.summary.node : drawn.summary.modes;
      next?.focus({ preventScroll: true });
    };

    /** @param {unknown} wanted a mode; anything else: the next */
    const setMode = (wanted) => {
      mode = RowbackMode.chosen(mode, wanted);
      RowbackMode.remember(mode);
      overlay.say(RowbackWords.words(`mode_${mode}`), true);
      void read();
      return mode;
    };

    return {
      ready: read(),
      read,
      setMode,
      mode: () => mode,
      anchored: () => shown.anchored.length,
      /** Shadow roots that the page's text was read in: no observer of the document looks into them. */
      roots: () => shown.roots,
      openFirst: card.openFirst,
      /** With our text among the page's, reading again could be seen: then only what was found and lost is sought. */
      isIncomplete: () => mode !== "changes" && shown.unplaced.length > 0,
      /** Whether the page took away text that we stand at. */
      isBroken: () => shown.anchored.some(({ range }) => range.collapsed || !range.startContainer.isConnected),
    };
  }

  /** The shadow roots that marks stand in. @param {Anchored[]} anchored @returns {Set<ShadowRoot>} */
  function rootsOf(anchored) {
    const roots = anchored.map(({ range }) => range.startContainer.getRootNode());
    return new Set(roots.filter((root) => root instanceof ShadowRoot));
  }

  /** @param {Anchored[]} anchored @param {Mode} mode */
  function rangesOf(anchored, mode) {
    return {
      inserted: anchored.flatMap(({ marks }) => marks.inserted),
      changed: anchored.flatMap(({ marks }) => marks.changed),
      // In the text itself there is no gap then.
      deleted: mode === "changes" ? [] : anchored.flatMap(({ marks }) => marks.deleted),
    };
  }

  /** The page's headline: where the stored one stands, else the h1 that reads like it, else the first that is shown.
   * @param {Anchored[]} anchored @param {Answer} answer */
  function headlineOf(anchored, answer) {
    const stored = anchored.find(({ edit }) => edit.block.index === 0 && !edit.anchor.near);
    if (stored) return RowbackPlace.blockOf(stored.range);
    const headings = [...document.querySelectorAll("h1")].filter((heading) => heading.getClientRects().length > 0);
    const title = RowbackFold.fold(answer.article.title);
    return headings.find((heading) => RowbackFold.fold(heading.textContent) === title) ?? headings[0] ?? null;
  }

  return { open };
})();

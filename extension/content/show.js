/**
 * Shows an answer on the page: reads the page's text, finds the blocks, paints, and sets up badges, summary and card.
 */
var RowbackShow = (() => {
  /** @typedef {import("../shared/contract.js").Answer} Answer */
  /** @typedef {import("../shared/contract.js").Edit} Edit */
  /** @typedef {{edit: Edit, range: Range, marks: Record<string, Range[]>}} Anchored */

  /**
   * @param {Answer} answer
   * @param {RowbackOverlayHandle} overlay
   * @param {AbortSignal} signal
   */
  function open(answer, overlay, signal) {
    const paint = RowbackPaint.open(signal);
    /** @type {{anchored: Anchored[], unplaced: Edit[], answer: Answer}} */
    let shown = { anchored: [], unplaced: answer.edits, answer };
    /** @type {ReturnType<typeof RowbackBadges.show> | null} */
    let badges = null;
    /** @type {ReturnType<typeof RowbackSummary.show> | null} */
    let summary = null;
    let reading = new AbortController();

    const card = RowbackCard.open({
      overlay,
      signal,
      shown: () => shown,
      moved: (id) => {
        badges?.mark(id);
        const current = shown.anchored.find(({ edit }) => edit.id === id);
        paint.show({ current: current ? [current.range] : [] });
      },
      opener: (id) => (id && badges?.find(id)) || summary?.node || null,
      openHistory: () => void RowbackWire.send({ name: "open-history", article: answer.article.id }).catch(() => {}),
    });

    const place = () => {
      const taken = summary ? [summary.place()] : [];
      badges?.place(taken);
      card.place();
    };
    const placeSoon = RowbackPlace.watch(place, signal);

    const read = () => {
      const focused = overlay.root.activeElement?.getAttribute("data-edit");
      reading.abort();
      reading = new AbortController();
      const during = AbortSignal.any([signal, reading.signal]);
      shown = { answer, ...anchorAll(answer.edits) };
      overlay.setAnchored(shown.anchored.length, answer.edits.length);
      paint.show(rangesOf(shown.anchored));
      badges = RowbackBadges.show(shown.anchored, overlay, card.openAt, during);
      summary = RowbackSummary.show(answer, overlay, headlineOf(shown.anchored, answer), card.openFirst, during);
      card.refresh();
      place();
      // What is out of view or still loading is placed again with the next frame's layout.
      placeSoon();
      if (focused) badges.find(focused)?.focus({ preventScroll: true });
    };
    read();

    return {
      read,
      anchored: () => shown.anchored.length,
      openFirst: card.openFirst,
      isIncomplete: () => shown.unplaced.length > 0,
      /** Whether the page took away text that we stand at. */
      isBroken: () => shown.anchored.some(({ range }) => range.collapsed || !range.startContainer.isConnected),
    };
  }

  /** @param {Edit[]} edits @returns {{anchored: Anchored[], unplaced: Edit[]}} */
  function anchorAll(edits) {
    const index = RowbackTextIndex.build(document.body ?? document.documentElement);
    const places = RowbackAnchor.place(edits, index, ({ start, end }) => {
      const range = index.range(start, end);
      return range !== null && RowbackPlace.isVisible(range);
    });
    const anchored = [];
    for (const edit of edits) {
      const place = places.get(edit.id);
      const range = place && index.range(place.start, place.end);
      if (place && range) anchored.push({ edit, range, marks: marksOf(edit, place, index) });
    }
    anchored.sort((one, other) => one.range.compareBoundaryPoints(Range.START_TO_START, other.range));
    const found = new Set(anchored.map(({ edit }) => edit.id));
    return { anchored, unplaced: edits.filter(({ id }) => !found.has(id)) };
  }

  /** @param {Edit} edit @param {{start: number, end: number}} place @param {ReturnType<typeof RowbackTextIndex.build>} index */
  function marksOf(edit, place, index) {
    const marks = Object.entries(RowbackPaint.marksOf(edit, place));
    return Object.fromEntries(marks.map(([name, spans]) => {
      const ranges = spans.map(({ start, end }) => index.range(start, end));
      const found = ranges.filter((range) => range !== null);
      // One character is too little to see.
      return [name, name === "deleted" ? found.map(RowbackTextIndex.wordOf) : found];
    }));
  }

  /** @param {Anchored[]} anchored */
  function rangesOf(anchored) {
    /** @type {Record<string, Range[]>} */
    const all = { inserted: [], changed: [], deleted: [] };
    for (const { marks } of anchored) {
      for (const [name, ranges] of Object.entries(marks)) all[name].push(...ranges);
    }
    return all;
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

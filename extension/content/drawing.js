/** Draws what was found, as far as the mode says: paint, strokes, badges and summary. Placed by `mark-places.js`. */
var RowbackDrawing = (() => {
  /** @typedef {import("../shared/contract.js").Answer & {told: import("../shared/contract.js").PageWords}} Answer */
  /** @typedef {import("../shared/contract.js").Mode} Mode */
  /** @typedef {NonNullable<Awaited<ReturnType<typeof RowbackFind.all>>>["anchored"][number]} Anchored */

  /**
   * @typedef {object} Seen what is drawn, and what it stands beside
   * @property {Answer} answer
   * @property {RowbackOverlayHandle} overlay
   * @property {Mode} mode
   * @property {ReturnType<typeof RowbackPaint.open>} paint
   * @property {ReturnType<typeof RowbackCard.open>} card
   * @property {ReturnType<typeof RowbackCover.open>} cover
   * @property {ReturnType<typeof RowbackSight.watch>} sight
   * @property {{anchored: Anchored[]}} shown
   */

  /** Nothing of it is to be seen before it is placed.
   * @param {Seen} seen @param {(mode: Mode) => void} setMode @param {AbortSignal} signal */
  function* steps({ answer, overlay, mode, paint, card, cover, sight, shown: { anchored } }, setMode, signal) {
    overlay.setMode(mode);
    const gone = mode === "marks";
    const summary = {
      told: answer.told,
      headlineOf: () => headlineOf(anchored, answer),
      open: card.openFirst,
      mode,
      setMode,
    };
    const parts = {
      strokes: mode === "quiet" ? null : yield* RowbackStrokes.showing(anchored, overlay, { gone }, signal),
      badges: yield* RowbackBadges.showing(anchored, overlay, card.toggle, signal),
      summary: RowbackSummary.show(summary, overlay, signal),
      cover,
      placed: () => {
        card.place();
        sight.soon();
      },
    };
    RowbackHits.listen(
      {
        anchored,
        areMarked: mode !== "quiet",
        badges: parts.badges.marks,
        room: cover.room,
        open: card.toggle,
      },
      signal,
    );
    return {
      ...parts,
      placing: RowbackMarkPlaces.open(parts, signal),
      /** Last: with paint on the page, each frame that changes anything costs more. */
      paint: () => {
        paint.show(rangesOf(mode === "quiet" ? [] : anchored, mode));
        RowbackPaint.lendStyle(rootsOf(anchored), signal);
      },
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
    if (stored) return RowbackLayout.blockOf(stored.range);
    const headings = [...document.querySelectorAll("h1")].filter((heading) => heading.getClientRects().length > 0);
    const title = RowbackFold.fold(answer.article.title);
    return headings.find((heading) => RowbackFold.fold(heading.textContent) === title) ?? headings[0] ?? null;
  }

  return { steps };
})();

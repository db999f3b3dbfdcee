/**
 * Shows an answer on the page: has the blocks found, and sets up paint, strokes, badges, summary and card, each as far
 * as the mode says.
 */
var RowbackShow = (() => {
  /** @typedef {import("../shared/contract.js").Answer & {told: import("../shared/contract.js").PageWords}} Answer */
  /** @typedef {import("../shared/contract.js").Edit} Edit */
  /** @typedef {import("../shared/contract.js").Mode} Mode */
  /** @typedef {NonNullable<Awaited<ReturnType<typeof RowbackFind.all>>>["anchored"][number]} Anchored */
  /** @typedef {{badges: ReturnType<typeof RowbackBadges.show>, strokes: ReturnType<typeof RowbackStrokes.show> | null,
   *   summary: ReturnType<typeof RowbackSummary.show>}} Drawn */

  /**
   * @typedef {object} View
   * @property {Answer} answer
   * @property {RowbackOverlayHandle} overlay
   * @property {AbortSignal} signal
   * @property {Mode} mode
   * @property {ReturnType<typeof RowbackPaint.open>} paint
   * @property {ReturnType<typeof RowbackCard.open>} card
   * @property {ReturnType<typeof RowbackCover.open>} cover
   * @property {ReturnType<typeof RowbackSight.watch>} sight
   * @property {() => void} placeSoon
   * @property {() => Promise<string[] | null>} stored
   * @property {{anchored: Anchored[], unplaced: Edit[], answer: Answer, roots: ShadowRoot[]}} shown
   * @property {Drawn | null} drawn
   * @property {AbortController} reading aborted by the next reading
   * @property {AbortController} drawing aborted when the next is drawn
   * @property {boolean} isInText whether nodes of ours stand among the page's
   * @property {boolean} isPlaced
   */

  /**
   * @param {Answer} answer
   * @param {RowbackOverlayHandle} overlay
   * @param {Mode} mode
   * @param {AbortSignal} signal
   */
  function open(answer, overlay, mode, signal) {
    const cover = RowbackCover.open(() => overlay.layers(), signal);
    /** @type {View} */
    const view = {
      answer,
      overlay,
      signal,
      mode,
      paint: RowbackPaint.open(signal),
      card: cardFor(answer, overlay, signal, () => view),
      cover,
      sight: sightOf(overlay, cover, signal, () => view),
      placeSoon: RowbackLayout.watch(() => place(view), signal),
      stored: storedOf(answer),
      shown: { anchored: [], unplaced: answer.edits, answer, roots: [] },
      drawn: null,
      reading: new AbortController(),
      drawing: new AbortController(),
      isInText: false,
      isPlaced: false,
    };
    return {
      ready: read(view).then(view.sight.first),
      read: () => read(view),
      /** @param {unknown} wanted a mode; anything else: the next */
      setMode: (wanted) => setMode(view, wanted),
      mode: () => view.mode,
      /** The edits whose marks can be seen on the page, in its order. */
      placed: () => placed(view),
      /** How many have a place on the page and a mark that it hides or covers. */
      hidden: () => view.shown.anchored.length - placed(view).length,
      /** Shadow roots that the page's text was read in: no observer of the document looks into them. */
      roots: () => view.shown.roots,
      openFirst: view.card.openFirst,
      /** @param {string} id @returns {boolean} whether it has a place on the page */
      openEdit: (id) => openEdit(view, id),
      /** Before anything is drawn there is nothing to step through. @param {1 | -1} by */
      step: (by) => view.drawn && view.card.step(by),
      /** With our text among the page's, reading again could be seen: then only what was found and lost is sought. */
      isIncomplete: () => view.mode !== "changes" && view.shown.unplaced.length > 0,
      /** Whether the page took away text that we stand at. */
      isBroken: () => view.shown.anchored.some(({ range }) => range.collapsed || !range.startContainer.isConnected),
    };
  }

  /**
   * @param {Answer} answer
   * @param {RowbackOverlayHandle} overlay
   * @param {AbortSignal} signal
   * @param {() => View} view
   */
  function cardFor(answer, overlay, signal, view) {
    return RowbackCard.open({
      overlay,
      signal,
      shown: () => view().shown,
      moved: (id) => {
        const { drawn, shown, paint } = view();
        drawn?.badges.mark(id);
        const current = shown.anchored.find(({ edit }) => edit.id === id);
        paint.show({ current: current ? [current.range] : [] });
      },
      opener: (id) => (id && view().drawn?.badges.find(id)) || view().drawn?.summary.node || null,
      openHistory: () => void RowbackWire.send({ name: "open-history", article: answer.article.id }).catch(() => {}),
      nextMode: () => setMode(view(), undefined),
      more: ({ id }) => {
        const [from, to] = [0, answer.versions.at(-1)?.version ?? 0];
        return RowbackWire.send({ name: "wordings", article: answer.article.id, edit: id, from, to });
      },
    });
  }

  /** The texts of the version that the edits led to, asked for once. @param {Answer} answer */
  function storedOf({ article, versions }) {
    const version = versions.at(-1)?.version;
    /** @type {Promise<string[] | null> | null} */
    let texts = null;
    return () => {
      texts ??= RowbackWire.send({ name: "stored-text", article: article.id, version })
        .then((/** @type {{title: string, blocks: string[]}} */ { title, blocks }) => [title, ...blocks])
        .catch(() => {
          texts = null;
          return null;
        });
      return texts;
    };
  }

  /**
   * @param {RowbackOverlayHandle} overlay
   * @param {ReturnType<typeof RowbackCover.open>} cover
   * @param {AbortSignal} signal
   * @param {() => View} view
   */
  function sightOf(overlay, cover, signal, view) {
    return RowbackSight.watch(
      {
        overlay,
        room: cover.room,
        marks: () => {
          const { drawn, drawing, isPlaced } = view();
          return isPlaced && drawn && !drawing.signal.aborted ? drawn.badges.marks() : null;
        },
        changed: (hidden) => tellHidden(view(), hidden.size),
      },
      signal,
    );
  }

  /** @param {View} view @returns {string[]} ids */
  function placed({ shown, sight }) {
    return shown.anchored.map(({ edit }) => edit.id).filter((id) => !sight.hidden().has(id));
  }

  /** @param {View} view */
  function countPlaced(view) {
    view.overlay.setAnchored(placed(view).length, view.answer.edits.length);
  }

  /** @param {View} view @param {number} hidden */
  function tellHidden(view, hidden) {
    countPlaced(view);
    void RowbackWire.send({ name: "marks-hidden", hidden }).catch(() => {});
  }

  /** @param {View} view @param {string} id */
  function openEdit(view, id) {
    const isPlaced = placed(view).includes(id);
    if (isPlaced) view.card.openAt(id);
    return isPlaced;
  }

  /** Reads the page anew. What was shown stays until the new is there. @param {View} view */
  async function read(view) {
    const { answer, overlay, signal } = view;
    view.reading.abort();
    view.reading = new AbortController();
    const during = AbortSignal.any([signal, view.reading.signal]);
    const focused = overlay.root.activeElement;
    // What we put into the page's text goes before it is read: taking it out again moves the text's ends.
    if (view.isInText) view.drawing.abort();
    view.isInText = false;
    let found = await RowbackFind.all(answer.edits, view.stored, during);
    if (!found || during.aborted) return;
    view.drawing.abort();
    view.drawing = new AbortController();
    const meanwhile = AbortSignal.any([signal, view.drawing.signal]);
    if (view.mode === "changes") {
      view.isInText = true;
      RowbackInline.show(
        found.anchored.flatMap(({ missing }) => missing),
        meanwhile,
      );
      found = await RowbackFind.all(answer.edits, view.stored, during);
      if (!found || during.aborted) return;
    }
    const ids = new Set(found.anchored.map(({ edit }) => edit.id));
    view.shown = { ...found, answer, unplaced: answer.edits.filter(({ id }) => !ids.has(id)) };
    draw(view, meanwhile);
    // The first time, with the page still at work, its layout is awaited rather than forced; later nothing may flicker.
    if (!view.isPlaced) await RowbackWaiting.drawn();
    if (during.aborted) return;
    // What was out of view or still loading is placed again with the next frame's layout.
    if (view.isPlaced) view.placeSoon();
    view.isPlaced = true;
    place(view);
    refocus(view, focused);
  }

  /** @param {View} view @param {AbortSignal} meanwhile */
  function draw(view, meanwhile) {
    const {
      answer,
      overlay,
      mode,
      card,
      shown: { anchored },
    } = view;
    countPlaced(view);
    overlay.setMode(mode);
    view.paint.show(rangesOf(mode === "quiet" ? [] : anchored, mode));
    RowbackPaint.lendStyle(rootsOf(anchored), meanwhile);
    view.drawn = {
      strokes: mode === "quiet" ? null : RowbackStrokes.show(anchored, overlay, { gone: mode === "marks" }, meanwhile),
      badges: RowbackBadges.show(anchored, overlay, card.toggle, meanwhile),
      summary: RowbackSummary.show(
        {
          told: answer.told,
          headlineOf: () => headlineOf(anchored, answer),
          open: card.openFirst,
          mode,
          setMode: (wanted) => setMode(view, wanted),
        },
        overlay,
        meanwhile,
      ),
    };
    card.refresh();
  }

  /** Reads all, then writes all: one layout. @param {View} view */
  function place({ drawn, isPlaced, cover, card, sight }) {
    if (!drawn || !isPlaced) return;
    const { box, write } = drawn.summary.place();
    const writes = [write, drawn.badges.place([box]), drawn.strokes?.place(), cover.look()];
    writes.forEach((act) => act?.());
    card.place();
    sight.soon();
  }

  /** The new button in the place of the one that had the focus. @param {View} view @param {Element | null} focused */
  function refocus({ drawn, overlay }, focused) {
    const hasGone = focused && !focused.isConnected && !overlay.root.activeElement;
    if (!drawn || !hasGone || document.activeElement !== document.body) return;
    const edit = focused.getAttribute("data-edit");
    const next = edit
      ? drawn.badges.find(edit)
      : focused.getAttribute("data-role") === "summary"
        ? drawn.summary.node
        : drawn.summary.modes;
    next?.focus({ preventScroll: true });
  }

  /** @param {View} view @param {unknown} wanted */
  function setMode(view, wanted) {
    const mode = RowbackMode.chosen(view.mode, wanted);
    view.mode = mode;
    RowbackMode.remember(mode);
    view.overlay.say(RowbackMessages.words(`mode_${mode}`), true);
    void read(view);
    return mode;
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

  return { open };
})();

/**
 * Shows an answer on the page: has the blocks found, and sets up paint, strokes, badges, summary and card, each as far
 * as the mode says.
 */
var RowbackShow = (() => {
  /** @typedef {import("../shared/contract.js").Answer & {told: import("../shared/contract.js").PageWords}} Answer */
  /** @typedef {import("../shared/contract.js").Edit} Edit */
  /** @typedef {import("../shared/contract.js").Mode} Mode */
  /** @typedef {NonNullable<Awaited<ReturnType<typeof RowbackFind.all>>>["anchored"][number]} Anchored */
  /** @typedef {ReturnType<typeof RowbackDrawing.steps> extends Generator<void, infer D, void> ? D : never} Drawn */

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
   * @returns {View}
   */
  function made(answer, overlay, mode, signal) {
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
      placeSoon: placedWithPage(signal, () => view),
      stored: storedOf(answer),
      shown: { anchored: [], unplaced: answer.edits, answer, roots: [] },
      drawn: null,
      reading: new AbortController(),
      drawing: new AbortController(),
      isInText: false,
      isPlaced: false,
    };
    return view;
  }

  /**
   * @param {Answer} answer
   * @param {RowbackOverlayHandle} overlay
   * @param {Mode} mode
   * @param {AbortSignal} signal
   */
  function open(answer, overlay, mode, signal) {
    const view = made(answer, overlay, mode, signal);
    return {
      ready: read(view).then(view.sight.first),
      /** What the store says now, of the same article. @param {Answer} told */
      update: (told) => read(Object.assign(view, { answer: told, stored: storedOf(told) })),
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
      openPage: (name) =>
        void RowbackWire.send({ name: "open-edit-page", article: answer.article.id, edit: name }).catch(() => {}),
      nextMode: () => setMode(view(), undefined),
      more: ({ id }) => {
        const [from, to] = [0, view().answer.versions.at(-1)?.version ?? 0];
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
    await (view.isPlaced ? replace(view, meanwhile) : putFirst(view, meanwhile, during));
    if (!during.aborted) refocus(view, focused);
  }

  /** @param {AbortSignal} signal @param {() => View} view */
  function placedWithPage(signal, view) {
    const place = () => void view().drawn?.placing.inSteps();
    return RowbackLayout.watch(place, signal, () => view().isPlaced);
  }

  /** @param {View} view @param {AbortSignal} meanwhile */
  function* drawnIn(view, meanwhile) {
    countPlaced(view);
    view.drawn = yield* RowbackDrawing.steps(view, (wanted) => setMode(view, wanted), meanwhile);
    view.card.refresh();
    return view.drawn;
  }

  /** With the page still at work, its layout is awaited rather than forced.
   * @param {View} view @param {AbortSignal} meanwhile @param {AbortSignal} during */
  async function putFirst(view, meanwhile, during) {
    const drawn = await RowbackSlices.run(drawnIn(view, meanwhile), during);
    if (!drawn) return;
    await RowbackWaiting.drawn();
    if (during.aborted) return;
    view.isPlaced = true;
    await drawn.placing.inSteps({ isFirst: true });
    if (!during.aborted) drawn.paint();
  }

  /** What was shown is gone by now, and nothing may flicker. @param {View} view @param {AbortSignal} meanwhile */
  async function replace(view, meanwhile) {
    const { placing, paint } = RowbackSlices.through(drawnIn(view, meanwhile));
    paint();
    // What was out of view or still loading is placed again with the next frame's layout.
    view.placeSoon();
    placing.atOnce();
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

  return { open };
})();

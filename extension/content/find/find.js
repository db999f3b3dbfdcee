/**
 * From edits to Ranges on the page: reads the page's text, finds the blocks, and says what to mark where.
 */
var RowbackFind = (() => {
  /** @typedef {import("../../shared/contract.js").Edit} Edit */
  /** @typedef {ReturnType<typeof RowbackTextIndex.build>} Index */
  /** @typedef {{before: Range | null, after: Range | null}} Gap the characters that words are gone between */
  /**
   * @typedef {{node: Text, offset: number, text: string, isBlock: boolean, after: boolean}} Missing
   *   text that is gone, and where it stood
   */
  /**
   * @typedef {object} Anchored
   * @property {Edit} edit
   * @property {Range} range its block
   * @property {{inserted: Range[], changed: Range[], deleted: Range[]}} marks
   *   `deleted`: the white space where words are gone
   * @property {Gap[]} gaps
   * @property {Missing[]} missing
   */

  /**
   * @param {Edit[]} edits
   * @param {AbortSignal} signal
   * @returns {Promise<{anchored: Anchored[], roots: ShadowRoot[]} | null>} in the page's order; null when aborted
   */
  async function all(edits, signal) {
    const index = await RowbackSlices.run(RowbackTextIndex.read(document.body ?? document.documentElement), signal);
    if (!index) return null;
    const places = await RowbackSlices.run(
      RowbackAnchor.placing(edits, index, ({ start, end }) => {
        const range = index.range(start, end);
        return range !== null && RowbackLayout.isSeen(range);
      }),
      signal,
    );
    if (!places) return null;
    const ordered = edits
      .flatMap((edit) => {
        const place = places.get(edit.id);
        return place ? { edit, place } : [];
      })
      .sort((one, other) => one.place.start - other.place.start);
    await RowbackSlices.pause();
    if (signal.aborted) return null;
    const anchored = await RowbackSlices.run(anchoring(ordered, index), signal);
    return anchored && { anchored, roots: index.roots };
  }

  /** @param {{edit: Edit, place: {start: number, end: number, isNear: boolean}}[]} ordered @param {Index} index
   * @returns {Generator<void, Anchored[], void>} */
  function* anchoring(ordered, index) {
    const found = [];
    for (const { edit, place } of ordered) {
      const anchored = anchoredAt(edit, place, index);
      if (anchored) found.push(anchored);
      yield;
    }
    return found;
  }

  /**
   * @param {Edit} edit
   * @param {{start: number, end: number, isNear: boolean}} place
   * @param {Index} index
   * @returns {Anchored | null}
   */
  function anchoredAt(edit, place, index) {
    const range = index.range(place.start, place.end);
    if (!range) return null;
    const { inserted, changed, carets, deletions } = RowbackMarks.of(edit, place, index.text);
    const gaps = carets.map((at) => gapAt(at, place, index));
    return {
      edit,
      range,
      marks: {
        inserted: rangesOf(inserted, index),
        changed: rangesOf(changed, index),
        deleted: gaps.map(blankOf).filter((blank) => blank !== null),
      },
      gaps,
      missing: deletions.flatMap((deletion) => missingAt(deletion, edit, index) ?? []),
    };
  }

  /** @param {{start: number, end: number}[]} spans @param {Index} index */
  function rangesOf(spans, index) {
    return spans.map(({ start, end }) => index.range(start, end)).filter((range) => range !== null);
  }

  /** @param {number} at @param {{start: number, end: number}} place @param {Index} index @returns {Gap} */
  function gapAt(at, place, index) {
    return {
      before: at > place.start ? index.range(at - 1, at) : null,
      after: at < place.end ? index.range(at, at + 1) : null,
    };
  }

  /** The white space between the two: no letter of it is the page's. @param {Gap} gap */
  function blankOf({ before, after }) {
    if (!before || !after || before.endContainer.getRootNode() !== after.startContainer.getRootNode()) return null;
    const blank = new Range();
    blank.setStart(before.endContainer, before.endOffset);
    blank.setEnd(after.startContainer, after.startOffset);
    return blank.collapsed ? null : blank;
  }

  /**
   * Its own white space tells which side the gone text belongs to.
   *
   * @param {{at: number, text: string, isBlock: boolean}} deletion
   * @param {Edit} edit
   * @param {Index} index
   * @returns {Missing | null}
   */
  function missingAt({ at, text, isBlock }, edit, index) {
    const after = isBlock ? edit.anchor.near === "after" : /^\s/.test(text);
    const point = index.point(at, after ? "after" : "before") ?? index.point(at, after ? "before" : "after");
    return point && { ...point, text, isBlock, after };
  }

  return { all };
})();

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

  /** @typedef {{index: Index, place: Place}} There */
  /** @typedef {{start: number, end: number, isNear: boolean}} Place */

  /**
   * @param {Edit[]} edits
   * @param {() => Promise<string[] | null>} askStored the title and the blocks of the version that the edits led to;
   *   asked where some edit does not stand on the page as it does in the store. Null: not to be had
   * @param {AbortSignal} signal
   * @returns {Promise<{anchored: Anchored[], roots: ShadowRoot[]} | null>} in the page's order; null when aborted
   */
  async function all(edits, askStored, signal) {
    const index = await RowbackSlices.run(RowbackTextIndex.read(document.body ?? document.documentElement), signal);
    if (!index) return null;
    const places = await placesOf(edits, index, askStored, signal);
    if (!places) return null;
    await RowbackSlices.pause();
    if (signal.aborted) return null;
    const anchored = await RowbackSlices.run(anchoring(inOrder(edits, places, index)), signal);
    return anchored && { anchored, roots: index.roots };
  }

  /** @param {Edit[]} edits @param {Index} index @param {() => Promise<string[] | null>} askStored
   * @param {AbortSignal} signal @returns {Promise<Map<string, There> | null>} */
  async function placesOf(edits, index, askStored, signal) {
    const sought = await RowbackSlices.run(RowbackAnchor.seeking(edits, index), signal);
    const sure = sought && (await RowbackSlices.run(RowbackAnchor.placingSure(sought, index, seenIn(index)), signal));
    if (!sure) return null;
    if (sure.size === edits.length) return therefrom(sure, index);
    const stored = await askStored();
    if (signal.aborted) return null;
    return RowbackSlices.run(placing(edits, sought, index, stored), signal);
  }

  /**
   * Word for word in the page's text, else in what is seen of it, else almost. Without the store nothing is taken for
   * almost an edit's: it could be another stored block.
   *
   * @param {Edit[]} edits
   * @param {Parameters<typeof RowbackAnchor.placingSure>[0]} sought where they are in the page's text
   * @param {Index} index
   * @param {string[] | null} stored
   * @returns {Generator<void, Map<string, There>, void>}
   */
  function* placing(edits, sought, index, stored) {
    const places = therefrom(yield* RowbackAnchor.placing(edits, index, seenIn(index), stored, sought), index);
    const isOpen = edits.some(({ id }) => places.get(id)?.place.isNear ?? true);
    const seen = isOpen ? yield* RowbackSeenText.read(index) : null;
    if (seen) {
      for (const [id, there] of therefrom(yield* RowbackAnchor.placing(edits, seen, seenIn(seen), stored), seen)) {
        if (places.get(id)?.place.isNear ?? true) places.set(id, there);
      }
    }
    if (!stored) for (const [id, { place }] of places) if (place.isNear) places.delete(id);
    return places;
  }

  /** @param {Map<string, Place>} places @param {Index} index @returns {Map<string, There>} */
  function therefrom(places, index) {
    return new Map([...places].map(([id, place]) => [id, { index, place }]));
  }

  /** @param {Index} index @returns {(place: {start: number, end: number}) => boolean} */
  function seenIn(index) {
    return ({ start, end }) => {
      const range = index.range(start, end);
      return range !== null && RowbackLayout.isSeen(range);
    };
  }

  /** As they follow each other on the page. @param {Edit[]} edits @param {Map<string, There>} places
   * @param {Index} index of the whole page @returns {{edit: Edit, there: There}[]} */
  function inOrder(edits, places, index) {
    const starts = new Map(index.runs.map(({ node, start }) => [node, start]));
    const startOf = (/** @type {There} */ { index: own, place }) => {
      const run = own.place(place.start);
      return (starts.get(run.node) ?? 0) + place.start - run.start;
    };
    return edits
      .flatMap((edit) => {
        const there = places.get(edit.id);
        return there ? { edit, there, start: startOf(there) } : [];
      })
      .sort((one, other) => one.start - other.start);
  }

  /** @param {{edit: Edit, there: There}[]} ordered @returns {Generator<void, Anchored[], void>} */
  function* anchoring(ordered) {
    const found = [];
    for (const { edit, there } of ordered) {
      const anchored = anchoredAt(edit, there.place, there.index);
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

/**
 * Puts what is drawn where it goes: reads the page's layout in short steps, all of it before anything is written. What
 * is shown for the first time comes a part with each frame, for it is laid out and painted then.
 */
var RowbackMarkPlaces = (() => {
  /** Nodes. */
  const FRAME_SHARE = 90;

  /** @template {(...args: any) => Generator<void, any, void>} T
   * @typedef {ReturnType<T> extends Generator<void, infer P, void> ? P : never} Placed */
  /**
   * @typedef {object} Parts
   * @property {ReturnType<typeof RowbackSummary.show>} summary
   * @property {Placed<typeof RowbackBadges.showing>} badges
   * @property {Placed<typeof RowbackStrokes.showing> | null} strokes
   * @property {ReturnType<typeof RowbackCover.open>} cover
   * @property {() => void} placed all is written
   */

  /** @param {Parts} parts @param {AbortSignal} signal */
  function open(parts, signal) {
    let isPlacing = false;
    let hasMoved = false;
    /** @param {{isFirst?: boolean}} [options] */
    const inSteps = async ({ isFirst = false } = {}) => {
      hasMoved = isPlacing;
      if (isPlacing) return;
      isPlacing = true;
      const writes = await RowbackSlices.run(reading(parts), signal);
      await write(writes ?? [], isFirst ? FRAME_SHARE : Infinity, signal);
      isPlacing = false;
      if (signal.aborted) return;
      parts.placed();
      // The page moved while it was read.
      if (hasMoved) void inSteps();
    };
    return {
      inSteps,
      /** For what takes the place of what was just taken away: nothing may flicker. */
      atOnce: () => {
        RowbackSlices.through(reading(parts)).forEach((act) => act());
        parts.placed();
      },
    };
  }

  /** The page may be scrolled between two steps: places are told from where our own coordinates begin.
   * @param {Parts} parts @returns {Generator<void, (() => void)[], void>} what writes */
  function* reading({ summary, badges, strokes, cover }) {
    const { box, write: writeSummary } = summary.place();
    const clip = cover.look();
    yield;
    const writeBadges = yield* badges.placing([box]);
    const writeStrokes = strokes ? yield* strokes.placing() : [];
    return [writeSummary, clip, ...writeBadges, ...writeStrokes];
  }

  /** @param {(() => void)[]} writes @param {number} share of a frame @param {AbortSignal} signal */
  async function write(writes, share, signal) {
    for (let at = 0; at < writes.length; at += share) {
      if (at) await RowbackWaiting.drawn();
      if (signal.aborted) return;
      writes.slice(at, at + share).forEach((act) => act());
    }
  }

  return { open };
})();

/**
 * Long work in short slices: between two of them the page has its turn, so that nothing it does waits for us.
 */
var RowbackSlices = (() => {
  /** Half a frame at 60 Hz: the other half is the page's. */
  const SLICE_MS = 8;

  /** Lets the page have its turn. */
  async function pause() {
    const { scheduler } = /** @type {{scheduler?: {yield?: () => Promise<void>}}} */ (globalThis);
    if (scheduler?.yield) await scheduler.yield();
    else await new Promise((resolve) => setTimeout(resolve));
  }

  /**
   * Runs a generator to its end.
   *
   * @template T
   * @param {Generator<void, T, void>} steps each well under a slice
   * @param {AbortSignal} signal
   * @returns {Promise<T | null>} null when aborted
   */
  async function run(steps, signal) {
    let began = performance.now();
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
      if (performance.now() - began < SLICE_MS) continue;
      await pause();
      if (signal.aborted) return null;
      began = performance.now();
    }
  }

  return { run, pause };
})();

/** Long work in short slices: between two of them the page has its turn, so that nothing it does waits for us. */
var RowbackSlices = (() => {
  /** A third of a frame at 60 Hz: the rest is the page's. */
  const SLICE_MS = 5;

  /** Lets the page have its turn. */
  async function pause() {
    const { scheduler } = /** @type {{scheduler?: {yield?: () => Promise<void>}}} */ (globalThis);
    await (scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve)));
  }

  /** @template T @param {Generator<void, T, void>} steps each well under a slice @param {AbortSignal} signal
   * @returns {Promise<T | null>} null when aborted */
  async function run(steps, signal) {
    let began = performance.now();
    while (true) {
      const { done, value } = steps.next();
      if (done) return value;
      if (performance.now() - began < SLICE_MS) continue;
      await pause();
      if (signal.aborted) return null;
      began = performance.now();
    }
  }

  /** In one go. @template T @param {Generator<void, T, void>} steps @returns {T} */
  function through(steps) {
    while (true) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }

  return { run, through, pause };
})();

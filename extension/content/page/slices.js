/**
 * Long work in short slices: between two of them the page has its turn, so that nothing it does waits for us.
 */
var RowbackSlices = (() => {
  /** A third of a frame at 60 Hz: the rest is the page's. */
  const SLICE_MS = 5;
  /** A window that is not seen draws nothing; then nobody waits for us either. */
  const FRAME_MS = 100;

  /** Lets the page have its turn. */
  async function pause() {
    const { scheduler } = /** @type {{scheduler?: {yield?: () => Promise<void>}}} */ (globalThis);
    if (scheduler?.yield) await scheduler.yield();
    else await new Promise((resolve) => setTimeout(resolve));
  }

  /** After the next frame was drawn: the page's layout is done then, and reading it costs nothing. */
  function drawn() {
    return new Promise((resolve) => {
      const late = setTimeout(resolve, FRAME_MS);
      requestAnimationFrame(() =>
        setTimeout(() => {
          clearTimeout(late);
          resolve(undefined);
        }),
      );
    });
  }

  /** When the page has nothing else to do. */
  function idle() {
    const wait = globalThis.requestIdleCallback ?? setTimeout;
    return new Promise((resolve) => wait(() => resolve(undefined)));
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
    while (true) {
      const { done, value } = steps.next();
      if (done) return value;
      if (performance.now() - began < SLICE_MS) continue;
      await pause();
      if (signal.aborted) return null;
      began = performance.now();
    }
  }

  return { run, pause, drawn, idle };
})();

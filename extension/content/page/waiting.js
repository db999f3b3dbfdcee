/** Waits for the browser: for a frame to be drawn, for the page to have nothing to do. */
var RowbackWaiting = (() => {
  /** A window that is not seen draws nothing; then nobody waits for us either. */
  const FRAME_MS = 100;

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

  return { drawn, idle };
})();

/**
 * What is shown on pages that go on: text that comes late, text that is taken away or replaced, and pages that load
 * more as they are scrolled.
 */
var RowbackLate = (() => {
  /** A page that rewrites its text for ever is shown what was last found. */
  const MAX_READINGS = 25;

  /**
   * @typedef {object} View what is shown of an answer
   * @property {() => Promise<void>} read reads the page anew
   * @property {() => Node[]} roots trees that its text was found in, apart from the document
   * @property {() => boolean} isIncomplete whether something was not found
   * @property {() => boolean} isBroken whether the page took away text that we stand at
   */

  /**
   * Has the page read again when it put text in late or replaced what we stand at.
   *
   * @param {View} view
   * @param {AbortSignal} signal
   */
  function reread(view, signal) {
    const opened = Date.now();
    let height = Infinity;
    // Later: what we have just placed must not be laid out twice.
    RowbackWaiting.idle().then(() => (height = document.documentElement.scrollHeight));
    const isLate = () => {
      if (!view.isIncomplete()) return false;
      const before = height;
      height = document.documentElement.scrollHeight;
      // Later, only a page that grows may bring what is still missing: one that loads as it is scrolled.
      return Date.now() - opened < RowbackCalm.LATE_TEXT_MS || height > before;
    };
    let readings = 0;
    const over = new AbortController();
    const observe = RowbackCalm.onCalm(
      async () => {
        if (!isLate() && !view.isBroken()) return;
        await view.read();
        view.roots().forEach(observe);
        readings += 1;
        if (readings >= MAX_READINGS) over.abort();
      },
      AbortSignal.any([signal, over.signal]),
    );
    view.roots().forEach(observe);
  }

  return { reread };
})();

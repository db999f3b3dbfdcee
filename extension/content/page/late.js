/**
 * Pages that go on after they were first looked at: text that comes late, text that is taken away or replaced, and
 * pages that load more as they are scrolled.
 */
var RowbackLate = (() => {
  /** Script-rendered articles are there after seconds, or never. */
  const LATE_TEXT_MS = 15_000;
  const LATE_TEXT_TRIES = 6;
  /** After the last of several changes. */
  const CALM_MS = 400;
  /** A page that rewrites its text for ever is shown what was last found. */
  const MAX_READINGS = 25;

  /** @param {() => boolean} isThere @param {AbortSignal} signal @returns {Promise<boolean>} whether it came in time */
  function arrives(isThere, signal) {
    return new Promise((resolve) => {
      let tries = 0;
      const waiting = new AbortController();
      const done = (/** @type {boolean} */ found) => {
        waiting.abort();
        resolve(found);
      };
      const over = AbortSignal.any([signal, waiting.signal]);
      const timer = setTimeout(() => done(false), LATE_TEXT_MS);
      over.addEventListener("abort", () => clearTimeout(timer));
      signal.addEventListener("abort", () => done(false), { signal: waiting.signal });
      onCalm(() => {
        tries += 1;
        if (isThere()) done(true);
        else if (tries >= LATE_TEXT_TRIES) done(false);
      }, over);
    });
  }

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
    RowbackSlices.idle().then(() => (height = document.documentElement.scrollHeight));
    const isLate = () => {
      if (!view.isIncomplete()) return false;
      const before = height;
      height = document.documentElement.scrollHeight;
      // Later, only a page that grows may bring what is still missing: one that loads as it is scrolled.
      return Date.now() - opened < LATE_TEXT_MS || height > before;
    };
    let readings = 0;
    const over = new AbortController();
    const observe = onCalm(
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

  /**
   * Calls back when the page has changed and then kept still for a moment. What changes during the call is not heard
   * of: some of it is ours.
   *
   * @param {() => void | Promise<void>} act
   * @param {AbortSignal} signal
   * @returns {(root: Node) => void} has another tree observed too
   */
  function onCalm(act, signal) {
    let timer = 0;
    const observer = new MutationObserver(() => {
      if (timer) return;
      timer = setTimeout(async () => {
        await act();
        observer.takeRecords();
        timer = 0;
      }, CALM_MS);
    });
    /** @param {Node} root */
    const observe = (root) => observer.observe(root, { childList: true, characterData: true, subtree: true });
    observe(document.documentElement);
    signal.addEventListener("abort", () => {
      observer.disconnect();
      clearTimeout(timer);
    });
    return observe;
  }

  return { arrives, reread };
})();

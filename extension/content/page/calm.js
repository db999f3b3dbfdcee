/** Pages that go on after they were first looked at: when they keep still again, and whether text came late. */
var RowbackCalm = (() => {
  /** Script-rendered articles are there after seconds, or never. */
  const LATE_TEXT_MS = 15_000;
  const LATE_TEXT_TRIES = 6;
  /** After the last of several changes. */
  const CALM_MS = 400;

  /** @param {() => Promise<boolean | null>} isThere @param {AbortSignal} signal
   * @returns {Promise<boolean>} whether it came in time */
  function arrives(isThere, signal) {
    return new Promise((resolve) => {
      let tries = 0;
      let hasCome = false;
      const waiting = new AbortController();
      const over = AbortSignal.any([signal, waiting.signal]);
      const timer = setTimeout(() => waiting.abort(), LATE_TEXT_MS);
      over.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve(hasCome);
      });
      const look = async () => {
        tries += 1;
        const isLast = tries >= LATE_TEXT_TRIES;
        hasCome ||= Boolean(await isThere());
        if (hasCome || isLast) waiting.abort();
      };
      // Not awaited: what the page does while we look is its own, and has us look again.
      onCalm(() => void look(), over);
    });
  }

  /** Calls back when the page has changed and then kept still for a moment. What changes during the call is not heard
   * of: some of it is ours. @param {() => void | Promise<void>} act @param {AbortSignal} signal
   * @returns {(root: Node) => void} has another tree observed too */
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

  return { arrives, onCalm, LATE_TEXT_MS };
})();

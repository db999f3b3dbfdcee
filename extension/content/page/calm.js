/** Pages that go on after they were first looked at: when they keep still again, and whether text came late. */
var RowbackCalm = (() => {
  /** Script-rendered articles are there after seconds, or never. */
  const LATE_TEXT_MS = 15_000;
  const LATE_TEXT_TRIES = 6;
  /** After the last of several changes. */
  const CALM_MS = 400;

  /** Listens from before the first look: a page may go on meanwhile. @param {() => Promise<boolean | null>} isThere
   * @param {() => Promise<boolean>} isToBe asked once, where it is not there at first @param {AbortSignal} signal
   * @returns {Promise<boolean>} whether it came in time */
  function arrives(isThere, isToBe, signal) {
    return new Promise((resolve, reject) => {
      let looks = 0;
      const waiting = new AbortController();
      const over = AbortSignal.any([signal, waiting.signal]);
      const timer = setTimeout(() => waiting.abort(), LATE_TEXT_MS);
      over.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve(false);
      });
      const look = async () => {
        looks += 1;
        const turn = looks;
        const isOne = (await isThere()) || (turn === 1 && !over.aborted && (await isToBe()));
        if (isOne) resolve(true);
        if (isOne || turn > LATE_TEXT_TRIES) waiting.abort();
      };
      const begin = () => void look().catch(reject);
      // Not awaited: what the page does while we look is its own, and has us look again.
      onCalm(begin, over);
      begin();
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

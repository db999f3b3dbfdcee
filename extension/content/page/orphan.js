/** What we drew on a page outlives the extension, unless somebody looks whether it is still there. */
var RowbackOrphan = (() => {
  const CHECK_MS = 1_000;

  /**
   * Calls once when the extension is gone. No event tells; asking is one property.
   *
   * @param {() => void} act
   * @param {AbortSignal} signal
   */
  function whenOrphaned(act, signal) {
    const timer = setInterval(() => {
      if (RowbackWire.isAlive()) return;
      clearInterval(timer);
      act();
    }, CHECK_MS);
    signal.addEventListener("abort", () => clearInterval(timer));
  }

  return { whenOrphaned };
})();

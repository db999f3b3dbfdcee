/**
 * While earlier versions of the page's article are fetched, or the backend looks at it: asks now and then how far that
 * is, as long as the page is looked at, and has the page looked up again when there are more. Where the reader wants it
 * unasked, says that there is an article.
 */
var RowbackPast = (() => {
  /** @typedef {import("../shared/contract.js").PagePast} PagePast */
  /** The backend went away meanwhile. */
  const TROUBLE_MS = 30_000;

  /**
   * @param {() => Promise<unknown>} lookAgain
   * @param {AbortSignal} signal
   * @param {"past-here" | "check-here"} question what the worker is asked
   */
  function open(lookAgain, signal, question = "past-here") {
    /** @type {number | null} what is shown is from then */
    let versions = null;
    let timer = 0;
    let isAsking = false;

    /** @param {PagePast} told @param {boolean} [isNew] whatever was known, there is more */
    async function hear(told, isNew = false) {
      const isMore = isNew || (versions !== null && versions !== told.versions);
      versions = told.versions;
      if (isMore) await lookAgain();
      askIn(told.again);
    }

    /** @param {number | null} wait ms */
    function askIn(wait) {
      clearTimeout(timer);
      if (wait !== null) timer = setTimeout(ask, wait);
    }

    async function ask() {
      if (isAsking) return;
      isAsking = true;
      await RowbackKeep.until(() => document.visibilityState === "visible", document, "visibilitychange", signal);
      isAsking = false;
      if (signal.aborted || !RowbackWire.isAlive()) return;
      try {
        /** @type {PagePast | null} */
        const told = await RowbackWire.send({ name: question });
        if (told) await hear(told);
      } catch {
        askIn(TROUBLE_MS);
      }
    }

    return { hear };
  }

  /** @param {ReturnType<typeof open>} past @param {AbortSignal} signal */
  async function consider(past, signal) {
    const isWanted = await RowbackWire.send({ name: "may-seek" }).catch(() => false);
    if (!isWanted) return;
    await RowbackKeep.rest(signal);
    if (signal.aborted) return;
    /** @type {PagePast | null} */
    const told = await RowbackWire.send({ name: "seek-read" }).catch(() => null);
    if (told && !signal.aborted) await past.hear(told, true);
  }

  return { open, consider };
})();

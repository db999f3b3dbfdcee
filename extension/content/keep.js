/**
 * Keeping what is read: when the reader wants it and the page says something that the store may not have, tells the
 * worker, which then asks for the page. Also answers how fresh the page is beside the store, for popup and panel.
 */
var RowbackKeep = (() => {
  /** After loading: pages go on putting themselves together, and what is left at once was not read. */
  const REST_MS = 1_200;
  /** A page that never says the same twice is not kept for ever. */
  const MAX_SENT = 2;
  /** @type {Map<string, number>} sent, by address */
  const sent = new Map();

  /** @typedef {import("../shared/contract.js").Answer} Answer */
  /** @typedef {import("../shared/contract.js").Freshness} Freshness */

  /**
   * @param {Answer | null} answer null: nothing is stored
   * @param {AbortSignal} signal
   */
  async function consider(answer, signal) {
    const isWanted = await RowbackWire.send({ name: "may-keep" }).catch(() => false);
    if (!isWanted) return;
    await rest(signal);
    const address = location.href.split("#", 1)[0];
    const times = sent.get(address) ?? 0;
    if (signal.aborted || times >= MAX_SENT) return;
    const freshness = answer ? await freshnessOf(answer) : "newer";
    if (signal.aborted || freshness === "same" || freshness === "older") return;
    sent.set(address, times + 1);
    await RowbackWire.send({ name: "keep-read" }).catch(() => {});
  }

  /** @param {Answer} answer @returns {Promise<Freshness>} */
  async function freshnessOf({ article, versions, edits, passing }) {
    const version = versions.at(-1)?.version;
    if (version === undefined) return "unclear";
    try {
      /** @type {{title: string, blocks: string[]}} */
      const latest = await RowbackWire.send({ name: "stored-text", article: article.id, version });
      const page = RowbackTextIndex.build(document.body ?? document.documentElement);
      const newText = RowbackNewText.among.bind(null, page);
      return RowbackFreshness.compare(latest, [...edits, ...passing], page.text, newText);
    } catch {
      // The backend went away meanwhile, which is told elsewhere.
      return "unclear";
    }
  }

  /** Until the page is loaded, shown and has been so for a moment. @param {AbortSignal} signal */
  async function rest(signal) {
    await until(() => document.readyState === "complete", window, "load", signal);
    await until(() => document.visibilityState === "visible", document, "visibilitychange", signal);
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
  }

  /** @param {() => boolean} isDone @param {EventTarget} target @param {string} event @param {AbortSignal} signal */
  function until(isDone, target, event, signal) {
    return new Promise((resolve) => {
      const look = () => (isDone() || signal.aborted) && resolve(undefined);
      target.addEventListener(event, look, { signal });
      signal.addEventListener("abort", look);
      look();
    });
  }

  return { consider, freshnessOf, rest, until };
})();

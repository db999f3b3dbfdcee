/**
 * One visit to one address: is it an article? Then the second stage looks it up. Ends with its signal.
 *
 *     article? ─no─▶ not-article, wait for late text ─▶ article?
 *        └─yes─▶ loading ─▶ look-up.js
 */
var RowbackSession = (() => {
  /** @typedef {import("../shared/contract.js").Visit} Visit */

  /** @param {Visit["options"]} options @param {AbortController} life of the visit */
  function start(options, life) {
    let onDoubt = () => {};
    /** @type {Promise<void>} the page is found to be no article, for now */
    const doubtful = new Promise((resolve) => (onDoubt = resolve));
    /** @type {Visit} */
    const visit = { options, signal: life.signal, end: () => life.abort(), report: { state: "idle" }, look: null };
    const settled = settle(visit, onDoubt);
    return { settled, doubtful, report: () => reportOf(visit), look: () => visit.look };
  }

  /** @param {Visit} visit @param {() => void} onDoubt */
  async function settle(visit, onDoubt) {
    try {
      const isOne = visit.options.force || (await becomesArticle(visit, onDoubt));
      if (isOne && !visit.signal.aborted) await lookUp(visit);
    } catch (error) {
      const code = error instanceof Error ? "bug" : /** @type {{code: string}} */ (error).code;
      visit.report = { state: "error", code };
      if (code === "bug") console.error(error);
    }
  }

  /** @param {Visit} visit @param {() => void} onDoubt */
  async function becomesArticle(visit, onDoubt) {
    const asFront = new AbortController();
    const isWanted = () => isFollowed(visit, onDoubt, AbortSignal.any([visit.signal, asFront.signal]));
    const isThere = () => RowbackSlices.run(RowbackArticle.judging(document, location), visit.signal);
    const isOne = await RowbackCalm.arrives(isThere, isWanted, visit.signal);
    if (isOne) asFront.abort();
    return isOne;
  }

  /** What was followed from this browser is looked at, whatever it looks like: the worker has a list of it. Others have
   * their links marked as a section front's, until they are articles.
   * @param {Visit} visit @param {() => void} onDoubt @param {AbortSignal} asFront */
  async function isFollowed(visit, onDoubt, asFront) {
    const asked = { name: "is-followed", url: location.href, canonical: RowbackPageFacts.ownAddress(document) };
    visit.options.force = await RowbackWire.send(asked).catch(() => false);
    if (visit.options.force) return true;
    visit.report = { state: "not-article" };
    onDoubt();
    markLinks(asFront).catch(console.error);
    return false;
  }

  /** @param {AbortSignal} signal */
  async function markLinks(signal) {
    const isWanted = await RowbackWire.send({ name: "may-mark-links" }).catch(() => false);
    if (isWanted && !signal.aborted) await (await RowbackRest.come()).markLinks(signal);
  }

  /** Asks while the rest is on its way. @param {Visit} visit */
  async function lookUp(visit) {
    const { options, signal } = visit;
    visit.report = { state: "loading" };
    const said = RowbackPageFacts.ownAddress(document);
    const canonical = said === options.staleCanonical ? null : said;
    const asked = RowbackWire.send({ name: "look", url: location.href, canonical });
    asked.catch(() => {});
    const rest = await RowbackRest.come();
    if (signal.aborted) return;
    visit.look = rest.lookUp(visit, asked);
    await visit.look.settled;
  }

  /** @param {Visit} visit @returns {Visit["report"]} */
  function reportOf({ report, look }) {
    if (report.state !== "not-article") return look?.report() ?? report;
    const kind = RowbackPageKind.kindOf(RowbackSlices.through(RowbackPageKind.reading(document, location)));
    return { ...report, kind: kind ?? undefined };
  }

  return { start };
})();

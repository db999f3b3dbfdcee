/**
 * One visit to one address: is it an article, what does the backend say, show it. Ends with its signal and leaves
 * nothing behind.
 *
 *     article? ─no─▶ wait for late text ─▶ not-article
 *        └─yes─▶ loading ─ ask ─▶ unknown | none | hidden | error | off
 *                             └─▶ ready: index ▸ anchor ▸ paint, badges, summary ─▶ again when the page rewrites itself
 */
var RowbackSession = (() => {
  /** @typedef {import("../shared/contract.js").PageReport} PageReport */
  /** @typedef {import("../shared/contract.js").Answer & {told: import("../shared/contract.js").PageWords}} Answer */

  /**
   * @typedef {object} Visit
   * @property {{force: boolean, staleCanonical: string | null}} options `force`: the reader says that it is an article;
   *   `staleCanonical`: what the page called itself at the address before, without loading since
   * @property {AbortSignal} signal
   * @property {AbortController} ended by the session itself: there is nothing to be shown here at all
   * @property {PageReport} report
   * @property {Answer | null} told
   * @property {ReturnType<typeof RowbackShow.open> | null} view
   * @property {() => void} onDoubt the page is found to be no article, for now
   */

  /** @param {Visit["options"]} options @param {AbortSignal} signal */
  function start(options, signal) {
    let onDoubt = () => {};
    const doubtful = new Promise((resolve) => {
      onDoubt = () => resolve(undefined);
    });
    /** @type {Visit} */
    const visit = {
      options,
      signal,
      ended: new AbortController(),
      report: { state: "idle" },
      told: null,
      view: null,
      onDoubt,
    };
    /** @type {Promise<import("../shared/contract.js").Freshness> | null} */
    let freshness = null;
    return {
      settled: settle(visit),
      doubtful,
      report: () => reportOf(visit),
      /** How fresh the page is beside the store: asked for only by who wants to know, and once. */
      freshness: () => {
        freshness ??= visit.told && RowbackKeep.freshnessOf(visit.told);
        return freshness;
      },
      openFirst: () => visit.view?.openFirst(),
      /** @param {string} id */
      openEdit: (id) => visit.view?.openEdit(id) ?? false,
      /** @param {1 | -1} by */
      step: (by) => visit.view?.step(by),
      /** @param {unknown} mode */
      setMode: (mode) => visit.view?.setMode(mode) ?? null,
      ended: visit.ended.signal,
    };
  }

  /** @param {Visit} visit */
  async function settle(visit) {
    try {
      if (visit.options.force || (await becomesArticle(visit))) await lookUp(visit);
    } catch (error) {
      visit.report = { state: "error", code: "bug" };
      console.error(error);
    }
  }

  /** Until it is one, its links are marked as a section front's. @param {Visit} visit @returns {Promise<boolean>} */
  async function becomesArticle(visit) {
    if (isArticle()) return true;
    if (await isFollowed()) {
      visit.options.force = true;
      return true;
    }
    visit.report = { state: "not-article" };
    visit.onDoubt();
    const asFront = new AbortController();
    RowbackLinkMarks.start(AbortSignal.any([visit.signal, asFront.signal])).catch(console.error);
    const isOneNow = await RowbackLate.arrives(isArticle, visit.signal);
    if (isOneNow) asFront.abort();
    return isOneNow;
  }

  /** What was followed from this browser is looked at, whatever it looks like: the worker has a list of it. */
  async function isFollowed() {
    const canonical = RowbackSnapshot.canonicalOf(document);
    return RowbackWire.send({ name: "is-followed", url: location.href, canonical }).catch(() => false);
  }

  /** @param {Visit} visit */
  async function lookUp(visit) {
    const { options, signal, ended } = visit;
    visit.report = { state: "loading" };
    RowbackWire.whenOrphaned(() => ended.abort(), signal);
    const [{ state, answer, code, message }, mode] = await Promise.all([
      ask(options.staleCanonical),
      RowbackMode.remembered(),
    ]);
    if (signal.aborted) return;
    visit.report = { state, code, message, ...countsOf(answer) };
    if (state === "off") return ended.abort();
    visit.told = answer ?? null;
    // What the reader calls an article and we do not is kept only where it is stored already.
    if (MAY_KEEP.has(state) && !(options.force && state === "unknown")) void RowbackKeep.consider(visit.told, signal);
    if (state === "ready" && answer) await show(visit, answer, mode);
  }

  /**
   * Only now is there anything of ours in the page: before, it cannot tell that we are here, nor that we looked.
   *
   * @param {Visit} visit
   * @param {Answer} answer
   * @param {import("../shared/contract.js").Mode} mode
   */
  async function show(visit, answer, mode) {
    const overlay = RowbackOverlay.open(visit.signal);
    RowbackMessages.take(answer.told.words);
    overlay.setDirection();
    const view = RowbackShow.open(answer, overlay, mode, visit.signal);
    visit.view = view;
    await view.ready;
    if (visit.signal.aborted) return;
    overlay.setReady();
    overlay.say(answer.told.marked);
    RowbackLate.reread(view, visit.signal);
  }

  /** @param {Visit} visit @returns {PageReport} */
  function reportOf({ report, view }) {
    if (report.state === "not-article") return { ...report, kind: kindOfPage() };
    if (!view) return report;
    const placed = view.placed();
    return { ...report, anchored: placed.length, hidden: view.hidden(), mode: view.mode(), placed };
  }

  /** Asked for only by who tells the reader. */
  function kindOfPage() {
    return RowbackPageKind.kindOf(RowbackPageKind.read(document, location)) ?? undefined;
  }

  function isArticle() {
    return RowbackArticle.isArticlePage(document, location);
  }

  /**
   * @param {string | null} staleCanonical
   * @returns {Promise<{
   *   state: "unknown" | "none" | "ready" | "error" | "hidden" | "off",
   *   answer?: Answer, code?: string, message?: string
   * }>}
   */
  async function ask(staleCanonical) {
    try {
      const said = RowbackSnapshot.canonicalOf(document);
      const canonical = said === staleCanonical ? null : said;
      /** @type {Answer | null} */
      const answer = await RowbackWire.send({ name: "look", url: location.href, canonical });
      if (!answer) return { state: "unknown" };
      return { state: answer.edits.length || answer.passing.length ? "ready" : "none", answer };
    } catch (failure) {
      const { code, message } = /** @type {import("../shared/contract.js").Failure} */ (failure);
      if (code === "hidden-article") return { state: "hidden", code, message };
      return { state: OFF.has(code) ? "off" : "error", code };
    }
  }

  /** Where a copy of the page may tell the store something. */
  const MAY_KEEP = new Set(["unknown", "none", "ready"]);
  /** Not failures: pages that are left alone. */
  const OFF = new Set([
    "site-off",
    "private-window",
    "private-host",
    "loopback-host",
    "backend-page",
    "not-a-web-page",
  ]);

  /** @param {Answer | undefined} answer */
  function countsOf(answer) {
    if (!answer) return {};
    return {
      article: answer.article,
      changes: Math.max(0, answer.article.version_count - 1),
      edits: answer.edits.length,
    };
  }

  return { start };
})();

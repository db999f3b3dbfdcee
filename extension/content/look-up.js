/**
 * An article's visit goes on: what does the backend say, show it.
 *
 *     loading ─ answer ─▶ unknown | none | hidden | error | off
 *                   └─▶ ready: index ▸ anchor ▸ paint, badges, summary ─▶ again when the page rewrites itself
 */
var RowbackLookUp = (() => {
  /** @typedef {import("../shared/contract.js").PageReport} PageReport */
  /** @typedef {import("../shared/contract.js").Visit} Visit */
  /** @typedef {import("../shared/contract.js").Answer & {told: import("../shared/contract.js").PageWords}} Answer */
  /** @typedef {{visit: Visit, told: Answer | null, view: ReturnType<typeof RowbackShow.open> | null}} Look */

  /**
   * @param {Visit} visit
   * @param {Promise<Answer | null>} asked
   * @returns {import("../shared/contract.js").LookedUp}
   */
  function start(visit, asked) {
    const { signal } = visit;
    /** @type {Look} */
    const look = { visit, told: null, view: null };
    /** @type {Promise<import("../shared/contract.js").Freshness> | null} */
    let freshness = null;
    return {
      settled: settle(look, asked).then(() => signal.aborted || RowbackRetry.later(visit)),
      report: () => reportOf(look),
      freshness: () => {
        freshness ??= look.told && RowbackKeep.freshnessOf(look.told);
        return freshness;
      },
      hear: (message) => RowbackViewRequests.hear(message, look.view),
    };
  }

  /** @param {Look} look @param {Promise<Answer | null>} asked */
  async function settle(look, asked) {
    const { options, signal, end } = look.visit;
    RowbackOrphan.whenOrphaned(end, signal);
    const [{ state, answer, code, message }, mode] = await Promise.all([outcomeOf(asked), RowbackMode.remembered()]);
    if (signal.aborted) return;
    look.visit.report = { state, code, message, ...countsOf(answer) };
    if (state === "off") return end();
    look.told = answer ?? null;
    // What the reader calls an article and we do not is kept only where it is stored already.
    if (MAY_KEEP.has(state) && !(options.force && state === "unknown")) void RowbackKeep.consider(look.told, signal);
    if (state === "ready" && answer) await show(look, answer, mode);
  }

  /**
   * Only now is there anything of ours in the page: before, it cannot tell that we are here, nor that we looked.
   *
   * @param {Look} look
   * @param {Answer} answer
   * @param {import("../shared/contract.js").Mode} mode
   */
  async function show(look, answer, mode) {
    const { signal } = look.visit;
    const overlay = RowbackOverlay.open(signal);
    RowbackMessages.take(answer.told.words);
    overlay.setDirection();
    const view = RowbackShow.open(answer, overlay, mode, signal);
    look.view = view;
    await view.ready;
    if (signal.aborted) return;
    overlay.setReady();
    overlay.say(answer.told.marked);
    RowbackLate.reread(view, signal);
  }

  /** @param {Look} look @returns {PageReport} */
  function reportOf({ visit: { report }, view }) {
    if (!view) return report;
    const placed = view.placed();
    return { ...report, anchored: placed.length, hidden: view.hidden(), mode: view.mode(), placed };
  }

  /**
   * @param {Promise<Answer | null>} asked
   * @returns {Promise<{
   *   state: "unknown" | "none" | "ready" | "error" | "hidden" | "off",
   *   answer?: Answer, code?: string, message?: string
   * }>}
   */
  async function outcomeOf(asked) {
    try {
      const answer = await asked;
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

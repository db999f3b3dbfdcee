/**
 * An article's visit goes on: what does the backend say, show it.
 *
 *     loading ─ answer ─▶ unknown | none | hidden | error | off
 *                   └─▶ ready: index ▸ anchor ▸ paint, badges, summary ─▶ again when the page rewrites itself
 */
var RowbackLookUp = (() => {
  /** @typedef {import("../shared/contract.js").PageReport} PageReport */
  /** @typedef {import("../shared/contract.js").Visit} Visit */
  /** @typedef {import("../shared/contract.js").LookReply} LookReply */
  /** @typedef {Exclude<LookReply, null | {article: null}>} Answer */
  /** @typedef {import("../shared/contract.js").Freshness} Freshness */
  /**
   * @typedef {object} Look
   * @property {Visit} visit
   * @property {Answer | null} told
   * @property {ReturnType<typeof RowbackShow.open> | null} view
   * @property {Promise<Freshness> | null} freshness
   * @property {ReturnType<typeof RowbackPast.open>} past
   * @property {ReturnType<typeof RowbackPast.open>} check
   */

  /**
   * @param {Visit} visit
   * @param {Promise<LookReply>} asked
   * @returns {import("../shared/contract.js").LookedUp}
   */
  function start(visit, asked) {
    const { signal } = visit;
    /** @type {Look} */
    const look = {
      visit,
      told: null,
      view: null,
      freshness: null,
      past: RowbackPast.open(() => again(look), signal),
      check: RowbackPast.open(() => again(look), signal, "check-here"),
    };
    return {
      settled: settle(look, asked).then(() => signal.aborted || RowbackRetry.later(visit)),
      report: () => reportOf(look),
      freshness: () => {
        look.freshness ??= look.told && RowbackKeep.freshnessOf(look.told);
        return look.freshness;
      },
      hear: (message) => {
        if (message.name === "past") return hearPast(look, message);
        return message.name === "check" ? hearCheck(look, message) : RowbackViewRequests.hear(message, look.view);
      },
    };
  }

  /** @param {Look} look @param {Promise<LookReply>} asked */
  async function settle(look, asked) {
    const { options, signal, end } = look.visit;
    RowbackOrphan.whenOrphaned(end, signal);
    const [outcome, mode] = await Promise.all([outcomeOf(asked), RowbackMode.remembered()]);
    if (signal.aborted) return;
    take(look, outcome);
    const { state, answer, past } = outcome;
    if (state === "off") return end();
    // What the reader calls an article and we do not is kept only where it is stored already.
    if (MAY_KEEP.has(state) && !(options.force && state === "unknown")) {
      void RowbackKeep.consider(look.told, signal);
      if (!past) void RowbackPast.consider(look.past, signal);
    }
    if (state === "ready" && answer) await show(look, answer, mode);
    if (past) void look.past.hear(past);
  }

  /** @param {Look} look @param {Awaited<ReturnType<typeof outcomeOf>>} outcome */
  function take(look, { state, answer, code, message }) {
    look.visit.report = { state, code, message, ...countsOf(answer) };
    look.told = answer ?? null;
    look.freshness = null;
  }

  /** The store has more of the article than it had: what is shown already stays until the new is there.
   * @param {Look} look */
  async function again(look) {
    const { options, signal } = look.visit;
    const said = RowbackPageFacts.ownAddress(document);
    const canonical = said === options.staleCanonical ? null : said;
    const asked = RowbackWire.send({ name: "look", url: location.href, canonical });
    const [outcome, mode] = await Promise.all([outcomeOf(asked), RowbackMode.remembered()]);
    const { answer } = outcome;
    if (signal.aborted || !answer) return;
    take(look, outcome);
    if (look.view) await look.view.update(answer);
    else if (outcome.state === "ready") await show(look, answer, mode);
  }

  /** @param {Look} look @param {import("../shared/contract.js").PastTold} message */
  async function hearPast(look, { past, isNew }) {
    await look.past.hear(past, isNew);
    return true;
  }

  /** @param {Look} look @param {import("../shared/contract.js").CheckTold} message */
  async function hearCheck(look, { check, isNew }) {
    await look.check.hear(check, isNew || check.versions > (look.told?.article.version_count ?? 0));
    return true;
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
   * @param {Promise<LookReply>} asked
   * @returns {Promise<{
   *   state: "unknown" | "none" | "ready" | "error" | "hidden" | "off",
   *   answer?: Answer, past?: import("../shared/contract.js").PagePast | null, code?: string, message?: string
   * }>}
   */
  async function outcomeOf(asked) {
    try {
      const answer = await asked;
      if (!answer?.article) return { state: "unknown", past: answer?.past };
      const state = answer.edits.length || answer.passing.length ? "ready" : "none";
      return { state, answer, past: answer.past };
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

/**
 * One visit to one address: is it an article, what does the backend say, show it. Ends with its signal and leaves
 * nothing behind.
 *
 *     article? ─no─▶ wait for late text ─▶ not-article
 *        └─yes─▶ loading ─ ask ─▶ unknown | none | hidden | error | off
 *                             └─▶ ready: index ▸ anchor ▸ paint, badges, summary ─▶ again when the page rewrites itself
 */
var RowbackSession = (() => {
  /** Script-rendered articles are there after seconds, or never. */
  const LATE_TEXT_MS = 15_000;
  const LATE_TEXT_TRIES = 6;
  /** After the last of several changes. */
  const CALM_MS = 400;
  /** A page that rewrites its text for ever is shown what was last found. */
  const MAX_READINGS = 25;

  /** @typedef {import("../shared/contract.js").PageReport} PageReport */
  /** @typedef {import("../shared/contract.js").Answer & {told: import("../shared/contract.js").Told}} Answer */

  /**
   * @param {{force: boolean, staleCanonical: string | null}} options `force`: the reader says that it is an article;
   *   `staleCanonical`: what the page called itself at the address before, without loading since
   * @param {AbortSignal} signal
   */
  function start({ force, staleCanonical }, signal) {
    /** @type {PageReport} */
    let report = { state: "idle" };
    /** @type {ReturnType<typeof RowbackShow.open> | null} */
    let view = null;
    /** @type {RowbackOverlayHandle | null} */
    let overlay = null;
    /** @type {Answer | null} */
    let told = null;
    /** @type {Promise<import("../shared/contract.js").Freshness> | null} */
    let freshness = null;

    const run = async () => {
      if (!force && !isArticle()) {
        report = { state: "not-article" };
        const asFront = new AbortController();
        RowbackLinkMarks.start(AbortSignal.any([signal, asFront.signal])).catch(console.error);
        if (!(await articleArrives(signal))) return;
        asFront.abort();
      }
      report = { state: "loading" };
      overlay = RowbackOverlay.open(signal);
      overlay?.setState("loading");
      RowbackWire.whenOrphaned(end, signal);
      const [{ state, answer, code, message }, mode] = await Promise.all([ask(staleCanonical), RowbackMode.remembered()]);
      if (signal.aborted) return;
      report = { state, code, message, ...countsOf(answer) };
      if (state === "off") return end();
      told = answer ?? null;
      // What the reader calls an article and we do not is for looking at, not for keeping.
      if (MAY_KEEP.has(state) && !force) void RowbackKeep.consider(told, signal);
      if (state !== "ready" || !answer || !overlay) return overlay?.setState(state === "error" ? state : "none");
      RowbackWords.take(answer.told.words);
      overlay.setDirection();
      view = RowbackShow.open(answer, overlay, mode, signal);
      await view.ready;
      if (signal.aborted) return;
      overlay.setState("ready");
      overlay.say(answer.told.marked);
      rereadWhenRewritten(view, signal);
    };

    const ended = new AbortController();
    const end = () => ended.abort();
    return {
      settled: settle(run, () => (report = { state: "error", code: "bug" })),
      report: () => ({ ...report, ...(view ? { anchored: view.anchored(), mode: view.mode(), placed: RowbackSteer.placed(overlay) } : {}) }),
      /** How fresh the page is beside the store: asked for only by who wants to know, and once. */
      freshness: () => (told && (freshness ??= RowbackKeep.freshnessOf(told))),
      openFirst: () => view?.openFirst(),
      /** @param {string} id */
      openEdit: (id) => RowbackSteer.open(overlay, id),
      /** @param {1 | -1} by */
      step: (by) => RowbackSteer.step(overlay, by),
      /** @param {unknown} mode */
      setMode: (mode) => view?.setMode(mode) ?? null,
      /** Aborts when there is nothing to be shown here at all. */
      ended: ended.signal,
    };
  }

  /** @param {() => Promise<void>} run @param {() => void} failed */
  async function settle(run, failed) {
    try {
      await run();
    } catch (error) {
      failed();
      console.error(error);
    }
  }

  function isArticle() {
    return RowbackArticle.isArticlePage(document, location);
  }

  /** @param {string | null} staleCanonical
   * @returns {Promise<{state: "unknown" | "none" | "ready" | "error" | "hidden" | "off", answer?: Answer, code?: string, message?: string}>} */
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
  const OFF = new Set(["site-off", "private-window", "private-host", "loopback-host", "backend-page", "not-a-web-page"]);

  /** @param {Answer | undefined} answer */
  function countsOf(answer) {
    if (!answer) return {};
    return { article: answer.article, changes: Math.max(0, answer.article.version_count - 1), edits: answer.edits.length };
  }

  /** @param {AbortSignal} signal @returns {Promise<boolean>} whether the page became an article in time */
  function articleArrives(signal) {
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
      signal.addEventListener("abort", () => done(false));
      onCalm(() => {
        tries += 1;
        if (isArticle()) done(true);
        else if (tries >= LATE_TEXT_TRIES) done(false);
      }, over);
    });
  }

  /** The page's scripts may put text in late or replace what we stand at.
   * @param {ReturnType<typeof RowbackShow.open>} view @param {AbortSignal} signal */
  function rereadWhenRewritten(view, signal) {
    const opened = Date.now();
    let height = Infinity;
    // Later: what we have just placed must not be laid out twice.
    RowbackSlices.idle().then(() => (height = document.documentElement.scrollHeight));
    let readings = 0;
    const over = new AbortController();
    const during = AbortSignal.any([signal, over.signal]);
    const observe = onCalm(async () => {
      const before = height;
      height = document.documentElement.scrollHeight;
      // Later, only a page that grows may bring what is still missing: one that loads as it is scrolled.
      const isLate = view.isIncomplete() && (Date.now() - opened < LATE_TEXT_MS || height > before);
      if (!isLate && !view.isBroken()) return;
      await view.read();
      view.roots().forEach(observe);
      readings += 1;
      if (readings >= MAX_READINGS) over.abort();
    }, during);
    view.roots().forEach(observe);
  }

  /**
   * Calls back when the page has changed and then kept still for a moment. What changes during the call is not heard of:
   * some of it is ours.
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

  return { start };
})();

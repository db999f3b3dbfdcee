/**
 * Starts and ends sessions: one for each address the page shows, none while it is prerendered or switched off.
 */
var RowbackMain = ((/** @type {{stop: () => void} | undefined} */ previous) => {
  // After an update of the extension this runs again where the old one still listens.
  previous?.stop();

  /** Longer than the worker's own time limit for the backend. */
  const SETTLE_MS = 20_000;
  /** Pages that move without loading change their address first and their text after. */
  const TURN_MS = 300;
  /** A backend that is away may be on its way back: when to ask again, and then no more until the reader does. */
  const RETRIES_MS = [3_000, 6_000, 15_000, 30_000, 60_000];
  const PASSING_TROUBLE = new Set(["backend-down", "backend-slow", "store-unavailable", "busy"]);
  const life = new AbortController();
  /** @type {ReturnType<typeof RowbackSession.start> | null} */
  let session = null;
  let visit = new AbortController();
  let address = addressNow();
  let turning = 0;
  let retries = 0;
  /** The address of which the reader said to look anyway: while the page is open, whatever starts over. */
  let lookedAnyway = "";

  /** @param {{force?: boolean, staleCanonical?: string | null}} [options] */
  function begin({ force = false, staleCanonical = null } = {}) {
    visit.abort();
    if (life.signal.aborted || !isHTML()) return;
    visit = new AbortController();
    if (force) lookedAnyway = addressNow();
    const own = visit;
    life.signal.addEventListener("abort", () => own.abort(), { signal: own.signal });
    session = RowbackSession.start({ force: lookedAnyway === addressNow(), staleCanonical }, own.signal);
    session.ended.addEventListener("abort", () => own.abort());
    session.settled.then(() => own.signal.aborted || retryLater(own.signal));
  }

  /** @param {AbortSignal} signal of the visit that found the backend away */
  function retryLater(signal) {
    const { state, code } = session?.report() ?? {};
    if (state !== "error") retries = 0;
    if (state !== "error" || !PASSING_TROUBLE.has(code ?? "") || retries >= RETRIES_MS.length) return;
    const timer = setTimeout(() => begin(), RETRIES_MS[retries]);
    retries += 1;
    signal.addEventListener("abort", () => clearTimeout(timer));
  }

  function stop() {
    clearTimeout(turning);
    life.abort();
    visit.abort();
  }

  /** XML and pictures open in documents too; they hold no articles, and our element would show in them. */
  function isHTML() {
    return document instanceof HTMLDocument && document.body !== null && /html/.test(document.contentType);
  }

  /** The fragment is a place on the same page, but for sites that are one program. */
  function addressNow() {
    return location.href.split(/#(?!!.*\w|\/[^/?]+\/[^/?])/, 1)[0];
  }

  function onAddressChange() {
    if (addressNow() === address) return;
    address = addressNow();
    const staleCanonical = RowbackSnapshot.canonicalOf(document);
    end();
    clearTimeout(turning);
    turning = setTimeout(() => begin({ staleCanonical }), TURN_MS);
  }

  function end() {
    visit.abort();
    session = null;
    void RowbackWire.send({ name: "leave" }).catch(() => {});
  }

  /** @param {any} message @returns {Promise<unknown> | undefined} */
  function hear(message) {
    if (message?.name === "describe") return describe(message.force === true);
    if (message?.name === "reconsider") return reconsider();
    if (message?.name === "snapshot") return Promise.resolve(RowbackSnapshot.take(document, location));
    if (message?.name === "set-mode") return Promise.resolve(session?.setMode(message.mode) ?? null);
    if (message?.name === "open-first") return Promise.resolve(session?.openFirst());
    if (message?.name === "open-edit") return Promise.resolve(openEdit(message));
    if (message?.name === "step") return Promise.resolve(session?.step(message.by === -1 ? -1 : 1));
    return undefined;
  }

  /** @param {{id: unknown, exact: unknown}} message @returns {boolean} whether it is on the page */
  function openEdit({ id, exact }) {
    return (session?.openEdit(String(id)) ?? false) || RowbackReveal.reveal(String(exact ?? ""));
  }

  /** @param {boolean} force */
  async function describe(force) {
    if (force || !session || session.report().state === "error") begin({ force });
    if (!session) return { state: "not-article" };
    // Late text is waited for in the page, not in the popup.
    const { settled, doubtful, report, freshness } = session;
    await Promise.race([settled, doubtful, new Promise((resolve) => setTimeout(resolve, SETTLE_MS))]);
    const fresh = await freshness();
    return fresh ? { ...report(), freshness: fresh } : report();
  }

  async function reconsider() {
    const isAllowed = await RowbackWire.send({ name: "allowed" }).catch(() => false);
    if (isAllowed) begin();
    else end();
  }

  /**
   * The reader comes back to the tab, perhaps from starting the backend. An extension that is gone is noticed here too.
   */
  function onReturn() {
    if (!RowbackWire.isAlive()) stop();
    else if (document.visibilityState === "visible" && session?.report().state === "error") begin();
  }

  function whenShown() {
    const { signal } = life;
    RowbackWire.listen(hear, signal);
    const { listen } = RowbackNodes;
    listen(globalThis, "pageshow", (/** @type {PageTransitionEvent} */ { persisted }) => persisted && begin(), {
      signal,
    });
    listen(document, "visibilitychange", onReturn, { signal });
    listen(globalThis, "focus", onReturn, { signal });
    listen(globalThis, "popstate", onAddressChange, { signal });
    globalThis.navigation?.addEventListener("currententrychange", onAddressChange, { signal });
    begin();
  }

  // A prerendered page may never be looked at; asking about it would tell what the reader did not read.
  if (/** @type {any} */ (document).prerendering) {
    document.addEventListener("prerenderingchange", whenShown, { once: true, signal: life.signal });
  } else {
    whenShown();
  }
  return { stop };
})(globalThis.RowbackMain);

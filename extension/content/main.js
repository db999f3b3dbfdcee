/** Starts and ends sessions: one for each address the page shows, none while it is prerendered or switched off. */
var RowbackMain = ((/** @type {{stop: () => void} | undefined} */ previous) => {
  // After an update of the extension this runs again where the old one still listens.
  previous?.stop();

  /** Longer than the worker's own time limit for the backend. */
  const SETTLE_MS = 20_000;
  /** Pages that move without loading change their address first and their text after. */
  const TURN_MS = 300;
  const OF_TEXT = /^(?:snapshot|open-edit)$/;
  const life = new AbortController();
  /** @type {ReturnType<typeof RowbackSession.start> | null} */
  let session = null;
  let visit = new AbortController();
  let address = addressNow();
  let turning = 0;
  /** The address of which the reader said to look anyway: while the page is open, whatever starts over. */
  let lookedAnyway = "";

  /** @param {{force?: boolean, staleCanonical?: string | null}} [options] */
  function begin({ force = false, staleCanonical = null } = {}) {
    visit.abort();
    if (life.signal.aborted || !isHTML()) return;
    visit = new AbortController();
    if (force) lookedAnyway = addressNow();
    const options = { force: lookedAnyway === addressNow(), staleCanonical, again: () => begin() };
    session = RowbackSession.start(options, visit);
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
    const staleCanonical = RowbackPageFacts.ownAddress(document);
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
    const look = session?.look();
    if (look) return Promise.resolve(look.hear(message));
    // The rest is about what is shown, and nothing is.
    return OF_TEXT.test(message?.name) ? RowbackRest.come().then((rest) => rest.hear(message)) : Promise.resolve(null);
  }

  /** @param {boolean} force */
  async function describe(force) {
    if (force || !session || session.report().state === "error") begin({ force });
    if (!session) return { state: "not-article" };
    // Late text is waited for in the page, not in the popup.
    const { settled, doubtful, report, look } = session;
    await Promise.race([settled, doubtful, new Promise((resolve) => setTimeout(resolve, SETTLE_MS))]);
    const fresh = await look()?.freshness();
    return fresh ? { ...report(), freshness: fresh } : report();
  }

  async function reconsider() {
    const isAllowed = await RowbackWire.send({ name: "allowed" }).catch(() => false);
    if (isAllowed) begin();
    else end();
  }

  /** The reader comes back, perhaps from starting the backend; or the extension is gone. */
  function onReturn() {
    if (!RowbackWire.isAlive()) stop();
    else if (document.visibilityState === "visible" && session?.report().state === "error") begin();
  }

  function whenShown() {
    const { listen } = RowbackListen;
    const living = { signal: life.signal };
    RowbackWire.listen(hear, life.signal);
    listen(globalThis, "pageshow", (/** @type {PageTransitionEvent} */ { persisted }) => persisted && begin(), living);
    listen(document, "visibilitychange", onReturn, living);
    listen(globalThis, "focus", onReturn, living);
    listen(globalThis, "popstate", onAddressChange, living);
    globalThis.navigation?.addEventListener("currententrychange", onAddressChange, living);
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

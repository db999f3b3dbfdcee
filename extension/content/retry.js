/** A backend that is away may be on its way back: asks again a few times, and then no more until the reader does. */
var RowbackRetry = (() => {
  const RETRIES_MS = [3_000, 6_000, 15_000, 30_000, 60_000];
  const PASSING_TROUBLE = new Set([
    "backend-down",
    "backend-slow",
    "proxy-down",
    "proxy-slow",
    "store-unavailable",
    "busy",
  ]);
  /** In a row, at one address. */
  let retries = 0;
  let address = "";

  /** @param {import("../shared/contract.js").Visit} visit that has come to an end */
  function later({ report: { state, code }, options, signal }) {
    if (state !== "error" || address !== location.href) retries = 0;
    address = location.href;
    if (state !== "error" || !PASSING_TROUBLE.has(code ?? "") || retries >= RETRIES_MS.length) return;
    const timer = setTimeout(options.again, RETRIES_MS[retries]);
    retries += 1;
    signal.addEventListener("abort", () => clearTimeout(timer));
  }

  return { later };
})();

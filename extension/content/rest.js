/** The second stage: all that looks up and shows. Most pages need nothing of it. */
var RowbackRest = (() => {
  /** @typedef {import("../shared/contract.js").SecondStage} SecondStage */
  /** @type {SecondStage | null} */
  let parts = null;
  /** @type {Promise<unknown> | null} */
  let asking = null;

  /** Throws a `Failure` where it cannot be had. @returns {Promise<SecondStage>} */
  async function come() {
    if (!parts) {
      asking ??= RowbackWire.send({ name: "rest" }).finally(() => (asking = null));
      await asking;
    }
    if (!parts) throw { code: "no-worker", message: "" };
    return parts;
  }

  /** Said by its last file. @param {SecondStage} all */
  function arrived(all) {
    parts = all;
  }

  return { come, arrived };
})();

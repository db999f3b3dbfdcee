/**
 * How much is shown on the page: `quiet` (badges only), `marks`, `changes` (what is gone stands in the text). The
 * worker remembers it for this site.
 */
var RowbackMode = (() => {
  const ALL = /** @type {import("../../shared/contract.js").Mode[]} */ (["quiet", "marks", "changes"]);
  const USUAL = "marks";

  /** What was last chosen. */
  async function remembered() {
    const mode = await RowbackWire.send({ name: "mode" }).catch(() => USUAL);
    return ALL.find((each) => each === mode) ?? USUAL;
  }

  /**
   * @param {import("../../shared/contract.js").Mode} now
   * @param {unknown} wanted a mode; anything else: the one after this
   */
  function chosen(now, wanted) {
    return ALL.find((mode) => mode === wanted) ?? ALL[(ALL.indexOf(now) + 1) % ALL.length];
  }

  /** @param {import("../../shared/contract.js").Mode} mode */
  function remember(mode) {
    void RowbackWire.send({ name: "keep-mode", mode }).catch(() => {});
  }

  return { ALL, remembered, chosen, remember };
})();

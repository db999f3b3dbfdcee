/**
 * Brings a text of the article into view that has no mark of its own: edits between versions other than those shown.
 */
var RowbackReveal = (() => {
  /**
   * @param {string} exact the block as it reads
   * @returns {boolean} whether it is on the page
   */
  function reveal(exact) {
    const text = RowbackFold.fold(exact);
    const index = RowbackTextIndex.build(document.body ?? document.documentElement);
    const start = text ? index.text.indexOf(text) : -1;
    const range = start < 0 ? null : index.range(start, start + text.length);
    if (!range || !RowbackLayout.isVisible(range)) return false;
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    RowbackLayout.blockOf(range).scrollIntoView({ block: "center", behavior });
    return true;
  }

  return { reveal };
})();

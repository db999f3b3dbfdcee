/**
 * Paints words on the page's own text with the CSS Custom Highlight API: no node is touched. Styles: `marks.css`.
 *
 * The registry of highlights is shared with the page, so ours have a prefix; what we put there we keep here as well.
 */
var RowbackPaint = (() => {
  /** Later ones lie over earlier ones where they overlap. */
  const NAMES = ["rowback-current", "rowback-inserted", "rowback-changed", "rowback-deleted"];

  /**
   * @param {AbortSignal} signal removes all paint
   */
  function open(signal) {
    const highlights = new Map(NAMES.map((name, number) => {
      const highlight = new Highlight();
      highlight.priority = number;
      return [name, highlight];
    }));
    signal.addEventListener("abort", () => NAMES.forEach((name) => CSS.highlights.delete(name)));

    /** @param {Record<string, Range[]>} ranges by name without prefix */
    const show = (ranges) => {
      for (const [name, list] of Object.entries(ranges)) {
        const highlight = /** @type {Highlight} */ (highlights.get(`rowback-${name}`));
        highlight.clear();
        list.forEach((range) => highlight.add(range));
        // Set again each time: a page may have cleared the registry.
        CSS.highlights.set(`rowback-${name}`, highlight);
      }
    };
    return { show };
  }

  return { open };
})();

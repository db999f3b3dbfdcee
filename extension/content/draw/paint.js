/**
 * Paints words on the page's own text with the CSS Custom Highlight API: no node is touched. Styles: `marks.css`; a
 * page's
 * shadow roots, which it does not reach, are lent a style sheet.
 *
 * The registry of highlights is shared with the page, so ours have a prefix; what we put there we keep here as well.
 */
var RowbackPaint = (() => {
  /**
   * With the reader's own colours Chromium paints every highlight alike: what should be faint would look like a mark.
   */
  const SUBTLE = new Set(["current", "deleted"]);
  /** Later ones lie over earlier ones where they overlap. */
  const NAMES = ["rowback-current", "rowback-inserted", "rowback-changed", "rowback-deleted"];

  /** As in `marks.css`. Firefox lets no highlight's style of the document into a shadow root. */
  const STYLE = `
    ::highlight(rowback-inserted) {
      background-color: rgb(22 140 100 / 14%) !important;
      text-decoration: underline solid 1.5px #168c64 !important;
    }
    ::highlight(rowback-changed) {
      background-color: rgb(200 120 10 / 17%) !important;
      text-decoration: underline double 1.5px #c0730a !important;
    }
    ::highlight(rowback-deleted) { background-color: rgb(205 70 60 / 30%) !important; }
    ::highlight(rowback-current) { background-color: rgb(110 120 150 / 14%) !important; }
    @media (forced-colors: active) {
      ::highlight(rowback-inserted), ::highlight(rowback-changed) {
        background-color: Mark !important;
        color: MarkText !important;
      }
      ::highlight(rowback-deleted), ::highlight(rowback-current) {
        background-color: Canvas !important;
        color: CanvasText !important;
      }
    }`;

  /**
   * Lends a page's shadow roots our style for as long as `signal` lasts.
   *
   * @param {Iterable<ShadowRoot>} roots
   * @param {AbortSignal} signal
   */
  function lendStyle(roots, signal) {
    for (const root of roots) {
      const sheet = RowbackOwnElement.sheetOf(STYLE);
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      signal.addEventListener("abort", () => {
        root.adoptedStyleSheets = [...root.adoptedStyleSheets].filter((each) => each !== sheet);
      });
    }
  }

  /**
   * @param {AbortSignal} signal removes all paint
   */
  function open(signal) {
    const highlights = new Map(
      NAMES.map((name, number) => {
        const highlight = new Highlight();
        highlight.priority = number;
        return [name, highlight];
      }),
    );
    signal.addEventListener("abort", () => NAMES.forEach((name) => CSS.highlights.delete(name)));

    /** @param {Record<string, Range[]>} ranges by name without prefix */
    const show = (ranges) => {
      for (const [name, list] of Object.entries(ranges)) {
        const highlight = /** @type {Highlight} */ (highlights.get(`rowback-${name}`));
        highlight.clear();
        if (!(SUBTLE.has(name) && matchMedia("(forced-colors: active)").matches))
          list.forEach((range) => highlight.add(range));
        // Set again each time: a page may have cleared the registry.
        CSS.highlights.set(`rowback-${name}`, highlight);
      }
    };
    return { show };
  }

  return { open, lendStyle };
})();

/**
 * Makes our elements: each with an open shadow root in a style of its own, under a name that the page may have defined
 * for itself.
 */
var RowbackOwnElement = (() => {
  /** @type {Document | null} */
  let away = null;

  /**
   * A document without a window knows none of the page's definitions: the element has its shadow root before the page's
   * own constructor, if there is one, hears of it.
   *
   * @param {string} name
   * @param {CSSStyleSheet} sheet
   */
  function build(name, sheet) {
    away ??= document.implementation.createHTMLDocument("");
    const host = away.createElement(name);
    const root = host.attachShadow({ mode: "open" });
    document.adoptNode(host);
    // Lost on the way from one document to the other.
    root.adoptedStyleSheets = [sheet];
    return { host, root };
  }

  /** @param {string} css */
  function sheetOf(css) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    return sheet;
  }

  return { build, sheetOf };
})();

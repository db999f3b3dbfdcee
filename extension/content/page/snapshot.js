/**
 * The page's HTML as the reader has it, for a backend that does not know the article, or not as it reads now. Only ever
 * taken when asked.
 *
 * Without what is not the article: scripts, styles, frames, everything typed into a form, our own element.
 */
var RowbackSnapshot = (() => {
  /**
   * Linked data stays: it holds the date of publishing. So does a form around a whole page, less all that is typed in
   * it.
   */
  const LEFT_OUT =
    "script:not([type='application/ld+json' i]), style, link[rel~=stylesheet], link[rel~=preload], noscript, " +
    "template, iframe, frame, object, embed, svg, canvas, video, audio, form:not(:has(h1, article)), input, " +
    "textarea, select, button, datalist, output, [contenteditable]:not([contenteditable=false i]), rowback-overlay, " +
    "rowback-deletion, meta[name*=csrf i], meta[name*=token i]";
  const KEPT_ATTRIBUTES = new Set([
    "id",
    "class",
    "lang",
    "dir",
    "href",
    "rel",
    "name",
    "property",
    "content",
    "itemprop",
    "itemtype",
    "itemscope",
    "role",
    "datetime",
    "charset",
    "type",
    "alt",
    "cite",
    "hidden",
    "colspan",
    "rowspan",
  ]);

  /**
   * Copied into a document without a window: none of the page's own elements is built there, and no picture fetched, so
   * that the page does not hear of it.
   *
   * @param {Document} page
   * @param {Location} address
   */
  function take(page, address) {
    const copy = page.implementation.createHTMLDocument("").importNode(page.documentElement, true);
    copy.querySelectorAll(LEFT_OUT).forEach((element) => element.remove());
    for (const element of [copy, ...copy.querySelectorAll("*")]) {
      for (const { name } of [...element.attributes]) {
        if (!KEPT_ATTRIBUTES.has(name)) element.removeAttribute(name);
      }
    }
    return { url: address.href, html: `<!DOCTYPE html>${copy.outerHTML}`, canonical: canonicalOf(page) };
  }

  /** @param {Document} page */
  function canonicalOf(page) {
    const link = page.querySelector("link[rel~='canonical' i]");
    return link instanceof HTMLLinkElement && link.href ? link.href : null;
  }

  return { take, canonicalOf };
})();

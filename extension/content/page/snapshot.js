/**
 * The page's HTML as the reader has it, for a backend that does not know the article, or not as it reads now. Only ever
 * taken when asked.
 *
 * Without what is not the article: scripts, styles, frames, everything typed into a form, our own element. What has to
 * be weighed (hidden text, noscript, what a form around the page holds) the backend judges, here as in what it fetched:
 * for that the copy keeps what its rules look at, and says nothing of style sheets, which a backend does not see.
 */
var RowbackSnapshot = (() => {
  /** Linked data stays: it holds the date of publishing. A noscript without elements is one that scripts shut. */
  const LEFT_OUT =
    "script:not([type='application/ld+json' i]), style, link[rel~=stylesheet], link[rel~=preload], " +
    "noscript:not(:has(*)), template, iframe, frame, object, embed, svg, canvas, video, audio, button, " +
    "datalist, output, dialog, [contenteditable]:not([contenteditable=false i]), rowback-overlay, " +
    "rowback-deletion, meta[name*=csrf i], meta[name*=token i]";
  /** A form with less of the page's prose is for typing; of the others the backend decides, by their fields, too. */
  const FORM_SHARE = 0.25;
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
    "aria-hidden",
    "aria-modal",
    "data-lp-replacement-content",
    "data-component",
    "data-cfemail",
    "first",
    "last",
    "text",
    "colspan",
    "rowspan",
  ]);
  const HIDING = /(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b/i;
  /** What makes a line of its own of a word. */
  const BOX = /(?:^|[;{\s])display\s*:\s*(?:block|flex|grid|table|list-item|flow-root)\b/i;

  /**
   * Copied into a document without a window: none of the page's own elements is built there, and no picture fetched, so
   * that the page does not hear of it.
   *
   * @param {Document} page
   * @param {Location} address
   */
  function take(page, address) {
    const copy = page.implementation.createHTMLDocument("").importNode(page.documentElement, true);
    const forms = [...copy.querySelectorAll("form")].filter((element) => !isPage(element, copy));
    [...copy.querySelectorAll(LEFT_OUT), ...forms].forEach((element) => element.remove());
    copy.querySelectorAll("select, textarea").forEach((element) => element.replaceChildren());
    for (const element of [copy, ...copy.querySelectorAll("*")]) {
      for (const { name, value } of [...element.attributes]) {
        if (!isKept(name, value)) element.removeAttribute(name);
      }
    }
    return {
      url: address.href,
      html: `<!DOCTYPE html>${copy.outerHTML}`,
      canonical: RowbackPageFacts.ownAddress(page),
    };
  }

  /** @param {Element} form @param {Element} page */
  function isPage(form, page) {
    return form.querySelector("h1, article") !== null || RowbackForms.holdsShare(form, page, FORM_SHARE);
  }

  /** @param {string} name @param {string} value */
  function isKept(name, value) {
    return KEPT_ATTRIBUTES.has(name) || (name === "style" && (HIDING.test(value) || BOX.test(value)));
  }

  return { take };
})();

/** The address that a page gives as its own. Told, not yet believed: the worker judges it (`background/sites.js`). */
var RowbackOwnAddress = (() => {
  /** @param {Document} page */
  function of(page) {
    const link = page.querySelector("link[rel~='canonical' i]");
    return link instanceof HTMLLinkElement && link.href ? link.href : null;
  }

  return { of };
})();

/**
 * What a page says it is, and with what it was made: types in linked data, Open Graph and microdata, the classes of its
 * body, its generator. Told, not yet believed. The backend's `text/page_facts.py` reads the same.
 */
var RowbackPageFacts = (() => {
  const MAX_SCRIPTS = 20;
  const MAX_LINKED_DATA = 300_000;
  const MAX_ITEMS = 2_000;

  /** @param {Document} page @returns {RowbackFacts} */
  function read(page) {
    return {
      openGraph: contentOf(page, "og:type"),
      linked: linkedTypes(page),
      items: itemTypes(page),
      classes: (page.body?.className ?? "").toLowerCase().split(/\s+/).filter(Boolean),
      generator: contentOf(page, "generator"),
      isDated: contentOf(page, "article:published_time") !== "",
    };
  }

  /** @param {Document} page @param {string} name */
  function contentOf(page, name) {
    const found = page.querySelector(`meta[property='${name}' i], meta[name='${name}' i]`);
    return (found?.getAttribute("content") ?? "").trim().toLowerCase();
  }

  /** @param {Document} page */
  function linkedTypes(page) {
    const texts = linkedData(page).filter((text) => text.length <= MAX_LINKED_DATA);
    const items = texts.flatMap((text) => itemsIn(text.trim().replace(/;$/, "")));
    const types = items.flatMap((item) => item?.["@type"]);
    return types.filter((type) => typeof type === "string").map(bare);
  }

  /** @param {Document} page */
  function linkedData(page) {
    const scripts = [...page.querySelectorAll("script[type='application/ld+json' i]")].slice(0, MAX_SCRIPTS);
    return scripts.map(({ textContent }) => textContent);
  }

  /** What stands at the top or in `@graph` is about the page; deeper are lists of other pages.
   * @param {string} text @returns {any[]} */
  function itemsIn(text) {
    try {
      const data = JSON.parse(text);
      return [data, data?.["@graph"]].flat();
    } catch {
      return [];
    }
  }

  /** @param {Document} page */
  function itemTypes(page) {
    /** @type {Record<string, number>} */
    const found = Object.create(null);
    for (const element of [...page.querySelectorAll("[itemtype]")].slice(0, MAX_ITEMS)) {
      for (const type of (element.getAttribute("itemtype") ?? "").split(/\s+/).filter(Boolean).slice(0, 2)) {
        found[bare(type)] = (found[bare(type)] ?? 0) + 1;
      }
    }
    return found;
  }

  /** @param {string} type */
  function bare(type) {
    return type.replace(/^.*[/#:]/, "");
  }

  /** Judged in `background/sites.js`. @param {Document} page */
  function ownAddress(page) {
    const link = page.querySelector("link[rel~='canonical' i]");
    return link instanceof HTMLLinkElement && link.href ? link.href : null;
  }

  return { read, contentOf, linkedData, itemsIn, ownAddress };
})();

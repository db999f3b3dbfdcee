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
      openGraph: (contentOf(page, "og:type") ?? "").toLowerCase(),
      linked: linkedTypes(page),
      items: itemTypes(page),
      classes: (page.body?.className ?? "").toLowerCase().split(/\s+/).filter(Boolean),
      generator: (contentOf(page, "generator") ?? "").toLowerCase(),
      isDated: Boolean(contentOf(page, "article:published_time")),
    };
  }

  /** @param {Document} page @param {string} name */
  function contentOf(page, name) {
    const found = page.querySelector(`meta[property='${name}' i], meta[name='${name}' i]`);
    return found?.getAttribute("content")?.trim();
  }

  /** What stands at the top or in `@graph` is about the page; deeper are lists of other pages.
   * @param {Document} page */
  function linkedTypes(page) {
    const scripts = [...page.querySelectorAll("script[type='application/ld+json' i]")].slice(0, MAX_SCRIPTS);
    return scripts.flatMap(({ textContent: text }) => {
      if (text.length > MAX_LINKED_DATA) return [];
      try {
        const data = JSON.parse(text.trim().replace(/;$/, ""));
        const types = [data, data?.["@graph"]].flat().flatMap((item) => item?.["@type"] ?? []);
        return types.filter((type) => typeof type === "string").map(bare);
      } catch {
        return [];
      }
    });
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

  return { read };
})();

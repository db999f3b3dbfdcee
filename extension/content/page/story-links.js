/**
 * The links on a page that look like articles of the same site. `isStory` is pure; `collect` reads the page.
 */
var RowbackStoryLinks = (() => {
  /** What one lookup takes. */
  const MAX_ADDRESSES = 500;
  const MAX_LINKS = 4_000;
  /** A headline, as against the name of a section or a picture. */
  const MIN_TITLE = 15;
  /** Says in one character what takes alphabets two to three. */
  const DENSE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g;
  /**
   * What stands below such a name is one, whatever it is called; as is a made-up number of letters and digits
   * ("c5y9x0dy8jeo").
   */
  const STORY = /\/(?:articles?|story|artikel|articulo|artigo|noticia)\/[^/]+\/?$/i;
  const CODE = /^(?=[a-z\d]{10})[a-z\d]*[a-z]\d+[a-z][a-z\d]*$/i;
  const FILE = /\.(?:jpe?g|png|gif|webp|avif|svg|pdf|mp[34]|xml|rss|atom|json|zip)$/i;
  /** Sections, lists and people, whatever their addresses look like otherwise. */
  const LISTS = new RegExp(
    "/(?:tags?|topics?|themen?|authors?|autor(?:en)?|search|suche|category|kategorie|page|videos?|live|newsletter|" +
      "login|account)(?:/|$)",
    "i",
  );

  /** @typedef {{element: HTMLAnchorElement, url: string}} StoryLink */

  /**
   * Whether an address looks like one story's, seen from a page: the same site, a path that ends in a slug, a number or
   * a document.
   *
   * @param {URL} url
   * @param {URL | Location} page
   */
  function isStory(url, page) {
    if (!/^https?:$/.test(url.protocol) || siteOf(url) !== siteOf(page)) return false;
    if (url.pathname === page.pathname && url.search === page.search) return false;
    const parts = url.pathname.split("/").filter(Boolean);
    const last = parts.at(-1) ?? "";
    if (!last || FILE.test(last) || LISTS.test(url.pathname)) return false;
    const words = last.split(/[-_]/).filter(Boolean).length;
    const isDated = /\/(?:19|20)\d\d\//.test(url.pathname) && (parts.length > 2 || words > 1);
    if (STORY.test(url.pathname) || CODE.test(last)) return true;
    return words >= 3 || /\d{5,}/.test(last) || /\.(?:html?|php|aspx?|jsp)$/i.test(last) || isDated;
  }

  /** @param {URL | Location} address */
  function siteOf({ host }) {
    return host.replace(/^(?:www|m|mobile|amp)\.(?=.*\.)/, "");
  }

  /**
   * @param {Document} page
   * @param {Location} address
   * @returns {StoryLink[]} in the page's order, of at most as many addresses as one lookup takes
   */
  function collect(page, address) {
    const links = [];
    const urls = new Set();
    for (const element of [...page.links].slice(0, MAX_LINKS)) {
      if (!(element instanceof HTMLAnchorElement) || weigh(element.textContent) < MIN_TITLE) continue;
      const url = parse(element.href);
      if (!url || !isStory(url, address)) continue;
      url.hash = "";
      if (!urls.has(url.href) && urls.size >= MAX_ADDRESSES) continue;
      urls.add(url.href);
      links.push({ element, url: url.href });
    }
    return links;
  }

  /** @param {string} text */
  function weigh(text) {
    const bare = text.trim();
    return bare.length + 1.5 * (bare.match(DENSE)?.length ?? 0);
  }

  /** @param {string} href */
  function parse(href) {
    return URL.canParse(href) ? new URL(href) : null;
  }

  return { isStory, collect };
})();

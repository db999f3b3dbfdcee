/**
 * Is this page an article? `signals` reads the page, `isArticle` decides from what was read and is pure.
 *
 * Generous to articles, strict to front pages, result lists and web apps: asking about those would tell the backend
 * where a reader goes without ever bringing an edit.
 */
var RowbackArticle = (() => {
  /** schema.org's Article and what derives from it, less what is a list or a shop's page. */
  const ARTICLE_TYPES = /^(?:https?:\/\/schema\.org\/)?(?:\w*Article|(?:Live)?BlogPosting|SocialMediaPosting|Report)$/;
  const SEARCH_PATH = /(?:^|\/)(?:search|suche|recherche|buscar|busca|cerca|zoeken|results?)(?:\/|\.\w+)?$/i;
  const SEARCH_KEYS = ["q", "query", "search", "s", "keyword", "keywords"];
  /** Front pages that do not live at `/`: a language or an edition. */
  const FRONT_PATH = /^\/(?:index\.\w+|home\/?|[a-z]{2}(?:[-_][a-z]{2})?\/?)?$/i;
  /** Chinese, Japanese and Korean say in one character what takes alphabets two to three. */
  const DENSE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g;
  const DENSE_EXTRA = 1.5;
  /** A line of prose, as against a teaser, a caption or a menu item. */
  const PROSE = 60;
  const OUTSIDE = "nav, footer, aside, dialog, [role=navigation], [role=contentinfo], [role=complementary]";
  /** Under the headline of a live blog that has just begun. */
  const LIVE_WORDS = 60;
  /** Of prose. Of the real pages that do not say what they are, the most in an article is a fifth. */
  const MANY_LINKS = 1 / 3;
  const MAX_SCRIPT_CHARS = 300_000;
  const MAX_PARAGRAPHS = 400;
  const MAX_ROOTS = 50;

  const NO_ARTICLE = { weight: 0, prose: /** @type {RowbackProse[]} */ ([]) };

  /** @param {RowbackSignals} page */
  function isArticle(page) {
    const { path, search, typed, headline, paragraphs, prose, linked } = page;
    if (typed) return (page.inArticle >= 40 || prose >= PROSE) && linked < 0.8;
    if (search || FRONT_PATH.test(path) || linked >= MANY_LINKS) return false;
    const oneArticle = page.inArticle >= 40 && (page.articles === 1 || page.articleShare >= 0.6);
    if (oneArticle && headline) return true;
    // Several teasers in <article>s with none that leads: a list of stories, or a live blog under its headline.
    if (page.articles > 2 && page.articleShare < 0.6 && page.opening < LIVE_WORDS) return false;
    return headline ? paragraphs >= 3 && prose >= 500 : paragraphs >= 6 && prose >= 1500;
  }

  /** Most that are none are known by their address. @param {Document} page @param {Location | URL} address */
  function isArticlePage(page, address) {
    const isNone = FRONT_PATH.test(address.pathname) || asksQuestion(address);
    if (isNone && !saysArticle(page)) return false;
    const seen = RowbackPageKind.read(page, address);
    return RowbackPageKind.kindOf(seen) === null && isArticle(signals(page, address, seen.build.opening));
  }

  /** @param {Document} page @param {Location | URL} address @param {number} opening its words
   * @returns {RowbackSignals} */
  function signals(page, address, opening) {
    const prose = proseOf(page);
    const articles = articlesOf(page, prose);
    const fullest = articles.reduce((best, one) => (one.weight > best.weight ? one : best), NO_ARTICLE);
    const told = fullest.prose.length ? fullest.prose : prose;
    return {
      path: address.pathname,
      search: asksQuestion(address),
      typed: saysArticle(page),
      headline: [...page.querySelectorAll("h1")].some((heading) => heading.textContent.trim() !== ""),
      articles: articles.length,
      inArticle: fullest.weight,
      articleShare: fullest.weight / Math.max(1, weightOf(articles)),
      paragraphs: prose.length,
      prose: weightOf(prose),
      opening,
      linked: told.reduce((total, { links }) => total + links, 0) / Math.max(1, weightOf(told)),
    };
  }

  /** @param {{weight: number}[]} parts */
  function weightOf(parts) {
    return parts.reduce((total, { weight }) => total + weight, 0);
  }

  /** Paragraphs; where there are next to none, text that stands in a container by itself, parted by line breaks, or in
   * spans. @param {Document} page @returns {RowbackProse[]} */
  function proseOf(page) {
    const paragraphs = paragraphsOf(page);
    if (paragraphs.length > 1) return paragraphs;
    const bare = [...bareTextOf(page), ...spannedTextOf(page)];
    return [...paragraphs, ...(bare.length ? bare : rootsOf(page).flatMap(paragraphsOf))];
  }

  /** Open shadow roots, for pages built of components. @param {Document} page */
  function rootsOf(page) {
    const found = [];
    for (const { shadowRoot } of page.querySelectorAll("*")) {
      if (shadowRoot && found.length < MAX_ROOTS) found.push(shadowRoot);
    }
    return found;
  }

  /** @param {Document} page @returns {RowbackProse[]} */
  function bareTextOf(page) {
    const found = [];
    const outside = outsideOf(page);
    for (const element of page.querySelectorAll("div, td, section, article, main")) {
      if (found.length >= MAX_PARAGRAPHS) break;
      if (!hasLineBreak(element) || element.closest(outside)) continue;
      for (const node of element.childNodes) {
        const weight = node.nodeType === Node.TEXT_NODE ? weigh(node.textContent ?? "") : 0;
        if (weight >= PROSE) found.push({ element, weight, links: 0 });
      }
    }
    return found;
  }

  /** @param {Document} page @returns {RowbackProse[]} */
  function spannedTextOf(page) {
    const found = [];
    const outside = outsideOf(page);
    for (const element of page.querySelectorAll("div > span, section > span")) {
      if (found.length >= MAX_PARAGRAPHS) break;
      const weight = weigh(element.textContent);
      if (weight >= PROSE && !element.closest(outside) && !element.querySelector("div, p")) {
        found.push({ element, weight, links: linksIn(element) });
      }
    }
    return found;
  }

  /** @param {Document | ShadowRoot} page */
  function outsideOf(page) {
    return RowbackForms.areAround(page) ? OUTSIDE : `${OUTSIDE}, form`;
  }

  /** @param {Element} element */
  function linksIn(element) {
    return [...element.querySelectorAll("a")].reduce((total, link) => total + weigh(link.textContent), 0);
  }

  /** @param {Element} element */
  function hasLineBreak(element) {
    return [...element.children].some((child) => child.localName === "br");
  }

  /** @param {Document | ShadowRoot} page @returns {RowbackProse[]} */
  function paragraphsOf(page) {
    const found = [];
    const outside = outsideOf(page);
    for (const element of page.querySelectorAll("p, blockquote, div, td, section")) {
      if (found.length >= MAX_PARAGRAPHS) break;
      const weight = element.matches("p, blockquote") ? weigh(element.textContent) : weighOwn(element);
      if (weight < PROSE || element.closest(outside) || element.querySelector("p")) continue;
      found.push({ element, weight, links: linksIn(element) });
    }
    return found;
  }

  /** Older pages set their lines into boxes, with <br> between them: lines of prose that no child element holds.
   * @param {Element} element */
  function weighOwn(element) {
    let weight = 0;
    // Not `childNodes`: of thousands of boxes most have no text of their own, and a list is made for each.
    for (let node = element.firstChild; node; node = node.nextSibling) {
      if (node.nodeType !== Node.TEXT_NODE) continue;
      const { data } = /** @type {Text} */ (node);
      const line = data.length < PROSE / (1 + DENSE_EXTRA) ? 0 : weigh(data);
      if (line >= PROSE) weight += line;
    }
    return weight;
  }

  /** Weights of the `<article>`s that hold prose and no other article. A short piece may have no paragraph of length.
   * @param {Document} page @param {RowbackProse[]} prose */
  function articlesOf(page, prose) {
    const found = [];
    const outside = outsideOf(page);
    for (const article of page.querySelectorAll("article, [role=article], [itemprop=articleBody]")) {
      if (article.closest(outside) || article.parentElement?.closest("article")) continue;
      const inside = prose.filter(({ element }) => article.contains(element));
      const weight = weightOf(inside) || shortProse(article);
      if (weight >= 40) found.push({ weight, prose: inside });
    }
    return found;
  }

  /** @param {Element} article */
  function shortProse(article) {
    const texts = [...article.querySelectorAll("p")].filter((element) => !element.closest("nav, aside, footer"));
    return texts.reduce((total, element) => total + weigh(element.textContent), 0);
  }

  /** @param {Document} page */
  function saysArticle(page) {
    const openGraph = page.querySelector("meta[property='og:type'], meta[name='og:type']")?.getAttribute("content");
    if (openGraph?.trim().toLowerCase() === "article") return true;
    if ([...page.querySelectorAll("[itemtype]")].filter(isArticleItem).length === 1) return true;
    return [...page.querySelectorAll("script[type='application/ld+json' i]")].slice(0, 20).some(linkedDataSaysArticle);
  }

  /** @param {Element} element */
  function isArticleItem(element) {
    return ARTICLE_TYPES.test(element.getAttribute("itemtype")?.trim() ?? "");
  }

  /** What stands at the top or in `@graph` is about the page; deeper are lists of other pages.
   * @param {Element} script */
  function linkedDataSaysArticle(script) {
    const text = script.textContent;
    if (text.length > MAX_SCRIPT_CHARS) return /"@type"\s*:\s*"\w*Article"/.test(text.slice(0, 20_000));
    try {
      const data = JSON.parse(text);
      const items = [data, data?.["@graph"]].flat();
      const articles = items.filter((item) =>
        [item?.["@type"]].flat().some((type) => ARTICLE_TYPES.test(String(type))),
      );
      return articles.length === 1 || (articles.length > 1 && articles.length < 4);
    } catch {
      return false;
    }
  }

  /** @param {Location | URL} address */
  function asksQuestion({ pathname, search }) {
    const query = new URLSearchParams(search);
    return SEARCH_PATH.test(pathname) || SEARCH_KEYS.some((key) => query.has(key));
  }

  /** How much a text says, in Latin letters. @param {string} text */
  function weigh(text) {
    const bare = text.trim();
    return bare.length + DENSE_EXTRA * (bare.match(DENSE)?.length ?? 0);
  }

  return { isArticle, isArticlePage, signals };
})();

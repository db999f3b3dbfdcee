/**
 * Is this page an article? Generous to articles, strict to front pages, result lists and web apps: asking about those
 * would tell the backend where a reader goes without ever bringing an edit.
 */
var RowbackArticle = (() => {
  /** schema.org's Article and what derives from it, less what is a list or a shop's page. */
  const ARTICLE_TYPES = /^(?:https?:\/\/schema\.org\/)?(?:\w*Article|(?:Live)?BlogPosting|SocialMediaPosting|Report)$/;
  const SEARCH_PATH = /(?:^|\/)(?:search|suche|recherche|buscar|busca|cerca|zoeken|results?)(?:\/|\.\w+)?$/i;
  const SEARCH_QUERY = /[?&](?:q|query|s|search|keywords?)(?:[=&]|$)/;
  /** Such characters say what takes alphabets two to three. */
  const DENSE = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g;
  const DENSE_EXTRA = 1.5;
  /** A line of prose, as against a teaser, a caption or a menu item. */
  const PROSE = 60;
  const OUTSIDE = "nav, footer, aside, dialog, [role=navigation], [role=contentinfo], [role=complementary]";
  /** Under the headline of a live blog that has just begun. */
  const LIVE_WORDS = 60;
  /** Of prose. In articles that do not say what they are it is a fifth at most. */
  const MANY_LINKS = 1 / 3;
  const MAX_SCRIPT_CHARS = 300_000;
  const MAX_PARAGRAPHS = 400;
  const MAX_ROOTS = 50;
  /** Elements between two looks at the clock. */
  const STRIDE = 32;

  /** @param {RowbackSignals} page */
  function isArticle(page) {
    const { path, search, typed, headline, paragraphs, prose, linked } = page;
    if (typed) return (page.inArticle >= 40 || prose >= PROSE) && linked < 0.8;
    if (search || RowbackPlaces.HOME.test(path) || linked >= MANY_LINKS) return false;
    const oneArticle = page.inArticle >= 40 && (page.articles === 1 || page.articleShare >= 0.6);
    if (oneArticle && headline) return true;
    // Several teasers in <article>s with none that leads: a list of stories, or a live blog under its headline.
    if (page.articles > 2 && page.articleShare < 0.6 && page.opening < LIVE_WORDS) return false;
    return headline ? paragraphs >= 3 && prose >= 500 : paragraphs >= 6 && prose >= 1500;
  }

  /** Most that are none are known by their address. @param {Document} page @param {Location | URL} address
   * @returns {Generator<void, boolean, void>} */
  function* judging(page, address) {
    const isNone = RowbackPlaces.HOME.test(address.pathname) || asksQuestion(address);
    if (isNone && !saysArticle(page)) return false;
    const seen = yield* RowbackPageKind.reading(page, address);
    if (RowbackPageKind.kindOf(seen) !== null) return false;
    return isArticle(yield* signals(page, address, seen.build.opening));
  }

  /** @param {Document} page @param {Location | URL} address @param {number} opening its words
   * @returns {Generator<void, RowbackSignals, void>} */
  function* signals(page, address, opening) {
    const prose = yield* proseOf(page);
    const articles = yield* articlesOf(page, prose);
    const fullest = articles.toSorted((one, other) => other.weight - one.weight).at(0);
    const told = fullest?.prose.length ? fullest.prose : prose;
    const inArticle = fullest?.weight ?? 0;
    return {
      path: address.pathname,
      search: asksQuestion(address),
      typed: saysArticle(page),
      headline: [...page.querySelectorAll("h1")].some(({ textContent }) => textContent.trim()),
      articles: articles.length,
      inArticle,
      articleShare: inArticle / Math.max(1, weightOf(articles)),
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
   * spans. @param {Document} page @returns {Generator<void, RowbackProse[], void>} */
  function* proseOf(page) {
    const found = yield* paragraphsOf(page);
    if (found.length > 1) return found;
    const bare = bareTextOf(page);
    yield;
    bare.push(...(yield* textsOf(page, "div > span, section > span", "div, p", weighText)));
    for (const root of bare.length ? [] : rootsOf(page)) bare.push(...(yield* paragraphsOf(root)));
    return [...found, ...bare];
  }

  /** Open shadow roots, for pages built of components. @param {Document} page */
  function rootsOf(page) {
    return [...page.querySelectorAll("*")].flatMap(({ shadowRoot }) => shadowRoot ?? []).slice(0, MAX_ROOTS);
  }

  /** @param {Document} page */
  function bareTextOf(page) {
    const found = [];
    const outside = outsideOf(page);
    for (const element of page.querySelectorAll("div, td, section, article, main")) {
      if (found.length >= MAX_PARAGRAPHS) break;
      if (element.querySelector(":scope > br") && !element.closest(outside)) found.push(...linesOf(element));
    }
    return found;
  }

  /** @param {Document | ShadowRoot} page */
  function outsideOf(page) {
    return RowbackForms.areAround(page) ? OUTSIDE : `${OUTSIDE}, form`;
  }

  /** @param {Document | ShadowRoot} page */
  function paragraphsOf(page) {
    return textsOf(page, "p, blockquote, div, td, section", "p", (element) =>
      element.matches("p, blockquote") ? weighText(element) : weightOf(linesOf(element)),
    );
  }

  /** @param {Document | ShadowRoot} page @param {string} names @param {string} inner what holds it instead
   * @param {(element: Element) => number} weighed @returns {Generator<void, RowbackProse[], void>} */
  function* textsOf(page, names, inner, weighed) {
    const found = [];
    const outside = outsideOf(page);
    for (const [at, element] of [...page.querySelectorAll(names)].entries()) {
      if (found.length >= MAX_PARAGRAPHS) break;
      if (at % STRIDE === STRIDE - 1) yield;
      const weight = weighed(element);
      if (weight < PROSE || element.closest(outside) || element.querySelector(inner)) continue;
      found.push({ element, weight, links: weighAll([...element.querySelectorAll("a")]) });
    }
    return found;
  }

  /** Older pages set their lines into boxes, with <br> between them: lines of prose that no child element holds.
   * @param {Element} element */
  function linesOf(element) {
    const lines = [];
    // Not `childNodes`: a list would be made for each of thousands of boxes.
    for (let node = element.firstChild; node; node = node.nextSibling) {
      if (node.nodeType !== Node.TEXT_NODE) continue;
      const { data } = /** @type {Text} */ (node);
      const weight = data.length < PROSE / (1 + DENSE_EXTRA) ? 0 : weigh(data);
      if (weight >= PROSE) lines.push({ element, weight, links: 0 });
    }
    return lines;
  }

  /** Weights of the `<article>`s that hold prose and no other article. A short piece may have no paragraph of length.
   * @param {Document} page @param {RowbackProse[]} prose */
  function* articlesOf(page, prose) {
    const found = [];
    const outside = outsideOf(page);
    for (const article of page.querySelectorAll("article, [role=article], [itemprop=articleBody]")) {
      yield;
      if (article.closest(outside) || article.parentElement?.closest("article")) continue;
      const inside = prose.filter(({ element }) => article.contains(element));
      const short = () => [...article.querySelectorAll("p")].filter((each) => !each.closest("nav, aside, footer"));
      const weight = weightOf(inside) || weighAll(short());
      if (weight >= 40) found.push({ weight, prose: inside });
    }
    return found;
  }

  /** @param {Document} page */
  function saysArticle(page) {
    if (RowbackPageFacts.contentOf(page, "og:type") === "article") return true;
    const types = [...page.querySelectorAll("[itemtype]")].map((each) => each.getAttribute("itemtype") ?? "");
    if (types.filter((type) => ARTICLE_TYPES.test(type.trim())).length === 1) return true;
    return RowbackPageFacts.linkedData(page).some(linkedDataSaysArticle);
  }

  /** @param {string} text */
  function linkedDataSaysArticle(text) {
    if (text.length > MAX_SCRIPT_CHARS) return /"@type"\s*:\s*"\w*Article"/.test(text.slice(0, 20_000));
    const types = RowbackPageFacts.itemsIn(text).map((item) => [item?.["@type"]].flat());
    const { length } = types.filter((all) => all.some((type) => ARTICLE_TYPES.test(String(type))));
    return length > 0 && length < 4;
  }

  /** @param {Location | URL} address */
  function asksQuestion({ pathname, search }) {
    return SEARCH_PATH.test(pathname) || SEARCH_QUERY.test(search);
  }

  /** @param {Element[]} elements */
  function weighAll(elements) {
    return elements.reduce((total, element) => total + weighText(element), 0);
  }

  /** @param {Element} element */
  function weighText({ textContent }) {
    return weigh(textContent);
  }

  /** How much a text says, in Latin letters. @param {string} text */
  function weigh(text) {
    const bare = text.trim();
    return bare.length + DENSE_EXTRA * (bare.match(DENSE)?.length ?? 0);
  }

  return { isArticle, judging };
})();

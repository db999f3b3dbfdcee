/**
 * What kind of page it is, where it is no article: a front or another list, a shop's page, a forum's, a service's.
 * `kindOf` is pure and judges as the backend's `text/page_kind.py` does: what stands under headlines that lead
 * elsewhere, how many parts weigh the same, what the page's address and its makers say. `tests/cases/page-kinds.json`
 * holds both to it.
 */
var RowbackPageKind = (() => {
  /** schema.org's Article and what derives from it; a review, a recipe and a check of facts are read like one. */
  const ARTICLE_TYPE = /^(?:\w*Article|(?:Live)?BlogPosting|SocialMediaPosting|Report|Recipe|\w*Review)$/;
  const SINGLE =
    /^(?:single|single-(?:\w*post|\w*article|format-\w+)|postid-\d+|(?:page-?type__)?article(?:-page|-single)?)$/;
  const LIST_CLASSES = new Set("archive category tag author paged search-results post-type-archive".split(" "));
  const LIST_TYPES = new Set(["CollectionPage", "SearchResultsPage", "ItemList"]);
  const PRODUCT_TYPES = ["Product", "ProductGroup", "OfferCatalog"];
  const SHOP_CLASS = /^(?:(?:single-|template-|page)?product(?:page|-?details?)?|page-category|page-product\w*)$/;
  const SHOP_MADE = /^(?:shop_\w+|catalog-\w+-view)$/;
  const FORUM_MAKERS =
    /vbulletin|phpbb|xenforo|mybb|vanilla|discourse|invision|ip\.board|nodebb|flarum|discuz|fluxbb|smf|yabb/;
  const FORUM_CLASSES = new Set(["section-index", "section-viewtopic", "section-viewforum", "vanilla"]);
  const FORUM_TYPES = new Set(["DiscussionForumPosting", "QAPage"]);
  const OTHER_GRAPHS = /^(?:(?:video|music|game|restaurant|business|place|hotel)(?:\.\w+)*|profile)$/;
  const OTHER_TYPES = new Set(
    "VideoObject SoftwareSourceCode SoftwareApplication Restaurant Hotel ProfilePage".split(" "),
  );
  const MAX_DESCRIBED = 3;
  const MIN_OPENING = 2;
  const MIN_OPENING_OF_LIST = 40;
  const MIN_LEAD = 50;
  const ENOUGH = 100;
  const MIN_SAID = 15;
  const WORDS_OF_POST = 150;
  const MIN_EQUALS = 5;
  const MIN_TEASERS = 3;
  const MANY_TEASERS = 5;
  const SOME = 0.6;
  const MOST = 0.8;
  const FEW_WORDS = 150;
  const SHOP_WORDS = 250;
  const MIN_PRICES = 5;
  const WORDS_PER_PRICE = 40;
  const MIN_EVENTS = 3;
  const MIN_PIECES = 20;
  /** How clearly a page says that it is an article: not, in words that a whole site may have, in data of its own. */
  const [NONE, SAID, DESCRIBED] = [0, 1, 2];

  /** @typedef {"front-page" | "shop-page" | "forum-page" | "service-page"} Kind */

  /** @param {Document} page @param {Location | URL} address @returns {RowbackJudged} */
  function read(page, address) {
    return {
      facts: RowbackPageFacts.read(page),
      places: RowbackPlaces.placesOf(address),
      build: RowbackPageBuild.read(page, address),
      speaksOfArticle: RowbackPlaces.speaksOfArticle(address),
    };
  }

  /** @param {RowbackJudged} page @returns {Kind | null} null for an article, and where nothing is sure */
  function kindOf(page) {
    const claim = claimOf(page.facts);
    if (isForum(page, claim)) return "forum-page";
    if (isShop(page, claim)) return "shop-page";
    if (isList(page, claim)) return "front-page";
    return claim === NONE && isOther(page) ? "service-page" : null;
  }

  /** @param {RowbackJudged["facts"]} facts */
  function claimOf({ openGraph, linked, items, classes, isDated }) {
    const described = linked.filter((type) => ARTICLE_TYPE.test(type)).length;
    if (described >= 1 && described <= MAX_DESCRIBED) return DESCRIBED;
    const marked = Object.keys(items).filter((type) => ARTICLE_TYPE.test(type));
    const count = marked.reduce((sum, type) => sum + items[type], 0);
    return openGraph === "article" || isDated || count === 1 || isSingle(classes) ? SAID : NONE;
  }

  /** @param {string[]} classes */
  function isSingle(classes) {
    return classes.some((name) => SINGLE.test(name));
  }

  /** @param {RowbackJudged} page @param {number} claim */
  function isList({ facts, places, build, speaksOfArticle }, claim) {
    const ofList = ["home", "list", "paged"].filter((place) => places.has(place)).length;
    if (speaksOfArticle && !ofList) return false;
    const hasClass = facts.classes.some((name) => LIST_CLASSES.has(name)) && !isSingle(facts.classes);
    const isCollection = facts.linked.some((type) => LIST_TYPES.has(type));
    const hints = ofList + Number(hasClass) + Number(build.equals >= MIN_EQUALS) + Number(isCollection);
    if (isStory(build, hints, ofList)) return false;
    const share = build.under / Math.max(1, build.under + build.own);
    if (claim === NONE) {
      const isThin = build.own < FEW_WORDS || share >= SOME;
      return hasClass || hints > 1 || (hints === 1 && isThin) || (build.teasers >= MIN_TEASERS && share >= SOME);
    }
    if (build.teasers >= MANY_TEASERS && share >= MOST) return hints > 0 || claim === SAID;
    return claim === SAID && share >= SOME && (hints > 1 || (hints > 0 && build.teasers >= MIN_TEASERS));
  }

  /** Whether something is told by the page itself, or its posts stand there in full.
   * @param {RowbackJudged["build"]} build @param {number} hints @param {number} ofList */
  function isStory({ teasers, under, opening, lead }, hints, ofList) {
    const least = hints ? Math.min(ENOUGH, Math.max(MIN_OPENING_OF_LIST, under / 4)) : MIN_OPENING;
    const isFull = teasers > 0 && under > WORDS_OF_POST * teasers && !ofList;
    return opening >= least || lead >= (hints ? ENOUGH : MIN_LEAD) || isFull;
  }

  /** @param {RowbackJudged} page @param {number} claim */
  function isShop({ facts, places, build }, claim) {
    if (/^(?:[^:]*:)?product/.test(facts.openGraph)) return claim < DESCRIBED;
    if (claim !== NONE) return false;
    const products = PRODUCT_TYPES.reduce((sum, type) => sum + countOf(facts, type), 0);
    const isPriceList = build.prices >= MIN_PRICES && build.own < WORDS_PER_PRICE * build.prices;
    const isShops = products > 0 || places.has("shop") || isShopClass(facts.classes);
    const isBrief = build.own < SHOP_WORDS || build.prices >= MIN_PRICES;
    return isPriceList || products >= MIN_TEASERS || (isShops && isBrief);
  }

  /** @param {string[]} classes */
  function isShopClass(classes) {
    return classes.some((name) => SHOP_CLASS.test(name) || SHOP_MADE.test(name));
  }

  /** @param {RowbackJudged} page @param {number} claim */
  function isForum({ facts, places }, claim) {
    if (claim === DESCRIBED) return false;
    const isMade = FORUM_MAKERS.test(facts.generator) || facts.classes.some((name) => FORUM_CLASSES.has(name));
    const isSaid = places.has("forum") || facts.linked.some((type) => FORUM_TYPES.has(type));
    return isMade || (isSaid && claim === NONE);
  }

  /** A service's page, an application, or about something else. @param {RowbackJudged} page */
  function isOther({ facts, places, build, speaksOfArticle }) {
    const types = [...Object.keys(facts.items), ...facts.linked];
    const isSaid =
      OTHER_GRAPHS.test(facts.openGraph) || (types.some((type) => OTHER_TYPES.has(type)) && build.own < FEW_WORDS);
    const isObject =
      facts.openGraph === "object" && build.own > build.under && !(speaksOfArticle && build.opening >= MIN_SAID);
    const isCalendar = countOf(facts, "Event") >= MIN_EVENTS;
    const isService = places.has("service") && build.own < SHOP_WORDS;
    const isEmpty = build.own + build.under + build.opening === 0 && build.pieces >= MIN_PIECES && !speaksOfArticle;
    return isSaid || isObject || isCalendar || isService || isEmpty;
  }

  /** @param {RowbackJudged["facts"]} facts @param {string} type */
  function countOf({ items, linked }, type) {
    return (items[type] ?? 0) + linked.filter((each) => each === type).length;
  }

  return { read, kindOf };
})();

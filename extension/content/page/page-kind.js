/**
 * What kind of page it is, where it is no article: a front or another list, a shop's page, a forum's, a service's.
 * `kindOf` is pure and judges as the backend's `text/page_kind.py` does (`tests/cases/page-kinds.json`).
 */
var RowbackPageKind = (() => {
  /** schema.org's Article and what derives from it; a review, a recipe and a check of facts are read like one. */
  const ARTICLE_TYPE = /^(?:\w*Article|(?:Live)?BlogPosting|SocialMediaPosting|Report|Recipe|\w*Review)$/;
  const SINGLE =
    /^(?:single|single-(?:\w*post|\w*article|format-\w+)|postid-\d+|(?:page-?type__)?article(?:-page|-single)?)$/;
  const LIST_CLASS = /^(?:archive|category|tag|author|paged|search-results|post-type-archive)$/;
  const LIST_TYPE = /^(?:CollectionPage|SearchResultsPage|ItemList)$/;
  const PRODUCT_TYPE = /^(?:Product(?:Group)?|OfferCatalog)$/;
  const SHOP_CLASS = new RegExp(
    "^(?:(?:single-|template-|page)?product(?:page|-?details?)?|page-(?:category|product\\w*)|shop_\\w+|" +
      "catalog-\\w+-view)$",
  );
  const FORUM_MAKERS =
    /vbulletin|phpbb|xenforo|mybb|vanilla|discourse|invision|ip\.board|nodebb|flarum|discuz|fluxbb|smf|yabb/;
  const FORUM_CLASS = /^(?:section-(?:index|viewtopic|viewforum)|vanilla)$/;
  const FORUM_TYPE = /^(?:DiscussionForumPosting|QAPage)$/;
  const OTHER_GRAPHS = /^(?:(?:video|music|game|restaurant|business|place|hotel)(?:\.\w+)*|profile)$/;
  const OTHER_TYPE = /^(?:VideoObject|Software(?:SourceCode|Application)|Restaurant|Hotel|ProfilePage)$/;
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
  /** How clearly it says that it is an article: not, in words that a whole site may have, in data of its own. */
  const [NONE, SAID, DESCRIBED] = [0, 1, 2];

  /** @param {Document} page @param {Location | URL} address @returns {Generator<void, RowbackJudged, void>} */
  function* reading(page, address) {
    const facts = RowbackPageFacts.read(page);
    const isClaimed = claimOf(facts) !== NONE;
    return {
      facts,
      places: RowbackPlaces.placesOf(address),
      // What says that it is an article and tells something is no list, whatever follows.
      build: yield* RowbackPageBuild.reading(page, address, ({ opening }) => isClaimed && opening >= ENOUGH),
      speaksOfArticle: RowbackPlaces.speaksOfArticle(address),
    };
  }

  /** @param {RowbackJudged} page @returns {import("../../shared/contract.js").PageReport["kind"] | null}
   * null for an article, and where nothing is sure */
  function kindOf(page) {
    const claim = claimOf(page.facts);
    if (isForum(page, claim)) return "forum-page";
    if (isShop(page, claim)) return "shop-page";
    if (isList(page, claim)) return "front-page";
    return claim === NONE && isOther(page) ? "service-page" : null;
  }

  /** @param {RowbackJudged["facts"]} facts */
  function claimOf({ openGraph, linked, items, classes, isDated }) {
    const described = countOf({ items: {}, linked }, ARTICLE_TYPE);
    if (described >= 1 && described <= MAX_DESCRIBED) return DESCRIBED;
    const isMarked = countOf({ items, linked: [] }, ARTICLE_TYPE) === 1;
    return openGraph === "article" || isDated || isMarked || hasAny(classes, SINGLE) ? SAID : NONE;
  }

  /** @param {string[]} names @param {RegExp} pattern */
  function hasAny(names, pattern) {
    return names.some((name) => pattern.test(name));
  }

  /** @param {RowbackJudged} page @param {number} claim */
  function isList({ facts, places, build, speaksOfArticle }, claim) {
    const ofList = ["home", "list", "paged"].filter((place) => places.has(place)).length;
    if (speaksOfArticle && !ofList) return false;
    const hasClass = hasAny(facts.classes, LIST_CLASS) && !hasAny(facts.classes, SINGLE);
    const isCollection = hasAny(facts.linked, LIST_TYPE);
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
    const products = countOf(facts, PRODUCT_TYPE);
    const isPriceList = build.prices >= MIN_PRICES && build.own < WORDS_PER_PRICE * build.prices;
    const isShops = products > 0 || places.has("shop") || hasAny(facts.classes, SHOP_CLASS);
    const isBrief = build.own < SHOP_WORDS || build.prices >= MIN_PRICES;
    return isPriceList || products >= MIN_TEASERS || (isShops && isBrief);
  }

  /** @param {RowbackJudged} page @param {number} claim */
  function isForum({ facts, places }, claim) {
    if (claim === DESCRIBED) return false;
    const isMade = FORUM_MAKERS.test(facts.generator) || hasAny(facts.classes, FORUM_CLASS);
    const isSaid = places.has("forum") || hasAny(facts.linked, FORUM_TYPE);
    return isMade || (isSaid && claim === NONE);
  }

  /** A service's page, an application, another thing's. @param {RowbackJudged} page */
  function isOther({ facts, places, build, speaksOfArticle }) {
    const types = [...Object.keys(facts.items), ...facts.linked];
    const isSaid = OTHER_GRAPHS.test(facts.openGraph) || (hasAny(types, OTHER_TYPE) && build.own < FEW_WORDS);
    const isObject =
      facts.openGraph === "object" && build.own > build.under && !(speaksOfArticle && build.opening >= MIN_SAID);
    const isCalendar = countOf(facts, /^Event$/) >= MIN_EVENTS;
    const isService = places.has("service") && build.own < SHOP_WORDS;
    const isEmpty = build.own + build.under + build.opening === 0 && build.pieces >= MIN_PIECES && !speaksOfArticle;
    return isSaid || isObject || isCalendar || isService || isEmpty;
  }

  /** @param {Pick<RowbackFacts, "items" | "linked">} facts @param {RegExp} type */
  function countOf({ items, linked }, type) {
    const marked = Object.keys(items).filter((name) => type.test(name));
    return marked.reduce((sum, name) => sum + items[name], linked.filter((name) => type.test(name)).length);
  }

  return { reading, kindOf };
})();

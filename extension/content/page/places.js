/**
 * What the address of a page says of it: a home page, a list, one of several pages of one, a forum, a shop, a service;
 * and whether it speaks of an article. The backend's `text/places.py` and `text/links.py` say
 * the same (`tests/cases/places.json`).
 */
var RowbackPlaces = (() => {
  /** A language or an edition, too. */
  const HOME = /^\/(?:(?:index|default)\.\w+|home\/?|[a-z]{2}(?:[-_][a-z]{2})?\/?)?$/i;
  /** @param {string} words one of them as a whole part of a path, or the name of a file */
  const whole = (words) => new RegExp(`/(?:${words})(?:\\.\\w{2,5})?(?:/|$)`, "i");
  const PATHS = {
    list: whole(
      "tags?|topics?|them(?:a|en)|temas?|categor(?:y|ies|ias?|ie|ías?)|kategori(?:e|en|a|er)?|" +
        "rubri(?:k|ken|que|ques|c|cs)|etiquetas?|schlagwort|authors?|autor(?:en|es)?|search|suche|recherche|buscar|" +
        "busca|cerca|zoeken|(?:[\\w-]+-)?results?",
    ),
    paged: /\/(?:(?:page|seite|pagina|strana|sida)[/_-]?|p)\d{1,5}(?:\/|$)/i,
    forum: new RegExp(
      "/(?:forums?|foren|foros?|threads?|boards?|discussions?|viewtopic|viewforum|showthread|showforum|" +
        "forumdisplay|memberlist|messageboard)(?:[/.]|$)|/thread-?\\d|/f\\d+-|/r/[^/]+/",
      "i",
    ),
    shop: new RegExp(
      "/(?:products?|produkte?|produits?|productos?|prodott[oi]|produtos?|termek(?:ek)?|shop|webshop|boutique|" +
        "tienda|cart|basket|warenkorb|checkout|dp|catalog(?:ue)?|sklep|obchod)(?:/|$)|/p/(?:.+/)?\\d+/?$",
      "i",
    ),
    service: whole(
      "log-?in|sign-?(?:in|up)|register|registration|loginregister|(?:my-?)?account|settings|contact(?:o|-us)?|" +
        "kontakt|(?:\\d+-)?about(?:-us)?|ueber-uns|impressum|help|support|helpandsupport|" +
        "customer-?(?:care|service)|faqs?|careers|jobs|sitemap|feedback|downloads?",
    ),
  };
  const FORUM_HOST = /^(?:forums?|foro|board|boards|discuss|ask)\./i;
  const NAMES = {
    list: "q s query search keyword keywords kws cat category tag",
    paged: "page paged pagen_1 start offset",
    forum: "board forum",
  };
  /** A date, a long number, a headline as words, a code of letters and digits, or a word that says so. */
  const ARTICLE = new RegExp(
    "/20\\d\\d/\\d{1,2}/|/\\d{4}-\\d\\d-\\d\\d/|\\d{6}|[^/-]-[^/-]+-[^/-]+-[^/-]|" +
      "/(?=[a-z\\d]{10,}/?$)[a-z\\d]*?[a-z]\\d+[a-z]|" +
      "/(?:articles?|story|artikel|articulo|artigo|noticia)/[^/]+/?$",
    "i",
  );
  const NO_ARTICLE = new RegExp(
    "/(?:tags?|topics?|authors?|categor(?:y|ies)|search|login|subscribe|newsletters?|about|contact|privacy|terms)" +
      "(?:/|$)|\\.(?:pdf|jpe?g|png|gif|mp[34]|xml|rss|zip)$",
    "i",
  );

  /** @param {Location | URL} address @returns {Set<string>} */
  function placesOf({ hostname, pathname, search }) {
    const found = new Set(FORUM_HOST.test(hostname) ? ["forum"] : []);
    for (const [place, pattern] of Object.entries(PATHS)) if (pattern.test(pathname)) found.add(place);
    // Not its `keys()`: content scripts of Firefox cannot go through them.
    const asked = new URLSearchParams(search.toLowerCase());
    for (const [place, names] of Object.entries(NAMES)) {
      if (names.split(" ").some((name) => asked.has(name))) found.add(place);
    }
    if (HOME.test(pathname) && !search) found.add("home");
    return found;
  }

  /** @param {Location | URL} address */
  function speaksOfArticle({ pathname }) {
    return ARTICLE.test(pathname) && !NO_ARTICLE.test(pathname);
  }

  return { HOME, placesOf, speaksOfArticle };
})();

/**
 * How a page is built: what of its text stands under headlines that lead elsewhere, and what is its own. The backend's
 * `text/page_build.py` counts the same in the page's HTML.
 */
var RowbackPageBuild = (() => {
  /** Of a line that says something; a caption, a menu item and a label are shorter. */
  const MIN_PROSE = 12;
  const MIN_LINE = 2;
  const MIN_TEASER = 3;
  const MIN_HEADLINE = 4;
  const MAX_PRICE = 8;
  const MOSTLY_LINKS = 0.6;
  const FEW_LINKS = 0.5;
  /** An article has more than this share of what all `<article>`s of its page hold. */
  const LEADS = 0.5;
  /** A real page has some ten thousand. */
  const MAX_NODES = 60_000;
  /** Nodes between two looks at the clock. */
  const STRIDE = 128;
  const BLOCKS = new Set(
    (
      "P DIV H1 H2 H3 H4 H5 H6 LI UL OL DL DT DD BLOCKQUOTE FIGURE FIGCAPTION PRE TABLE CAPTION THEAD TBODY TFOOT TR " +
      "TD TH ARTICLE SECTION MAIN HEADER ADDRESS DETAILS SUMMARY HGROUP BODY HR LEGEND CENTER FIELDSET FORM BR"
    ).split(" "),
  );
  /** @type {RowbackRun} */
  const EMPTY = { text: "", linked: 0, leadsTo: "", home: null };
  const FLOW = "p, div, ul, ol, table, h1, h2, h3, blockquote, figure, article, section";
  const LEFT_OUT = new Set(
    (
      "nav footer aside script style noscript template iframe object svg canvas video audio textarea select button " +
      "rowback-overlay rowback-deletion"
    ).split(" "),
  );
  const OUTSIDE = /(?:^|\s)(?:navigation|contentinfo|complementary)(?:\s|$)/;
  const CURRENCY = "(?:[$€£¥₽₴₹₺₩]|(?<!\\p{L})(?:EUR|USD|GBP|CHF|PLN|zł|Kč|Ft|kr|lei|руб|грн)(?!\\p{L}))";
  const PRICE = new RegExp(`${CURRENCY}\\s?\\d|\\d\\s?${CURRENCY}`, "u");

  /** Takes runs of text that stand by themselves, in reading order. @param {Document} page
   * @param {Location | URL} address @param {(found: RowbackCount["found"]) => boolean} isEnough to know all
   * @returns {Generator<void, RowbackBuilt, void>} */
  function* reading(page, address, isEnough) {
    const count = begin(page, address);
    let run = { ...EMPTY };
    const end = () => {
      const piece = pieceOf(run);
      if (run.text) run = { ...EMPTY };
      if (piece) take(count, piece);
    };
    let steps = 0;
    for (const node of RowbackPageText.nodesOf(page.body ?? page.documentElement, isLeftOut, MAX_NODES)) {
      if (node.nodeType === Node.TEXT_NODE) add(run, /** @type {Text} */ (node));
      else if (isBlock(/** @type {Element} */ (node))) end();
      if (isEnough(count.found)) break;
      steps += 1;
      if (steps % STRIDE) continue;
      yield;
      // Its place was lost while the page had its turn.
      if (!node.isConnected) return RowbackSlices.through(reading(page, address, isEnough));
    }
    end();
    return told(count);
  }

  /** @param {RowbackRun} run @param {Text} node */
  function add(run, { data, parentElement }) {
    run.text += data;
    if (!data.trim()) return;
    run.home ??= parentElement;
    const link = parentElement?.closest("a[href]");
    if (!link) return;
    run.linked += data.trim().length;
    run.leadsTo ||= link.getAttribute("href") ?? "";
  }

  /** @param {RowbackRun} run @returns {RowbackPiece | null} */
  function pieceOf({ text, linked, leadsTo, home }) {
    const bare = text.trim();
    if (!bare || !home) return null;
    const heading = home.closest("h1, h2, h3, h4, h5, h6");
    return {
      text: bare,
      linked: linked / bare.length,
      href: leadsTo,
      level: heading ? Number(heading.localName[1]) : 0,
      article: home.closest("article"),
    };
  }

  /** What is no article's, and forms where the whole page is not in one. @param {Element} element */
  function isLeftOut(element) {
    if (LEFT_OUT.has(element.localName) || element.hasAttribute("hidden")) return true;
    if (element.localName === "form") return !RowbackForms.areAround(element.ownerDocument);
    return OUTSIDE.test(element.getAttribute("role") ?? "");
  }

  /** Cells of a row of words belong together. @param {Element} element */
  function isBlock(element) {
    if (!BLOCKS.has(element.tagName)) return false;
    if (element.localName !== "td" && element.localName !== "th") return true;
    return element.parentElement?.querySelector(FLOW) !== null;
  }

  /** @param {Document} page @param {Location | URL} address @returns {RowbackCount} */
  function begin(page, address) {
    return {
      base: baseOf(page, address),
      address,
      titles: titlesOf(page),
      teasers: new Set(),
      articles: new Map(),
      found: { under: 0, own: 0, lead: 0, opening: 0, prices: 0, pieces: 0 },
      target: "",
      level: 0,
      reach: 0,
      isOpening: false,
    };
  }

  /** @param {RowbackCount} count @param {RowbackPiece} piece */
  function take(count, piece) {
    const { base, address, found } = count;
    const words = Math.floor(RowbackPageText.wordsIn(piece.text));
    const leadsTo = piece.linked >= MOSTLY_LINKS ? targetOf(piece.href, base, address) : "";
    found.pieces += 1;
    if (words <= MAX_PRICE && PRICE.test(piece.text)) found.prices += 1;
    if (piece.level) return takeHeading(count, piece, words, leadsTo);
    if (leadsTo && words >= MIN_TEASER && leadsTo !== count.target) {
      if (!count.level) Object.assign(count, { target: leadsTo, reach: 1, isOpening: false });
      return;
    }
    if (words >= MIN_PROSE && (piece.linked < FEW_LINKS || leadsTo === count.target)) takeProse(count, piece, words);
    if (count.isOpening && words >= MIN_LINE && piece.linked < FEW_LINKS) found.opening += words;
  }

  /** @param {RowbackCount} count @param {RowbackPiece} piece @param {number} words @param {string} leadsTo */
  function takeHeading(count, { level, text }, words, leadsTo) {
    if (leadsTo) {
      Object.assign(count, { target: leadsTo, level, isOpening: false });
    } else if (level <= (count.level || level)) {
      Object.assign(count, { target: "", level: 0, reach: 0 });
      if ((level === 1 || count.titles.has(fold(text))) && words >= MIN_HEADLINE) count.isOpening = true;
    }
  }

  /** @param {RowbackCount} count @param {RowbackPiece} piece @param {number} words */
  function takeProse(count, { article }, words) {
    const { articles, found, teasers } = count;
    if (article) articles.set(article, (articles.get(article) ?? 0) + words);
    if (count.target && (count.level || count.reach > 0)) {
      if (!count.level) count.reach -= 1;
      teasers.add(count.target);
      found.under += words;
      return;
    }
    found.own += words;
    if (!teasers.size) found.lead += words;
  }

  /** @param {RowbackCount} count @returns {RowbackBuilt} */
  function told({ articles, found, teasers }) {
    const weights = [...articles.values()];
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const leads = Math.max(0, ...weights) > LEADS * total;
    return { ...found, teasers: teasers.size, equals: leads ? 0 : weights.length };
  }

  /** Of a page under this address, wherever the document itself came from.
   * @param {Document} page @param {Location | URL} address */
  function baseOf(page, address) {
    const said = page.querySelector("base[href]")?.getAttribute("href") ?? "";
    return URL.canParse(said, address.href) ? new URL(said, address.href).href : address.href;
  }

  /** The other page of the site that a link leads to. @param {string} href @param {string} base
   * @param {Location | URL} address */
  function targetOf(href, base, address) {
    if (!URL.canParse(href, base)) return "";
    const url = new URL(href, base);
    if (!/^https?:$/.test(url.protocol) || siteOf(url.hostname) !== siteOf(address.hostname)) return "";
    url.hash = "";
    const [path, own] = [url.pathname, address.pathname].map((each) => each.replace(/\/$/, ""));
    const isOwn = path === own && (!url.search || url.search === address.search);
    return isOwn || (!path && !url.search) ? "" : url.href;
  }

  /** The publisher's part of a name, as far as can be told without a list of suffixes. @param {string} host */
  function siteOf(host) {
    const labels = host.split(".");
    return labels
      .slice((labels.at(-2) ?? "").length > 3 ? -2 : -3)
      .join(".")
      .replace(/^www\./, "");
  }

  /** @param {Document} page */
  function titlesOf(page) {
    const said = page.querySelector("meta[property='og:title']")?.getAttribute("content") ?? "";
    return new Set([said, page.title, page.title.split(/ [|–—-] /)[0]].map(fold).filter(Boolean));
  }

  /** @param {string} text */
  function fold(text) {
    return text.replace(/\s+/g, "");
  }

  return { reading };
})();

/**
 * Which of the page's text is not stored and may be the article's: blocks that stand in the same elements as stored
 * ones, or in elements of the same make. What stands between them in other boxes is credits, advertisements, teasers
 * (`server/rowback/text/choice/` takes the article's own elements whole, too). Only reads the page.
 */
var RowbackNewText = (() => {
  /**
   * Folded characters. Less is a credit, a label or a time; a line that does not end as sentences do may be a teaser.
   */
  const MIN_SENTENCE = 12;
  const MIN_HEADING = 20;
  const MIN_LINE = 80;
  /** With a link in it, outside of lists, a line is more often an invitation. */
  const MIN_LINKED = 160;
  const ITEMS = "li, dd, td, th";
  /** Beside a time in a list: "First published." */
  const MIN_DATED = 40;
  const SENTENCE = /[^.…][.!?。！？؟।]["'”’»)\]]*$/u;
  /** It may end a sentence, too: a time of day, as under a headline, ends with one, and no more is said there. */
  const ABBREVIATION = /\p{L}\.\p{L}\.["'”’»)\]]*$/u;
  const MOSTLY_LINKS = 0.5;
  /** Of a text, in links that are a sentence each: "Subscribe to our letters." */
  const INVITING = 1 / 3;
  const SENTENCE_ENDS = /[.!?…:。！？؟।]["'”’»)\]]*$/u;
  const ENDS_HERE = /^["'”’»)\]]*[.!?。！？؟।]/u;
  /** The elements that paragraphs stand in; in paragraphs, lists and tables that is no box of its own. */
  const HOMES = "div, section, article, main, body, header, details, address, center, hgroup, td:has(p, div, br)";
  const OUTSIDE =
    "nav, footer, aside, dialog, button, label, select, figcaption, [hidden], [aria-hidden=true], [role=dialog], " +
    "[style*='display:none'], [style*='display: none']";
  /** Posts of others, which are frames for readers whose scripts have run. */
  const POSTS = ".twitter-tweet, .instagram-media, .tiktok-embed, .fb-post";
  const HEADINGS = "h2, h3, h4";
  const NO_NOTE = "a, img, picture, svg, video, button, form, input, iframe, label, time, h1, h2, h3, h4, h5, h6, ul";
  /** Of ids that are given one by one. */
  const NUMBERS = /\d+/g;
  /** How far up two elements must be made alike. */
  const LEVELS = 3;

  /** @typedef {ReturnType<typeof RowbackTextIndex.build>} Index */
  /** @typedef {{text: string, start: number, end: number}} Stored a stored block, and where it stands */
  /** @typedef {{text: string, link: Element | null}} Part of one link, or of none */
  /** @typedef {{text: string, element: Element, parts: Part[]}} Block */

  /**
   * @param {Index} page
   * @param {Stored[]} stored those that are on the page
   * @returns {(start: number, end: number) => string}
   */
  function among(page, stored) {
    const told = stored.map(({ text }) => text).join("\n");
    const long = stored.filter(({ text }) => text.length >= MIN_HEADING);
    const homes = new Set(long.map(({ start }) => homeOf(elementAt(page, start))));
    const makes = new Set([...homes].map(makeOf));
    const around = new Set(stored.map(({ start }) => elementAt(page, start).closest(OUTSIDE)));
    const isNew = (/** @type {Block} */ block) => {
      const { text, element } = block;
      if (text.length < leastOf(block) || told.includes(text) || leadsAway(block) || isDated(block)) return false;
      const outside = element.closest(OUTSIDE);
      if ((outside && !around.has(outside)) || element.closest(POSTS)) return false;
      const home = homeOf(element);
      return homes.has(home) || makes.has(makeOf(home)) || isNote(home, homes);
    };
    return (start, end) =>
      blocksIn(page, start, end)
        .filter(isNew)
        .map(({ text }) => text)
        .join("");
  }

  /** @param {Block} block */
  function leastOf({ text, element, parts }) {
    if (SENTENCE.test(text) && !ABBREVIATION.test(text)) return MIN_SENTENCE;
    if (element.closest(HEADINGS)) return MIN_HEADING;
    return parts.some(({ link }) => link) && !element.closest(ITEMS) ? MIN_LINKED : MIN_LINE;
  }

  /** Whether a block is mostly links, or asks to follow one. @param {Block} block */
  function leadsAway({ text, parts }) {
    let linked = 0;
    let inviting = 0;
    let before = "";
    parts.forEach((part, n) => {
      if (part.link) {
        const isBegun = !before || SENTENCE_ENDS.test(before);
        const isEnded = SENTENCE.test(part.text) || n + 1 === parts.length || ENDS_HERE.test(parts[n + 1].text);
        linked += part.text.length;
        if (isBegun && isEnded) inviting += part.text.length;
      }
      before += part.text;
    });
    return linked >= MOSTLY_LINKS * text.length || inviting >= INVITING * text.length;
  }

  /** A line of a list of dates: what was done to the page when. @param {Block} block */
  function isDated({ text, element }) {
    return text.length < MIN_DATED && Boolean(element.closest("li")?.querySelector("time"));
  }

  /** @param {Index} page @param {number} start @param {number} end @returns {Block[]} */
  function blocksIn(page, start, end) {
    const blocks = /** @type {Block[]} */ ([]);
    for (let at = start; at < end; ) {
      const run = page.place(at);
      const text = page.text.slice(at, Math.min(end, run.start + run.read.length));
      const element = run.node.parentElement ?? document.body;
      const part = { text, link: element.closest("a") };
      const last = blocks.at(-1);
      if (last && !page.edges.has(at)) {
        add(last, part);
      } else {
        blocks.push({ text, element, parts: [part] });
      }
      at += Math.max(1, text.length);
    }
    return blocks;
  }

  /** @param {Block} block @param {Part} part */
  function add(block, part) {
    const last = block.parts[block.parts.length - 1];
    block.text += part.text;
    if (last.link === part.link) last.text += part.text;
    else block.parts.push(part);
  }

  /** @param {Index} page @param {number} offset */
  function elementAt(page, offset) {
    return page.place(offset).node.parentElement ?? document.body;
  }

  /** @param {Element} element */
  function homeOf(element) {
    return element.closest(HOMES) ?? document.body;
  }

  /**
   * A box among the paragraphs with nothing but prose in it, as corrections have.
   *
   * @param {Element} box
   * @param {Set<Element>} homes
   */
  function isNote(box, homes) {
    return box.parentElement !== null && homes.has(homeOf(box.parentElement)) && !box.querySelector(NO_NOTE);
  }

  /** @param {Element} home */
  function makeOf(home) {
    const names = [];
    for (let at = /** @type {Element | null} */ (home); at && names.length < LEVELS; at = at.parentElement) {
      const classes = (at.getAttribute("class") ?? "").split(/\s+/).sort();
      names.push(`${at.localName}.${classes.join(".")}#${at.id.replace(NUMBERS, "")}`);
    }
    return names.join(" ");
  }

  return { among };
})();

/**
 * The places of the page's folded text that could be an edit's, word for word, and how likely each is. Pure, as
 * `anchor.js`, which asks.
 */
var RowbackLikelyPlaces = (() => {
  /** A page repeats a text in menus, teasers and its mobile twin; beyond this it is boilerplate. */
  const MAX_PLACES = 40;
  /** Folded characters. Below it a text inside a longer block says nothing (a name, "Read more"). */
  const LONG_INSIDE_BLOCK = 32;
  /** Long enough to stand nowhere else by chance, whatever surrounds it. */
  const LONG_ANYWHERE = 80;
  /** Folded characters of agreeing surroundings that show it is the place. */
  const AGREEING_CONTEXT = 8;
  const CONTEXT_SHOWN = 32;
  /** Folded characters of the text before or after that show whose page it is. */
  const MENTION = 16;
  /** A place is likelier than another by this much or not at all: four more agreeing characters of context. */
  const MARGIN = 0.25;

  /** @typedef {import("../../shared/contract.js").Edit} Edit */
  /**
   * @typedef {object} Page
   * @property {string} text
   * @property {Set<number>} edges
   * @property {(offset: number) => {aside: boolean, heading: string | null}} place
   */
  /** @typedef {{start: number, end: number}} Span */
  /** @typedef {Span & {score: number}} Place */

  /** @param {Edit} edit @param {Page} page @returns {Place[]} */
  function placesOf(edit, page) {
    const needle = RowbackFold.fold(edit.anchor.exact);
    if (!needle) return [];
    const prefix = RowbackFold.fold(edit.anchor.prefix);
    const suffix = RowbackFold.fold(edit.anchor.suffix);
    if (needle.length < LONG_ANYWHERE && !mentions(page, prefix, suffix)) return [];
    const places = [];
    let start = page.text.indexOf(needle);
    while (start !== -1 && places.length < MAX_PLACES) {
      const score = scoreOf(edit, page, start, start + needle.length, prefix, suffix);
      if (score !== null) places.push({ start, end: start + needle.length, score });
      start = page.text.indexOf(needle, start + 1);
    }
    return places;
  }

  /**
   * Whether what stood beside the text is on the page at all, wherever: else it may be another article that ends or
   * begins with the same line. Nothing known speaks for the page.
   *
   * @param {Page} page
   * @param {string} prefix
   * @param {string} suffix
   */
  function mentions(page, prefix, suffix) {
    const pieces = [prefix.slice(-MENTION), suffix.slice(0, MENTION)].filter(
      (piece) => piece.length >= AGREEING_CONTEXT,
    );
    return !pieces.length || pieces.some((piece) => page.text.includes(piece));
  }

  /**
   * How likely this is the place; null when it is not one at all.
   *
   * @param {Edit} edit
   * @param {Page} page
   * @param {number} start
   * @param {number} end
   * @param {string} prefix
   * @param {string} suffix
   */
  function scoreOf(edit, page, start, end, prefix, suffix) {
    const aligned = Number(page.edges.has(start)) + Number(page.edges.has(end));
    const before = commonEnd(page.text.slice(Math.max(0, start - CONTEXT_SHOWN), start), prefix);
    const after = commonStart(page.text.slice(end, end + CONTEXT_SHOWN), suffix);
    const length = end - start;
    const agrees = aligned > 0 || Math.max(before, after) >= AGREEING_CONTEXT;
    if (aligned < 2 && length < LONG_ANYWHERE && !(length >= LONG_INSIDE_BLOCK && agrees)) return null;
    const { aside, heading } = page.place(start);
    return 2 * aligned + (before + after) / 16 + (aside ? -2 : 0) + headingScore(edit, heading);
  }

  /** The headline is repeated in titles, teasers and breadcrumbs; its h1 is the one that is meant.
   * @param {Edit} edit @param {string | null} heading */
  function headingScore(edit, heading) {
    if (edit.anchor.near || !/^h[1-6]$/.test(edit.block.kind)) return heading ? -1 : 0;
    if (edit.block.index === 0 && heading === "H1") return 4;
    return heading ? 2 : 0;
  }

  /** The places that none clearly beats: more than one when nothing tells them apart.
   * @param {Place[]} places @param {(place: Span) => boolean} isVisible */
  function best(places, isVisible) {
    if (places.length < 2) return places;
    const visible = places.filter(isVisible);
    const among = visible.length ? visible : places;
    const top = Math.max(...among.map((candidate) => candidate.score));
    return among.filter((candidate) => top - candidate.score < MARGIN);
  }

  /** @param {string} text @param {string} wanted */
  function commonEnd(text, wanted) {
    let length = 0;
    while (length < Math.min(text.length, wanted.length) && text.at(-1 - length) === wanted.at(-1 - length))
      length += 1;
    return length;
  }

  /** @param {string} text @param {string} wanted */
  function commonStart(text, wanted) {
    let length = 0;
    while (length < Math.min(text.length, wanted.length) && text[length] === wanted[length]) length += 1;
    return length;
  }

  return { placesOf, best, MENTION };
})();

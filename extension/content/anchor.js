/**
 * Finds the blocks that edits are about in the page's folded text. Pure: strings and numbers in, offsets out.
 *
 * A wrong place is worse than none: a text that could be anywhere else is left unanchored.
 */
var RowbackAnchor = (() => {
  /** A page repeats a text in menus, teasers and its mobile twin; beyond this it is boilerplate. */
  const MAX_PLACES = 40;
  /** Folded characters. Below it a text inside a longer block says nothing (a name, "Read more"). */
  const LONG_INSIDE_BLOCK = 32;
  /** Long enough to stand nowhere else by chance, whatever surrounds it. */
  const LONG_ANYWHERE = 80;
  /** Folded characters of agreeing surroundings that show it is the place. */
  const AGREEING_CONTEXT = 8;
  const CONTEXT_SHOWN = 32;

  /** @typedef {import("../shared/contract.js").Edit} Edit */
  /** @typedef {{text: string, edges: Set<number>, place: (offset: number) => {aside: boolean, heading: string | null}}} Page */
  /** @typedef {{start: number, end: number, score: number}} Place */

  /**
   * @param {Edit[]} edits
   * @param {Page} page
   * @param {(place: {start: number, end: number}) => boolean} isVisible asked only where a text is found more than once
   * @returns {Map<string, {start: number, end: number}>} by the edit's id; edits without a sure place are missing
   */
  function place(edits, page, isVisible) {
    const inOrder = [...edits].sort((one, other) => one.block.index - other.block.index);
    const choices = inOrder.map((edit) => ({ edit, places: best(placesOf(edit, page), isVisible) }));
    const sure = choices.filter(({ places }) => places.length === 1);
    const found = new Map(sure.map(({ edit, places }) => [edit.id, places[0]]));
    for (const { edit, places } of choices) {
      if (places.length < 2) continue;
      const between = places.filter((candidate) => isInOrder(edit, candidate, sure));
      if (between.length === 1) found.set(edit.id, between[0]);
    }
    return found;
  }

  /** @param {Edit} edit @param {Page} page @returns {Place[]} */
  function placesOf(edit, page) {
    const needle = RowbackFold.fold(edit.anchor.exact);
    if (!needle) return [];
    const prefix = RowbackFold.fold(edit.anchor.prefix);
    const suffix = RowbackFold.fold(edit.anchor.suffix);
    const places = [];
    let start = page.text.indexOf(needle);
    while (start !== -1 && places.length < MAX_PLACES) {
      const score = scoreOf(edit, page, start, start + needle.length, prefix, suffix);
      if (score !== null) places.push({ start, end: start + needle.length, score });
      start = page.text.indexOf(needle, start + 1);
    }
    return places;
  }

  /** How likely this is the place; null when it is not one at all.
   * @param {Edit} edit @param {Page} page @param {number} start @param {number} end @param {string} prefix @param {string} suffix */
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

  /** The places that none beats: more than one when nothing tells them apart.
   * @param {Place[]} places @param {(place: Place) => boolean} isVisible */
  function best(places, isVisible) {
    if (places.length < 2) return places;
    const visible = places.filter(isVisible);
    const among = visible.length ? visible : places;
    const top = Math.max(...among.map((candidate) => candidate.score));
    return among.filter((candidate) => candidate.score === top);
  }

  /** Blocks of the newer text follow each other on the page as they do in it.
   * @param {Edit} edit @param {Place} candidate @param {{edit: Edit, places: Place[]}[]} sure */
  function isInOrder(edit, candidate, sure) {
    return sure.every(({ edit: other, places: [there] }) => {
      // A deleted block's number is its place in the older text: it does not compare.
      if (edit.anchor.near || other.anchor.near || edit.block.index === other.block.index) return true;
      return edit.block.index < other.block.index ? candidate.start <= there.start : candidate.start >= there.start;
    });
  }

  /** @param {string} text @param {string} wanted */
  function commonEnd(text, wanted) {
    let length = 0;
    while (length < Math.min(text.length, wanted.length) && text.at(-1 - length) === wanted.at(-1 - length)) length += 1;
    return length;
  }

  /** @param {string} text @param {string} wanted */
  function commonStart(text, wanted) {
    let length = 0;
    while (length < Math.min(text.length, wanted.length) && text[length] === wanted[length]) length += 1;
    return length;
  }

  return { place };
})();

/**
 * Finds the blocks that edits are about in the page's folded text. Pure: strings and numbers in, offsets out.
 *
 *     exact text ▸ its one place ▸ of several the likeliest ▸ of equals the one in order ▸ almost the text,
 *     between neighbours
 *
 * A wrong place is worse than none: a text that could be anywhere else is left unanchored.
 */
var RowbackAnchor = (() => {
  const { MENTION } = RowbackLikelyPlaces;

  /** @typedef {import("../../shared/contract.js").Edit} Edit */
  /**
   * @typedef {object} Page
   * @property {string} text
   * @property {Set<number>} edges
   * @property {(offset: number) => {aside: boolean, heading: string | null}} place
   */
  /** @typedef {{start: number, end: number}} Span */
  /** @typedef {Parameters<typeof RowbackStored.whose>[4]} Known */
  /** @typedef {Span & {score: number}} Place */
  /** @typedef {Span & {isNear: boolean}} Found `isNear`: the text there is almost the edit's, but not quite */

  /**
   * @param {Edit[]} edits
   * @param {Page} page
   * @param {(place: Span) => boolean} isVisible asked where a text is found more than once, or almost
   * @param {string[] | null} [stored] the title and the blocks of the version that the edits led to, where known
   * @returns {Map<string, Found>} by the edit's id; edits without a sure place are missing
   */
  function place(edits, page, isVisible, stored = null) {
    const steps = placing(edits, page, isVisible, stored);
    while (true) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }

  /**
   * The same with pauses.
   *
   * @param {Edit[]} edits
   * @param {Page} page
   * @param {(place: Span) => boolean} isVisible
   * @param {string[] | null} [stored]
   * @param {Sought[] | null} [sought] where they are on the page word for word, when that is known already
   * @returns {Generator<void, Map<string, Found>, void>}
   */
  function* placing(edits, page, isVisible, stored = null, sought = null) {
    const choices = yield* choosing(sought ?? (yield* seeking(edits, page)), isVisible);
    const found = settled(choices);
    const known = yield* RowbackStored.read(edits, stored, page, found, isVisible);
    for (const { edit, places } of choices) {
      yield;
      const there = found.get(edit.id);
      if (there && isAnothers(edit, there, page, known)) found.delete(edit.id);
      else if (places.length) continue;
      const near = RowbackAnchorNear.find(edit, page, known);
      if (near && isShown(near, isVisible)) found.set(edit.id, { ...near.place, isNear: true });
      yield;
    }
    return found;
  }

  /**
   * The edits that stand on the page word for word, each in a block of its own between the texts that it stands
   * between in the store: for these nothing else has to be known.
   *
   * @param {Sought[]} sought
   * @param {Page} page
   * @param {(place: Span) => boolean} isVisible
   * @returns {Generator<void, Map<string, Found>, void>}
   */
  function* placingSure(sought, page, isVisible) {
    const choices = yield* choosing(sought, isVisible);
    const sure = [];
    for (const choice of choices) {
      if (choice.places.length === 1 && isSure(choice.edit, choice.places[0], page)) sure.push(choice);
      yield;
    }
    return settled(sure);
  }

  /** @typedef {{edit: Edit, all: Place[]}} Sought all the places that could be its own */
  /** @typedef {{edit: Edit, places: Place[]}} Choice */

  /** @param {Edit[]} edits @param {Page} page
   * @returns {Generator<void, Sought[], void>} in the order of their blocks */
  function* seeking(edits, page) {
    const sought = [];
    for (const edit of [...edits].sort((one, other) => one.block.index - other.block.index)) {
      sought.push({ edit, all: RowbackLikelyPlaces.placesOf(edit, page) });
      yield;
    }
    return sought;
  }

  /** @param {Sought[]} sought @param {(place: Span) => boolean} isVisible @returns {Generator<void, Choice[], void>} */
  function* choosing(sought, isVisible) {
    const choices = [];
    for (const { edit, all } of sought) {
      choices.push({ edit, places: RowbackLikelyPlaces.best(all, isVisible) });
      yield;
    }
    return choices;
  }

  /** @param {Choice[]} choices @returns {Map<string, Found>} */
  function settled(choices) {
    /** @type {Map<string, Found>} */
    const found = new Map();
    for (const { edit, places } of choices) {
      if (places.length === 1) found.set(edit.id, foundAt(places[0]));
    }
    while (settleOne(choices, found)) {
      /* Each one settled may settle another. */
    }
    return found;
  }

  /** @param {Span} place @returns {Found} */
  function foundAt({ start, end }) {
    return { start, end, isNear: false };
  }

  /** @param {Edit} edit @param {Span} place @param {Page} page */
  function isSure({ anchor, block }, { start, end }, page) {
    if (!page.edges.has(start) || !page.edges.has(end)) return false;
    if (block.index === 0 && !anchor.near && page.place(start).heading === "H1") return true;
    return standsBetween(RowbackFold.fold(anchor.prefix), { start, end }, RowbackFold.fold(anchor.suffix), page);
  }

  /** @param {string} before @param {Span} place @param {string} after @param {Page} page */
  function standsBetween(before, { start, end }, after, { text }) {
    return text.endsWith(before.slice(-MENTION), start) && text.startsWith(after.slice(0, MENTION), end);
  }

  /**
   * Whether the text that stands there is another stored block's: a copy whose own place it is, where the page has
   * fewer of them than the store; or a longer block that has the text in it.
   *
   * @param {Edit} edit
   * @param {Span} there
   * @param {Page} page
   * @param {Known} known
   */
  function isAnothers(edit, there, page, known) {
    const needle = RowbackFold.fold(edit.anchor.exact);
    const own = RowbackStored.ownOf(edit, known);
    if (!page.edges.has(there.start) || !page.edges.has(there.end)) {
      return RowbackStored.whose(blockAround(there, page), needle, own, page, known) === "theirs";
    }
    const copies = RowbackStored.copiesOf(needle, own, known);
    if (!copies.length || countOf(needle, page, copies.length + 1) > copies.length) return false;
    const isOwnContext = isSure(edit, there, page) && known.isWhole;
    return copies.some(({ order }) => {
      const { before, after } = RowbackStored.textsBeside(order, known);
      if (isOwnContext && !standsBetween(before, there, after, page)) return false;
      return RowbackStored.mayStand({ first: order, last: order }, there, known);
    });
  }

  /** From edge to edge. @param {Span} inner @param {Page} page @returns {Span} */
  function blockAround({ start, end }, { text, edges }) {
    const block = { start, end };
    while (block.start > 0 && !edges.has(block.start)) block.start -= 1;
    while (block.end < text.length && !edges.has(block.end)) block.end += 1;
    return block;
  }

  /** How often a text stands on the page, as a block. @param {string} text @param {Page} page @param {number} most */
  function countOf(text, page, most) {
    let count = 0;
    for (let at = page.text.indexOf(text); at !== -1 && count < most; at = page.text.indexOf(text, at + 1)) {
      count += Number(page.edges.has(at) && page.edges.has(at + text.length));
    }
    return count;
  }

  /** A page may hide all of itself while it loads; what it hides beside what it shows is a copy.
   * @param {{place: Span, beside: Span[]}} near @param {(place: Span) => boolean} isVisible */
  function isShown({ place: there, beside }, isVisible) {
    return isVisible(there) || (beside.length > 0 && !beside.some(isVisible));
  }

  /** Of several equal places, the only one that stands in order.
   * @param {Choice[]} choices @param {Map<string, Found>} found gains one @returns {boolean} */
  function settleOne(choices, found) {
    const sure = choices.flatMap(({ edit }) => ({ edit, there: found.get(edit.id) })).filter(({ there }) => there);
    for (const { edit, places } of choices) {
      if (found.has(edit.id) || places.length < 2) continue;
      const between = places.filter((candidate) =>
        sure.every(({ edit: other, there }) => isInOrder(edit, candidate, other, /** @type {Found} */ (there))),
      );
      if (between.length !== 1) continue;
      found.set(edit.id, foundAt(between[0]));
      return true;
    }
    return false;
  }

  /** A deleted block's number is its place in the older text: it does not compare.
   * @param {Edit} one @param {Edit} other */
  function isComparable(one, other) {
    return !one.anchor.near && !other.anchor.near && one.block.index !== other.block.index;
  }

  /** Blocks of the newer text follow each other on the page as they do in it.
   * @param {Edit} edit @param {Span} candidate @param {Edit} other @param {Span} there */
  function isInOrder(edit, candidate, other, there) {
    if (!isComparable(edit, other)) return true;
    return edit.block.index < other.block.index ? candidate.end <= there.start : candidate.start >= there.end;
  }

  return { place, placing, placingSure, seeking };
})();

/**
 * Is the page newer than the store, or older? Compares the page's text with the blocks of the latest stored version.
 * Pure.
 *
 * The page says the same when the stored blocks stand on it in their order and nothing new stands among them; what is
 * new is handed in (`new-text.js`): text in boxes of its own may be an advertisement. A claim needs evidence on the
 * spot: where a stored block is missing between neighbours that are there, the page must say something like it (it
 * was changed) or nothing (it was taken out). A missing end may be a paywall: then nothing is claimed.
 */
var RowbackFreshness = (() => {
  /** Folded characters. Shorter blocks stand on any page. */
  const MIN_BLOCK = 16;
  /** Less of the article than this, and the page is an excerpt or something else. */
  const MIN_SHARE = 0.5;
  /** Of a block's letters, four at a time: a rewritten sentence keeps half of them, another one a tenth. */
  const GRAM = 4;
  const MIN_ALIKE = 0.5;
  /** The room for what replaced some blocks: their length several times, and a caption. */
  const MAX_GROWTH = 3;
  const CAPTION = 400;

  /** @typedef {import("../../shared/contract.js").Freshness} Freshness */
  /** @typedef {import("../../shared/contract.js").Edit} Edit */
  /** @typedef {{text: string, start: number, end: number}} Found a block and where it stands; `start` -1: nowhere */
  /** @typedef {(start: number, end: number) => string} NewText */

  /**
   * @param {{title: string, blocks: string[]}} latest texts of the latest version
   * @param {Edit[]} edits that led to it, with the earlier wordings
   * @param {string} page the page's text, folded
   * @param {(there: Found[]) => (start: number, end: number) => string} newText of what the page says between two
   *   places, that which is not stored and may be the article's
   * @returns {Freshness}
   */
  function compare({ title, blocks }, edits, page, newText) {
    const texts = blocks.map(RowbackFold.fold).filter(Boolean);
    const found = locate(texts, page);
    const long = found.filter(isLong);
    const there = long.filter(isThere);
    if (!long.length || lengthOf(there) < MIN_SHARE * lengthOf(long)) return "unclear";
    const among = newText(found.filter(isThere));
    const told = { past: earlierTexts(texts, edits), added: addedTexts(edits), newText: among };
    const verdicts = [
      judgeTitle(title, told.past, page),
      ...gapsOf(long, page).map((gap) => judge(gap, page, told)),
      judgeEnds(there, RowbackFold.fold(title), page, among),
      isInOrder(there) && found.every(isThere) ? "same" : "unclear",
    ];
    return /** @type {Freshness[]} */ (["newer", "older", "unclear"]).find((one) => verdicts.includes(one)) ?? "same";
  }

  /** Each block where it stands after the one before, else where it stands at all; a short one between its neighbours.
   * @param {string[]} texts @param {string} page @returns {Found[]} */
  function locate(texts, page) {
    let after = 0;
    const found = texts.map((text) => {
      const next = isLong({ text }) ? page.indexOf(text, after) : -1;
      const start = next >= 0 || !isLong({ text }) ? next : page.indexOf(text);
      if (next >= 0) after = next + text.length;
      return { text, start, end: start + text.length };
    });
    found.forEach((block, n) => {
      if (!isLong(block)) place(block, found.slice(0, n), found.slice(n + 1), page);
    });
    return found;
  }

  /** @param {Found} block a short one @param {Found[]} before @param {Found[]} behind @param {string} page */
  function place(block, before, behind, page) {
    const from = before.findLast(isThere)?.end ?? 0;
    const next = behind.find((one) => isLong(one) && isThere(one));
    const start = page.indexOf(block.text, from);
    if (start < 0 || (next && next.start >= from && start > next.start)) return;
    block.start = start;
    block.end = start + block.text.length;
  }

  /**
   * @typedef {object} Gap
   * @property {string[]} missing the stored blocks that belong there and are not on the page
   * @property {number} start
   * @property {number} end
   * @property {boolean} isClosed whether there is a neighbour on both sides
   */

  /** What lies between the blocks that are there. @param {Found[]} found @param {string} page @returns {Gap[]} */
  function gapsOf(found, page) {
    const gaps = [];
    /** @type {Found | null} */
    let before = null;
    /** @type {string[]} */
    let missing = [];
    for (const block of [...found, null]) {
      if (block && !isThere(block)) {
        missing.push(block.text);
        continue;
      }
      const gap = gapBetween(before, block, missing, page);
      if (gap) gaps.push(gap);
      before = block;
      missing = [];
    }
    return gaps;
  }

  /**
   * @param {Found | null} before
   * @param {Found | null} next
   * @param {string[]} missing
   * @param {string} page
   * @returns {Gap | null}
   */
  function gapBetween(before, next, missing, page) {
    const room = MAX_GROWTH * missing.join("").length + CAPTION;
    if (before && next) {
      const isFar = next.start < before.end || (missing.length > 0 && next.start - before.end > room);
      return { missing, start: before.end, end: isFar ? before.end : next.start, isClosed: !isFar };
    }
    if (!missing.length) return null;
    // At an end the page goes on with what is not the article: only what is like it can be told apart.
    const start = before ? before.end : Math.max(0, (next?.start ?? 0) - room);
    const end = before ? Math.min(page.length, before.end + room) : (next?.start ?? 0);
    return { missing, start, end, isClosed: false };
  }

  /** What is new between the headline and the first block, and after the last.
   * @param {Found[]} there @param {string} title @param {string} page @param {NewText} newText @returns {Freshness} */
  function judgeEnds(there, title, page, newText) {
    const [first, last] = [there[0], there[there.length - 1]];
    const headline = title ? page.lastIndexOf(title, first.start) : -1;
    const top = headline >= 0 ? newText(headline + title.length, first.start) : "";
    return top || newText(last.end, page.length) ? "unclear" : "same";
  }

  /** Pages and their makers do not always agree on what the headline is: another one proves nothing.
   * @param {string} title @param {Set<string>} past @param {string} page @returns {Freshness} */
  function judgeTitle(title, past, page) {
    if (page.includes(RowbackFold.fold(title))) return "same";
    return [...past].some((earlier) => page.includes(earlier)) ? "older" : "unclear";
  }

  /**
   * @param {Gap} gap
   * @param {string} page
   * @param {{past: Set<string>, added: Set<string>, newText: NewText}} told
   * @returns {Freshness}
   */
  function judge({ missing, start, end, isClosed }, page, { past, added, newText }) {
    const text = page.slice(start, end);
    if ([...past].some((earlier) => text.includes(earlier))) return "older";
    const isFilled = newText(start, end) !== "";
    if (!missing.length) return isFilled ? "unclear" : "same";
    if (missing.some((block) => alike(block, text))) return "newer";
    if (!isClosed || isFilled) return "unclear";
    // Nothing stands there: not yet, where all of it was put in lately; else no more.
    return missing.every((block) => added.has(block)) ? "older" : "newer";
  }

  /** What the edited blocks said before and no block says now. @param {string[]} texts now @param {Edit[]} edits */
  function earlierTexts(texts, edits) {
    const now = new Set(texts);
    const earlier = edits.flatMap(({ wordings }) => wordings.map(({ text }) => RowbackFold.fold(text)));
    return new Set(earlier.filter((text) => text.length >= MIN_BLOCK && !now.has(text)));
  }

  /** Blocks that the first version did not have. @param {Edit[]} edits */
  function addedTexts(edits) {
    return new Set(edits.filter(({ kind }) => kind === "insert").map(({ anchor }) => RowbackFold.fold(anchor.exact)));
  }

  /** @param {string} block @param {string} text */
  function alike(block, text) {
    const grams = gramsOf(block);
    const others = gramsOf(text);
    return [...grams].filter((gram) => others.has(gram)).length >= MIN_ALIKE * grams.size;
  }

  /** @param {string} text */
  function gramsOf(text) {
    const grams = new Set();
    for (let at = 0; at + GRAM <= text.length; at += 1) grams.add(text.slice(at, at + GRAM));
    return grams;
  }

  /** @param {Found} block */
  function isThere({ start }) {
    return start >= 0;
  }

  /** @param {{text: string}} block */
  function isLong({ text }) {
    return text.length >= MIN_BLOCK;
  }

  /** @param {Found[]} there */
  function isInOrder(there) {
    return there.every(({ start }, n) => n === 0 || start >= there[n - 1].end);
  }

  /** @param {Found[]} blocks */
  function lengthOf(blocks) {
    return blocks.reduce((sum, { text }) => sum + text.length, 0);
  }

  return { compare };
})();

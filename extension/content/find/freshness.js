/**
 * Is the page newer than the store, or older? Compares the page's text with the blocks of the latest stored version.
 * Pure.
 *
 * A claim needs evidence on the spot: where a stored block is missing between neighbours that are there, the page must
 * say something like it (it was changed) or nothing (it was taken out). Whatever else stands there may be an
 * advertisement, and a missing end may be a paywall: then nothing is claimed.
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
  /** Less text than this between neighbours is a credit or a label. */
  const MIN_EXTRA = 60;

  /** @typedef {import("../../shared/contract.js").Freshness} Freshness */
  /** @typedef {import("../../shared/contract.js").Edit} Edit */
  /** @typedef {{text: string, start: number, end: number}} Found a block and where it stands; `start` -1: nowhere */

  /**
   * @param {{title: string, blocks: string[]}} latest texts of the latest version
   * @param {Edit[]} edits that led to it, with the earlier wordings
   * @param {string} page the page's text, folded
   * @returns {Freshness}
   */
  function compare({ title, blocks }, edits, page) {
    const found = locate(blocks, page);
    const share = lengthOf(found.filter(isThere)) / Math.max(1, lengthOf(found));
    if (!found.length || share < MIN_SHARE) return "unclear";
    const told = { past: earlierTexts(blocks, edits), added: addedTexts(edits) };
    const verdicts = [judgeTitle(title, told.past, page), ...gapsOf(found, page).map((gap) => judge(gap, told))];
    return /** @type {Freshness[]} */ (["newer", "older", "unclear"]).find((one) => verdicts.includes(one)) ?? "same";
  }

  /** Each block where it stands after the one before, else where it stands at all.
   * @param {string[]} blocks @param {string} page @returns {Found[]} */
  function locate(blocks, page) {
    let after = 0;
    return blocks
      .map(RowbackFold.fold)
      .filter((text) => text.length >= MIN_BLOCK)
      .map((text) => {
        const next = page.indexOf(text, after);
        const start = next >= 0 ? next : page.indexOf(text);
        if (next >= 0) after = next + text.length;
        return { text, start, end: start + text.length };
      });
  }

  /**
   * @typedef {object} Gap
   * @property {string[]} missing the stored blocks that belong there and are not on the page
   * @property {string} text what the page says there
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
      return isFar
        ? { missing, text: "", isClosed: false }
        : { missing, text: page.slice(before.end, next.start), isClosed: true };
    }
    if (!missing.length) return null;
    // At an end the page goes on with what is not the article: only what is like it can be told apart.
    const text = before
      ? page.slice(before.end, before.end + room)
      : next
        ? page.slice(Math.max(0, next.start - room), next.start)
        : "";
    return { missing, text, isClosed: false };
  }

  /** Pages and their makers do not always agree on what the headline is: another one proves nothing.
   * @param {string} title @param {Set<string>} past @param {string} page @returns {Freshness} */
  function judgeTitle(title, past, page) {
    if (page.includes(RowbackFold.fold(title))) return "same";
    return [...past].some((earlier) => page.includes(earlier)) ? "older" : "unclear";
  }

  /** @param {Gap} gap @param {{past: Set<string>, added: Set<string>}} told @returns {Freshness} */
  function judge({ missing, text, isClosed }, { past, added }) {
    if ([...past].some((earlier) => text.includes(earlier))) return "older";
    if (!missing.length) return text.length < MIN_EXTRA ? "same" : "unclear";
    if (missing.some((block) => alike(block, text))) return "newer";
    if (!isClosed || text.length >= MIN_EXTRA) return "unclear";
    // Nothing stands there: not yet, where all of it was put in lately; else no more.
    return missing.every((block) => added.has(block)) ? "older" : "newer";
  }

  /** What the edited blocks said before and no block says now. @param {string[]} blocks @param {Edit[]} edits */
  function earlierTexts(blocks, edits) {
    const now = new Set(blocks.map(RowbackFold.fold));
    const texts = edits.flatMap(({ wordings }) => wordings.map(({ text }) => RowbackFold.fold(text)));
    return new Set(texts.filter((text) => text.length >= MIN_BLOCK && !now.has(text)));
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

  /** @param {Found[]} blocks */
  function lengthOf(blocks) {
    return blocks.reduce((sum, { text }) => sum + text.length, 0);
  }

  return { compare };
})();

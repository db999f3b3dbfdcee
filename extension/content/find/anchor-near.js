/**
 * Finds a block whose text on the page is almost that of the edit: the page is newer or older than the store, an
 * advertisement stands in the paragraph, a footnote has its mark. Pure.
 *
 * Only between stored blocks that stand on the page, and only when nothing else there is nearly as close, and no other
 * stored block closer to what is found: a near match anywhere on the page could be anything.
 */
var RowbackAnchorNear = (() => {
  /** Folded characters. Shorter texts are near to many others: they are sought between the very next blocks alone. */
  const MIN_LENGTH = 40;
  const MIN_LENGTH_BETWEEN = 16;
  const MAX_GAP = 200;
  /** Of the text's length, with a neighbour known on both sides or on one. */
  const MOST_ERRORS = { both: 0.4, one: 0.25 };
  /** Fewer for a short text, and where not all that is stored is known: something else could be nearer. */
  const MOST_ERRORS_ALONE = { both: 0.25, one: 0.15 };
  /** A rival must have that many more errors, in parts of the text's length: rows of one table differ in a word. */
  const LEAD = 0.2;
  /** Of the texts before and after, what must be there to show where they are. */
  const MIN_CONTEXT = 16;
  /** How far from its one known neighbour a block is sought, beyond twice its length. */
  const REACH = 600;
  /** Longer stretches and blocks are not searched: their cost could be felt. */
  const MAX_STRETCH = 30_000;
  const MAX_LENGTH = 6_000;
  /** Pieces that are looked at: where more are alike, it is a list of such. */
  const MAX_PIECES = 8;

  /** @typedef {import("../../shared/contract.js").Edit} Edit */
  /** @typedef {import("../../shared/contract.js").Anchor} Anchor */
  /** @typedef {{text: string, edges: Set<number>}} Page */
  /** @typedef {{start: number, end: number}} Span */
  /** @typedef {Span & {errors: number}} Piece */
  /** @typedef {Parameters<typeof RowbackStored.whose>[4]} Known */
  /** @typedef {{before: Span | null, after: Span | null}} Beside the stored texts that stand around */

  /**
   * @param {Edit} edit
   * @param {Page} page
   * @param {Known} known
   * @returns {{place: Span, beside: Span[]} | null} `beside`: the stored texts that stand around it
   */
  function find(edit, page, known) {
    const needle = RowbackFold.fold(edit.anchor.exact);
    if (needle.length < MIN_LENGTH_BETWEEN || needle.length > MAX_LENGTH) return null;
    const own = RowbackStored.ownOf(edit, known);
    const isKnown = known.isWhole || RowbackStored.isBetweenItsOwn(own, known);
    const context = contextOf(edit.anchor, needle);
    // The text next to ours is like it, and all that stands between here and there is not known.
    if (!isKnown && context.isLikeOurs) return null;
    const beside = withContext(context, page, RowbackStored.neighboursOf(own, known));
    const low = beside.before?.end ?? null;
    const high = beside.after?.start ?? null;
    if (low === null && high === null) return null;
    const reach = 2 * needle.length + REACH;
    const from = low ?? Math.max(0, Number(high) - reach);
    const to = high ?? Math.min(page.text.length, from + reach);
    if (to - from > MAX_STRETCH) return null;
    const sides = low !== null && high !== null ? "both" : "one";
    const isShort = needle.length < MIN_LENGTH;
    if (isShort && !(to - from < MAX_GAP && RowbackStored.isBetweenItsOwn(own, known))) return null;
    const most = Math.floor((isShort || !isKnown ? MOST_ERRORS_ALONE : MOST_ERRORS)[sides] * needle.length);
    const place = onlyNear(page, { start: from, end: to }, needle, most, (piece) =>
      RowbackStored.whose(piece, needle, own, page, known),
    );
    return place && { place, beside: [beside.before, beside.after].filter((text) => text !== null) };
  }

  /** What stands next to a text, but for what begins or ends as it does itself: twins do.
   * @param {Anchor} anchor @param {string} needle */
  function contextOf({ prefix, suffix }, needle) {
    const [ending, beginning] = [RowbackFold.fold(prefix), RowbackFold.fold(suffix)];
    const isLikeOurEnd = ending.length >= MIN_CONTEXT && needle.endsWith(ending.slice(-MIN_CONTEXT));
    const isLikeOurStart = beginning.length >= MIN_CONTEXT && needle.startsWith(beginning.slice(0, MIN_CONTEXT));
    return {
      ending: isLikeOurEnd ? "" : ending,
      beginning: isLikeOurStart ? "" : beginning,
      isLikeOurs: isLikeOurEnd || isLikeOurStart,
    };
  }

  /** The texts next to ours are nearer still, where they stand once.
   * @param {{ending: string, beginning: string}} context @param {Page} page @param {Beside} beside @returns {Beside} */
  function withContext({ ending, beginning }, page, { before, after }) {
    const high = after?.start ?? null;
    const last = onlyPlace(page, ending, before?.end ?? null, high) ?? before;
    return { before: last, after: onlyPlace(page, beginning, last?.end ?? null, high) ?? after };
  }

  /**
   * @param {Page} page
   * @param {string} text
   * @param {number | null} low
   * @param {number | null} high
   * @returns {Span | null}
   */
  function onlyPlace(page, text, low, high) {
    if (text.length < MIN_CONTEXT) return null;
    const first = page.text.indexOf(text, low ?? 0);
    if (first === -1 || first + text.length > (high ?? Infinity)) return null;
    const second = page.text.indexOf(text, first + 1);
    return second === -1 || second >= (high ?? Infinity) ? { start: first, end: first + text.length } : null;
  }

  /**
   * The one piece of a stretch that is near and the edit's own. What is another block's is passed over.
   *
   * @param {Page} page
   * @param {Span} stretch
   * @param {string} needle
   * @param {number} most errors
   * @param {(piece: Span) => "ours" | "theirs" | "unsure"} whose
   * @returns {Span | null}
   */
  function onlyNear(page, stretch, needle, most, whose) {
    let open = [stretch];
    let found = /** @type {Piece | null} */ (null);
    for (let count = 0; count < MAX_PIECES; count += 1) {
      const bound = found ? found.errors + LEAD * needle.length : most;
      const piece = closest(page, open, needle, bound, most);
      if (!piece) return found && { start: found.start, end: found.end };
      open = open.flatMap((part) => without(part, piece));
      const verdict = whose(piece);
      if (verdict === "theirs") continue;
      // It is a whole block of the page or several, not some of one's words.
      if (found || verdict === "unsure" || !isWhole(page, piece)) return null;
      if (RowbackNear.distance(page.text.slice(piece.start, piece.end), needle) > most) return null;
      found = piece;
    }
    return null;
  }

  /** @param {Page} page @param {Span[]} open @param {string} needle @param {number} most @param {number} reach
   * @returns {Piece | null} */
  function closest(page, open, needle, most, reach) {
    let best = /** @type {Piece | null} */ (null);
    for (const part of open) {
      const text = page.text.slice(part.start, part.end);
      const match = RowbackNear.closest(text, needle, best ? best.errors - 1 : most);
      if (match) best = snapped(page.edges, match, Math.max(match.errors, reach), part);
    }
    return best;
  }

  /** @param {Page} page @param {Span} place */
  function isWhole({ edges }, { start, end }) {
    return edges.has(start) && edges.has(end);
  }

  /** What a piece leaves of a stretch. @param {Span} part @param {Span} piece @returns {Span[]} */
  function without(part, piece) {
    if (piece.start >= part.end || piece.end <= part.start) return [part];
    return [
      { start: part.start, end: piece.start },
      { start: piece.end, end: part.end },
    ].filter(({ start, end }) => start < end);
  }

  /** The same from edge to edge, where edges are near: what the page has before or behind it counts as errors, too.
   * @param {Set<number>} edges @param {Piece} match in the part @param {number} reach @param {Span} part
   * @returns {Piece} */
  function snapped(edges, match, reach, part) {
    const start = edgeNear(edges, part.start + match.start, reach, part);
    const end = edgeNear(edges, part.start + match.end, reach, part);
    return start < end
      ? { start, end, errors: match.errors }
      : { start: part.start + match.start, end: part.start + match.end, errors: match.errors };
  }

  /** @param {Set<number>} edges @param {number} offset @param {number} reach @param {Span} part */
  function edgeNear(edges, offset, reach, { start, end }) {
    for (let away = 0; away <= reach; away += 1) {
      for (const edge of [offset - away, offset + away]) {
        if (edge >= start && edge <= end && edges.has(edge)) return edge;
      }
    }
    return offset;
  }

  return { find };
})();

/**
 * What is stored of the article, and how it stands on the page: which blocks are found whole and in order, and whose a
 * piece of the page's text is. Pure.
 *
 * A paragraph of the page that is almost an edit's may be another stored one in a newer wording: a twin with other
 * names and figures. So everything stored competes for it.
 */
var RowbackStored = (() => {
  /** Folded characters. Shorter blocks stand on any page. */
  const MIN_STANDING = 16;
  /** So many copies of a text on the page are looked at for the one that is seen. */
  const MAX_COPIES = 4;
  /** So many blocks are sought through the whole page. */
  const MAX_SCANS = 100;
  /** Blocks between two looks at the clock. */
  const STRIDE = 64;
  /** Of what two stored texts differ in, the share that must speak for one of them. */
  const OWN_SHARE = 0.4;
  /** In parts of a text's length: more is not asked for. Texts that have nothing in common differ in three quarters. */
  const MOST_LEAD = 0.2;
  /** What differs in more of its length is not another wording of a block. */
  const MOST_ERRORS = 0.4;

  /** @typedef {import("../../shared/contract.js").Edit} Edit */
  /** @typedef {{start: number, end: number}} Span */
  /** @typedef {{text: string, edges: Set<number>}} Page */
  /** @typedef {{order: number, text: string}} Entry a stored block: its number, its folded text */
  /** @typedef {Span & {order: number}} Standing */
  /** @typedef {{first: number, last: number}} Own the blocks that an edit is about, by number */
  /** @typedef {{before: Standing | null, after: Standing | null}} Neighbours */
  /**
   * @typedef {object} Known
   * @property {Entry[]} entries
   * @property {Map<string, Entry[]>} orders the same by text
   * @property {boolean} isWhole whether all that is stored is known, or but the blocks of the edits
   * @property {Standing[]} chain blocks that are on the page, in the order of both
   * @property {Map<number, Standing>} standing the same by number
   */

  /**
   * @param {Edit[]} edits
   * @param {string[] | null} stored the title and the blocks of the version that the edits led to; null: not known
   * @param {Page} page
   * @param {Map<string, Span>} found edits that have a place, by id
   * @param {(place: Span) => boolean} isVisible
   * @returns {Generator<void, Known, void>}
   */
  function* read(edits, stored, page, found, isVisible) {
    const entries = stored ? yield* entriesIn(stored) : entriesOf(edits);
    const orders = byText(entries);
    yield;
    /** @type {Map<number, Standing>} */
    const all = new Map();
    const places = yield* placesOf(orders, page);
    let scans = 0;
    for (const { order, text } of entries) {
      const copies = places.get(text) ?? [];
      if (!copies.length && places.has(text) && scans < MAX_SCANS) {
        scans += 1;
        copies.push(...placesIn(page, text));
      }
      const seen = copies.length > 1 && copies.length <= MAX_COPIES ? copies.filter(isVisible) : copies;
      if (seen.length === 1) all.set(order, { order, ...seen[0] });
      yield;
    }
    for (const block of yield* blocksFound(edits, found, orders, page)) all.set(block.order, block);
    yield;
    const chain = inOrder([...all.values()]);
    const standing = new Map(chain.map((block) => [block.order, block]));
    return { entries, orders, isWhole: stored !== null, chain, standing };
  }

  /** @param {string[]} stored @returns {Generator<void, Entry[], void>} */
  function* entriesIn(stored) {
    const entries = [];
    for (const [order, text] of stored.entries()) {
      entries.push({ order, text: RowbackFold.fold(text) });
      if (order % STRIDE === 0) yield;
    }
    return entries;
  }

  /** @param {Entry[]} entries @returns {Map<string, Entry[]>} */
  function byText(entries) {
    const orders = new Map();
    for (const entry of entries) {
      const equal = orders.get(entry.text);
      if (equal) equal.push(entry);
      else orders.set(entry.text, [entry]);
    }
    return orders;
  }

  /** Edits that have a whole block of the page for themselves stand there too.
   * @param {Edit[]} edits @param {Map<string, Span>} found @param {Map<string, Entry[]>} orders @param {Page} page
   * @returns {Generator<void, Standing[], void>} */
  function* blocksFound(edits, found, orders, { edges }) {
    const blocks = [];
    for (const { id, anchor, block } of edits) {
      yield;
      const there = anchor.near ? null : found.get(id);
      if (!there || !edges.has(there.start) || !edges.has(there.end)) continue;
      const isOnly = (orders.get(RowbackFold.fold(anchor.exact)) ?? []).length < 2;
      if (isOnly) blocks.push({ order: block.index, start: there.start, end: there.end });
    }
    return blocks;
  }

  /** A deleted block's number is its place in the older text. @param {Edit[]} edits @returns {Entry[]} */
  function entriesOf(edits) {
    return edits
      .filter(({ anchor }) => !anchor.near)
      .map(({ anchor, block }) => ({ order: block.index, text: RowbackFold.fold(anchor.exact) }));
  }

  /** Where the page has blocks with texts that are stored once.
   * @param {Map<string, Entry[]>} orders @param {Page} page @returns {Generator<void, Map<string, Span[]>, void>} */
  function* placesOf(orders, page) {
    /** @type {Map<string, Span[]>} */
    const places = new Map();
    for (const [text, { length }] of orders) {
      if (length === 1 && text.length >= MIN_STANDING) places.set(text, []);
    }
    const edges = [...page.edges].sort((one, other) => one - other);
    for (const [n, start] of edges.entries()) {
      const end = edges[n + 1] ?? start;
      places.get(page.text.slice(start, end))?.push({ start, end });
      if (n % STRIDE === 0) yield;
    }
    return places;
  }

  /** The same for a block that the page has in several of its own: a table's row, lines that are broken.
   * @param {Page} page @param {string} text @returns {Span[]} */
  function placesIn(page, text) {
    const places = [];
    for (let start = page.text.indexOf(text); start !== -1; start = page.text.indexOf(text, start + 1)) {
      const end = start + text.length;
      if (page.edges.has(start) && page.edges.has(end)) places.push({ start, end });
      if (places.length > MAX_COPIES) break;
    }
    return places;
  }

  /**
   * The most blocks that follow each other on the page as they do in the store.
   *
   * @param {Standing[]} standing
   * @returns {Standing[]}
   */
  function inOrder(standing) {
    const sorted = standing.sort((one, other) => one.order - other.order);
    /** @type {number[]} by a chain's length, less one: the last of the chain that ends first */
    const ends = [];
    const before = sorted.map(({ start }, n) => {
      let length = ends.length;
      while (length > 0 && sorted[ends[length - 1]].end > start) length -= 1;
      const isBetter = length === ends.length || sorted[n].end < sorted[ends[length]].end;
      if (isBetter) ends[length] = n;
      return length > 0 ? ends[length - 1] : -1;
    });
    const chain = [];
    for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at]) chain.push(sorted[at]);
    return chain.reverse();
  }

  /**
   * The stored blocks that an edit is about; null when the store holds something else.
   *
   * @param {Edit} edit
   * @param {Known} known
   * @returns {Own | null}
   */
  function ownOf({ anchor, block }, { entries, orders, isWhole }) {
    const needle = RowbackFold.fold(anchor.exact);
    if (!isWhole && !anchor.near) return { first: block.index, last: block.index };
    const at = anchor.near ? entries.length : block.index;
    let joined = "";
    for (const { order, text } of entries.slice(at)) {
      joined += text;
      if (joined === needle) return { first: block.index, last: order };
      if (joined.length >= needle.length) break;
    }
    const equal = orders.get(needle) ?? [];
    return equal.length === 1 ? { first: equal[0].order, last: equal[0].order } : null;
  }

  /** The blocks that stand around. @param {Own | null} own @param {Known} known @returns {Neighbours} */
  function neighboursOf(own, { chain }) {
    if (!own) return { before: null, after: null };
    return {
      before: chain.findLast(({ order }) => order < own.first) ?? null,
      after: chain.find(({ order }) => order > own.last) ?? null,
    };
  }

  /** Whether the blocks that stand around are the very next ones. @param {Own | null} own @param {Known} known */
  function isBetweenItsOwn(own, { standing }) {
    return own !== null && standing.has(own.first - 1) && standing.has(own.last + 1);
  }

  /** Whether a block may stand at a place, for all that is known of its order. @param {Own | null} own
   * @param {Span} place @param {Known} known */
  function mayStand(own, { start, end }, known) {
    const { before, after } = neighboursOf(own, known);
    return start >= (before?.end ?? 0) && end <= (after?.start ?? Infinity);
  }

  /** What stands before and after a block in the store. @param {number} order @param {Known} known */
  function textsBeside(order, { entries }) {
    return { before: entries[order - 1]?.text ?? "", after: entries[order + 1]?.text ?? "" };
  }

  /** Other blocks with the same text. @param {string} needle @param {Own | null} own @param {Known} known */
  function copiesOf(needle, own, { orders }) {
    return (orders.get(needle) ?? []).filter(({ order }) => !isOwn(order, own));
  }

  /**
   * Whether a place on the page is an edit's own, judged by its text: `theirs` is another stored block's wording.
   *
   * @param {Span} place
   * @param {string} needle the edit's text
   * @param {Own | null} own
   * @param {Page} page
   * @param {Known} known
   * @returns {"ours" | "theirs" | "unsure"}
   */
  function whose(place, needle, own, page, known) {
    const text = page.text.slice(place.start, place.end);
    const errors = RowbackNear.distance(text, needle);
    const alike = RowbackNear.sieve(text);
    let verdict = /** @type {"ours" | "unsure"} */ ("ours");
    const reach = MOST_ERRORS * text.length;
    for (const { order, text: other } of known.entries) {
      // Of thousands most differ by more than that in length alone.
      if (Math.abs(other.length - text.length) > reach) continue;
      const standing = known.standing.get(order);
      const most = Math.min(reach, errors + (standing ? 1 : leadOver(other, needle)) - 1);
      if (isOwn(order, own) || !alike(other, most)) continue;
      if (other === needle && !mayStand({ first: order, last: order }, place, known)) continue;
      const theirs = RowbackNear.distance(text, other);
      if (theirs > most) continue;
      const isElsewhere = standing && (standing.end <= place.start || standing.start >= place.end);
      const lead = standing ? 1 : leadNeeded(needle, other);
      if (errors - theirs >= lead && !isElsewhere) return "theirs";
      if (theirs - errors < lead) verdict = "unsure";
    }
    return verdict;
  }

  /** @param {string} one @param {string} other */
  function leadOver(one, other) {
    return Math.ceil(MOST_LEAD * Math.max(one.length, other.length));
  }

  /** By how many characters a text must be nearer to one of two stored ones.
   * @param {string} one @param {string} other */
  function leadNeeded(one, other) {
    const apart = RowbackNear.distance(one, other);
    return Math.max(1, Math.min(Math.ceil(OWN_SHARE * apart), leadOver(one, other)));
  }

  /** @param {number} order @param {Own | null} own */
  function isOwn(order, own) {
    return own !== null && order >= own.first && order <= own.last;
  }

  return { read, ownOf, neighboursOf, isBetweenItsOwn, mayStand, textsBeside, copiesOf, whose };
})();

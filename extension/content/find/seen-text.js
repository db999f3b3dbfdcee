/**
 * The page's text without what it hides inside its blocks: tips that show when asked for, words for screen readers
 * alone. The store may not have them. Reads the layout.
 */
var RowbackSeenText = (() => {
  /** @typedef {ReturnType<typeof RowbackTextIndex.build>} Index */
  /** @typedef {Index["runs"][number]} Run */

  /**
   * @param {Index} index
   * @returns {Generator<void, Index | null, void>} null when nothing is hidden so
   */
  function* read(index) {
    /** @type {Map<Element | null, boolean>} */
    const asked = new Map();
    const hidden = new Set();
    for (const block of blocksOf(index)) {
      if (block.length === 1) continue;
      const unseen = block.filter((run) => !isSeen(run, asked));
      // A block that is hidden altogether is no block with something hidden in it.
      if (unseen.length < block.length) for (const run of unseen) hidden.add(run);
      yield;
    }
    return hidden.size ? without(hidden, index) : null;
  }

  /** The runs from edge to edge. @param {Index} index @returns {Run[][]} */
  function blocksOf({ runs, edges }) {
    const blocks = /** @type {Run[][]} */ ([]);
    for (const run of runs) {
      if (edges.has(run.start)) blocks.push([run]);
      else blocks.at(-1)?.push(run);
    }
    return blocks;
  }

  /** @param {Run} run @param {Map<Element | null, boolean>} asked */
  function isSeen({ node }, asked) {
    const element = node.parentElement;
    const known = asked.get(element);
    if (known !== undefined) return known;
    const range = new Range();
    range.selectNodeContents(node);
    const answer = RowbackLayout.isSeen(range);
    asked.set(element, answer);
    return answer;
  }

  /** @param {Set<Run>} hidden @param {Index} index @returns {Index} */
  function without(hidden, { runs, edges, roots }) {
    const kept = [];
    const moved = new Set([0]);
    let length = 0;
    for (const run of runs) {
      if (edges.has(run.start)) moved.add(length);
      if (hidden.has(run)) continue;
      kept.push({ ...run, start: length });
      length += run.read.length;
    }
    moved.add(length);
    return RowbackTextIndex.of(kept, kept.map(({ read: text }) => text).join(""), moved, roots);
  }

  return { read };
})();

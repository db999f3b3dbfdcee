import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./content-scope.js";

/** The page's text as it is seen; `blocks` are lists of texts, and what is hidden stands in parentheses. */
function seenOf(/** @type {string[][]} */ ...blocks) {
  class Range {
    selectNodeContents(/** @type {{isSeen: boolean}} */ node) {
      this.node = node;
    }
  }
  const { RowbackSeenText: seen } = run(["content/find/seen-text.js"], {
    Range,
    RowbackLayout: { isSeen: (/** @type {any} */ { node }) => node.isSeen },
    RowbackTextIndex: { of: (/** @type {any[]} */ ...[kept, text, moved]) => ({ runs: kept, text, edges: moved }) },
  });
  const runs = [];
  const edges = new Set([0]);
  let start = 0;
  for (const texts of blocks) {
    for (const read of texts) {
      runs.push({ start, read, node: { parentElement: {}, isSeen: !read.startsWith("(") } });
      start += read.length;
    }
    edges.add(start);
  }
  const steps = seen.read({ runs, edges, roots: [] });
  while (true) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

test("words that are hidden in a block are left out, and the blocks' edges stand where they stood", () => {
  const { text, edges, runs } = seenOf(["one"], ["two", "(tip)", "three"], ["four"]);
  assert.equal(text, "onetwothreefour");
  assert.deepEqual([...edges], [0, 3, 11, 15]);
  assert.deepEqual(
    Array.from(runs, ({ start }) => start),
    [0, 3, 6, 11],
  );
});

test("hidden words at a block's beginning and end move no edge", () => {
  const { text, edges } = seenOf(["(by)", "one"], ["two", "(end)"], ["three"]);
  assert.equal(text, "onetwothree");
  assert.deepEqual([...edges], [0, 3, 6, 11]);
});

test("blocks that are hidden altogether stay, and with nothing else hidden there is nothing to be told", () => {
  assert.equal(seenOf(["one"], ["(two)"], ["(three)", "(four)"]), null);
  assert.equal(seenOf(["one", "two"], ["three"]), null);
});

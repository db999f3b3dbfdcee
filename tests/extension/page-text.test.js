/** The nodes of a page in order, whatever is left out, and how many words a text has. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { run } from "./content-scope.js";

const ELEMENT = 1;
const { RowbackPageText: texts } = run(["content/page/page-text.js"], { Node: { ELEMENT_NODE: ELEMENT } });

/** An element of children, a text of a string. */
const tree = fc.letrec((tie) => ({
  node: fc.oneof({ maxDepth: 5 }, fc.string({ maxLength: 2 }), tie("element")),
  element: fc.record({ isOut: fc.boolean(), inner: fc.array(tie("node"), { maxLength: 4 }) }),
})).element;

/** The nodes of a tree, as a document has them. */
function grown(kind, parentNode = null) {
  if (typeof kind === "string") return { nodeType: 3, firstChild: null, nextSibling: null, parentNode, kind };
  const node = { nodeType: ELEMENT, firstChild: null, nextSibling: null, parentNode, kind };
  const inner = kind.inner.map((each) => grown(each, node));
  inner.forEach((each, at) => (each.nextSibling = inner[at + 1] ?? null));
  node.firstChild = inner[0] ?? null;
  return node;
}

/** What is said of a tree by going down into it. */
function told(kind) {
  if (typeof kind === "string") return [kind];
  return kind.isOut ? [kind] : [kind, ...kind.inner.flatMap(told), kind];
}

test("each node is told as it begins, and an element as it ends, but for what is in those left out", () => {
  fc.assert(
    fc.property(tree, (root) => {
      const nodes = [...texts.nodesOf(grown(root), ({ kind }) => kind.isOut)];
      assert.deepEqual(
        nodes.map(({ kind }) => kind),
        told(root),
      );
    }),
  );
});

test("of a page without an end so many are told", () => {
  const long = { isOut: false, inner: Array(50).fill("text") };
  const some = [...texts.nodesOf(grown(long), () => false, 10)];
  assert.equal(some.length, 10);
});

test("a node that was taken out of the page is the last", () => {
  const root = grown({ isOut: false, inner: ["one", "two", "three"] });
  const found = [];
  for (const node of texts.nodesOf(root, () => false)) {
    found.push(node.kind);
    if (node.kind === "two") Object.assign(node, { nextSibling: null, parentNode: null });
  }
  assert.deepEqual(found.slice(1), ["one", "two"]);
});

test("two characters of a script without spaces are a word", () => {
  assert.equal(texts.wordsIn("  three words here "), 3);
  assert.equal(texts.wordsIn("市は月曜日"), 2.5);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cases, run } from "./content-scope.js";

const { RowbackMarkup: markup } = run(["shared/markup.js"]);
const PROPERTY = { numRuns: 300, seed: 20260101 };

for (const { name, markup: text, old, new: now, kinds } of cases("markup")) {
  test(`${name} ${kinds ? "is read" : "is refused"}`, () => {
    const blocks = markup.parse(text);
    if (!kinds) return assert.equal(blocks, null);
    assert.deepEqual(
      [...blocks].map(({ kind }) => kind),
      kinds,
    );
    assert.equal(markup.textOf(blocks, "old"), old);
    assert.equal(markup.textOf(blocks, "new"), now);
  });
}

const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\r", "&#13;");
const segment = fc.record({
  op: fc.constantFrom("same", "ins", "del"),
  text: fc.string({ unit: "grapheme", minLength: 1 }),
});
const block = fc.record({ kind: fc.constantFrom("p", "h1", "li", "blockquote", "div"), segments: fc.array(segment) });

test("what is written by the rules is read back exactly", () => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1 }), (blocks) => {
      const inside = ({ op, text }) => (op === "same" ? escaped(text) : `<${op}>${escaped(text)}</${op}>`);
      const written = blocks.map(({ kind, segments }) => `<${kind}>${segments.map(inside).join("")}</${kind}>`);
      const read = markup.parse(written.join(""));
      assert.equal(JSON.stringify(joined(read)), JSON.stringify(joined(blocks)));
    }),
    PROPERTY,
  );
});

test("any text at all is read or refused, and never throws", () => {
  const piece = fc.constantFrom(
    "<p>",
    "</p>",
    "<ins>",
    "</ins>",
    "<del>",
    "</del>",
    "<script>",
    "&amp;",
    "&",
    "<",
    "a",
    '<p x="',
    ">",
    "\0",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((pieces) => pieces.join("")),
      ),
      (text) => {
        const blocks = markup.parse(text);
        for (const { kind, segments } of blocks ?? []) {
          assert.match(kind, /^(h[1-6]|p|li|blockquote|figcaption|pre|tr|div)$/);
          for (const { op } of segments) assert.match(op, /^(same|ins|del)$/);
        }
      },
    ),
    PROPERTY,
  );
});

test("a hundred thousand open tags are refused at once", () => {
  assert.equal(markup.parse("<p>".repeat(100_000)), null);
});

/** Neighbouring plain segments are one text once written. */
function joined(blocks) {
  return [...blocks].map(({ kind, segments }) => ({
    kind,
    segments: [...segments].reduce((list, { op, text }) => {
      const last = list.at(-1);
      if (op === "same" && last?.op === "same") last.text += text;
      else list.push({ op, text });
      return list;
    }, []),
  }));
}

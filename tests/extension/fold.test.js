import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cases, run } from "./content-scope.js";

const { RowbackFold: folding } = run(["content/find/fold.js"]);
const PROPERTY = { numRuns: 500, seed: 20260101 };

const { same, different } = cases("folding");

for (const [one, other] of same) {
  test(`${JSON.stringify(one)} reads like ${JSON.stringify(other)}`, () =>
    assert.equal(folding.fold(one), folding.fold(other)));
}

for (const [one, other] of different) {
  const inSpacesOnly = one.replaceAll(/\s/g, "") === other.replaceAll(/\s/g, "");
  const told = inSpacesOnly ? "stands where" : "does not read like";
  test(`${JSON.stringify(one)} ${told} ${JSON.stringify(other)}`, () => {
    assert.equal(folding.fold(one) === folding.fold(other), inSpacesOnly);
  });
}

test("the bar between a table row's cells is not looked for on the page", () => {
  assert.equal(folding.fold("Boats │ 14"), folding.fold("Boats14"));
});

const text = fc
  .array(
    fc.constantFrom(
      "a",
      "é",
      "e\u0301",
      " ",
      "\u00ad",
      "“",
      "\ud55c",
      "\u1112\u1161",
      "👩\u200d🚀",
      "\u0301",
      "\n",
      "日",
    ),
  )
  .map((all) => all.join(""));

test("every folded character leads back to the characters it came from", () => {
  fc.assert(
    fc.property(text, (raw) => {
      const folded = folding.fold(raw);
      let before = 0;
      for (let offset = 0; offset < folded.length; offset += 1) {
        const [start, end] = folding.unfold(raw, offset);
        assert.ok(start < end && start >= before, `${start}…${end} after ${before}`);
        assert.ok(folding.fold(raw.slice(start, end)).includes(folded[offset]));
        before = start;
      }
      assert.deepEqual([...folding.unfold(raw, folded.length)], [raw.length, raw.length]);
    }),
    PROPERTY,
  );
});

test("folding twice is folding once", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (raw) => {
      assert.equal(folding.fold(folding.fold(raw)), folding.fold(raw));
    }),
    PROPERTY,
  );
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cases, run } from "./content-scope.js";

const { RowbackMarks: marking, RowbackFold: folding } = run([
  "content/find/fold.js",
  "shared/markup.js",
  "content/find/marks.js",
]);

/** The texts that are marked on a page which reads `now`. */
function marked({ markup, now, near = null }) {
  const text = folding.fold(now);
  const edit = { markup, anchor: { near } };
  const found = marking.of(edit, { start: 0, end: text.length, isNear: true }, text);
  const texts = (spans) => [...spans].map(({ start, end }) => text.slice(start, end));
  return {
    inserted: texts(found.inserted),
    changed: texts(found.changed),
    carets: [...found.carets].map((at) => `${text.slice(0, at).slice(-4)}^${text.slice(at, at + 4)}`),
    gone: [...found.deletions].map(({ text: gone }) => gone),
  };
}

for (const { name, inserted = [], changed = [], carets = [], gone = [], ...given } of cases("marks")) {
  test(name, () => assert.deepEqual(marked(given), { inserted, changed, carets, gone }));
}

const word = fc.constantFrom("the", "bridge", "council", "closed", "ferry", "on", "Tuesday", "again");
const segment = fc.record({
  op: fc.constantFrom("same", "ins", "del"),
  words: fc.array(word, { minLength: 1, maxLength: 6 }),
});

test("on any page, what is marked as new is new in the edit", () => {
  fc.assert(
    fc.property(
      fc.array(segment, { minLength: 1, maxLength: 8 }),
      fc.array(word, { maxLength: 30 }),
      (segments, page) => {
        const inside = segments.map(({ op, words }) =>
          op === "same" ? `${words.join(" ")} ` : `<${op}>${words.join(" ")} </${op}>`,
        );
        const found = marked({ markup: `<p>${inside.join("")}</p>`, now: page.join(" ") });
        const fresh = segments.filter(({ op }) => op === "ins").map(({ words }) => words.join(""));
        for (const text of [...found.inserted, ...found.changed])
          assert.ok(fresh.some((whole) => whole.includes(text)));
      },
    ),
    { numRuns: 300, seed: 20260101 },
  );
});

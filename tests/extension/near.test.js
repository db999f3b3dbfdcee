import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { run } from "./content-scope.js";

const { RowbackNear: near } = run(["content/find/near.js"]);
const PROPERTY = { numRuns: 400, seed: 20260101 };
const pattern = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 100 });
const text = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 150 });

/** Row by row, as in every textbook: the errors of the best piece that ends at each character. */
function byTable(within, wanted) {
  let column = Array.from({ length: wanted.length + 1 }, (_, row) => row);
  return [...within].map((character) => {
    const next = [0];
    for (let row = 1; row <= wanted.length; row += 1) {
      const kept = column[row - 1] + (wanted[row - 1] === character ? 0 : 1);
      next[row] = Math.min(column[row] + 1, next[row - 1] + 1, kept);
    }
    column = next;
    return next[wanted.length];
  });
}

test("errors at every place are those of the plain table, over any number of blocks", () => {
  fc.assert(
    fc.property(text, pattern, (within, wanted) => {
      assert.deepEqual([...near.errorsAt(within, wanted)], byTable(within, wanted));
    }),
    PROPERTY,
  );
});

test("the closest piece has as many errors as are told, and no piece has fewer", () => {
  fc.assert(
    fc.property(text, pattern, (within, wanted) => {
      const match = near.closest(within, wanted, wanted.length);
      if (!match) return assert.equal(within, "");
      const fewest = Math.min(...byTable(within, wanted));
      assert.equal(match.errors, fewest);
      const piece = within.slice(match.start, match.end);
      assert.ok((byTable(piece, wanted).at(-1) ?? wanted.length) <= fewest);
    }),
    PROPERTY,
  );
});

/** Of two whole texts, in every textbook too. */
function apart(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  [...one].forEach((character, n) => {
    const next = [n + 1];
    for (let at = 1; at <= other.length; at += 1)
      next[at] = Math.min(row[at] + 1, next[at - 1] + 1, row[at - 1] + (other[at - 1] === character ? 0 : 1));
    row = next;
  });
  return row[other.length];
}

test("two whole texts are as far apart as the plain table says, and the quick look lets all pass that are near", () => {
  fc.assert(
    fc.property(text, pattern, fc.nat(100), (one, other, most) => {
      const told = near.distance(one, other);
      assert.equal(told, apart(one, other));
      if (told <= most) assert.ok(near.sieve(one)(other, most));
    }),
    PROPERTY,
  );
});

test("the quick look spares measuring texts that have nothing in common", () => {
  const alike = near.sieve("Ferries to the islands run every hour.");
  assert.ok(alike("Ferries to the island run each hour.", 5));
  assert.ok(!alike("The bridge is closed for repairs, too.", 5));
  assert.ok(!alike("Ferries to the islands", 5), "too short");
});

test("nothing is found beyond the errors allowed", () => {
  assert.equal(near.closest("the bridge is closed", "ferries run hourly", 5), null);
  assert.equal(near.closest("the bridgee is closed", "bridge is", 1).errors, 1);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { grouped, rangeAfter, stepFrom } from "../../extension/panel/filter.js";

const edit = (id, kind, change = {}) => ({
  id,
  kind,
  block: { kind: "p", index: 1 },
  labels: [],
  minor: false,
  ...change,
});
const ids = (groups) =>
  Object.fromEntries(Object.entries(groups).map(([name, list]) => [name, list.map(({ id }) => id).join("")]));

const EDITS = [
  edit("c", "change", { block: { kind: "p", index: 3 } }),
  edit("h", "change", { block: { kind: "h1", index: 0 } }),
  edit("m", "change", { minor: true }),
  edit("d", "delete"),
  edit("r", "delete", { labels: ["rolled-off"], minor: true }),
  edit("x", "insert"),
];
const PASSING = [edit("p", "insert"), edit("q", "change", { minor: true })];

test("edits are listed in the article's order, removed ones and those not on the page apart", () => {
  assert.deepEqual(ids(grouped(EDITS, PASSING, "everything", ["c", "h", "m", "d", "r"])), {
    here: "hmc",
    removed: "d",
    rolled: "r",
    elsewhere: "x",
    passing: "pq",
  });
});

test("where the page does not say what it shows, nothing is said to be missing", () => {
  assert.deepEqual(ids(grouped(EDITS, [], "everything", null)), {
    here: "hmxc",
    removed: "d",
    rolled: "r",
    elsewhere: "",
    passing: "",
  });
});

test("substance leaves out what is minor; the headline is that alone", () => {
  assert.deepEqual(ids(grouped(EDITS, PASSING, "substance", null)), {
    here: "hxc",
    removed: "d",
    rolled: "",
    elsewhere: "",
    passing: "p",
  });
  assert.deepEqual(ids(grouped(EDITS, PASSING, "headline", null)), {
    here: "h",
    removed: "",
    rolled: "",
    elsewhere: "",
    passing: "",
  });
});

test("steps go along the list, stay at its ends, and begin at either", () => {
  const step = (current, by) => stepFrom(EDITS, current, by)?.id;
  assert.deepEqual([step("c", 1), step("h", -1), step("c", -1), step("x", 1)], ["h", "c", "c", "x"]);
  assert.deepEqual([step(null, 1), step(null, -1), step("gone", 1)], ["c", "x", "c"]);
  assert.equal(stepFrom([], null, 1), undefined);
  assert.equal(stepFrom([], "c", -1), undefined);
});

test("whatever end is chosen, the range runs forward, ends there and stays among the versions", () => {
  const choice = fc.record({
    latest: fc.integer({ min: 1, max: 60 }),
    a: fc.nat(),
    b: fc.nat(),
    at: fc.nat(),
    isFrom: fc.boolean(),
  });
  fc.assert(
    fc.property(choice, ({ latest, a, b, at, isFrom }) => {
      const [from, to] = [a % (latest + 1), b % (latest + 1)].sort((one, other) => one - other);
      const version = isFrom ? at % latest : 1 + (at % latest);
      const range = rangeAfter({ from, to }, isFrom ? "from" : "to", version, latest);
      assert.ok(0 <= range.from && range.from < range.to && range.to <= latest, JSON.stringify(range));
      assert.equal(isFrom ? range.from : range.to, version);
    }),
    { numRuns: 500, seed: 20260101 },
  );
});

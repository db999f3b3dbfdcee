/** What can be made out of a style, and what comes of look after look. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./content-scope.js";

const { RowbackFaint: faint } = run(["content/draw/faint.js"]);
const { RowbackSight: sight } = run([
  "shared/listen.js",
  "shared/nodes.js",
  "content/draw/faint.js",
  "content/draw/sight.js",
]);
const PLAIN = { opacity: "1", filter: "none", maskImage: "none" };

const SEEN = [
  [{}, true],
  [{ opacity: "0.5" }, true],
  [{ opacity: "0.1" }, false],
  [{ filter: "opacity(0.05)" }, false],
  [{ filter: "opacity(4%)" }, false],
  [{ opacity: "0.5", filter: "grayscale(1) opacity(0.4)" }, false],
  [{ filter: "invert(1) hue-rotate(180deg)" }, true],
  [{ filter: "grayscale(100%) sepia(0.2) saturate(0)" }, true],
  [{ filter: "brightness(0.8) contrast(1.4)" }, true],
  [{ filter: "brightness(0)" }, false],
  [{ filter: "contrast(0%)" }, false],
  [{ filter: "blur(0.5px)" }, true],
  [{ filter: "blur(20px)" }, false],
  [{ filter: "drop-shadow(rgb(0, 0, 0) 0px 1px 2px)" }, true],
  [{ maskImage: "linear-gradient(rgba(0, 0, 0, 0), rgba(0, 0, 0, 0))" }, false],
  [{ maskImage: "" }, true],
];

for (const [style, isSeen] of SEEN) {
  test(`${JSON.stringify(style)} ${isSeen ? "lets us be seen" : "hides us"}`, () => {
    assert.equal(faint.isFaint(faint.share({ ...PLAIN, ...style })), !isSeen);
  });
}

test("a colour is as solid as its alpha says, however it is written", () => {
  const written = {
    transparent: 0,
    "rgb(138, 69, 0)": 1,
    "rgba(0, 0, 0, 0)": 0,
    "rgba(10, 20, 30, 0.5)": 0.5,
    "rgb(0 0 0 / 20%)": 0.2,
    "color(srgb 1 1 1 / 0.1)": 0.1,
    "oklch(0.7 0.1 200)": 1,
    "color-mix(in srgb, red 50%, blue)": 1,
  };
  for (const [colour, solidity] of Object.entries(written)) assert.equal(faint.solidity(colour), solidity, colour);
});

test("only what is another than before is told", () => {
  const tally = sight.tallyOf(9);
  assert.equal(tally.take(new Set()), false);
  assert.equal(tally.take(new Set(["a"])), true);
  assert.equal(tally.take(new Set(["a"])), false);
  assert.equal(tally.take(new Set(["b"])), true, "as many, but another");
  assert.deepEqual([...tally.hidden()], ["b"]);
  assert.equal(tally.take(new Set()), true);
  assert.deepEqual([...tally.hidden()], []);
});

test("a page that hides and shows for ever is looked at no more, and what it once hid counts as hidden", () => {
  const tally = sight.tallyOf(5);
  for (const found of [["a"], [], ["b"], []]) {
    tally.take(new Set(found));
    assert.equal(tally.isOver(), false);
  }
  assert.deepEqual([...tally.hidden()], []);
  tally.take(new Set(["c"]));
  assert.equal(tally.isOver(), true);
  assert.deepEqual([...tally.hidden()].sort(), ["a", "b", "c"]);
});

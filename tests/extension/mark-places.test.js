/** How what is drawn comes to its place: in short steps, and the first time a part with each frame. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./content-scope.js";

const FILES = ["content/page/slices.js", "content/page/waiting.js", "content/page/layout.js", "content/mark-places.js"];
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A page where each look at the clock takes as long as a slice, with so many badges; `log` is what happened to it. */
function newPage(badges, { isLeftWithFrame = false } = {}) {
  const log = [];
  const leaving = new AbortController();
  let now = 0;
  const scope = run(FILES, {
    performance: { now: () => (now += 3) },
    scheduler: { yield: async () => void log.push("pause") },
    setTimeout: (act, ms) => ms || act(),
    clearTimeout: () => {},
    requestAnimationFrame: (act) => {
      log.push("frame");
      if (isLeftWithFrame) leaving.abort();
      setImmediate(act);
    },
    addEventListener: () => {},
    ResizeObserver: class {
      constructor(tell) {
        scope.tell = tell;
      }
      observe() {}
    },
    document: {},
  });
  function* placing() {
    const writes = [];
    for (let number = 0; number < badges; number += 1) {
      log.push("read");
      writes.push(() => log.push("write"));
      yield;
    }
    return writes;
  }
  const parts = {
    summary: { place: () => ({ box: {}, write: () => log.push("summary") }) },
    badges: { placing },
    strokes: null,
    cover: { look: () => () => log.push("clip") },
    placed: () => log.push("placed"),
  };
  const here = scope.RowbackMarkPlaces.open(parts, leaving.signal);
  return { log, leave: () => leaving.abort(), layout: scope.RowbackLayout, tell: () => scope.tell(), ...here };
}

test("all is read before anything is written, and the page has its turn in between", async () => {
  const page = newPage(6);
  await page.inSteps();
  const { log } = page;
  assert.ok(log.includes("pause"));
  assert.ok(log.lastIndexOf("read") < log.indexOf("summary"));
  assert.deepEqual(log.slice(log.indexOf("summary")), ["summary", "clip", ...Array(6).fill("write"), "placed"]);
});

test("what is shown for the first time comes a part with each frame", async () => {
  const page = newPage(300);
  await page.inSteps({ isFirst: true });
  const shares = page.log
    .join(" ")
    .split("frame")
    .map((share) => share.match(/write/g)?.length ?? 0);
  assert.equal(
    shares.reduce((sum, share) => sum + share, 0),
    300,
  );
  assert.ok(shares.length > 1 && Math.max(...shares) <= 100, String(shares));
});

test("later it is written at once, when all is read", async () => {
  const page = newPage(300);
  await page.inSteps();
  assert.ok(!page.log.includes("frame"));
});

test("a page that moved while it was read is read once more", async () => {
  const page = newPage(6);
  const first = page.inSteps();
  await page.inSteps();
  await page.inSteps();
  assert.equal(page.log.filter((each) => each === "read").length < 7, true);
  await first;
  await settled();
  assert.equal(page.log.filter((each) => each === "read").length, 12);
  assert.equal(page.log.filter((each) => each === "placed").length, 2);
});

test("what takes another's place does so in one go", () => {
  const page = newPage(6);
  page.atOnce();
  assert.deepEqual(page.log, [...Array(6).fill("read"), "summary", "clip", ...Array(6).fill("write"), "placed"]);
});

test("of what was taken away nothing is read or written any more", async () => {
  const page = newPage(300);
  const over = page.inSteps({ isFirst: true });
  page.leave();
  await over;
  assert.ok(page.log.filter((each) => each === "read").length < 10);
  assert.ok(!page.log.includes("write") && !page.log.includes("placed"));
});

test("nor when it is taken away between two frames", async () => {
  const page = newPage(300, { isLeftWithFrame: true });
  await page.inSteps({ isFirst: true });
  assert.ok(page.log.filter((each) => each === "write").length < 100);
  assert.ok(!page.log.includes("placed"));
});

test("before anything is placed nothing can have moved", () => {
  const page = newPage(0);
  let isPlaced = false;
  page.layout.watch(
    () => {},
    new AbortController().signal,
    () => isPlaced,
  );
  page.tell();
  assert.deepEqual(page.log, []);
  isPlaced = true;
  page.tell();
  assert.deepEqual(page.log, ["frame"]);
});

/** In which order an answer comes to be seen, the first time and when the page is read again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { run } from "./content-scope.js";

const ANSWER = { article: { id: 1, title: "" }, versions: [], edits: [], passing: [], told: {} };

/** A view of an answer, with everything that draws left out; `log` is what it does. */
function newView() {
  const log = [];
  const scope = run(["content/page/slices.js", "content/show.js"], {
    AbortController,
    AbortSignal,
    performance,
    document: { body: {}, activeElement: null },
    RowbackWaiting: { drawn: async () => void log.push("frame") },
    RowbackFind: { all: async () => ({ anchored: [], roots: [] }) },
    RowbackDrawing: {
      *steps() {
        log.push("draw");
        yield;
        const inSteps = async ({ isFirst }) => void log.push(`place in steps${isFirst ? ", first" : ""}`);
        return { placing: { inSteps, atOnce: () => log.push("place") }, paint: () => log.push("paint") };
      },
    },
    RowbackCover: { open: () => ({}) },
    RowbackPaint: { open: () => ({}) },
    RowbackCard: { open: () => ({ refresh: () => {} }) },
    RowbackLayout: { watch: () => () => log.push("place soon") },
    RowbackSight: { watch: () => ({ first: async () => {}, hidden: () => new Set() }) },
  });
  const overlay = { root: { activeElement: null }, setAnchored: () => {} };
  return { log, view: scope.RowbackShow.open(ANSWER, overlay, "marks", new AbortController().signal) };
}

test("first a frame is awaited, and painted is what was placed", async () => {
  const { log, view } = newView();
  await view.ready;
  assert.deepEqual(log, ["draw", "frame", "place in steps, first", "paint"]);
});

test("what is drawn anew is there with the same frame, and placed again with the next", async () => {
  const { log, view } = newView();
  await view.ready;
  log.length = 0;
  const reading = view.read();
  while (!log.length) await Promise.resolve();
  assert.deepEqual(log, ["draw", "paint", "place soon", "place"]);
  await reading;
});

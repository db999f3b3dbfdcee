import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cases, run } from "./content-scope.js";

const { RowbackAnchor: anchor, RowbackFold: folding } = run([
  "content/find/fold.js",
  "content/find/near.js",
  "content/find/stored-blocks.js",
  "content/find/anchor-near.js",
  "content/find/likely-places.js",
  "content/find/anchor.js",
]);

/** A page of blocks, as `RowbackTextIndex` would read it. */
function pageOf(told) {
  const edges = new Set([0]);
  const spans = [];
  let text = "";
  for (const block of told) {
    const { text: raw, ...about } = typeof block === "string" ? { text: block } : block;
    const start = text.length;
    text += folding.fold(raw);
    edges.add(text.length);
    spans.push({ start, end: text.length, ...about });
  }
  const at = (offset) => spans.findLast(({ start }) => start <= offset);
  const place = (offset) => ({ aside: at(offset).aside ?? false, heading: at(offset).heading ?? null });
  return { page: { text, edges, place }, spans, isVisible: ({ start }) => !at(start).hidden };
}

function editOf({ exact, prefix = "", suffix = "", near = null, kind = "p", index = 1 }, number) {
  return { id: `e${number}`, block: { kind, index }, anchor: { exact, prefix, suffix, near } };
}

for (const { name, page: blocks, edits, found, stored = null } of [...cases("anchors"), ...cases("twins")]) {
  test(name, () => {
    const { page, spans, isVisible } = pageOf(blocks);
    const places = anchor.place(edits.map(editOf), page, isVisible, stored);
    const blockAt = ({ start, end }) => spans.findIndex((span) => span.start <= start && end <= span.end);
    assert.deepEqual(
      edits.map((_, number) => (places.has(`e${number}`) ? blockAt(places.get(`e${number}`)) : null)),
      found,
    );
    for (const [number, { exact }] of edits.entries()) {
      const there = places.get(`e${number}`);
      if (there) assert.equal(there.isNear, page.text.slice(there.start, there.end) !== folding.fold(exact));
    }
  });
}

/** What a generator returns in the end. */
function atOnce(steps) {
  while (true) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

test("sure is what stands as a block of its own between the texts that it stands between in the store", () => {
  const [before, text, after] = [
    "Ferries run hourly.",
    "The bridge is closed until the repairs are done.",
    "Buses go north.",
  ];
  const sure = (/** @type {string[]} */ ...told) => {
    const { page } = pageOf(told);
    const sought = atOnce(anchor.seeking([editOf({ exact: text, prefix: before, suffix: after }, 0)], page));
    return atOnce(anchor.placingSure(sought, page, () => true)).has("e0");
  };
  assert.ok(sure(before, text, after));
  assert.ok(!sure(before, text, "Advertisement", after));
  assert.ok(!sure("Advertisement", text, after));
  assert.ok(!sure(before, text, after, before, text, after), "twice");
  assert.ok(!sure(before, `${text} ${after}`));
  assert.ok(!sure(before, after));
});

test("a long page is searched in short steps, and each edit sought in it once", () => {
  const told = Array.from({ length: 1_000 }, (_, n) => `Paragraph ${n} tells of harbour ${n * 7} and its ferries.`);
  const { page } = pageOf(told);
  const edits = Array.from({ length: 300 }, (_, n) =>
    editOf({ exact: told[3 * n], prefix: told[3 * n - 1], suffix: told[3 * n + 1], index: 3 * n }, n),
  );
  const { fold } = folding;
  let folded = 0;
  let most = 0;
  let all = 0;
  folding.fold = (text) => {
    folded += 1;
    return fold(text);
  };
  const watched = (steps) => {
    while (true) {
      const { done, value } = steps.next();
      most = Math.max(most, folded);
      all += folded;
      folded = 0;
      if (done) return value;
    }
  };
  const sought = watched(anchor.seeking(edits, page));
  assert.equal(watched(anchor.placingSure(sought, page, () => true)).size, 300);
  all = 0;
  assert.equal(watched(anchor.placing(edits, page, () => true, told, sought)).size, 300);
  folding.fold = fold;
  assert.ok(most <= 100, `${most} texts in one step`);
  assert.ok(all < told.length + 6 * edits.length, `${all} texts in all`);
});

const words = fc.array(fc.constantFrom("the", "bridge", "council", "closed", "ferry", "on", "Tuesday"), {
  minLength: 1,
  maxLength: 12,
});
const blocks = fc.array(
  words.map((all) => all.join(" ")),
  { minLength: 1, maxLength: 12 },
);

test("a block is found in its own place or not at all, whatever else stands on the page", () => {
  fc.assert(
    fc.property(blocks, fc.nat(), (texts, pick) => {
      const index = pick % texts.length;
      const { page, spans } = pageOf(texts);
      const prefix = texts[index - 1] ?? "";
      const suffix = texts[index + 1] ?? "";
      const places = anchor.place([editOf({ exact: texts[index], prefix, suffix }, 0)], page, () => true);
      const isUnique = texts.filter((text) => text === texts[index]).length === 1;
      if (isUnique && !texts.some((text, n) => n !== index && text.includes(texts[index]))) assert.ok(places.has("e0"));
      if (!places.has("e0")) return;
      const { start, end } = places.get("e0");
      assert.equal(page.text.slice(start, end), folding.fold(texts[index]));
      if (isUnique) assert.equal(start, spans[index].start);
    }),
    { numRuns: 400, seed: 20260101 },
  );
});

test("on another article's page nothing is found", () => {
  const { page } = pageOf(["A recipe for plum cake that takes an hour and a half.", "Plums", "Read more"]);
  const edits = ["Council closes the bridge", "Plum", "more", "an hour and a half"].map((exact, n) =>
    editOf({ exact }, n),
  );
  assert.equal(anchor.place(edits, page, () => true).size, 0);
});

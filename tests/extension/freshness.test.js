import assert from "node:assert/strict";
import { test } from "node:test";
import { cases, run } from "./content-scope.js";

const {
  RowbackFreshness: freshness,
  RowbackFold: folding,
  RowbackStoryLinks: links,
} = run(["content/find/fold.js", "content/find/freshness.js", "content/page/story-links.js"], { URL });

/** Letters stand for paragraphs, so that a row shows its order at a glance. */
const TEXTS = {
  A: "The council will close the old harbour bridge on Monday, it said after a long night of talks.",
  B: "Repairs are to begin in the spring, and buses will take the northern road until they are done.",
  C: "Engineers had found rust in the main girders and called the bridge safe for walkers only.",
  D: "The ferry will run every ten minutes while the bridge is closed, and bicycles travel free.",
};
const spell = (text) => text.replace(/^[ABCD](?= |,|$)/, (letter) => TEXTS[letter]);

function edit({ kind, exact, was = [] }) {
  return { kind, anchor: { exact: spell(exact) }, wordings: was.map((text) => ({ text: spell(text) })) };
}

/** What a page says between two places, less what stands in boxes of its own. */
function newText(text, boxes, there) {
  const known = [...boxes.map(folding.fold), ...there.map((block) => block.text)];
  return (start, end) => known.reduce((left, each) => left.replaceAll(each, ""), text.slice(start, end));
}

for (const row of cases("freshness")) {
  const { name, title = "", page, stored = ["A", "B", "C"], boxes = [], edits = [], fresh } = row;
  test(`a page is ${fresh}: ${name}`, () => {
    const text = page.map(spell).map(folding.fold).join("");
    const among = newText.bind(null, text, boxes);
    assert.equal(freshness.compare({ title, blocks: stored.map(spell) }, edits.map(edit), text, among), fresh);
  });
}

const { page, links: table } = cases("story-links");
for (const [href, isStory] of table) {
  test(`${href} on a front page is ${isStory ? "taken for" : "not taken for"} a story`, () => {
    assert.equal(links.isStory(new URL(href, page), new URL(page)), isStory);
  });
}

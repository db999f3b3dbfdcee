import assert from "node:assert/strict";
import { test } from "node:test";
import { cases, run } from "./content-scope.js";

const { RowbackPlaces: places, RowbackPageKind: kinds } = run(["content/page/places.js", "content/page/page-kind.js"], {
  URLSearchParams,
});
const FACTS = { openGraph: "", linked: [], items: {}, classes: [], generator: "", isDated: false };
const BUILD = { teasers: 0, under: 0, own: 0, lead: 0, opening: 0, equals: 0, prices: 0, pieces: 0 };

for (const { url, places: wanted, article } of cases("places")) {
  test(`what stands at ${url}`, () => {
    assert.deepEqual([...places.placesOf(new URL(url))].sort(), [...wanted].sort());
    assert.equal(places.speaksOfArticle(new URL(url)), article);
  });
}

for (const { name, kind, url, facts, build } of cases("page-kinds")) {
  test(`${name} is ${kind ?? "an article"}`, () => {
    const address = new URL(url);
    const page = {
      facts: { ...FACTS, ...facts },
      build: { ...BUILD, ...build },
      places: places.placesOf(address),
      speaksOfArticle: places.speaksOfArticle(address),
    };
    assert.equal(kinds.kindOf(page), kind);
  });
}

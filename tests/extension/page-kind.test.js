import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
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

/** What a page's text is read for when its facts are these: whether so many words under its headline are enough. */
function enoughFor(facts) {
  let asked;
  const scope = run(["content/page/places.js", "content/page/page-kind.js"], {
    URLSearchParams,
    RowbackPageFacts: { read: () => ({ ...FACTS, ...facts }) },
    RowbackPageBuild: {
      *reading(_page, _address, isEnough) {
        asked = isEnough;
        yield;
        return BUILD;
      },
    },
  });
  assert.equal(scope.RowbackPageKind.reading({}, new URL("https://echo.example/news/")).next().done, false);
  return (opening) => asked({ ...BUILD, opening });
}

test("a page that says it is an article is read until enough stands under its headline, any other to its end", () => {
  const [said, plain] = [enoughFor({ openGraph: "article" }), enoughFor({})];
  assert.deepEqual([said(99), said(100), plain(100), plain(1_000)], [false, true, false, false]);
});

test("what follows then makes it nothing else", () => {
  const some = fc.nat({ max: 3_000 });
  const counted = fc.record({ teasers: some, under: some, own: some, lead: some, equals: some, prices: some });
  const facts = fc.constantFrom(
    { openGraph: "article" },
    { isDated: true },
    { classes: ["single", "archive"] },
    { openGraph: "article", linked: ["ItemList", "Product", "Event"] },
    { linked: ["NewsArticle"], generator: "vbulletin" },
    { openGraph: "product", isDated: true },
  );
  const paths = fc.constantFrom(
    "",
    "news/section",
    "tag/page/2?q=a",
    "2026/11/a-story-of-some-words",
    "shop/p/12",
    "forum/1",
  );
  fc.assert(
    fc.property(counted, fc.integer({ min: 100, max: 5_000 }), facts, paths, (build, opening, said, path) => {
      const address = new URL(`https://echo.example/${path}`);
      const page = {
        facts: { ...FACTS, ...said },
        places: places.placesOf(address),
        speaksOfArticle: places.speaksOfArticle(address),
      };
      const early = kinds.kindOf({ ...page, build: { ...BUILD, opening: 100 } });
      assert.equal(kinds.kindOf({ ...page, build: { ...BUILD, ...build, opening } }), early);
    }),
  );
});

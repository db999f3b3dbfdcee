import assert from "node:assert/strict";
import { test } from "node:test";
import { cases, run } from "./content-scope.js";

const { RowbackArticle: articles } = run(["content/page/places.js", "content/page/article-signals.js"]);
const NOTHING = {
  path: "/",
  search: false,
  typed: false,
  headline: false,
  articles: 0,
  inArticle: 0,
  articleShare: 0,
  paragraphs: 0,
  prose: 0,
  opening: 0,
  linked: 0,
};

for (const { name, article, ...signals } of cases("article-signals")) {
  test(`${name} ${article ? "is" : "is not"} an article`, () => {
    assert.equal(articles.isArticle({ ...NOTHING, ...signals }), article);
  });
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { askedAs, canonicalOf, reasonNotToAsk, siteOf } from "../../extension/background/sites.js";
import { patternsFor, siteNamed } from "../../extension/shared/site-patterns.js";
import { cases } from "./content-scope.js";

for (const { page, backend = "http://127.0.0.1:8484", reason } of cases("sites")) {
  test(`${page || "no address"} with the backend at ${backend}: ${reason ?? "may be asked about"}`, () => {
    assert.equal(reasonNotToAsk(page, { backend, offSites: ["off.example"] }), reason);
  });
}

test("credentials and the fragment are not sent, the query is", () => {
  assert.equal(askedAs("https://me:secret@news.example/a?id=7#top"), "https://news.example/a?id=7");
});

const CANONICAL = [
  ["https://news.example/2026/ferry?utm=1", "https://news.example/2026/ferry", "https://news.example/2026/ferry"],
  ["https://news.example/a?id=1", "https://news.example/a", null],
  ["https://m.news.example/a", "https://www.news.example/a", "https://www.news.example/a"],
  ["https://amp.news.example/a", "https://news.example/a", "https://news.example/a"],
  ["https://news.example/a", "https://news.example/a#top", null],
  ["https://news.example/a", "https://other.example/a", null],
  ["https://news.example/a", "https://news.example/", null],
  ["https://news.example/a", "javascript:alert(1)", null],
  ["https://news.example/a", "http://192.168.0.1/a", null],
  ["https://news.example/a", "", null],
  ["https://news.example/a", null, null],
  ["https://news.example/a", { toString: () => "https://news.example/b" }, null],
];
for (const [page, canonical, expected] of CANONICAL) {
  test(`${page} calling itself ${canonical} is asked about as ${expected ?? "itself only"}`, () => {
    assert.equal(canonicalOf(String(page), canonical), expected);
  });
}

for (const { page, canonical, believed, asked = believed, why } of cases("urls").canonicals) {
  const url = new URL(page);
  if (url.port || /^\d/.test(url.hostname) || canonical === "/b") continue;
  test(`${why}: asked about as ${asked ?? "itself only"}, as the backend believes it`, () => {
    const found = canonicalOf(page, canonical && URL.canParse(canonical) ? canonical : null);
    assert.equal(found && plain(found), asked && askedAs(asked) !== askedAs(page) ? asked : null);
  });
}

/** Tracking is the backend's business. @param {string} address */
function plain(address) {
  return address.replace(/\?utm_source=canonical$/, "");
}

const FRAGMENTS = [
  ["https://news.example/#!/story/5", "https://news.example/#!/story/5"],
  ["https://news.example/#/story/5", "https://news.example/#/story/5"],
  ["https://news.example/2026/03/ferry-sails#/gallery/5", "https://news.example/2026/03/ferry-sails"],
  ["https://news.example/a#!", "https://news.example/a"],
  ["https://news.example/a#/comments", "https://news.example/a"],
];
for (const [page, asked] of FRAGMENTS) {
  test(`${page} is asked about as ${asked}`, () => assert.equal(askedAs(page), asked));
}

test("the switch for a site is about its host without www., m. and the like", () => {
  assert.equal(siteOf("https://www.news.example:8443/a"), "news.example");
  assert.equal(siteOf("https://m.example/"), "m.example");
  assert.equal(siteOf("http://localhost:9000/"), "localhost");
  assert.equal(siteOf("file:///a"), null);
});

const TYPED = [
  ["news.example", "news.example"],
  [" https://www.news.example/politics?x ", "news.example"],
  ["NEWS.example.", "news.example"],
  ["zeitung.köln.example", "zeitung.xn--kln-sna.example"],
  ["news", null],
  ["", null],
  ["ftp://news.example", null],
  ["10.0.0.1", null],
  ["*.example", null],
  ["news example", null],
];
for (const [typed, site] of TYPED) {
  test(`typing “${typed}” means ${site ?? "no site"}`, () => assert.equal(siteNamed(String(typed)), site));
}

test("a chosen site is chosen with its subdomains, on http and https", () => {
  assert.deepEqual(patternsFor("news.example"), ["http://*.news.example/*", "https://*.news.example/*"]);
});

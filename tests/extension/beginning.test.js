/** What the onboarding page asks the worker for, against real answers of a backend, and against broken ones. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { BACKEND } from "./answers.js";
import { cases } from "./content-scope.js";
import { OWN, newBrowser } from "./fake-browser.js";

const LISTED = { url: "https://echo.example/feed", kind: "feed", title: "Echo" };

newBrowser();
const { route } = await import("../../extension/background/router.js");
const { checkLook, checkOutlets, checkRead, checkSeveral } = await import(
  "../../extension/background/beginning-shapes.js"
);
const REAL = cases("answers");
const real = (name) => REAL.find((one) => one.name === name).body;

let world;
beforeEach(() => {
  world = newBrowser();
  world.preset = { backend: BACKEND, token: "t" };
});
const ask = (message) => route(message, { id: "rowback", url: `${OWN}onboarding/index.html` }, OWN);

test("outlets and packs of a real backend are understood", () => {
  const { packs, outlets, rule } = checkOutlets(real("outlets of a country"));
  assert.match(rule, /outlets\.md$/);
  assert.ok(packs.length >= 12);
  assert.deepEqual(
    outlets.map(({ name, country }) => [name, country]),
    [["RNZ", "NZ"]],
  );
});

test("looks of a real backend are understood: what is there, what is not, and what is there instead", () => {
  const look = (name) => checkLook(real(`a look at ${name}`).look);
  assert.deepEqual(
    [look("feed").feed.aDay, look("feed").feed.leadsTo, look("feed").nothing],
    [24, "other.example", null],
  );
  assert.deepEqual(
    [look("front").feed.kind, look("front").feed.aDay, look("front").feed.megabytes],
    ["site", null, null],
  );
  assert.deepEqual([look("nothing").feed, look("nothing").nothing.why], [null, "missing"]);
  assert.ok(look("moved").feed && look("moved").nothing);
});

test("what becomes of several, and what a feed reader's list names, is understood", () => {
  const several = checkSeveral(real("several followed").feeds);
  assert.deepEqual(
    several.map((each) => [each.feed !== null, each.problem !== null]),
    [
      [true, false],
      [true, false],
      [false, true],
    ],
  );
  assert.deepEqual(
    checkRead(real("a list of a feed reader").feeds).map(({ site }) => site),
    ["https://echo.example/", ""],
  );
});

for (const [what, check] of [
  [
    "an outlet's site",
    () => checkOutlets({ rule: "https://a/", packs: [], outlets: [{ ...OUTLET, site: "javascript:1" }] }),
  ],
  [
    "an outlet's feed",
    () => checkOutlets({ rule: "https://a/", packs: [], outlets: [{ ...OUTLET, feed_url: "file:///x" }] }),
  ],
  [
    "an outlet's country",
    () => checkOutlets({ rule: "https://a/", packs: [], outlets: [{ ...OUTLET, country: "x" }] }),
  ],
  [
    "an outlet's language",
    () => checkOutlets({ rule: "https://a/", packs: [], outlets: [{ ...OUTLET, language: "??" }] }),
  ],
  ["the rule", () => checkOutlets({ rule: "data:text/html,x", packs: [], outlets: [] })],
  ["a look at nothing", () => checkLook({ feed: null, nothing: null })],
  ["a look that is none", () => checkLook(undefined)],
  ["a kind that is none", () => checkLook({ feed: { ...FOUND, kind: "blog" } })],
  ["a number that is none", () => checkLook({ feed: { ...FOUND, articles: -1 } })],
  ["several that are none", () => checkSeveral("x")],
]) {
  test(`${what} that cannot be is not taken over`, () => assert.throws(check, { code: "backend-strange" }));
}

for (const [status, code, told, message] of [
  [404, "not-found", "no-feeds", { name: "outlets" }],
  [405, "method-not-allowed", "no-feeds", { name: "look-first", url: "https://a.example/", kind: "site" }],
  [403, "insufficient-scope", "insufficient-scope", { name: "outlets" }],
  [403, "insufficient-scope", "insufficient-scope", { name: "follow-several", feeds: [LISTED] }],
]) {
  test(`a backend that says ${code} to ${message.name} is told as ${told}`, async () => {
    const body = { type: `urn:rowback:problem:${code}`, title: code, status, code, detail: code };
    world.answer = () => ({ status, body, strange: true });
    assert.equal((await ask(message)).error.code, told);
  });
}

test("what is chosen goes to the backend as it was found, several at once", async () => {
  world.answer = () => ({ body: real("several followed"), strange: true });
  const { ok } = await ask({ name: "follow-several", feeds: [LISTED, { ...LISTED, title: "" }] });
  assert.ok(ok);
  const { path, body } = world.requests.at(-1);
  assert.equal(path, "/api/v1/feeds/several");
  assert.deepEqual(body.feeds, [LISTED, { url: LISTED.url, kind: LISTED.kind }]);
});

test("more than the backend takes at once goes in several requests", async () => {
  world.answer = ({ body }) => ({ body: { feeds: body.feeds.map(() => ({ problem: "no" })) }, strange: true });
  const { value } = await ask({ name: "follow-several", feeds: Array(501).fill(LISTED) });
  assert.equal(value.length, 501);
  assert.deepEqual(
    world.requests.map(({ body }) => body.feeds.length),
    [500, 1],
  );
});

test("pages of the web may ask for none of it", async () => {
  for (const name of ["outlets", "feeds", "look-first", "follow-several", "read-opml"]) {
    const { error } = await route({ name, feeds: [] }, { id: "rowback", url: "https://news.example/" }, OWN);
    assert.equal(error.code, "unknown-message");
  }
});

const OUTLET = {
  name: "Echo",
  country: "NZ",
  language: "en-NZ",
  site: "https://echo.example",
  feed_url: "https://echo.example/feed",
  kind: "feed",
};
const FOUND = { url: "https://a.example/", kind: "feed", title: "", articles: 1, first: [], leads_to: null };

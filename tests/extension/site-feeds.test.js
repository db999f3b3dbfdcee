/** Whether the site of a tab is followed: found out without saying what is read, and changed by the reader alone. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { BACKEND, PAGE, feed, problem, strange, wellAnswer } from "./answers.js";
import { OWN, newBrowser } from "./fake-browser.js";

newBrowser();
const { route } = await import("../../extension/background/router.js");

const FOUND = {
  articles: 12,
  new: 12,
  first: ["The ferry stays shut"],
  left_out: { too_old: 2, too_many: 0, unwanted: 0, no_address: 0, unlike: 3, elsewhere: 0 },
  unread_sitemaps: 0,
  undated: 0,
  try_feeds: [],
};

const SITE = "https://news.example/";
const READ = { last_checked_at: "2026-01-02T08:00:00Z" };
const stored = (change = {}) => ({
  source: "news.example",
  followed: true,
  feeds: [feed(SITE, { ...READ, found: FOUND })],
  article_count: 37,
  edited_count: 4,
  newest: { title: "The ferry stays shut", first_seen_at: "2026-01-02T08:00:00Z" },
  links: { html: `${BACKEND}/?source=news.example` },
  ...change,
});

let world;
beforeEach(() => {
  world = newBrowser();
  world.preset = { backend: BACKEND, token: "t" };
  world.address = PAGE;
});

const fromOurPage = (message) => route(message, { id: "rowback", url: `${OWN}popup/index.html` }, OWN);
const asked = () => world.requests.map(({ method, address }) => `${method} ${address.slice(BACKEND.length)}`);

/** A backend that follows these parts of sites. */
function follows(parts, { may = true, site = stored() } = {}) {
  world.answer = ({ address }) =>
    address.includes("?") ? { body: { site, may_follow: may } } : { body: { sites: parts, may_follow: may } };
}

test("following a site asks the backend to, and says so where it cannot", async () => {
  world.answer = wellAnswer;
  const { value } = await fromOurPage({ name: "follow-site", tab: 3 });
  assert.deepEqual(
    [value.url, value.wasRead, value.articles, value.trouble],
    ["https://news.example/", false, null, null],
  );
  assert.deepEqual(
    world.requests.map(({ path, body }) => [path, body]),
    [["/api/v1/feeds", { url: "https://news.example/" }]],
  );
  for (const answer of [
    problem(404, "not-found"),
    problem(405, "method-not-allowed"),
    problem(501, "not-implemented"),
    strange({ status: 404, body: "<h1>No</h1>" }),
  ]) {
    world.answer = () => answer;
    assert.equal((await fromOurPage({ name: "follow-site", tab: 3 })).error.code, "no-feeds");
  }
  world.answer = () => problem(422, "no-feed");
  assert.match((await fromOurPage({ name: "follow-site", tab: 3 })).error.message, /about no-feed/);
});

test("a site that is followed is known again at all its names, with what it brought", async () => {
  for (const name of ["news.example", "www.news.example", "m.news.example:8443"]) {
    follows([{ source: "news.example", section: "" }]);
    world.requests.length = 0;
    world.address = `https://${name}/city/ferry`;
    const { value } = await fromOurPage({ name: "site-followed", tab: 3 });
    assert.deepEqual(
      [value.source, value.followed, value.mayFollow, value.isFront, value.stored],
      ["news.example", true, true, false, { articles: 37, edited: 4, newest: "The ferry stays shut" }],
    );
    assert.deepEqual(
      value.feeds.map(({ url, articles, leftOut, trouble }) => [url, articles, leftOut, trouble]),
      [[SITE, 12, 5, null]],
    );
    const site = encodeURIComponent(`https://${name}/`);
    assert.deepEqual(asked(), ["GET /api/v1/sites", `GET /api/v1/sites?url=${site}`]);
  }
});

test("where a site is not followed nothing of it is said to the backend", async () => {
  for (const source of ["other.example", "ews.example", "sub.news.example"]) {
    follows([{ source, section: "" }]);
    world.requests.length = 0;
    const { value } = await fromOurPage({ name: "site-followed", tab: 3 });
    assert.deepEqual([value.followed, value.feeds, value.stored], [false, [], null], source);
    assert.deepEqual(asked(), ["GET /api/v1/sites"]);
    assert.equal(JSON.stringify(world.requests).includes("news.example/"), false);
  }
});

test("a section that is followed counts for its own pages", async () => {
  follows([
    { source: "news.example", section: "/city" },
    { source: "news.example", section: "/city/port" },
  ]);
  for (const [path, section] of [
    ["/city", "/city"],
    ["/city/ferry", "/city"],
    ["/city/port/ferry", "/city/port"],
    ["/", null],
    ["/cityscape", null],
  ]) {
    world.requests.length = 0;
    world.address = `https://news.example${path}`;
    const { value } = await fromOurPage({ name: "site-followed", tab: 3 });
    assert.deepEqual([value.followed, value.isFront], [section !== null, path === "/"], path);
    const url = encodeURIComponent(`https://news.example${section}`);
    assert.deepEqual(asked().slice(1), section ? [`GET /api/v1/sites?url=${url}`] : []);
  }
});

test("a feed's trouble is told, and who may not follow is told so", async () => {
  const failing = { ...READ, failures: 2, outcome: "failed", reason: "The host news.example is not known." };
  follows([{ source: "news.example", section: "" }], { site: stored({ feeds: [feed(SITE, failing)], newest: null }) });
  const { value } = await fromOurPage({ name: "site-followed", tab: 3 });
  assert.equal(value.feeds[0].trouble, "The host news.example is not known.");
  assert.equal(value.stored.newest, null);
  const told = { ...failing, reason_told: "Der Host news.example ist nicht bekannt." };
  follows([{ source: "news.example", section: "" }], { site: stored({ feeds: [feed(SITE, told)] }) });
  const again = await fromOurPage({ name: "site-followed", tab: 3 });
  assert.equal(again.value.feeds[0].trouble, told.reason_told);
  follows([], { may: false });
  assert.equal((await fromOurPage({ name: "site-followed", tab: 3 })).value.mayFollow, false);
});

test("an older backend, and one that says strange things, leave it open", async () => {
  for (const answer of [problem(404, "not-found"), strange({ body: { sites: "all" } }), strange({ body: {} })]) {
    world.answer = () => answer;
    assert.equal((await fromOurPage({ name: "site-followed", tab: 3 })).ok, false);
  }
});

test("nothing is asked of a site that is switched off", async () => {
  follows([]);
  await fromOurPage({ name: "set-site", site: "news.example", on: false });
  assert.equal((await fromOurPage({ name: "site-followed", tab: 3 })).error.code, "site-off");
  assert.deepEqual(asked(), []);
});

test("following is stopped by the addresses of the feeds, and taken up again as it was", async () => {
  world.answer = wellAnswer;
  assert.equal((await fromOurPage({ name: "unfollow-site", urls: [`${SITE}rss`, `${SITE}atom`] })).ok, true);
  const of = (name) => encodeURIComponent(`${SITE}${name}`);
  assert.deepEqual(
    asked(),
    ["rss", "atom"].map((name) => `DELETE /api/v1/feeds?url=${of(name)}`),
  );
  world.requests.length = 0;
  const before = { url: `${SITE}rss`, kind: "feed", include: ["/city/"], exclude: [] };
  assert.equal((await fromOurPage({ name: "refollow-site", feeds: [{ ...before, articles: 3 }] })).ok, true);
  assert.deepEqual(world.requests[0].body, before);
});

test("the page of a site is opened at the backend", async () => {
  world.answer = wellAnswer;
  await fromOurPage({ name: "open-site", source: "news.example" });
  assert.equal(world.tabs.at(-1).url, `${BACKEND}/?source=news.example`);
});

/** What the worker remembers of reading, keeps, looks up and tells, with a fake browser around it. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { BACKEND, NAME, PAGE, article, history, known, problem, strange, versionText, wellAnswer } from "./answers.js";
import { OWN, newBrowser } from "./fake-browser.js";

newBrowser();
const { route } = await import("../../extension/background/router.js");
const { afterReading, noteRead, readBefore } = await import("../../extension/background/last-read.js");
const { changesOf, keepAlarm, onNotificationClicked, tellOfChanges } = await import(
  "../../extension/background/followed.js"
);
const { onCommand } = await import("../../extension/background/commands.js");

const PAGE_SENDER = { id: "rowback", url: PAGE, frameId: 0, tab: { id: 3, incognito: false } };
const FRONT = "https://www.news.example/";
const FRONT_SENDER = { ...PAGE_SENDER, url: FRONT };
const PRIVATE = { ...PAGE_SENDER, tab: { id: 3, incognito: true } };
const MINUTE = 60_000;

let world;
beforeEach(() => {
  world = newBrowser();
  world.preset = { backend: BACKEND, token: "t" };
  world.address = PAGE;
});

const fromPage = (message, sender = PAGE_SENDER) => route(message, sender, OWN);
const fromOurPage = (message) => route(message, { id: "rowback", url: `${OWN}panel/index.html` }, OWN);
const paths = () => world.requests.map(({ method, path }) => `${method} ${path}`);
const version = versionText();

const SEEN = ["2026-01-01T08:00:00Z", "2026-01-02T08:00:00Z", "2026-01-03T08:00:00Z"];

test("reading again within half an hour is the same reading; a new version is not", () => {
  const first = afterReading(undefined, 7, SEEN[1], 0);
  assert.deepEqual(first, { article: 7, seen: SEEN[1], at: 0, before: null });
  assert.equal(afterReading(first, 7, SEEN[1], 10 * MINUTE).before, null);
  assert.deepEqual(afterReading(first, 7, SEEN[2], 10 * MINUTE).before, { seen: SEEN[1], at: 0 });
  assert.deepEqual(afterReading(first, 7, SEEN[1], 40 * MINUTE).before, { seen: SEEN[1], at: 0 });
  const again = afterReading(afterReading(first, 7, SEEN[2], 10 * MINUTE), 7, SEEN[2], 20 * MINUTE);
  assert.deepEqual(again, { article: 7, seen: SEEN[2], at: 20 * MINUTE, before: { seen: SEEN[1], at: 0 } });
});

test("what was read is remembered by numbers and instants, of a thousand articles and of one backend", async () => {
  for (let id = 0; id < 1_010; id += 1) await noteRead(id, SEEN[1]);
  const { reads } = await world.local.get("reads");
  assert.equal(reads.length, 1_000);
  assert.deepEqual(new Set(Object.keys(reads[0])), new Set(["article", "seen", "at", "before"]));
  world.answer = wellAnswer;
  await fromOurPage({ name: "set-backend", backend: "https://other.example", token: "" });
  assert.deepEqual((await world.local.get("reads")).reads, []);
});

test("a store that knows nothing as new as what was read says nothing of it", async () => {
  await noteRead(7, SEEN[1]);
  await noteRead(7, SEEN[2]);
  assert.equal((await readBefore(7, SEEN[2])).seen, SEEN[1]);
  assert.equal(await readBefore(7, SEEN[0]), null);
});

test("what an older release remembered by number is not taken for an instant", async () => {
  const before = { version: 1, at: 0 };
  await world.local.set({ reads: [{ article: 7, version: 2, at: 0, before }] });
  assert.equal(await readBefore(7, SEEN[2]), null);
  await noteRead(7, SEEN[2]);
  assert.equal(await readBefore(7, SEEN[2]), null);
});

test("the panel is told the edits between two versions and what was last read", async () => {
  await noteRead(7, SEEN[0]);
  await noteRead(7, SEEN[1]);
  world.answer = () => ({ body: history() });
  const { value } = await fromOurPage({ name: "history", url: PAGE, from: 0, to: 1 });
  assert.equal(new URL(world.requests[0].address).search, `?${new URLSearchParams({ url: PAGE, from: "0", to: "1" })}`);
  assert.deepEqual([value.from, value.to, value.last_read.seen, value.edits.length], [0, 1, SEEN[0], 1]);
  await fromOurPage({ name: "history", url: PAGE, from: value.last_read.seen, to: null });
  assert.equal(new URL(world.requests[1].address).searchParams.get("from"), SEEN[0]);
});

test("the panel is told an article's text at a version, and strange texts are refused", async () => {
  const { reading, older_readings, saved, ...wanted } = version;
  world.answer = wellAnswer;
  assert.deepEqual((await fromOurPage({ name: "version", article: 7, version: 1 })).value, wanted);
  assert.deepEqual(paths(), ["GET /api/v1/articles/7/versions/1"]);
  world.answer = () =>
    strange({ body: { article: article(), version: { ...version, blocks: [{ kind: "script", text: "x" }] } } });
  assert.equal((await fromOurPage({ name: "version", article: 7, version: 1 })).error.code, "backend-strange");
});

test("a page is told the stored text of the article it shows, and of no other", async () => {
  const text = (id, sender) => fromPage({ name: "stored-text", article: id, version: 1 }, sender);
  world.answer = ({ path }) => ({ body: path === "/api/v1/edits" ? history() : { article: article(), version } });
  assert.equal((await text(7)).error.code, "no-page", "before it was told of any");
  await fromPage({ name: "look", url: PAGE, canonical: null });
  assert.deepEqual((await text(7)).value, { title: version.title, blocks: [version.blocks[0].text] });
  world.requests.length = 0;
  for (const other of [8, "7", "7/../../feeds", undefined]) assert.equal((await text(other)).error.code, "no-page");
  for (const sender of [
    { ...PAGE_SENDER, frameId: 4 },
    { ...PAGE_SENDER, tab: { id: 5 } },
  ])
    assert.equal((await text(7, sender)).error.code, "no-page");
  assert.equal((await fromPage({ name: "open-history", article: 8 })).error.code, "no-page");
  await fromPage({ name: "leave" });
  assert.equal((await text(7)).error.code, "no-page", "after it left");
  assert.deepEqual(paths(), []);
});

/** A page in a tab that gives its text when asked. */
function pageThatReads() {
  world.page = ({ name }) => (name === "snapshot" ? { url: `${PAGE}#top`, html: "<p>Now", canonical: null } : null);
  world.answer = wellAnswer;
}

test("what is read is not sent unless the reader wants it kept", async () => {
  pageThatReads();
  assert.equal((await fromPage({ name: "may-keep" })).value, false);
  assert.equal((await fromPage({ name: "keep-read" })).error.code, "not-kept");
  assert.deepEqual(world.requests, []);
  assert.deepEqual(world.said, []);
});

test("where the browser keeps a leave for texts, no text is sent without it", async () => {
  pageThatReads();
  await fromOurPage({ name: "set-reading", keep: true });
  globalThis.browser.runtime.getBrowserInfo = () => {};
  assert.equal((await fromPage({ name: "may-keep" })).value, false);
  assert.equal((await fromPage({ name: "keep-read" })).error.code, "not-kept");
  for (const name of ["follow", "seek-past"])
    assert.equal((await fromOurPage({ name, tab: PAGE_SENDER.tab.id })).error.code, "text-refused", name);
  assert.deepEqual(paths(), []);
  assert.deepEqual(world.said, [], "nor is the page asked for it");
  world.origins.push("websiteContent");
  assert.equal((await fromPage({ name: "keep-read" })).value, true);
  assert.deepEqual(paths(), ["POST /api/v1/captures"]);
});

test("with the reader's leave the page in the tab is sent as a capture, and the page thinks again", async () => {
  pageThatReads();
  await fromOurPage({ name: "set-reading", keep: true });
  assert.equal((await fromPage({ name: "may-keep" })).value, true);
  assert.equal((await fromPage({ name: "keep-read" })).value, true);
  assert.deepEqual(
    world.requests.map(({ path, body }) => [path, body]),
    [["/api/v1/captures", { url: PAGE, html: "<p>Now", origin: "browser" }]],
  );
  assert.deepEqual(
    world.said.map(({ name }) => name),
    ["snapshot", "reconsider"],
  );
});

test("what the reader follows is sent as it is, whatever it looks like", async () => {
  pageThatReads();
  await fromOurPage({ name: "follow", tab: 3 });
  const [{ path, body }] = world.requests;
  assert.deepEqual([path, body], ["/api/v1/captures", { url: PAGE, html: "<p>Now", origin: "browser", anyway: true }]);
});

test("a page may ask whether it was followed here, and the backend hears nothing of it", async () => {
  const isFollowed = async (url, canonical = null) => (await fromPage({ name: "is-followed", url, canonical })).value;
  world.page = ({ name }) => (name === "describe" ? { state: "ready", article: article() } : null);
  world.answer = () => ({ body: { article: article() } });
  assert.equal(await isFollowed(PAGE), false);
  await fromOurPage({ name: "follow-stored", tab: 3 });
  world.requests.length = 0;
  assert.equal(await isFollowed(`${PAGE}#top`), true);
  assert.equal(await isFollowed("https://news.example/other"), false);
  assert.equal(await isFollowed("https://news.example/other", PAGE), true);
  assert.deepEqual(world.requests, []);
  await fromOurPage({ name: "unfollow", tab: 3 });
  assert.equal(await isFollowed(PAGE), false);
});

test("one site can be kept though others are not, and the other way round", async () => {
  const may = async () => (await fromPage({ name: "may-keep" })).value;
  await fromOurPage({ name: "set-keeping", site: "news.example", on: true });
  assert.equal(await may(), true);
  await fromOurPage({ name: "set-reading", keep: true });
  await fromOurPage({ name: "set-keeping", site: "news.example", on: false });
  assert.equal(await may(), false);
  await fromOurPage({ name: "set-keeping", site: "news.example", on: true });
  assert.deepEqual((await fromOurPage({ name: "settings" })).value.keep_sites, {}, "what holds for all needs no entry");
});

const NEVER_KEPT = [
  ["a private window", PRIVATE],
  ["an intranet page", { ...PAGE_SENDER, url: "https://wiki.corp/a" }],
  ["a local file", { ...PAGE_SENDER, url: "file:///a" }],
  ["a frame", { ...PAGE_SENDER, frameId: 2 }],
];
for (const [name, sender] of NEVER_KEPT) {
  test(`${name} is not kept, whatever the reader wants kept`, async () => {
    pageThatReads();
    await fromOurPage({ name: "set-reading", keep: true });
    assert.equal((await fromPage({ name: "may-keep" }, sender)).value, false);
    assert.equal((await fromPage({ name: "keep-read" }, sender)).error.code, "not-kept");
    assert.deepEqual(world.requests, []);
  });
}

test("links are looked up where the reader wants them marked, in one request, those of the same site", async () => {
  const [story, other] = [
    "https://www.news.example/2026/a-story-of-bridges",
    "https://news.example/2026/another-story-here",
  ];
  const urls = [
    `${story}#top`,
    story,
    other,
    "https://else.example/2026/a-story-of-bridges",
    "http://wiki.corp/a-b-c",
    "nonsense",
    7,
  ];
  world.answer = () => ({ body: { results: { [story]: known(3, 2), [other]: known(1, 0) } } });
  assert.deepEqual((await fromPage({ name: "look-up-links", urls }, FRONT_SENDER)).value, {});
  assert.deepEqual(world.requests, []);
  await fromOurPage({ name: "set-reading", links: true });
  assert.deepEqual((await fromPage({ name: "look-up-links", urls }, FRONT_SENDER)).value, { [story]: 2 });
  assert.deepEqual(
    world.requests.map(({ body }) => body),
    [{ urls: [story, other] }],
  );
  assert.deepEqual((await fromPage({ name: "look-up-links", urls }, { ...FRONT_SENDER, tab: PRIVATE.tab })).value, {});
});

test("no more than five hundred links are asked about", async () => {
  await fromOurPage({ name: "set-reading", links: true });
  world.answer = () => ({ body: { results: {} } });
  await fromPage(
    { name: "look-up-links", urls: Array.from({ length: 900 }, (_, n) => `${FRONT}2026/story-number-${n}`) },
    FRONT_SENDER,
  );
  assert.equal(world.requests[0].body.urls.length, 500);
});

test("of the followed, those with more versions than were seen have changed", () => {
  const followed = [
    { url: "a", title: "A", versions: 1 },
    { url: "b", title: "B", versions: 2 },
    { url: "c", title: "C", versions: 1 },
  ];
  assert.deepEqual(changesOf(followed, { a: known(3, 2), b: known(2, 1), c: null }), [
    { url: "a", title: "A", changes: 2, versions: 3 },
  ]);
});

test("an article followed here is told of once when it changes, and not when the reader has seen it", async () => {
  let versions = 2;
  world.origins = ["notifications"];
  const now = () => article({ version_count: versions });
  world.page = ({ name }) => (name === "describe" ? { state: "ready", article: now() } : null);
  world.answer = ({ path }) => {
    if (path === "/api/v1/lookup") return { body: { results: { [PAGE]: known(versions, 1) } } };
    return { body: path === "/api/v1/edits" ? history({ article: now() }) : { article: now() } };
  };
  await fromOurPage({ name: "follow-stored", tab: 3 });
  await fromOurPage({ name: "set-reading", notify: true });
  assert.deepEqual([...world.alarms.values()], [{ periodInMinutes: 15 }]);
  await tellOfChanges();
  assert.deepEqual(world.notices, []);
  versions = 4;
  await tellOfChanges();
  await tellOfChanges();
  assert.deepEqual(
    world.notices.map(({ id, title, message }) => [id, title, message]),
    [[PAGE, "Council to close bridge", "This article was edited 2 times."]],
  );
  versions = 5;
  await fromPage({ name: "look", url: PAGE, canonical: null });
  await tellOfChanges();
  assert.equal(world.notices.length, 1);
  await onNotificationClicked(PAGE);
  await onNotificationClicked("https://evil.example/");
  assert.deepEqual(world.tabs, [{ url: PAGE }]);
  await fromOurPage({ name: "unfollow", tab: 3 });
  versions = 6;
  await tellOfChanges();
  assert.equal(world.notices.length, 1);
});

test("without the browser's permission, or the reader's wish, no alarm is set and nothing is asked", async () => {
  await fromOurPage({ name: "set-reading", notify: true });
  assert.equal(world.alarms.size, 0);
  world.origins = ["notifications"];
  await keepAlarm();
  assert.equal(world.alarms.size, 1);
  await fromOurPage({ name: "set-reading", notify: false });
  assert.equal(world.alarms.size, 0);
  await tellOfChanges();
  assert.deepEqual(world.requests, []);
});

test("a front page is told apart from other pages without an article: its site can be followed", async () => {
  pageThatReads();
  for (const [reason, code] of [
    ["front-page", "front-page"],
    ["consent-wall", "not-an-article"],
  ]) {
    world.answer = () => problem(422, "not-an-article", { reason });
    const { error } = await fromOurPage({ name: "follow", tab: 3 });
    assert.equal(error.code, code);
    assert.notEqual(error.message, "");
  }
});

test("keys step through the edits and switch the marks off and on again", async () => {
  const tab = { id: 3, windowId: 1 };
  await onCommand("next-edit", tab);
  await onCommand("previous-edit", tab);
  await onCommand("toggle-marks", tab);
  await onCommand("toggle-marks", tab);
  assert.deepEqual(
    world.said.map(({ name, by, mode }) => [name, by ?? mode]),
    [
      ["step", 1],
      ["step", -1],
      ["set-mode", "quiet"],
      ["set-mode", "marks"],
    ],
  );
});

test("the mode of the page is remembered, and no other word is", async () => {
  assert.equal((await fromPage({ name: "mode" })).value, "marks");
  await fromPage({ name: "keep-mode", mode: "changes" });
  assert.equal((await fromPage({ name: "keep-mode", mode: "loud" })).ok, false);
  assert.equal((await fromPage({ name: "mode" })).value, "changes");
});

test("what is chosen on a page holds for its site alone, and the reader's own choice for all", async () => {
  const other = { id: "rowback", url: "https://other.example/story", frameId: 0, tab: { id: 4, incognito: false } };
  const modeThere = async () => (await route({ name: "mode" }, other, OWN)).value;
  await fromPage({ name: "keep-mode", mode: "quiet" });
  assert.equal(await modeThere(), "marks");
  world.address = other.url;
  await fromOurPage({ name: "set-mode", tab: 4, mode: "changes" });
  assert.equal(await modeThere(), "changes");
  assert.equal((await fromPage({ name: "mode" })).value, "quiet", "a choice made there stays");
  world.address = PAGE;
  await fromOurPage({ name: "set-mode", tab: 3, mode: "marks" });
  assert.equal((await fromPage({ name: "mode" })).value, "marks", "until the reader chooses for all while there");
});

test("a frame in a page chooses nothing, and sites are bounded", async () => {
  const sender = (n, more = {}) => ({
    id: "rowback",
    url: `https://s${n}.example/`,
    frameId: 0,
    tab: { id: 3 },
    ...more,
  });
  const keep = (n, more) => route({ name: "keep-mode", mode: "quiet" }, sender(n, more), OWN);
  assert.equal((await keep(0, { frameId: 2 })).ok, false);
  for (let n = 0; n < 510; n++) await keep(n);
  const { site_modes: chosen } = await world.local.get("site_modes");
  assert.equal(Object.keys(chosen).length, 500);
  assert.ok("s509.example" in chosen);
});

test("a page has no more tabs opened than a reader would", async () => {
  await world.session.set({ "told:3": 7, "history:7": `${BACKEND}/articles/7` });
  void world.local.set({ token: "t" });
  const open = () => fromPage({ name: "open-history", article: 7 });
  const answers = [await open(), await open(), await open()];
  assert.deepEqual(
    answers.map(({ ok }) => ok),
    [true, false, false],
  );
  assert.equal(world.tabs.length, 1);
});

test("a page has the pages of its own article's edits opened, and is not told where they are", async () => {
  await world.session.set({ "told:3": 7, "history:7": `${BACKEND}/articles/7`, "history:8": `${BACKEND}/articles/8` });
  void world.local.set({ token: "t" });
  const open = (id, name) => fromPage({ name: "open-edit-page", article: id, edit: name });
  assert.equal((await open(8, NAME)).error.code, "no-page");
  for (const odd of ["../../owner", `${NAME}/card.svg`, "", null, {}])
    assert.equal((await open(7, odd)).ok, false, String(odd));
  await world.session.remove("opened:3"); // of the attempts
  assert.equal((await fromPage({ name: "edit-address", article: 7, edit: NAME })).error.code, "unknown-message");
  assert.deepEqual([(await open(7, NAME)).ok, (await open(7, NAME)).ok], [true, false]);
  assert.deepEqual(
    world.tabs.map(({ url }) => url),
    [`${BACKEND}/articles/7/edits/${NAME}`],
  );
});

test("our own pages are told an edit's address, and whether it leads anywhere from elsewhere", async () => {
  await world.session.set({ "history:7": `${BACKEND}/articles/7` });
  const ask = () => route({ name: "edit-address", article: 7, edit: NAME }, { url: `${OWN}panel/index.html` }, OWN);
  assert.deepEqual((await ask()).value, { address: `${BACKEND}/articles/7/edits/${NAME}`, is_local: true });
});

test("what only the reader may choose cannot be chosen from a page", async () => {
  for (const name of [
    "set-reading",
    "set-keeping",
    "forget-reading",
    "follow-site",
    "site-followed",
    "unfollow-site",
    "refollow-site",
    "open-site",
    "set-mode",
    "open-edit",
    "history",
    "version",
  ]) {
    assert.equal(
      (await fromPage({ name, keep: true, site: "news.example", on: true, tab: 3 })).error?.code,
      "unknown-message",
      name,
    );
  }
});

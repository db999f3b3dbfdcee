/** Earlier versions that a reader wants of archives: when they are asked for, how far they are, what is said of it. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { afterEach, beforeEach, mock, test } from "node:test";
import { BACKEND, PAGE, article, history, past, problem, token } from "./answers.js";
import { run } from "./content-scope.js";
import { OWN, newBrowser } from "./fake-browser.js";

newBrowser();
const { route } = await import("../../extension/background/router.js");
const { againIn } = await import("../../extension/background/past.js");
const { moreThan, toldOf } = await import("../../extension/shared/past-words.js");

const SENDER = { id: "rowback", url: PAGE, frameId: 0, tab: { id: 3, incognito: false, url: PAGE } };
const HTML = "<p>It costs 6 million.";
const BACKFILLS = "/api/v1/backfills";
const DONE = { state: "done", next_at: null };

let world;
let found;
beforeEach(() => {
  world = newBrowser();
  world.preset = { backend: BACKEND, token: "t" };
  world.address = PAGE;
  found = past();
  world.page = ({ name }) => {
    if (name === "snapshot") return { url: world.address, html: HTML, canonical: `${PAGE}?page=1` };
    return name === "describe" ? { state: "ready", edits: 2 } : true;
  };
  world.answer = answer;
});
afterEach(() => mock.timers.reset());

/** @param {{method: string, path: string}} request */
function answer({ method, path }) {
  if (path === "/api/v1/token") return { body: token("Wayback Machine", "Arquivo.pt") };
  if (path.endsWith("/follow")) return { body: { article: article() } };
  if (path === "/api/v1/captures") return { body: { article: article(), version: 1, new_version: true }, status: 201 };
  if (path === "/api/v1/edits") return { body: history({ backfill: found }) };
  if (path !== BACKFILLS) return problem(404, "not-found");
  if (!found) return problem(404, "unknown-backfill");
  return { status: method === "POST" ? 202 : 200, body: { backfill: found } };
}

const fromPage = (message, sender = SENDER) => route(message, sender, OWN);
const fromOurPage = (message) => route(message, { id: "rowback", url: `${OWN}popup/index.html` }, OWN);
const choose = (choice) => fromOurPage({ name: "set-reading", past: choice });
const asked = () => world.requests.filter(({ path }) => path === BACKFILLS);
const wanted = () => asked().filter(({ method }) => method === "POST");

test("before the press nothing is wanted, and what would be asked is told", async () => {
  found = null;
  const { value } = await fromOurPage({ name: "past", tab: 3 });
  assert.deepEqual(value, {
    past: null,
    again: null,
    archives: ["Wayback Machine", "Arquivo.pt"],
    backend: BACKEND,
    edits: 2,
  });
  assert.deepEqual(wanted(), []);
  assert.equal(
    world.said.some(({ name }) => name === "past" || name === "snapshot"),
    false,
  );
});

test("the press sends the page as it is, wants its past, and has the page look again", async () => {
  const { value } = await fromOurPage({ name: "seek-past", tab: 3 });
  assert.deepEqual(wanted()[0].body, { url: PAGE, html: HTML, canonical_url: `${PAGE}?page=1`, anyway: true });
  assert.equal(value.past.listed, 14);
  assert.deepEqual(
    world.said.filter(({ name }) => name === "past").map(({ isNew, past: told }) => [isNew, told.versions]),
    [[true, 2]],
  );
  assert.equal(
    world.said.some(({ name }) => name === "reconsider"),
    false,
  );
});

test("a page that shows nothing yet is begun anew by the press", async () => {
  world.page = ({ name }) => (name === "snapshot" ? { url: PAGE, html: HTML, canonical: null } : null);
  await fromOurPage({ name: "seek-past", tab: 3, captures: 24 });
  assert.equal(wanted()[0].body.captures, 24);
  assert.ok(world.said.some(({ name }) => name === "reconsider"));
});

test("popup, panel and page that ask beside each other ask the backend once", async () => {
  mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-03-17T18:40:00Z") });
  await Promise.all([fromOurPage({ name: "past", tab: 3 }), fromOurPage({ name: "archives" })]);
  await fromOurPage({ name: "past", tab: 3 });
  const { value } = await fromPage({ name: "past-here" });
  assert.deepEqual(value, { versions: 2, again: 2_000 });
  assert.equal(asked().length, 1);
  mock.timers.tick(2_000);
  assert.equal((await fromPage({ name: "past-here" })).value.again, 3_000, "the same again: more calmly");
  assert.equal(asked().length, 2);
});

test("it is asked more seldom while nothing moves, and not at all when it is over", () => {
  const now = Date.parse("2026-03-17T18:00:00Z");
  assert.equal(againIn(null, 0, now), null);
  assert.equal(againIn(past(DONE), 0, now), null);
  assert.equal(againIn(past(), 0, now), 2_000);
  assert.ok(againIn(past(), 3, now) > againIn(past(), 2, now));
  assert.equal(againIn(past(), 99, now), 30_000);
  const soon = { state: "waiting", next_at: "2026-03-17T18:01:00Z" };
  assert.equal(againIn(past(soon), 0, now), 62_000);
  assert.equal(againIn(past({ ...soon, next_at: "2026-03-18T18:01:00Z" }), 0, now), 600_000);
});

test("stopping is told, to the page too, and what was read stays", async () => {
  found = past({ ...DONE, stopped: true });
  const { value } = await fromOurPage({ name: "stop-past", tab: 3 });
  assert.deepEqual(
    asked().map(({ method }) => method),
    ["DELETE"],
  );
  assert.deepEqual([value.again, value.past.stopped], [null, true]);
  assert.equal(world.said.find(({ name }) => name === "past").past.again, null);
});

test("no page is told which archives there are, nor may it have them asked by its own word", async () => {
  const { value } = await fromPage({ name: "look", url: PAGE, canonical: null });
  assert.equal(JSON.stringify(value).includes("Wayback"), false);
  assert.deepEqual(value.past.versions, 2);
  for (const name of ["seek-past", "stop-past", "past", "archives"])
    assert.equal((await fromPage({ name, tab: 3 })).error.code, "unknown-message", name);
  assert.equal((await fromPage({ name: "seek-read" })).error.code, "not-kept");
  assert.deepEqual(wanted(), []);
});

test("of an article that is not stored a page is told that its past is on its way", async () => {
  world.answer = (request) =>
    request.path === "/api/v1/edits"
      ? { status: 404, body: { ...problem(404, "unknown-article").body, backfill: past() } }
      : answer(request);
  const { value } = await fromPage({ name: "look", url: PAGE, canonical: null });
  assert.deepEqual([value.article, value.past.versions], [null, 2]);
  found = past(DONE);
  world.answer = (request) =>
    request.path === "/api/v1/edits"
      ? { status: 404, body: { ...problem(404, "unknown-article").body, backfill: found } }
      : answer(request);
  assert.equal((await fromPage({ name: "look", url: PAGE, canonical: null })).value, null);
});

for (const [choice, isWanted] of [
  [undefined, false],
  ["asked", false],
  ["followed", true],
  ["all", true],
  ["nonsense", false],
]) {
  test(`with the choice ${choice} following ${isWanted ? "wants" : "does not want"} the past`, async () => {
    if (choice) await choose(choice);
    await fromOurPage({ name: "follow", tab: 3 });
    assert.deepEqual(
      wanted().map(({ body }) => body),
      isWanted ? [{ url: PAGE }] : [],
    );
  });
}

test("following does not fail where archives cannot be asked", async () => {
  await choose("followed");
  world.answer = (request) => (request.path === BACKFILLS ? problem(403, "forbidden-url") : answer(request));
  assert.equal((await fromOurPage({ name: "follow", tab: 3 })).ok, true);
  world.answer = (request) => (request.path === "/api/v1/token" ? { body: token() } : answer(request));
  await world.session.remove(["archives"]);
  world.requests.length = 0;
  assert.equal((await fromOurPage({ name: "follow", tab: 3 })).ok, true);
  assert.deepEqual(asked(), [], "no archive is set");
});

test("what is opened is looked for once a day, where every article is wanted", async () => {
  mock.timers.enable({ apis: ["Date"], now: new Date(2026, 2, 17, 10).getTime() });
  assert.equal((await fromPage({ name: "may-seek" })).value, false, "nothing was chosen");
  await choose("followed");
  assert.equal((await fromPage({ name: "may-seek" })).value, false);
  await choose("all");
  assert.equal((await fromPage({ name: "may-seek" })).value, true);
  assert.equal((await fromPage({ name: "seek-read" })).value.versions, 2);
  assert.deepEqual(wanted()[0].body, { url: PAGE, html: HTML, canonical_url: `${PAGE}?page=1` });
  assert.equal((await fromPage({ name: "may-seek" })).value, false);
  assert.equal((await fromPage({ name: "seek-read" })).ok, false);
  const { sought } = await world.local.get("sought");
  assert.equal(JSON.stringify(sought).includes("news.example"), false, "no list of what was read");
  const unsalted = createHash("sha256").update(PAGE).digest("hex");
  assert.equal(unsalted.startsWith(sought.hashes[0]), false, "nor one that can be tried out");
  mock.timers.tick(24 * 3_600_000);
  assert.equal((await fromPage({ name: "may-seek" })).value, true);
});

const LEFT_ALONE = {
  "a private window": { ...SENDER, tab: { ...SENDER.tab, incognito: true } },
  "a frame": { ...SENDER, frameId: 4 },
  "a private network": { ...SENDER, url: "http://intranet/plan", tab: { id: 3, url: "http://intranet/plan" } },
  "this machine": { ...SENDER, url: "http://127.0.0.1:9000/a", tab: { id: 3, url: "http://127.0.0.1:9000/a" } },
};
for (const [what, sender] of Object.entries(LEFT_ALONE)) {
  test(`no archive is asked unasked about ${what}`, async () => {
    await choose("all");
    assert.equal((await fromPage({ name: "may-seek" }, sender)).value, false);
    assert.equal((await fromPage({ name: "seek-read" }, sender)).ok, false);
    assert.deepEqual(asked(), []);
  });
}

test("nor where the site is off, nor where the owner set no archive", async () => {
  await choose("all");
  await fromOurPage({ name: "set-site", site: "news.example", on: false });
  assert.equal((await fromPage({ name: "may-seek" })).value, false);
  assert.equal((await fromOurPage({ name: "past", tab: 3 })).error.code, "site-off");
  await fromOurPage({ name: "set-site", site: "news.example", on: true });
  world.answer = (request) => (request.path === "/api/v1/token" ? { body: token() } : answer(request));
  assert.equal((await fromPage({ name: "may-seek" })).value, false);
});

test("on this machine nothing is offered: no archive has it", async () => {
  world.address = "http://127.0.0.1:9000/story";
  found = null;
  assert.deepEqual((await fromOurPage({ name: "past", tab: 3 })).value.archives, []);
});

test("archives and pasts of another backend are forgotten with it", async () => {
  await fromOurPage({ name: "past", tab: 3 });
  assert.ok((await world.session.get("archives")).archives);
  await fromOurPage({ name: "set-backend", backend: "https://other.example", token: "u" });
  assert.deepEqual(await world.session.get(["archives", "pasts"]), {});
});

test("an answer that is none is refused", async () => {
  for (const change of [{ state: "lost" }, { listed: -1 }, { next_at: "soon" }, { source: null }]) {
    world.answer = (request) =>
      request.path === BACKFILLS ? { body: { backfill: past(change) }, strange: true } : answer(request);
    assert.equal((await fromOurPage({ name: "past", tab: 3 })).error.code, "backend-strange");
  }
});

const report = (change, more = {}) => ({
  past: change && past(change),
  again: null,
  archives: ["Wayback Machine"],
  backend: BACKEND,
  edits: 2,
  ...more,
});
const SAID = [
  ["queued", { state: "queued", listed: 0 }, ["Wayback Machine: asking which copies there are …"], "stop"],
  ["reading", {}, ["14 copies, March 5 – 17", "3 of up to 9 read, 2 edits so far"], "stop"],
  ["none", { ...DONE, state: "none", listed: 0 }, ["Wayback Machine: nothing older is archived."], null],
  [
    "excluded",
    { ...DONE, state: "excluded" },
    ["Wayback Machine: the publisher keeps its pages out of this archive."],
    null,
  ],
  ["stopped", { ...DONE, stopped: true }, ["Stopped. What was read stays."], "go-on"],
  ["done", { ...DONE, read: 6 }, ["14 copies, March 5 – 17", "Done: 2 earlier versions found."], null],
  [
    "done, and nothing new",
    { ...DONE, read: 6, versions: 0 },
    ["14 copies, March 5 – 17", "Wayback Machine: the copies say nothing that was not known."],
    null,
  ],
  [
    "done as far as was planned",
    { ...DONE, listed: 214, planned: 16, read: 16 },
    ["Done: 2 earlier versions found.", "The 16 most telling of 214 copies were read."],
    "more",
  ],
  [
    "failed",
    { ...DONE, state: "failed", reason: "It was away." },
    ["Wayback Machine: could not be read. Try again later.", "The backend said: It was away."],
    "again",
  ],
  [
    "failed, in the reader's language",
    { ...DONE, state: "failed", reason: "It was away.", reason_told: "Es war weg." },
    ["Wayback Machine: could not be read. Try again later.", "The backend said: Es war weg."],
    "again",
  ],
];
for (const [name, change, lines, action] of SAID) {
  test(`what is ${name} is said, with what can be done`, () => {
    mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-06-01T12:00:00Z") });
    const told = toldOf(report(change));
    assert.deepEqual([told.lines.map((line) => line.replaceAll(/[\u2009\u202f]/g, " ")), told.action], [lines, action]);
  });
}

test("what waits says until when, by the clock of the reader", () => {
  mock.timers.enable({ apis: ["Date"], now: new Date(2026, 2, 17, 18).getTime() });
  const next = new Date(2026, 2, 17, 18, 40).toISOString();
  const { lines, action } = toldOf(report({ state: "waiting", listed: 0, read: 0, next_at: next }));
  assert.match(lines[0], /^Wayback Machine: busy, going on at 6:40\sPM$/);
  assert.equal(action, "stop");
  const later = new Date(2026, 2, 18, 9).toISOString();
  assert.match(toldOf(report({ state: "waiting", read: 0, next_at: later })).lines[1], /Mar 18, 2026/);
});

test("before the press it is said what it does; where no archive is set nothing is offered", () => {
  const { lines, action, note } = toldOf(report(null));
  assert.deepEqual([lines, action], [[], "look"]);
  assert.ok(note.includes(BACKEND));
  assert.deepEqual(toldOf(report(null, { archives: [] })), { lines: [], action: null, note: "" });
  assert.equal(toldOf(report({ ...DONE, stopped: true }, { archives: [] })).action, null);
});

test("more copies are read in steps, and no more than the backend takes", () => {
  assert.deepEqual(
    [9, 16, 24, 48, 384, 500].map((planned) => moreThan(past({ planned }))),
    [24, 24, 48, 96, 500, 500],
  );
  const all = { ...DONE, listed: 900, planned: 500, read: 500 };
  assert.equal(toldOf(report(all)).action, null);
});

/** The page's part, over a worker that answers as told. */
function newPage(answers) {
  const sent = [];
  const document = { visibilityState: "visible", readyState: "complete" };
  const waiting = [];
  const globals = {
    document,
    setTimeout,
    clearTimeout,
    RowbackWire: {
      isAlive: () => true,
      send: async ({ name }) => {
        sent.push(name);
        const next = answers.shift();
        if (next instanceof Error) throw next;
        return next;
      },
    },
    RowbackKeep: {
      rest: async () => {},
      until: async (isDone) => isDone() || new Promise((resolve) => waiting.push(resolve)),
    },
  };
  const { RowbackPast } = run(["content/past-watch.js"], globals);
  let looks = 0;
  const life = new AbortController();
  const open = RowbackPast.open(async () => (looks += 1), life.signal);
  const tick = async (ms) => {
    mock.timers.tick(ms);
    await new Promise(setImmediate);
  };
  const show = () => {
    document.visibilityState = "visible";
    waiting.splice(0).forEach((resolve) => resolve());
  };
  return { RowbackPast, open, document, show, sent, tick, leave: () => life.abort(), life, looks: () => looks };
}

test("a page looks again when there are more versions, and asks no more when it is over", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const more = { versions: 1, again: 2_000 };
  const page = newPage([{ versions: 0, again: 2_000 }, more, more, { versions: 3, again: null }]);
  await page.open.hear({ versions: 0, again: 2_000 });
  for (const looks of [0, 1, 1, 2, 2]) {
    await page.tick(2_000);
    assert.equal(page.looks(), looks);
  }
  assert.equal(page.sent.length, 4);
});

test("a page that is not looked at asks nothing, nor one that was left", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const page = newPage([
    { versions: 0, again: 2_000 },
    { versions: 0, again: 2_000 },
  ]);
  page.document.visibilityState = "hidden";
  await page.open.hear({ versions: 0, again: 2_000 });
  await page.tick(60_000);
  assert.deepEqual(page.sent, []);
  page.show();
  await page.tick(0);
  assert.equal(page.sent.length, 1);
  page.leave();
  await page.tick(60_000);
  assert.equal(page.sent.length, 1);
});

test("a backend that goes away meanwhile is asked again, calmly", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const page = newPage([new Error("away"), { versions: 1, again: null }]);
  await page.open.hear({ versions: 0, again: 2_000 });
  await page.tick(2_000);
  await page.tick(10_000);
  assert.equal(page.sent.length, 1);
  await page.tick(20_000);
  assert.deepEqual([page.sent.length, page.looks()], [2, 1]);
});

test("what is read is looked for unasked only where the worker says so", async () => {
  const calm = newPage([false]);
  await calm.RowbackPast.consider(calm.open, calm.life.signal);
  assert.deepEqual([calm.sent, calm.looks()], [["may-seek"], 0]);
  const wanting = newPage([true, { versions: 0, again: null }]);
  await wanting.RowbackPast.consider(wanting.open, wanting.life.signal);
  assert.deepEqual([wanting.sent, wanting.looks()], [["may-seek", "seek-read"], 1]);
});

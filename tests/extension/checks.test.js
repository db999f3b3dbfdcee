/** A look that a reader asks for, and a page that is sent once: what is asked, told to the page, and said. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { BACKEND, PAGE, article, check, history, problem } from "./answers.js";
import { OWN, newBrowser } from "./fake-browser.js";

newBrowser();
const { route } = await import("../../extension/background/router.js");
const { againIn } = await import("../../extension/background/check-requests.js");
const { toldOfCheck } = await import("../../extension/shared/check-words.js");

const SENDER = { id: "rowback", url: PAGE, frameId: 0, tab: { id: 3, incognito: false, url: PAGE } };
const HTML = "<p>It costs 6 million.";
const CHECK = "/api/v1/articles/7/check";
const NOW = Date.parse("2026-01-02T09:30:00Z");
const OVER = { state: "done", outcome: "unchanged", ended_at: "2026-01-02T09:28:00Z" };

let world;
let found;
let isNew;
let stored;
beforeEach(async () => {
  world = newBrowser();
  world.preset = { backend: BACKEND, token: "t" };
  world.address = PAGE;
  world.page = ({ name }) => (name === "snapshot" ? { url: PAGE, html: HTML, canonical: null } : true);
  world.answer = answer;
  found = check();
  isNew = true;
  stored = article();
  await fromPage({ name: "look", url: PAGE, canonical: null });
  world.requests.length = 0;
});
afterEach(() => mock.timers.reset());

/** @param {{method: string, path: string}} request */
function answer({ method, path }) {
  if (path === "/api/v1/captures")
    return { body: { article: stored, version: 1, new_version: isNew }, status: isNew ? 201 : 200 };
  if (path === "/api/v1/edits") return { body: history() };
  if (path !== CHECK) return problem(404, "not-found");
  return { status: method === "POST" && found.ended_at === null ? 202 : 200, body: { check: found, article: stored } };
}

const fromPage = (message, sender = SENDER) => route(message, sender, OWN);
const fromOurPage = (message) => route(message, { id: "rowback", url: `${OWN}popup/index.html` }, OWN);
const told = () => world.said.filter(({ name }) => name === "check");
const asked = () => world.requests.map(({ method, path, body }) => [method, path, body]);

test("the press has the backend look, which is told nothing but which article", async () => {
  const { value } = await fromOurPage({ name: "check-now", tab: 3 });
  assert.deepEqual(asked(), [["POST", CHECK, {}]]);
  assert.deepEqual([value.check.state, value.again, value.host], ["queued", 1_500, "news.example"]);
  assert.deepEqual(told(), [{ tab: 3, name: "check", check: { versions: 2, again: 1_500 }, isNew: false }]);
  assert.equal(
    world.said.some(({ name }) => name === "snapshot"),
    false,
  );
});

test("popup and page ask on, the page about its own article alone", async () => {
  found = check(OVER);
  stored = article({ version_count: 3 });
  assert.equal((await fromOurPage({ name: "check", tab: 3 })).value.again, null);
  assert.deepEqual((await fromPage({ name: "check-here" })).value, { versions: 3, again: null });
  const other = { ...SENDER, tab: { ...SENDER.tab, id: 4 } };
  assert.equal((await fromPage({ name: "check-here" }, other)).error.code, "no-page");
  assert.equal((await fromPage({ name: "check-here" }, { ...SENDER, frameId: 2 })).error.code, "no-page");
  for (const name of ["check-now", "check", "show-changed"])
    assert.equal((await fromPage({ name, tab: 3 })).error.code, "unknown-message", name);
});

test("of a tab whose article is not known nothing is asked", async () => {
  assert.equal((await fromOurPage({ name: "check-now", tab: 9 })).error.code, "no-page");
  assert.deepEqual(asked(), []);
});

test("what changed is sent once, the backend looks too, and the page looks again without loading", async () => {
  const { value } = await fromOurPage({ name: "show-changed", tab: 3 });
  assert.deepEqual(value, { isNew: true });
  assert.deepEqual(asked(), [
    ["POST", "/api/v1/captures", { url: PAGE, html: HTML, origin: "browser" }],
    ["POST", CHECK, {}],
  ]);
  assert.deepEqual(
    told().map((one) => one.isNew),
    [true],
  );
  assert.equal(
    world.said.some(({ name }) => name === "reconsider"),
    false,
  );
});

test("what the backend had already is said to be nothing new", async () => {
  isNew = false;
  assert.deepEqual((await fromOurPage({ name: "show-changed", tab: 3 })).value, { isNew: false });
  assert.deepEqual(
    told().map((one) => one.isNew),
    [false],
  );
});

test("a page that shows nothing yet is begun anew", async () => {
  world.page = ({ name }) => (name === "snapshot" ? { url: PAGE, html: HTML, canonical: null } : null);
  await fromOurPage({ name: "show-changed", tab: 3 });
  assert.ok(world.said.some(({ name }) => name === "reconsider"));
});

test("that the page is stored does not fail with a backend that cannot look", async () => {
  world.answer = (request) => (request.path === CHECK ? problem(404, "not-found") : answer(request));
  assert.deepEqual((await fromOurPage({ name: "show-changed", tab: 3 })).value, { isNew: true });
  assert.deepEqual(
    told().map((one) => one.check.again),
    [null],
  );
});

test("without the reader's leave for text nothing is sent, nor is the backend asked", async () => {
  globalThis.browser.runtime.getBrowserInfo = async () => ({ name: "Firefox" });
  assert.equal((await fromOurPage({ name: "show-changed", tab: 3 })).error.code, "text-refused");
  assert.deepEqual(asked(), []);
});

test("an answer that is none is refused", async () => {
  for (const change of [{ state: "lost" }, { next_at: "soon" }, { reason_told: 7 }]) {
    world.answer = () => ({ body: { check: check(change), article: article() }, strange: true });
    assert.equal((await fromOurPage({ name: "check", tab: 3 })).error.code, "backend-strange");
  }
});

test("a reason is said in the reader's language, and in English where the backend is one of before", async () => {
  const reason = "the server answered 500";
  for (const [translated, said] of [
    ["der Server antwortete mit 500", "der Server antwortete mit 500"],
    [null, reason],
  ]) {
    found = check({ ...failed("failed", reason), reason_told: translated });
    world.requests.length = 0;
    const { value } = await fromOurPage({ name: "check", tab: 3 });
    const [line] = toldOfCheck(value, BACKEND, NOW);
    assert.equal(line, `The page could not be read (${said}). Try again later.`);
  }
  const [{ headers }] = world.requests;
  assert.equal(headers["Accept-Language"], "en");
});

test("it is asked again soon while the poller is at it, at the hour when it waits, seldom when nobody is", () => {
  assert.equal(againIn(null, NOW), null);
  assert.equal(againIn(check(OVER), NOW), null);
  assert.equal(againIn(check(), NOW), 1_500);
  assert.equal(againIn(check({ state: "waiting", next_at: "2026-01-02T09:30:05Z" }), NOW), 6_500);
  assert.equal(againIn(check({ state: "waiting", next_at: "2026-01-03T09:30:05Z" }), NOW), 60_000);
  assert.equal(againIn(check({ attended: false }), NOW), 30_000);
});

const failed = (outcome, reason = null) => ({ ...OVER, state: "failed", outcome, reason });
const SAID = [
  ["asked for", {}, ["Asked: your backend looks in a moment."]],
  ["being looked at", { state: "checking" }, ["Looking at news.example …"]],
  ["unchanged", OVER, ["Looked 2 minutes ago: unchanged."]],
  ["edited", { ...OVER, outcome: "edited" }, ["Looked 2 minutes ago: there is a new version."]],
  ["missing", failed("missing"), ["The page is not there any more. What is stored stays."]],
  ["gone", failed("gone"), ["The page is not there any more. What is stored stays."]],
  [
    "refused",
    failed("refused"),
    ["news.example does not let programs read this page. What you read here yourself can still be kept."],
  ],
  [
    "blocked",
    failed("blocked"),
    ["news.example turned your backend away, and is left alone for a while. Try again later."],
  ],
  ["unreachable", failed("unreachable"), ["news.example does not answer just now. Try again later."]],
  [
    "failed",
    failed("failed", "the server answered 500"),
    ["The page could not be read (the server answered 500). Try again later."],
  ],
  [
    "failed, in the reader's language",
    { ...failed("failed", "The packed page is broken."), reason_told: "Die gepackte Seite ist beschädigt." },
    ["The page could not be read (Die gepackte Seite ist beschädigt). Try again later."],
  ],
  [
    "waiting for nobody",
    { attended: false },
    ["Asked, but nothing looks just now. Start “rowback serve” or “rowback poll”."],
  ],
];
for (const [name, change, lines] of SAID) {
  test(`what is ${name} is said in the reader's words`, () => {
    const report = { check: check(change), again: null, host: "news.example", next: null };
    assert.deepEqual(toldOfCheck(report, BACKEND, NOW), lines);
  });
}

test("what waits says until when and why; what failed says when it is checked in turn", () => {
  mock.timers.enable({ apis: ["Date"], now: new Date(2026, 0, 2, 9).getTime() });
  const at = new Date(2026, 0, 2, 9, 40).toISOString();
  const waits = check({ state: "waiting", next_at: at, reason: "the server answered 429" });
  const [line] = toldOfCheck({ check: waits, again: 1, host: "news.example", next: null }, BACKEND, Date.now());
  assert.match(line, /^Asked: news\.example is not visited before 9:40\sAM\. \(the server answered 429\)$/);
  const report = { check: check(failed("unreachable")), again: null, host: "news.example", next: at };
  assert.match(toldOfCheck(report, BACKEND, Date.now())[1], /^The next check in turn: 9:40\sAM\.$/);
});

test("before the press it is said what it does", () => {
  assert.ok(toldOfCheck(null, BACKEND, NOW)[0].includes(BACKEND));
});

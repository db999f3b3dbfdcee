/** What the first stage does by itself, and when it asks for the second: once, and for nothing but an article. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { FIRST } from "../../extension/background/content-files.js";
import { run } from "./content-scope.js";

const STORY = "https://echo.example/2026/story";
const TURN_MS = 300;

let page;
beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  page = newFirstStage();
});
afterEach(() => {
  page.main.stop();
  mock.timers.reset();
});

/** Promises that are due have run; the clock of the test stands still meanwhile. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

const globals = () => ({ AbortController, AbortSignal, setTimeout, clearTimeout, console, Error });

/** What is found once the page was read, with pauses. @param {{isArticle?: boolean, pauses?: number}} state */
function* judged(state) {
  for (let pause = 0; pause < (state.pauses ?? 0); pause += 1) yield;
  return state.isArticle ?? null;
}

class HTMLDocument extends EventTarget {
  body = {};
  contentType = "text/html";
  visibilityState = "visible";
  documentElement = {};
  /** Nothing begins before it is shown: until then the test sets up what it finds. */
  prerendering = true;
  querySelector = () => null;
}

/** @param {{change?: () => void}} state */
function observerOf(state) {
  return class {
    constructor(tell) {
      state.change = tell;
    }
    observe() {}
    disconnect() {}
    takeRecords() {}
  };
}

/** The worker, as the page's messages meet it. */
function wireOf(state) {
  const sendMessage = async ({ name }) => {
    state.said.push(name);
    if (name === "rest") await state.bring();
    if (state.fails?.has(name)) return { ok: false, error: { code: "no-page", message: "" } };
    return { ok: true, value: state.worker[name] ?? null };
  };
  const onMessage = { addListener: (listener) => (state.hear = listener), removeListener: () => {} };
  return { runtime: { id: "rowback", sendMessage, onMessage } };
}

/**
 * The first stage in a page that is an article when `page.isArticle` says so, and a worker that answers as
 * `page.worker` says.
 */
function newFirstStage() {
  const state = {
    isArticle: false,
    now: 0,
    said: [],
    worker: { "is-followed": false, "may-mark-links": false, allowed: true, look: "answer", leave: null },
    bring: () => scope.RowbackRest.arrived(secondStage(state)),
    visits: [],
    marked: 0,
  };
  const events = new EventTarget();
  const location = { href: STORY };
  const document = new HTMLDocument();
  const scope = run(FIRST, {
    browser: wireOf(state),
    document,
    HTMLDocument,
    HTMLLinkElement: class {},
    MutationObserver: observerOf(state),
    location,
    ...globals(),
    // As slow as a page can be: each look at it takes a slice.
    performance: { now: () => (state.now += 10) },
    scheduler: { yield: () => new Promise((resolve) => (state.goOn = resolve)) },
    addEventListener: (...args) => events.addEventListener(...args),
    navigation: events,
  });
  Object.assign(scope.RowbackArticle, { judging: () => judged(state) });
  Object.assign(scope.RowbackPageKind, { reading: () => judged({}), kindOf: () => "front-page" });
  return Object.assign(state, {
    main: scope.RowbackMain,
    show: async () => {
      document.dispatchEvent(new Event("prerenderingchange"));
      await settled();
    },
    go: async (href) => {
      location.href = href;
      events.dispatchEvent(new Event("currententrychange"));
      mock.timers.tick(TURN_MS);
      await settled();
    },
    // As it comes from another realm, copied.
    ask: (message) =>
      new Promise((resolve) => state.hear(message, { id: "rowback" }, (reply) => resolve(structuredClone(reply)))),
    count: (name) => state.said.filter((each) => each === name).length,
  });
}

function secondStage(state) {
  return {
    lookUp: (visit, asked) => {
      state.visits.push({ visit, asked });
      return {
        settled: Promise.resolve(),
        report: () => ({ state: "unknown" }),
        freshness: () => null,
        hear: ({ name }) => `${name} of what is shown`,
      };
    },
    markLinks: async () => {
      state.marked += 1;
    },
    hear: ({ name }) => `${name} of the text`,
  };
}

test("a page that is no article asks for no second stage, and says nothing but that it is not followed", async () => {
  await page.show();
  assert.deepEqual(page.said, ["is-followed", "may-mark-links"]);
  assert.deepEqual(await page.ask({ name: "describe" }), { state: "not-article", kind: "front-page" });
  for (const name of ["set-mode", "open-first", "step"]) assert.equal(await page.ask({ name }), null, name);
  assert.equal(page.count("rest"), 0);
});

test("an article is asked about while the second stage is on its way, and handed over", async () => {
  page.isArticle = true;
  let arrive;
  const { bring } = page;
  page.bring = () => new Promise((resolve) => (arrive = resolve)).then(bring);
  await page.show();
  assert.deepEqual(page.said, ["look", "rest"]);
  assert.equal(page.visits.length, 0);
  arrive();
  await settled();
  assert.equal(await page.visits[0].asked, "answer");
  assert.deepEqual(await page.ask({ name: "describe" }), { state: "unknown" });
  assert.equal(await page.ask({ name: "step" }), "step of what is shown");
});

test("a page that moves without loading asks for it once, with its first article", async () => {
  await page.show();
  page.isArticle = true;
  await page.go(`${STORY}-2`);
  await page.go(`${STORY}-3`);
  assert.deepEqual([page.count("look"), page.count("rest"), page.visits.length], [2, 1, 2]);
  assert.equal(page.visits[0].visit.signal.aborted, true);
  page.isArticle = false;
  await page.go("https://echo.example/");
  assert.equal((await page.ask({ name: "describe" })).state, "not-article");
  assert.equal(page.count("rest"), 1);
});

test("a page that was left while it came is not looked up", async () => {
  page.isArticle = true;
  let arrive;
  const { bring } = page;
  page.bring = () => new Promise((resolve) => (arrive = resolve)).then(bring);
  await page.show();
  page.isArticle = false;
  await page.go("https://echo.example/");
  arrive();
  await settled();
  assert.equal(page.visits.length, 0);
  page.isArticle = true;
  await page.go(`${STORY}-2`);
  assert.deepEqual([page.visits.length, page.count("rest")], [1, 1]);
});

test("text that comes late, what is followed, and the reader's word bring it", async () => {
  await page.show();
  page.isArticle = true;
  page.change();
  mock.timers.tick(400);
  await settled();
  assert.equal(page.visits.length, 1);
  page.main.stop();

  page = newFirstStage();
  page.worker["is-followed"] = true;
  await page.show();
  assert.equal(page.visits[0].visit.options.force, true);
  page.main.stop();

  page = newFirstStage();
  await page.show();
  assert.equal((await page.ask({ name: "describe", force: true })).state, "unknown");
  assert.equal(page.visits[0].visit.options.force, true);
});

test("the page's text is read where nothing is shown, too", async () => {
  await page.show();
  assert.equal(await page.ask({ name: "snapshot" }), "snapshot of the text");
  assert.equal(await page.ask({ name: "open-edit" }), "open-edit of the text");
  assert.equal(page.count("rest"), 1);
});

test("links are marked for who wants it, and as long as the page is a front", async () => {
  page.worker["may-mark-links"] = true;
  await page.show();
  assert.deepEqual([page.marked, page.count("rest"), page.count("look")], [1, 1, 0]);
});

test("one that did not come is told as a failure, and asked for again when the reader looks", async () => {
  page.isArticle = true;
  const { bring } = page;
  page.bring = () => {};
  await page.show();
  assert.deepEqual(await page.ask({ name: "describe" }), { state: "error", code: "no-worker" });
  page.fails = new Set(["rest"]);
  assert.deepEqual(await page.ask({ name: "describe" }), { state: "error", code: "no-page" });
  page.fails = null;
  page.bring = bring;
  assert.deepEqual(await page.ask({ name: "describe" }), { state: "unknown" });
});

test("a site that is switched on again finds it where it was", async () => {
  page.isArticle = true;
  await page.show();
  page.worker.allowed = false;
  await page.ask({ name: "reconsider" });
  assert.equal(page.visits[0].visit.signal.aborted, true);
  page.worker.allowed = true;
  await page.ask({ name: "reconsider" });
  await settled();
  assert.deepEqual([page.visits.length, page.count("rest")], [2, 1]);
});

test("a long page is judged with pauses, and left meanwhile it is asked about no more", async () => {
  Object.assign(page, { isArticle: true, pauses: 2 });
  await page.show();
  assert.deepEqual(page.said, []);
  page.goOn();
  await settled();
  page.goOn();
  await settled();
  assert.deepEqual(page.said, ["look", "rest"]);
  await page.go("https://echo.example/2026/another");
  const { goOn } = page;
  await page.go("https://echo.example/2026/third");
  goOn();
  await settled();
  assert.deepEqual(page.said, ["look", "rest", "leave", "leave"]);
});

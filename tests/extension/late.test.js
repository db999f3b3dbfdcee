/** When a page that goes on changing is read again, by a clock of the test's own. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { run } from "./content-scope.js";

const CALM_MS = 400;
/** Well past the time in which scripts put text in late. */
const LATER_MS = 60_000;

let page;
beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  page = newPage();
});
afterEach(() => mock.timers.reset());

/** A page of a height that changes when it is told to, with our code beside it. */
function newPage() {
  const observers = new Set();
  class MutationObserver {
    constructor(tell) {
      this.tell = tell;
    }
    observe() {
      observers.add(this);
    }
    disconnect() {
      observers.delete(this);
    }
    takeRecords() {}
  }
  const document = { documentElement: { scrollHeight: 1_000 } };
  const scope = run(["content/page/calm.js", "content/page/waiting.js", "content/page/late.js"], {
    document,
    MutationObserver,
    AbortController,
    AbortSignal,
    setTimeout,
    clearTimeout,
    Date,
    requestIdleCallback: (act) => act(),
  });
  /** Adds that much height, if any, and keeps still until that was heard of. */
  const change = async (growth = 0) => {
    document.documentElement.scrollHeight += growth;
    observers.forEach(({ tell }) => tell());
    mock.timers.tick(CALM_MS);
    await settled();
  };
  return { ...scope.RowbackCalm, ...scope.RowbackLate, change, observers };
}

/** Promises that are due have run; the clock of the test stands still meanwhile. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

function viewOf(state) {
  const view = {
    readings: 0,
    isIncomplete: () => state.isIncomplete ?? false,
    isBroken: () => state.isBroken ?? false,
    roots: () => [],
  };
  return Object.assign(view, {
    read: async () => {
      view.readings += 1;
    },
  });
}

async function watched(state) {
  const leaving = new AbortController();
  const view = viewOf(state);
  page.reread(view, leaving.signal);
  await settled();
  return { view, leave: () => leaving.abort() };
}

test("what is missing is sought after any change while text may come late", async () => {
  const { view } = await watched({ isIncomplete: true });
  await page.change();
  await page.change();
  assert.equal(view.readings, 2);
});

test("later it is sought when the page has grown, each time that it has", async () => {
  const { view } = await watched({ isIncomplete: true });
  mock.timers.tick(LATER_MS);
  await page.change(2_000);
  assert.equal(view.readings, 1);
  await page.change();
  assert.equal(view.readings, 1, "a change that adds no height brings nothing");
  await page.change(-500);
  assert.equal(view.readings, 1, "nor does one that takes some away");
  mock.timers.tick(LATER_MS);
  await page.change(2_000);
  assert.equal(view.readings, 2);
});

test("with everything found, a page may grow and change as it likes", async () => {
  const { view } = await watched({});
  await page.change();
  mock.timers.tick(LATER_MS);
  await page.change(2_000);
  assert.equal(view.readings, 0);
});

test("a page that took away what we stand at is read again whenever it did", async () => {
  const { view } = await watched({ isBroken: true });
  mock.timers.tick(LATER_MS);
  await page.change();
  assert.equal(view.readings, 1);
});

test("a page that rewrites itself for ever is left as it was found", async () => {
  const { view } = await watched({ isBroken: true });
  for (let time = 0; time < 40; time += 1) await page.change();
  assert.equal(view.readings, 25);
  assert.equal(page.observers.size, 0);
});

test("a page that was left is not observed", async () => {
  const { view, leave } = await watched({ isIncomplete: true });
  leave();
  await page.change(2_000);
  assert.equal(view.readings, 0);
  assert.equal(page.observers.size, 0);
});

const isNone = async () => false;

test("what changes while the page is looked at has it looked at again", async () => {
  const looks = [];
  const isThere = () => new Promise((resolve) => looks.push(resolve));
  const came = page.arrives(isThere, isNone, new AbortController().signal);
  await page.change();
  await page.change();
  assert.equal(looks.length, 3);
  looks[0](false);
  looks[1](false);
  await settled();
  looks[2](true);
  assert.equal(await came, true);
});

test("what comes before the first look has ended, or before it is known to be wanted, is not missed", async () => {
  for (const awaited of ["look", "answer"]) {
    let isThere = false;
    let end;
    const held = new Promise((resolve) => (end = resolve));
    const look = async () => {
      const seen = isThere;
      if (awaited === "look") await held;
      return seen;
    };
    const ask = async () => {
      if (awaited === "answer") await held;
      return false;
    };
    const came = page.arrives(look, ask, new AbortController().signal);
    await settled();
    isThere = true;
    await page.change();
    end();
    assert.equal(await came, true, awaited);
  }
});

test("an article that is there needs no answer, and a page that is wanted no article", async () => {
  let asked = 0;
  const isWanted = async () => {
    asked += 1;
    return true;
  };
  assert.equal(await page.arrives(async () => true, isWanted, new AbortController().signal), true);
  assert.equal(asked, 0);
  assert.equal(await page.arrives(isNone, isWanted, new AbortController().signal), true);
  assert.equal(asked, 1);
  assert.equal(page.observers.size, 0);
});

test("an article that comes late is waited for, and one that never comes given up", async () => {
  let isThere = false;
  const came = page.arrives(async () => isThere, isNone, new AbortController().signal);
  await page.change();
  isThere = true;
  await page.change();
  assert.equal(await came, true);

  const never = page.arrives(isNone, isNone, new AbortController().signal);
  mock.timers.tick(LATER_MS);
  assert.equal(await never, false);

  const busy = page.arrives(isNone, isNone, new AbortController().signal);
  for (let time = 0; time < 6; time += 1) await page.change();
  assert.equal(await busy, false);
  assert.equal(page.observers.size, 0);
});

test("a look that fails is told", async () => {
  const fails = async () => {
    throw new Error("no");
  };
  await assert.rejects(page.arrives(fails, isNone, new AbortController().signal), /no/);
});

/** When a backend that is away is asked again, by a clock of the test's own. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { run } from "./content-scope.js";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

/** A page whose visits end as they are told to. */
function newPage() {
  const location = { href: "https://echo.example/1" };
  const { RowbackRetry } = run(["content/retry.js"], { location, setTimeout, clearTimeout });
  let asked = 0;
  const end = (/** @type {object} */ report, signal = new AbortController().signal) =>
    RowbackRetry.later({ report, options: { again: () => (asked += 1) }, signal });
  /** How often it is asked again when every visit ends so. */
  const often = (/** @type {object} */ report) => {
    const before = asked;
    for (let seen = -1; seen !== asked; mock.timers.tick(60_000)) {
      seen = asked;
      end(report);
    }
    return asked - before;
  };
  return { location, end, often, asked: () => asked };
}

const DOWN = { state: "error", code: "backend-down" };

test("what may pass is asked about a few times in a row, and then no more", () => {
  const page = newPage();
  assert.equal(page.often(DOWN), 5);
  assert.equal(page.often(DOWN), 0);
});

test("after an answer, and at another address, it is tried anew", () => {
  const page = newPage();
  assert.equal(page.often(DOWN), 5);
  page.end({ state: "none" });
  assert.equal(page.often(DOWN), 5);
  page.location.href = "https://echo.example/2";
  assert.equal(page.often(DOWN), 5);
});

test("what does not pass is not asked about again", () => {
  const page = newPage();
  for (const code of ["not-connected", "bug", "backend-strange"]) assert.equal(page.often({ state: "error", code }), 0);
  assert.equal(page.often({ state: "unknown" }), 0);
});

test("nor a page that was left", () => {
  const page = newPage();
  const leaving = new AbortController();
  page.end(DOWN, leaving.signal);
  leaving.abort();
  mock.timers.tick(60_000);
  assert.equal(page.asked(), 0);
});

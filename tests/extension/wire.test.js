/** What goes over the wire: pages packed, and answers of what stands before the backend told as what they are. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { BACKEND, PAGE, article, problem } from "./answers.js";
import { run } from "./content-scope.js";
import { OWN, newBrowser } from "./fake-browser.js";

newBrowser();
const { route } = await import("../../extension/background/router.js");

const HTML = `<p>${"The ferry sails at six, and again at nine. ".repeat(2_000)}`;
const SHORT = "<p>Now";
const stored = ({ method }) =>
  method === "PUT"
    ? { body: { article: article() } }
    : { status: 201, body: { article: article(), version: 1, new_version: true } };
const SENDER = { id: "rowback", url: `${OWN}popup/index.html` };

let world;
let html;
beforeEach(() => {
  world = newBrowser();
  world.preset = { backend: BACKEND, token: "t" };
  html = HTML;
  world.page = ({ name }) => (name === "snapshot" ? { url: PAGE, html, canonical: null } : true);
  world.answer = stored;
});

const follow = () => route({ name: "follow", tab: 3 }, SENDER, OWN);
const captures = () => world.requests.filter(({ path }) => path === "/api/v1/captures");
const codings = () => captures().map(({ headers }) => headers["Content-Encoding"]);

test("a page is sent packed, and says the same", async () => {
  assert.equal((await follow()).ok, true);
  const [sent] = captures();
  assert.deepEqual(codings(), ["gzip"]);
  assert.equal(sent.headers["Content-Type"], "application/json");
  assert.equal(sent.body.html, HTML);
  assert.ok(sent.bytes < HTML.length / 10, `${sent.bytes} of ${HTML.length}`);
});

test("what is short is sent as it is", async () => {
  html = SHORT;
  assert.equal((await follow()).ok, true);
  assert.deepEqual(codings(), [undefined]);
});

/** As `answer` where a body is packed, stored where it is not. */
const notPacked = (answer) => (request) => (request.headers["Content-Encoding"] ? answer() : stored(request));

for (const [what, answer] of Object.entries({
  "a backend of before": () => problem(400, "bad-input"),
  "a backend that takes other packing": () => problem(415, "wrong-coding"),
  "a proxy that refuses packed bodies": () => ({ status: 400, body: "<html>Bad Request</html>", strange: true }),
  "a proxy that says so": () => ({ status: 415, body: "", strange: true }),
  "a backend of before whose leave the browser asks first": () => {
    throw new TypeError("Failed to fetch");
  },
})) {
  test(`to ${what} a page is sent again as it is`, async () => {
    world.answer = notPacked(answer);
    assert.equal((await follow()).ok, true);
    assert.deepEqual(codings(), ["gzip", undefined]);
    assert.equal(captures()[1].body.html, HTML);
  });
}

for (const [status, code] of [
  [413, "too-large"],
  [422, "not-an-article"],
  [503, "busy"],
  [403, "insufficient-scope"],
]) {
  test(`a page that is refused as ${code} is not sent again`, async () => {
    world.answer = () => problem(status, code);
    assert.equal((await follow()).error.code, code);
    assert.deepEqual(codings(), ["gzip"]);
  });
}

test("what fails both ways fails as it did the second time", async () => {
  world.answer = () => problem(400, "bad-input");
  assert.equal((await follow()).error.code, "bad-input");
  assert.deepEqual(codings(), ["gzip", undefined]);
});

/** Bodies of proxies: pages, JSON of their own, problems that are not ours, nothing. */
const WORDS = [
  "<html><center><h1>nginx</h1></center></html>",
  "",
  '{"message": "Request Too Long"}',
  '{"code": "too-long", "message": "no"}',
  '{"type": "about:blank", "code": "upstream-error", "title": "Bad"}',
  "null",
  '["no"]',
];

for (const [status, code, said] of [
  [413, "proxy-too-large", "larger than the proxy"],
  [502, "proxy-down", "the backend behind it does not"],
  [503, "proxy-down", "the backend behind it does not"],
  [521, "proxy-down", "the backend behind it does not"],
  [504, "proxy-slow", "waited too long"],
  [524, "proxy-slow", "waited too long"],
  [401, "proxy-refused", "refused this, and the backend was not asked"],
  [403, "proxy-refused", "refused this, and the backend was not asked"],
  [429, "too-many-attempts", "Too many"],
  [408, "backend-slow", "takes too long"],
  [404, "backend-strange", "not a Rowback backend"],
  [500, "backend-strange", "not a Rowback backend"],
]) {
  test(`${status} of a proxy is told as ${code}, whatever it says beside it`, async () => {
    html = SHORT;
    for (const body of WORDS) {
      world.answer = () => ({ status, body, strange: true });
      const { error } = await follow();
      assert.equal(error.code, code, body);
      assert.ok(error.message.includes(said), error.message);
    }
  });
}

test("the same numbers in a backend's own words are told by those", async () => {
  html = SHORT;
  for (const [status, code] of [
    [413, "too-large"],
    [502, "fetch-failed"],
    [503, "store-unavailable"],
    [401, "no-token"],
  ]) {
    world.answer = () => problem(status, code);
    assert.equal((await follow()).error.code, code);
  }
});

test("while a proxy waits for the backend, the page asks again", () => {
  const timers = [];
  const globals = { location: { href: PAGE }, setTimeout: (act) => timers.push(act), clearTimeout: () => {} };
  const { RowbackRetry } = run(["content/retry.js"], globals);
  for (const code of ["proxy-down", "proxy-slow", "proxy-refused", "proxy-too-large"]) {
    RowbackRetry.later({
      report: { state: "error", code },
      options: { again: code },
      signal: new AbortController().signal,
    });
  }
  assert.deepEqual(timers, ["proxy-down", "proxy-slow"]);
});

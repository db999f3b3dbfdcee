/** Pairing as the extension does it: a person asks, a code is shown, the owner answers at the backend. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { BACKEND, CODE, HEALTH, PAGE, PAIRING as BEGUN, history, problem, wellAnswer } from "./answers.js";
import { OWN, newBrowser } from "./fake-browser.js";

newBrowser();
const { route } = await import("../../extension/background/router.js");

const OUR_SENDER = { id: "rowback", url: `${OWN}onboarding/index.html` };
const PAGE_SENDER = { id: "rowback", url: PAGE, frameId: 0, tab: { id: 3, incognito: false } };
let world;
let clock;
beforeEach((context) => {
  world = newBrowser();
  context.mock?.timers?.reset?.();
  clock = 1_700_000_000_000;
  Date.now = () => clock;
});

const connection = async (retry = false) => (await route({ name: "connection", retry }, OUR_SENDER, OWN)).value;
const look = () => route({ name: "look", url: PAGE, canonical: null }, PAGE_SENDER, OWN);
const asked = (path) => world.requests.filter((request) => request.path === path);

/** A backend whose owner says what `decide` was last told. */
function backend(begun = BEGUN) {
  let said = problem(400, "pairing-pending");
  world.answer = (request) => {
    const { path, headers } = request;
    if (path === "/api/v1/health") return { body: HEALTH };
    if (path === "/api/v1/pair") return { status: 202, body: begun, strange: begun !== BEGUN };
    if (path === "/api/v1/pair/token") return said;
    if (headers.Authorization !== "Bearer given") return problem(401, "no-token");
    return path === "/api/v1/edits" ? { body: history() } : wellAnswer(request);
  };
  return {
    yes: () => {
      said = { body: { token: "given", scope: "owner" } };
    },
    no: () => {
      said = problem(400, "pairing-denied");
    },
    over: () => {
      said = problem(400, "pairing-expired");
    },
  };
}

test("a person asks, sees a code, and is connected once the owner said yes", async () => {
  const owner = backend();
  const first = await connection(true);
  assert.equal(first.error.code, "pairing-pending");
  assert.deepEqual(first.pairing, { code: CODE, confirm: BEGUN.confirm, interval: 2000 });
  assert.ok(!JSON.stringify(first).includes(BEGUN.device_code), "the long code stays in the worker");
  owner.yes();
  clock += 2000;
  assert.equal((await connection()).connected, true);
  assert.equal((await look()).ok, true);
  assert.equal(asked("/api/v1/pair").length, 1);
  assert.match(asked("/api/v1/pair")[0].body.name, /^Rowback in /);
});

for (const [agent, name] of [
  ["(X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0", "Firefox on Linux"],
  ["(Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36", "Chrome on Windows"],
  ["(Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge on Windows"],
  ["(Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 OPR/127.0", "Opera on macOS"],
  ["(Android 15; Mobile; rv:142.0) Gecko/142.0 Firefox/142.0", "Firefox on Android"],
  ["(Linux; Android 10; K) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36", "Chrome on Android"],
  ["(X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36", "Chrome on ChromeOS"],
  ["of nobody", "? on ?"],
])
  test(`the owner is told that ${name} asks`, async () => {
    backend();
    Object.defineProperty(navigator, "userAgent", { value: `Mozilla/5.0 ${agent}`, configurable: true });
    await connection(true);
    assert.equal(asked("/api/v1/pair")[0].body.name, `Rowback in ${name}`);
  });

test("nothing is begun that nobody asked for", async () => {
  backend();
  assert.equal((await connection()).error.code, "not-connected");
  assert.equal((await look()).error.code, "not-connected");
  assert.equal(asked("/api/v1/pair").length, 0);
});

test("it asks no sooner than the backend wants, whoever is curious", async () => {
  backend();
  await connection(true);
  for (let n = 0; n < 5; n++) await Promise.all([connection(), connection(true), look()]);
  assert.equal(asked("/api/v1/pair/token").length, 0);
  clock += 2000;
  await Promise.all([connection(), connection(), look()]);
  assert.equal(asked("/api/v1/pair/token").length, 1);
  assert.equal(asked("/api/v1/pair").length, 1, "one pairing at a time");
});

for (const [answer, code] of [
  ["no", "pairing-denied"],
  ["over", "pairing-expired"],
]) {
  test(`${code} is told, and a person may begin anew`, async () => {
    const owner = backend();
    await connection(true);
    owner[answer]();
    clock += 2000;
    const told = await connection();
    assert.equal(told.error.code, code);
    assert.equal(told.pairing, null);
    assert.equal((await connection(true)).error.code, "pairing-pending");
    assert.equal(asked("/api/v1/pair").length, 2);
  });
}

test("a code that nobody answered is over by itself", async () => {
  backend();
  await connection(true);
  clock += 601_000;
  assert.equal((await connection()).error.code, "not-connected");
  assert.equal((await connection()).pairing, null);
});

test("a pairing belongs to the backend that it was begun with", async () => {
  backend();
  await connection(true);
  await route({ name: "set-backend", backend: "https://other.example", token: "" }, OUR_SENDER, OWN);
  clock += 2000;
  await connection();
  const elsewhere = world.requests.filter(({ address }) => address.startsWith("https://other.example"));
  assert.ok(elsewhere.length > 0);
  assert.ok(elsewhere.every(({ body }) => !JSON.stringify(body ?? "").includes(BEGUN.device_code)));
});

for (const [what, begun] of Object.entries({
  "a page elsewhere to say yes on": { ...BEGUN, confirm: "https://evil.example/pair" },
  "a script to say yes with": { ...BEGUN, confirm: "javascript:alert(1)" },
  "no code": { ...BEGUN, user_code: undefined },
  "a code that is no text": { ...BEGUN, device_code: { a: 1 } },
  "no time": { ...BEGUN, expires_in: -1 },
})) {
  test(`a backend that names ${what} is not believed`, async () => {
    backend(begun);
    const told = await connection(true);
    assert.equal(told.error.code, "backend-strange");
    assert.equal(told.pairing, null);
  });
}

test("a backend of before gives its token right away", async () => {
  world.answer = (request) => {
    const { path, headers } = request;
    if (path === "/api/v1/health") return { body: { status: "ok", version: "0.1.0" }, strange: true };
    if (path === "/api/v1/pair") return { status: 201, body: { token: "old" }, strange: true };
    return headers.Authorization === "Bearer old" ? wellAnswer(request) : problem(401, "no-token");
  };
  assert.equal((await connection(true)).connected, true);
});

test("what stands before the backend is told apart from it", async () => {
  void world.local.set({ token: "given" });
  for (const [status, code] of [
    [413, "proxy-too-large"],
    [502, "proxy-down"],
    [504, "proxy-slow"],
    [404, "backend-strange"],
  ]) {
    world.answer = () => ({ status, body: "<html>nginx</html>", strange: true });
    assert.equal((await look()).error.code, code);
  }
});

test("pages of the backend are opened by a link that signs in, and only its own", async () => {
  void world.local.set({ token: "given" });
  for (const [link, opened] of [
    [`${BACKEND}/sign-in?code=x`, `${BACKEND}/sign-in?code=x`],
    ["https://evil.example/sign-in?code=x", `${BACKEND}/`],
    ["javascript:alert(1)", `${BACKEND}/`],
    [undefined, `${BACKEND}/`],
  ]) {
    world.answer = () => ({ status: 201, body: { link, expires_in: 60 }, strange: !link?.startsWith("http") });
    await route({ name: "open-home" }, OUR_SENDER, OWN);
    assert.equal(world.tabs.at(-1).url, opened);
  }
  assert.deepEqual(asked("/api/v1/sign-in")[0].body, { next: "/" });
});

test("a backend without such links shows the page itself", async () => {
  void world.local.set({ token: "given" });
  world.answer = () => problem(404, "not-found");
  await route({ name: "open-home" }, OUR_SENDER, OWN);
  assert.equal(world.tabs.at(-1).url, `${BACKEND}/`);
});

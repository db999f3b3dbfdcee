/** The worker and the backend's document: what is asked is described; what a real backend answers is understood. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { BACKEND, PAGE } from "./answers.js";
import { cases } from "./content-scope.js";
import { described, openapi } from "./described.js";
import { OWN, newBrowser } from "./fake-browser.js";

newBrowser();
const { route } = await import("../../extension/background/router.js");
const API = described();
const REAL = cases("answers");
const BACKGROUND = new URL("../../extension/background/", import.meta.url);
const SENDER = { id: "rowback", url: PAGE, frameId: 0, tab: { id: 3, incognito: false } };

let world;
beforeEach(() => {
  world = newBrowser();
  world.preset = { backend: BACKEND, token: "t" };
  world.address = PAGE;
  world.page = ({ name }) => (name === "snapshot" ? { url: PAGE, html: "<p>Now", canonical: null } : null);
});

const fromPage = (message) => route(message, SENDER, OWN);
const fromOurPage = (message) => route(message, { id: "rowback", url: `${OWN}panel/index.html` }, OWN);
const real = (name) => REAL.find((one) => one.name === name);

for (const { why, schema, fits, fails } of cases("closing")) {
  test(`closed, ${why} takes what it says and nothing more`, () => {
    const a = { type: "object", properties: { a: { type: "integer" } } };
    const schemas = {
      A: a,
      B: { type: "object", properties: { b: { type: "integer" } } },
      Outer: { type: "object", properties: { inner: { $ref: "#/components/schemas/A" } } },
      Tree: { type: "object", properties: { under: { type: "array", items: { $ref: "#/components/schemas/Tree" } } } },
    };
    const responses = { 200: { content: { "application/json": { schema } } } };
    const one = described({ paths: { "/a": { get: { responses } } }, components: { schemas } });
    assert.deepEqual(
      fits.filter((value) => one.untrue("GET", "/a", 200, value).length),
      [],
    );
    assert.deepEqual(
      fails.filter((value) => !one.untrue("GET", "/a", 200, value).length),
      [],
    );
  });
}

test("what the worker asks is described, and there is a real answer to each", () => {
  const code = readdirSync(BACKGROUND)
    .map((file) => readFileSync(new URL(file, BACKGROUND), "utf8"))
    .join("\n");
  const asked = [...code.matchAll(/(["`])(\/api\/v1\/.*?)\1/g)].map(([, , address]) =>
    address.replace(/\?.*/, "").replace(/\$\{[^}]+\}/g, "7"),
  );
  assert.ok(asked.length >= 9);
  const templates = asked.map((path) => API.template(path) ?? `${path} is not described`);
  assert.deepEqual(new Set(templates), new Set(REAL.map(({ path }) => path)));
});

test("what is answered and not described is seen, here, whoever forgets", () => {
  const { body } = real("edits");
  assert.deepEqual(API.untrue("GET", "/api/v1/edits", 200, body), []);
  assert.notDeepEqual(API.untrue("GET", "/api/v1/edits", 200, { ...body, more: 1 }), []);
  assert.notDeepEqual(API.untrue("GET", "/api/v1/nothing", 200, body), []);
  assert.notDeepEqual(API.untrue("GET", "/api/v1/edits", 304, body), []);
  assert.notDeepEqual(API.unasked("GET", `${BACKEND}/api/v1/edits?url=a&since=b`, undefined), []);
  assert.notDeepEqual(API.unasked("POST", `${BACKEND}/api/v1/lookup`, { urls: "a" }), []);
  assert.notDeepEqual(API.unasked("POST", `${BACKEND}/api/v1/lookup`, undefined), []);
  assert.notDeepEqual(API.unasked("GET", `${BACKEND}/api/v1/health`, {}), []);
});

for (const { name, status, body } of REAL.filter(({ path }) => path === "/api/v1/edits")) {
  test(`a page is told what a real backend answers: ${name}`, async () => {
    world.answer = () => ({ status, body });
    const { ok, value, error } = await fromPage({ name: "look", url: PAGE, canonical: null });
    if (status < 400)
      assert.deepEqual([ok, value.edits.length, value.article.id], [true, body.edits.length, body.article.id]);
    else
      assert.deepEqual(
        [value?.article ?? null, value?.past?.again ?? null, error?.code],
        body.code === "unknown-article" ? [null, body.backfill ? 2_000 : null, undefined] : [null, null, body.code],
      );
  });
}

for (const { name, status, body } of REAL.filter(
  ({ path, status: one }) => path === "/api/v1/captures" && one >= 400,
)) {
  test(`a reader who follows a page is told what a real backend answers: ${name}`, async () => {
    world.answer = () => ({ status, body });
    const { error } = await fromOurPage({ name: "follow", tab: 3 });
    assert.equal(error.code, body.reason === "front-page" ? "front-page" : body.code);
  });
}

test("a page that is kept is new or not as a real backend says", async () => {
  await fromOurPage({ name: "set-reading", keep: true });
  for (const [name, isNew] of [
    ["a first version", true],
    ["the same again", false],
  ]) {
    const { status, body } = real(name);
    world.answer = () => ({ status, body });
    assert.equal((await fromPage({ name: "keep-read" })).value, isNew, name);
  }
});

test("pairing and the backend's version are read from a real backend's answers", async () => {
  world.preset = { backend: BACKEND };
  const answers = {
    "/api/v1/pair": real("pairing"),
    "/api/v1/pair/token": real("a pairing to which the owner said owner"),
    "/api/v1/health": real("health"),
    "/api/v1/articles": real("no articles"),
    "/api/v1/sign-in": real("signing in"),
  };
  world.answer = ({ path }) => answers[path];
  const { value } = await fromOurPage({ name: "connection", retry: true });
  assert.equal(value.pairing.code, real("pairing").body.user_code);
  const { pairing } = await world.session.get("pairing");
  await world.session.set({ pairing: { ...pairing, next: 0 } });
  const connected = (await fromOurPage({ name: "connection" })).value;
  assert.deepEqual([connected.connected, connected.version], [true, real("health").body.version]);
  const { token } = answers["/api/v1/pair/token"].body;
  assert.equal(world.requests.at(-1).headers.Authorization, `Bearer ${token}`);
  await fromOurPage({ name: "open-home" });
  assert.equal(world.tabs.at(-1).url, real("signing in").body.link);
});

test("every kind of edit and of block that is described has a name in the extension", () => {
  const messages = JSON.parse(
    readFileSync(new URL("../../extension/_locales/en/messages.json", import.meta.url), "utf8"),
  );
  const { kind, block } = openapi().components.schemas.Edit.properties;
  for (const each of kind.enum) assert.ok(`kind_${each}` in messages, each);
  for (const each of block.properties.kind.enum)
    assert.ok(`block_${each.replace(/^h[1-6]$/, "heading")}` in messages, each);
});

/** The extension and the backend say when the other is the older one. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { BACKEND, HEALTH, PAGE, wellAnswer } from "./answers.js";
import { OWN, newBrowser } from "./fake-browser.js";

newBrowser();
const { route } = await import("../../extension/background/router.js");
const { behind } = await import("../../extension/background/releases.js");

let world;
beforeEach(() => {
  world = newBrowser();
  world.preset = { backend: BACKEND, token: "t" };
  world.answer = wellAnswer;
});

const fromOurPage = (message) => route(message, { id: "rowback", url: `${OWN}popup/index.html` }, OWN);
const fromPage = (message) => route(message, { id: "rowback", url: PAGE, frameId: 0, tab: { id: 3 } }, OWN);
const popup = async () => (await fromOurPage({ name: "behind" })).value;

for (const [own, backend, speaks, who] of [
  ["0.2.0", "0.2.0", 1, null],
  ["0.2.0", "0.2", 1, null],
  ["0.2.0", "0.1.9", 1, "backend"],
  ["0.2.0", "0.10.0", 1, "extension"],
  ["0.10.0", "0.9.9", 1, "backend"],
  ["0.2.0", "0.3.0.dev1", 1, "extension"],
  ["0.2.0", "0.1.0", 2, "extension"],
  ["0.2.0", "0.2.0", 0, "backend"],
  ["0.2.0", "0.2.0", undefined, null],
  ["0.2.0", "0.2.0", "1", null],
  ["0.2.0", "new", 1, null],
  ["0.2.0", undefined, 1, null],
  ["0.2.0", ["0.1"], 1, null],
])
  test(`beside an extension ${own}, a backend ${backend} with API ${speaks}: ${who ?? "neither"} is behind`, () => {
    world.version = own;
    assert.equal(behind(backend, speaks)?.who ?? null, who);
  });

test("the backend's health says it where the connection is shown", async () => {
  world.version = "0.1.0";
  const told = (await fromOurPage({ name: "connection" })).value;
  assert.ok(told.connected);
  assert.deepEqual(told.behind, { who: "extension", backend: HEALTH.version, extension: "0.1.0" });
});

test("the popup knows it from the last answer, and asks nobody", async () => {
  world.version = "0.2.0";
  assert.equal(await popup(), null, "nothing was heard yet");
  world.release = "0.1.0";
  await fromPage({ name: "look", url: PAGE, canonical: null });
  const before = world.requests.length;
  assert.deepEqual(await popup(), { who: "backend", backend: "0.1.0", extension: "0.2.0" });
  assert.equal(world.requests.length, before);
  world.release = "0.2.0";
  await fromPage({ name: "look", url: PAGE, canonical: null });
  assert.equal(await popup(), null, "it was upgraded");
  world.release = "0.1.0";
  await fromPage({ name: "look", url: PAGE, canonical: null });
  world.preset = { backend: "https://elsewhere.example", token: "t" };
  assert.equal(await popup(), null, "another backend's release is none of this one's");
});

test("the extension's release goes with the token, to a backend that says its own, and to nobody else", async () => {
  for (const [release, told] of [
    [undefined, undefined],
    ["0.2.0", world.version],
  ]) {
    world.release = release;
    world.requests.length = 0;
    await fromOurPage({ name: "connection" });
    assert.deepEqual(
      world.requests.map(({ path, headers }) => [path, headers["Rowback-Extension"]]),
      [
        ["/api/v1/health", undefined],
        ["/api/v1/articles", told],
      ],
    );
  }
});

/** After the browser updated the extension the popup says so, until it is dismissed; no tab is opened for it. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { BACKEND, PAGE, wellAnswer } from "./answers.js";
import { OWN, newBrowser } from "./fake-browser.js";

newBrowser();
const { route } = await import("../../extension/background/router.js");
const { noteRelease } = await import("../../extension/background/releases.js");
const { noteUpdate } = await import("../../extension/background/updated.js");

let world;
beforeEach(() => {
  world = newBrowser();
  world.preset = { backend: BACKEND, token: "t" };
  world.answer = wellAnswer;
  world.version = "0.2.0";
});

const ask = (name) => route({ name }, { id: "rowback", url: `${OWN}popup/index.html` }, OWN);
const told = async () => (await ask("updated")).value;

test("a release that came is told until it is dismissed, and no tab is opened for it", async () => {
  assert.equal(await told(), null, "a new copy has nothing to tell");
  await noteUpdate("0.1.0");
  assert.deepEqual(await told(), { version: "0.2.0", has_news: true });
  assert.deepEqual(await told(), { version: "0.2.0", has_news: true }, "looking at it puts nothing away");
  assert.deepEqual(world.tabs, []);
  await ask("dismiss-update");
  assert.equal(await told(), null);
  assert.deepEqual([world.tabs, world.requests], [[], []], "and nobody was asked");
});

for (const before of ["0.2.0", undefined])
  test(`a copy that is loaded anew (before: ${before}) was not updated`, async () => {
    await noteUpdate(before);
    assert.equal(await told(), null);
  });

test("the next release is told for itself, and one that was taken back tells nothing", async () => {
  await noteUpdate("0.1.0");
  world.version = "0.3.0";
  assert.equal(await told(), null);
  await noteUpdate("0.2.0");
  assert.equal((await told()).version, "0.3.0");
});

test("what is new is told by a backend that this is connected to and that is not older", async () => {
  await noteUpdate("0.1.0");
  for (const [release, hasNews] of [
    ["0.2.0", true],
    ["0.1.9", false],
    ["0.3.0", true],
  ]) {
    await noteRelease(BACKEND, release);
    assert.equal((await told()).has_news, hasNews, release);
  }
  world.preset = { backend: BACKEND, token: null };
  assert.equal((await told()).has_news, false, "not connected");
});

test("what is new opens signed in, and is told no more then", async () => {
  await noteUpdate("0.1.0");
  assert.equal((await ask("open-news")).ok, true);
  assert.equal(world.tabs.length, 1);
  const asked = world.requests.find(({ path }) => path === "/api/v1/sign-in");
  assert.deepEqual(asked.body, { next: "/new" });
  assert.equal(await told(), null);
});

test("pages hear nothing of it, and put nothing away", async () => {
  await noteUpdate("0.1.0");
  for (const name of ["updated", "dismiss-update", "open-news"]) {
    const reply = await route({ name }, { id: "rowback", url: PAGE, frameId: 0, tab: { id: 3 } }, OWN);
    assert.equal(reply.error.code, "unknown-message");
  }
  assert.equal((await told()).version, "0.2.0");
});

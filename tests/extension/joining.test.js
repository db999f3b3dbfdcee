/** Joining a backend by an invitation, and leaving one: what is asked of it, and what is forgotten. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { HEALTH, PAGE, history, problem, wellAnswer } from "./answers.js";
import { OWN, newBrowser } from "./fake-browser.js";

newBrowser();
const { invitationIn } = await import("../../extension/background/join-requests.js");
const { route } = await import("../../extension/background/router.js");

const HOME = "https://rowback.example";
const CODE = "BCDF-GHJK-LMNP";
const OUR_SENDER = { id: "rowback", url: `${OWN}options/index.html` };
const PAGE_SENDER = { id: "rowback", url: PAGE, frameId: 0, tab: { id: 3, incognito: false } };
let world;
beforeEach(() => {
  world = newBrowser();
});

const say = (message) => route(message, OUR_SENDER, OWN);
const look = () => route({ name: "look", url: PAGE, canonical: null }, PAGE_SENDER, OWN);
const asked = (path, method = "GET") =>
  world.requests.filter((request) => request.path === path && request.method === method);

/** A backend that knows one code, once. */
function backend({ holds = new Set(["given"]) } = {}) {
  let code = CODE;
  world.answer = (request) => {
    const { path, headers, body, method } = request;
    if (path === "/api/v1/health") return { body: HEALTH };
    if (path === "/api/v1/join") {
      if (body.code !== code) return problem(400, "invitation-over");
      code = null;
      return { body: { token: "given", scope: "capture", reader: "Ada" } };
    }
    const token = headers.Authorization?.replace("Bearer ", "");
    if (!holds.has(token)) return problem(401, "no-token");
    if (path === "/api/v1/token" && method === "DELETE") {
      holds.delete(token);
      return { status: 204 };
    }
    return path === "/api/v1/edits" ? { body: history() } : wellAnswer(request);
  };
}

for (const [typed, secret, found] of [
  [HOME, CODE, { backend: HOME, code: CODE }],
  [`${HOME}/rowback/`, " bcdf ghjk lmnp ", { backend: `${HOME}/rowback`, code: "bcdf ghjk lmnp" }],
  [HOME, "BCDFGHJKLMNP", { backend: HOME, code: "BCDFGHJKLMNP" }],
  [`${HOME}/join?code=${CODE}`, "", { backend: HOME, code: CODE }],
  [`${HOME}/rowback/join?code=${CODE}`, "", { backend: `${HOME}/rowback`, code: CODE }],
  [HOME, `${HOME}:8443/join?code=${CODE}`, { backend: `${HOME}:8443`, code: CODE }],
  [`rowback.local:8484/join?code=${CODE}`, "", { backend: "http://rowback.local:8484", code: CODE }],
  [HOME, "", null],
  [HOME, "3q2-7wY_kfjA81_tokens-have-more-in-them_0000", null],
  [`${HOME}/join`, "", null],
  [`${HOME}/joined?code=${CODE}`, "", null],
  [`${HOME}/join?code=${"x".repeat(40)}`, "", null],
  ["nonsense:", "", null],
]) {
  test(`what is typed, ${typed} and ${secret || "nothing"}, ${found ? "is" : "is no"} invitation`, () => {
    assert.deepEqual(invitationIn(typed, secret), found);
  });
}

for (const [how, message] of [
  ["a code", { backend: HOME, token: CODE }],
  ["a link", { backend: `${HOME}/join?code=${CODE}`, token: "" }],
]) {
  test(`who was invited is connected by ${how}, without another yes`, async () => {
    backend();
    const { value } = await say({ name: "set-backend", ...message });
    assert.equal(value.connected, true);
    assert.equal(value.backend, HOME);
    assert.equal(asked("/api/v1/pair", "POST").length, 0);
    assert.match(asked("/api/v1/join", "POST")[0].body.name, /^Rowback in /);
    assert.equal((await look()).ok, true);
  });
}

test("an invitation that is over changes nothing", async () => {
  backend();
  await say({ name: "set-backend", backend: HOME, token: CODE });
  const refused = await say({ name: "set-backend", backend: "https://other.example", token: "BBBB-BBBB-BBBB" });
  assert.equal(refused.error.code, "invitation-over");
  assert.match(refused.error.message, /Ask who sent it/);
  assert.equal((await say({ name: "settings" })).value.backend, HOME);
  assert.equal((await look()).ok, true);
});

test("disconnecting ends the token there and forgets it, what was answered and what was read", async () => {
  const holds = new Set(["given"]);
  backend({ holds });
  await say({ name: "set-backend", backend: HOME, token: CODE });
  await look();
  await say({ name: "set-site", site: "off.example", on: false });
  const { value } = await say({ name: "disconnect" });
  assert.equal(value.connected, false);
  assert.equal(holds.size, 0);
  const kept = JSON.stringify([await browser.storage.local.get(null), await browser.storage.session.get(null)]);
  assert.ok(!kept.includes("given") && !kept.includes(PAGE), kept);
  const { has_token, off_sites, backend: address } = (await say({ name: "settings" })).value;
  assert.deepEqual([has_token, off_sites, address], [false, ["off.example"], HOME], "what the reader set stays");
  assert.equal((await look()).error.code, "not-connected");
});

test("a backend that does not answer is left all the same", async () => {
  backend();
  await say({ name: "set-backend", backend: HOME, token: CODE });
  world.answer = () => {
    throw new TypeError("Failed to fetch");
  };
  assert.equal((await say({ name: "disconnect" })).ok, true);
  assert.equal((await say({ name: "settings" })).value.has_token, false);
});

test("going to another backend gives the token back, but not one that a person pasted", async () => {
  const holds = new Set(["given", "pasted"]);
  backend({ holds });
  await say({ name: "set-backend", backend: HOME, token: CODE });
  await say({ name: "set-backend", backend: "https://other.example", token: "pasted" });
  assert.deepEqual([...holds], ["pasted"]);
  await say({ name: "disconnect" });
  assert.deepEqual([...holds], ["pasted"], "it may be somebody else's, too");
});

test("once removed, the browser opens the page of the backend that answered, which is told no more", async () => {
  backend();
  await say({ name: "connection", retry: false });
  assert.equal(world.goodbye ?? "", "", "nothing answered yet");
  await say({ name: "set-backend", backend: HOME, token: CODE });
  assert.equal(world.goodbye, `${HOME}/removed`);
  await say({ name: "disconnect" });
  assert.equal(world.goodbye, "");
});

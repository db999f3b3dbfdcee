/** The form for the backend's address: what is typed, and what was shown last, against answers that come late. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { newBrowser } from "./fake-browser.js";
import { document } from "./fake-document.js";

newBrowser();
globalThis.document = document;
const { watchBackendForm } = await import("../../extension/shared/backend-form.js");
const { showConnection } = await import("../../extension/shared/connection-view.js");

const SETTINGS = { backend: "http://127.0.0.1:8484", preset: "http://127.0.0.1:8484", has_token: false };
const CONNECTED = { backend: SETTINGS.backend, connected: true };
const REFUSED = { backend: SETTINGS.backend, connected: false, error: { code: "no-token", message: "" } };
let fields;
let waiting;
let asked;
beforeEach(() => {
  fields = {};
  document.getElementById = (id) =>
    (fields[id] ??= Object.assign(document.createElement(id), { value: "", dataset: {} }));
  document.activeElement = null;
  waiting = [];
  asked = [];
  globalThis.browser.permissions.request = async () => true;
  globalThis.browser.runtime.sendMessage = (message) =>
    new Promise((done) => {
      asked.push(message);
      waiting.push({ name: message.name, reply: (value) => done({ ok: true, value }) });
    });
});

/** The worker answers the oldest such question, and the page makes of it what it will. */
async function answer(name, value) {
  const [question] = waiting.splice(
    waiting.findIndex((each) => each.name === name),
    1,
  );
  question.reply(value);
  await settled();
}

const settled = () => new Promise((done) => setImmediate(done));
const submit = async () => {
  fields["backend-form"].submit();
  await settled();
};

test("what was typed before the settings came is kept, and sent", async () => {
  watchBackendForm(document.getElementById("connection"), () => {})();
  document.getElementById("token").value = "wxyz-1234";
  await answer("settings", SETTINGS);
  assert.equal(fields.token.value, "wxyz-1234");
  assert.equal(fields.backend.value, SETTINGS.backend);
  await submit();
  assert.deepEqual(asked.at(-1), { name: "set-backend", backend: SETTINGS.backend, token: "wxyz-1234" });
});

test("a token that was taken or refused is shown no more, an address as it is set", async () => {
  for (const report of [CONNECTED, REFUSED]) {
    watchBackendForm(document.getElementById("connection"), () => {})();
    await answer("settings", SETTINGS);
    fields.backend.value = "127.0.0.1:8484";
    fields.token.value = "a token";
    await submit();
    await answer("set-backend", report);
    await answer("settings", SETTINGS);
    assert.equal(fields.token.value, "");
    assert.equal(fields.backend.value, SETTINGS.backend);
  }
});

test("an answer from before the connection does not hide it", async () => {
  const place = document.getElementById("connection");
  watchBackendForm(place, () => {})();
  await answer("settings", SETTINGS);
  showConnection(place, false);
  assert.equal(place.dataset.state, "checking");
  await submit();
  await answer("set-backend", CONNECTED);
  assert.equal(place.dataset.state, "connected");
  await answer("connection", REFUSED);
  assert.equal(place.dataset.state, "connected");
});

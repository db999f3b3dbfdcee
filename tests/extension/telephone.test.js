/** A browser without a side for the panel, as on a telephone. */
import assert from "node:assert/strict";
import { test } from "node:test";

const opened = [];
const tabs = { create: async ({ url }) => void opened.push(url) };
globalThis.browser = { tabs, runtime: { getURL: (path) => `ext://${path}` } };
const { openPanel } = await import("../../extension/shared/open-panel.js");

const NEITHER = { sidePanel: undefined, sidebarAction: undefined };
const PLACES = [
  ["has neither word for it", {}],
  ["knows Chrome's word and cannot", { sidePanel: { open: () => Promise.reject(new Error("no side here")) } }],
  ["knows Firefox's word and cannot", { sidebarAction: { open: () => Promise.reject(new Error("no side here")) } }],
];

for (const [what, words] of PLACES) {
  test(`a browser that ${what} opens the panel in a tab`, async () => {
    Object.assign(globalThis.browser, NEITHER, words);
    opened.length = 0;
    await openPanel(1);
    assert.deepEqual(opened, ["ext://panel/index.html"]);
  });
}

test("where there is a side the panel opens there, once", async () => {
  Object.assign(globalThis.browser, NEITHER);
  const asked = [];
  globalThis.browser.sidePanel = { open: async ({ windowId }) => void asked.push(windowId) };
  opened.length = 0;
  await openPanel(7);
  assert.deepEqual([asked, opened], [[7], []]);
});

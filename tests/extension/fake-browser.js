/**
 * The browser around the worker, for tests: storage, permissions and scripting in memory, and a backend to be told what
 * to answer. What is asked of it, and what it answers, is held to the backend's document after each test.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach } from "node:test";
import { gunzipSync } from "node:zlib";
import { problem } from "./answers.js";
import { described } from "./described.js";

const ROOT = new URL("../../extension/", import.meta.url);
export const OWN = "chrome-extension://rowback/";
const API = described();
const MESSAGES = JSON.parse(readFileSync(new URL("_locales/en/messages.json", ROOT), "utf8"));

/** What was asked or answered against the document, since the last test. @type {string[]} */
let untrue = [];
afterEach(() => {
  const found = untrue;
  untrue = [];
  assert.deepEqual(found, []);
});

/**
 * Puts a fresh browser in place. Modules of the worker keep nothing, so they can be imported once and used with each.
 */
export function newBrowser() {
  const world = {
    local: area(),
    session: area(),
    requests: [],
    notices: [],
    alarms: new Map(),
    said: [],
    page: () => null,
    answer: () => problem(404, "not-found"),
    origins: [],
    registered: [],
    tabs: [],
    version: "0.2.0",
    badges: [],
    titles: [],
    icons: [],
    dressed: [],
    injected: [],
  };
  const locks = new Map();
  Object.defineProperty(globalThis, "navigator", {
    configurable: true,
    value: { locks: { request: (name, act) => lock(locks, name, act) } },
  });
  globalThis.fetch = (address, request = {}) => fetched(world, String(address), request);
  Object.assign(browser, apiOf(world));
  return world;
}

const browser = {};
globalThis.browser = browser;

function apiOf(world) {
  return {
    runtime: {
      id: "rowback",
      getURL: (path) => OWN + path,
      getManifest: () => ({ version: world.version }),
      setUninstallURL: async (url) => {
        world.goodbye = url;
      },
      sendMessage: async () => {
        throw new Error("Nobody listens.");
      },
    },
    alarms: {
      get: async (name) => world.alarms.get(name),
      clear: async (name) => world.alarms.delete(name),
      create: async (name, alarm) => {
        world.alarms.set(name, alarm);
      },
    },
    notifications: {
      create: async (id, notice) => {
        world.notices.push({ id, ...notice });
      },
      clear: async () => {},
    },
    i18n: {
      getMessage: (name, values = []) =>
        (MESSAGES[name]?.message ?? "").replace(/\$(\d)/g, (_, n) => [values].flat()[n - 1] ?? ""),
      getUILanguage: () => "en",
    },
    storage: { local: world.local, session: world.session },
    permissions: {
      getAll: async () => ({ origins: world.origins }),
      contains: async ({ origins = [], permissions = [], data_collection = [] }) =>
        [...origins, ...permissions, ...data_collection].every((one) => world.origins.includes(one)),
    },
    scripting: scriptingOf(world),
    action: {
      setBadgeText: async (badge) => {
        world.badges.push(badge);
      },
      setBadgeBackgroundColor: async () => {},
      setBadgeTextColor: async () => {},
      setTitle: async (title) => {
        world.titles.push(title);
      },
      setIcon: async ({ path }) => {
        world.icons.push(path[16]);
      },
    },
    tabs: tabsOf(world),
  };
}

function scriptingOf(world) {
  return {
    getRegisteredContentScripts: async () => world.registered,
    unregisterContentScripts: async () => {
      world.registered = [];
    },
    updateContentScripts: async ([script]) => {
      if (!world.registered.some(({ id }) => id === script.id)) throw new Error("Nonexistent script ID");
      world.registered = [script];
    },
    registerContentScripts: async (scripts) => {
      world.registered.push(...scripts);
    },
    executeScript: async (script) => {
      world.injected.push(script);
    },
    insertCSS: async (sheet) => {
      world.dressed.push(sheet);
    },
  };
}

function tabsOf(world) {
  return {
    create: async (tab) => {
      world.tabs.push(tab);
    },
    query: async () => [],
    sendMessage: async (tab, message) => {
      world.said.push({ tab, ...message });
      return world.page(message);
    },
    get: async (id) => ({ id, url: world.address }),
  };
}

function area() {
  const items = new Map();
  const copy = (value) => structuredClone(value);
  return {
    items,
    get: async (keys) =>
      Object.fromEntries(
        (keys === null ? [...items.keys()] : [keys].flat())
          .filter((key) => items.has(key))
          .map((key) => [key, copy(items.get(key))]),
      ),
    set: async (values) => Object.entries(values).forEach(([key, value]) => items.set(key, copy(value))),
    remove: async (keys) => [keys].flat().forEach((key) => items.delete(key)),
  };
}

async function lock(locks, name, act) {
  const before = locks.get(name) ?? Promise.resolve();
  const mine = before.then(act, act);
  locks.set(
    name,
    mine.catch(() => {}),
  );
  return mine;
}

async function fetched(world, address, { method = "GET", headers = {}, body }) {
  if (address.startsWith(OWN)) return Response.json(world.preset ?? { backend: "http://127.0.0.1:8484" });
  const text = headers["Content-Encoding"] === "gzip" ? gunzipSync(body).toString() : body;
  const bytes = body?.byteLength ?? body?.length ?? 0;
  const request = { method, address, path: new URL(address).pathname, headers, bytes, body: text && JSON.parse(text) };
  world.requests.push(request);
  untrue.push(...API.unasked(method, address, request.body));
  const { status = 200, body: answer, etag, strange } = await world.answer(request);
  if (!strange) untrue.push(...API.untrue(method, request.path, status, answer));
  const told = status === 304 || status === 204 ? null : typeof answer === "string" ? answer : JSON.stringify(answer);
  const release = world.release ? { "Rowback-Version": world.release } : {};
  return new Response(told, { status, headers: etag ? { ETag: etag, ...release } : release });
}

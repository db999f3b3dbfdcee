/**
 * Content files are classic scripts that share one scope: which may use which, and that their order lets each find
 * what it needs.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";
import { SCRIPTS } from "../../extension/background/content-files.js";
import { runIn, source } from "./content-scope.js";

/** What a wing may name beside itself. The root of `content/` brings the wings together. */
const USES = {
  shared: [],
  page: ["shared"],
  find: ["shared", "page"],
  draw: ["shared", "page"],
  card: ["shared", "page", "draw"],
};
const EVERYTHING = ["shared", "page", "find", "draw", "card", "root"];

/** @typedef {{path: string, text: string}} File */

/** @type {File[]} in the order in which browsers run them */
const files = SCRIPTS.map((path) => ({ path, text: source(path) }));

test("each file sets one name", () => {
  for (const { path, text } of files) {
    assert.equal([...text.matchAll(/^(?:var|let|const|function|class) \w+/gm)].length, 1, path);
    assert.match(text, /^var Rowback\w+ = /m, path);
  }
});

test("each file names only what stands above it, and only in wings that its own may use", () => {
  assert.deepEqual(badUses(files), []);
});

test("a use against the arrows is found", () => {
  const used = (/** @type {string} */ path, /** @type {string} */ name) =>
    badUses(files.map((file) => (file.path === path ? { path, text: `${file.text}\nvoid ${name};` } : file)));
  assert.deepEqual(used("content/page/layout.js", "RowbackBadges"), [
    "content/page/layout.js uses RowbackBadges of content/draw/badges.js",
  ]);
  assert.equal(used("content/page/late.js", "RowbackFind").length, 1);
  assert.equal(used("content/find/find.js", "RowbackOverlay").length, 1);
  assert.equal(used("content/draw/badges.js", "RowbackFold").length, 1);
  assert.equal(used("content/draw/badges.js", "RowbackCard").length, 1);
  assert.equal(used("content/draw/badges.js", "RowbackShow").length, 1);
  assert.equal(used("content/card/card.js", "RowbackFind").length, 1);
  assert.equal(used("content/card/card.js", "RowbackSession").length, 1);
  assert.equal(used("shared/markup.js", "RowbackWire").length, 1);
  assert.equal(used("content/draw/cover.js", "RowbackBadges").length, 1, "below it in its own wing");
  assert.equal(used("content/second.js", "RowbackCard").length, 0);
  assert.equal(used("content/card/card.js", "RowbackBadges").length, 0);
});

test("run in their order, no file uses at load what a later one sets", () => {
  load(SCRIPTS);
});

test("an order in which one does is found", () => {
  assert.throws(
    () => load(moved("shared/nodes.js", "content/card/card.js")),
    /uses RowbackNodes, which shared\/nodes\.js sets later/,
  );
  assert.throws(() => load(moved("shared/messages.js", "content/second.js")), /uses RowbackMessages/);
});

test("run again in the same scope, as after an update, they end what ran before", () => {
  const { scope, listeners } = load(SCRIPTS);
  assert.equal(listeners().length, 1);
  for (const path of SCRIPTS) runIn(scope, path);
  assert.equal(listeners().length, 1);
});

/**
 * Runs content files in a scope where a name that no file has set yet throws, however it is asked for. Nothing is
 * shown:
 * the page is one that is prerendered, where nothing begins.
 *
 * @param {string[]} paths
 */
function load(paths) {
  /** @type {Set<object>} */
  const listeners = new Set();
  const document = {
    prerendering: true,
    addEventListener: (
      /** @type {string} */ _event,
      /** @type {object} */ listener,
      /** @type {{signal: AbortSignal}} */ { signal },
    ) => {
      listeners.add(listener);
      signal.addEventListener("abort", () => listeners.delete(listener));
    },
  };
  const scope = vm.createContext({
    document,
    location: new URL("https://echo.example/story"),
    AbortController,
    clearTimeout,
  });
  let now = "";
  for (const [name, definer] of definers(files)) {
    scope.watch = (/** @type {(value: unknown) => void} */ set) => ({
      configurable: true,
      get: () => {
        if (now !== definer) throw new Error(`${now} uses ${name}, which ${definer} sets later`);
      },
      set,
    });
    vm.runInContext(
      `Object.defineProperty(globalThis, "${name}", watch((value) =>
         Object.defineProperty(globalThis, "${name}", { value, writable: true, configurable: true })))`,
      scope,
    );
  }
  for (const path of paths) {
    now = path;
    runIn(scope, path);
  }
  return { scope, listeners: () => [...listeners] };
}

/** The order with one file put behind another. @param {string} path @param {string} after */
function moved(path, after) {
  const rest = SCRIPTS.filter((each) => each !== path);
  return rest.toSpliced(rest.indexOf(after) + 1, 0, path);
}

/**
 * Which file sets a name: as a value, or as a type that other files may use. @param {File[]} all @returns {Map<string,
 * string>}
 */
function definers(all) {
  const found = new Map();
  for (const { path, text } of all) {
    for (const [, name] of text.matchAll(/^(?:var| \* @typedef \{\w+\}) (Rowback\w+)/gm)) found.set(name, path);
  }
  return found;
}

/** Uses in code and in the types of comments that the arrows do not allow. @param {File[]} all @returns {string[]} */
function badUses(all) {
  const setIn = definers(all);
  const place = new Map(all.map(({ path }, at) => [path, at]));
  return all.flatMap(({ path, text }) =>
    [...new Set(text.match(/\bRowback\w+/g))].flatMap((name) => {
      const definer = setIn.get(name);
      if (!definer || definer === path) return [];
      const isAllowed = [wingOf(path), ...mayUse(wingOf(path))].includes(wingOf(definer));
      return isAllowed && place.get(definer) < place.get(path) ? [] : [`${path} uses ${name} of ${definer}`];
    }),
  );
}

/** @param {string} path */
function wingOf(path) {
  return path.startsWith("shared/") ? "shared" : (/^content\/(\w+)\//.exec(path)?.[1] ?? "root");
}

/** @param {string} wing @returns {string[]} */
function mayUse(wing) {
  return wing === "root" ? EVERYTHING : USES[wing];
}

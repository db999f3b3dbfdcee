/** The folder as a whole: what the manifest promises, and that words and files all have their counterpart. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { test } from "node:test";
import { FIRST, REST, SCRIPTS } from "../../extension/background/content-files.js";
import { nameFor } from "../../extension/background/messages.js";

/** Every page that the reader opens pays for it. */
const MAX_FIRST_BYTES = 50_000;
const ROOT = new URL("../../extension/", import.meta.url);
const read = (path) => readFileSync(new URL(path, ROOT), "utf8");
const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" });
const sources = files.filter((path) => /\.(js|html)$/.test(path)).map((path) => ({ path, text: read(path) }));
const messages = JSON.parse(read("_locales/en/messages.json"));
const manifest = JSON.parse(read("manifest.json"));

test("every content file is put into pages, once; each stage ends with the file that says it is there", () => {
  const content = files.filter((path) => /^content\/.*\.js$/.test(path));
  const shared = files.filter((path) => /^shared\/.*\.js$/.test(path) && /^var Rowback/m.test(read(path)));
  assert.deepEqual(new Set(SCRIPTS), new Set([...content, ...shared]));
  assert.equal(SCRIPTS.length, content.length + shared.length);
  assert.equal(FIRST.at(-1), "content/main.js");
  assert.equal(REST.at(-1), "content/second.js");
});

test("what goes into every page is small", () => {
  const bytes = FIRST.reduce((sum, path) => sum + statSync(new URL(path, ROOT)).size, 0);
  assert.ok(bytes <= MAX_FIRST_BYTES, `${bytes} bytes`);
});

test("every message that code names is there", () => {
  const named = sources.flatMap(({ path, text }) =>
    [...text.matchAll(/(?:\bwords\(|data-words(?:-\w+)?=|sentenceWithTime\()"([a-z_]+)"/g)].map(([, name]) => ({
      path,
      name,
    })),
  );
  assert.ok(named.length > 40);
  for (const { path, name } of named) assert.ok(name in messages, `${name} in ${path}`);
});

test("every failure that is told in our own words has them", () => {
  const told = /TOLD = new Set\(\[([^\]]+)\]/.exec(read("background/failure.js"))?.[1] ?? "";
  const codes = [...told.matchAll(/"([a-z-]+)"/g)].map(([, code]) => code);
  assert.ok(codes.length > 10);
  for (const code of codes) assert.ok(nameFor("error", code) in messages, code);
});

test("every label that the backend gives has a name", () => {
  const rules = readFileSync(new URL("../../server/rowback/diff/labels/rules.py", import.meta.url), "utf8");
  const labels = [...rules.matchAll(/^ {4}\("([a-z-]+)", _is_/gm)].map(([, label]) => label);
  assert.ok(labels.length > 10);
  for (const label of labels) assert.ok(nameFor("label", label) in messages, label);
});

test("everything that the backend says happened to a block has a name", () => {
  const told = readFileSync(new URL("../../server/rowback/told.py", import.meta.url), "utf8");
  const [, happening] = /class Happening\(StrEnum\):([^@]+)/.exec(told) ?? [];
  const whats = [...happening.matchAll(/ = "([a-z-]+)"/g)].map(([, what]) => what);
  assert.ok(whats.length > 7);
  for (const what of whats) assert.ok(nameFor("times", what) in messages, what);
});

test("every counted message has the forms that English needs", () => {
  const named = sources.flatMap(({ text }) => [...text.matchAll(/\bcount\("(\w+)"/g)].map(([, name]) => name));
  assert.ok(named.length > 5);
  for (const name of named) assert.ok(`${name}_one` in messages && `${name}_other` in messages, name);
});

test("every message is used", () => {
  const all = sources.map(({ text }) => text).join("\n") + read("manifest.json");
  const families = /^(error|kind|block|label|mode|toolbar|fresh|popup_taken|times)_/;
  const unused = Object.keys(messages).filter((name) => {
    const stem = name.replace(/_(one|other)$/, "");
    return !families.test(name) && !new RegExp(`\\b${name}\\b|__MSG_${name}__|"${stem}"`).test(all);
  });
  assert.deepEqual(unused, []);
});

test("every icon is there in each size, and each shape is another picture", () => {
  const names = ["", "idle-", "unknown-", "none-"].flatMap((shape) =>
    [16, 32].map((size) => `icons/${shape}${size}.png`),
  );
  const pictures = names.map((name) => readFileSync(new URL(name, ROOT)));
  assert.equal(new Set(pictures.map((picture) => picture.toString("base64"))).size, names.length);
  // Of a PNG's first chunk.
  const sizes = pictures.map((picture) => [picture.readUInt32BE(16), picture.readUInt32BE(20)]);
  assert.deepEqual(
    sizes,
    names.map((name) => (name.endsWith("16.png") ? [16, 16] : [32, 32])),
  );
  assert.deepEqual(Object.values(manifest.action.default_icon), ["icons/idle-16.png", "icons/idle-32.png"]);
});

test("every page leads to the help page", () => {
  const pages = files.filter((path) => path.endsWith("index.html") && !path.startsWith("help"));
  assert.ok(pages.length >= 4);
  for (const path of pages)
    assert.match(read(path), /<a [^>]*href="\.\.\/help\/index\.html"[^>]*data-words="help_link"/, path);
});

test("nothing of ours can be fetched by a page, and hosts are asked for", () => {
  assert.equal(manifest.web_accessible_resources, undefined);
  assert.equal(manifest.content_scripts, undefined);
  assert.equal(manifest.externally_connectable, undefined);
  assert.deepEqual(manifest.permissions, ["activeTab", "alarms", "scripting", "sidePanel", "storage"]);
  assert.deepEqual(manifest.optional_permissions, ["notifications"]);
  assert.deepEqual(manifest.host_permissions, ["http://127.0.0.1/*", "http://localhost/*"]);
  assert.equal(manifest.incognito, "not_allowed");
});

test("no file turns text into HTML or into code, and one asks the network, one for a file of our own", () => {
  for (const { path, text } of sources) {
    assert.doesNotMatch(
      text,
      /innerHTML|outerHTML\s*=|insertAdjacentHTML|document\.write|setHTML|createContextualFragment|DOMParser/,
      path,
    );
    assert.doesNotMatch(text, /\beval\(|new Function/, path);
    if (!["background/http.js", "background/settings.js"].includes(path))
      assert.doesNotMatch(text, /\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon/, path);
  }
});

test("nothing presses a button of ours: what it does is called", () => {
  for (const { path, text } of sources) assert.doesNotMatch(text, /\.click\(\)|dispatchEvent\(/, path);
});

/** What files say that they alone do. */
const ALONE = [
  { what: "badge and title of the toolbar button", sign: /action\.set[A-Z]/, files: ["background/toolbar.js"] },
  { what: "the preset", sign: /preset\.json/, files: ["background/settings.js"] },
  {
    what: "asking for a page's text",
    sign: /name: "snapshot" \}/,
    files: ["background/capture.js"],
  },
  { what: "registering content scripts", sign: /registerContentScripts/, files: ["background/grants.js"] },
];

test("what a file says that it alone does, no other does", () => {
  for (const { what, sign, files: alone } of ALONE) {
    assert.deepEqual(
      sources.filter(({ text }) => sign.test(text)).map(({ path }) => path),
      alone,
      what,
    );
  }
});

test("in a page only the wire and the messages name the extension API", () => {
  const naming = sources.filter(
    ({ path, text }) => SCRIPTS.includes(path) && /\bchrome\b|\bbrowser\b\s*[.?]/.test(text),
  );
  assert.deepEqual(naming.map(({ path }) => path).sort(), ["content/page/wire.js", "shared/messages.js"]);
});

test("text is as large as the reader has set it: no size of it is in pixels, and on pages none in their rem", () => {
  const styles = files.filter((path) => /\.(css|js)$/.test(path)).map((path) => ({ path, text: read(path) }));
  for (const { path, text } of styles) {
    assert.doesNotMatch(text, /font(?:-size)?:[^;{}]*?\d(?:px|pt)\b/, path);
    if (path.startsWith("content/") || path === "shared/edit-style.js") {
      assert.doesNotMatch(text.replaceAll(/`rem`/g, ""), /\drem\b/, path);
    }
  }
});

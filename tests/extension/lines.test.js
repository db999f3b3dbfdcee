/**
 * What no formatter lays out: comments, and templates, in which a break would change the page. A line in them ends
 * where all others do. In a template `{%-` or `-%}` takes the break away where there may be none.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../../", import.meta.url);
const COLUMNS = 120;
const WRITTEN = ["extension", "server/rowback", "tests/benchmark", "tests/browser", "tests/evaluation"];
WRITTEN.push("tests/extension", "tests/server");

test(`no line of a script, a style sheet or a page is longer than ${COLUMNS} columns`, () => {
  const files = WRITTEN.flatMap((folder) =>
    readdirSync(new URL(folder, ROOT), { recursive: true })
      .filter((path) => /\.(css|html|js|mjs)$/.test(path))
      .map((path) => `${folder}/${path}`),
  );
  assert.ok(files.some((path) => path.endsWith("/article.html")) && files.some((path) => path.endsWith("/worker.js")));
  const long = files.flatMap((path) =>
    readFileSync(new URL(path, ROOT), "utf8")
      .split("\n")
      .flatMap((line, at) => (line.length > COLUMNS ? [`${path}:${at + 1}`] : [])),
  );
  assert.deepEqual(long, []);
});

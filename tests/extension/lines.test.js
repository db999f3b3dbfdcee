/**
 * What no formatter lays out: comments, and templates, in which a break would change the page. A line in them ends
 * where all others do. In a template `{%-` or `-%}` takes the break away where there may be none.
 */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../../", import.meta.url);
const COLUMNS = 120;
const WRITTEN = ["extension/**", "server/rowback/**", "tests/{benchmark,browser,evaluation,extension,server}/**"];

test(`no line of a script, a style sheet or a page is longer than ${COLUMNS} columns`, () => {
  const files = globSync(
    WRITTEN.map((folder) => `${folder}/*.{css,html,js,mjs}`),
    { cwd: ROOT },
  );
  assert.ok(files.some((path) => path.endsWith("/article.html")) && files.some((path) => path.endsWith("/worker.js")));
  const long = files.flatMap((path) =>
    readFileSync(new URL(path, ROOT), "utf8")
      .split("\n")
      .flatMap((line, at) => (line.length > COLUMNS ? [`${path}:${at + 1}`] : [])),
  );
  assert.deepEqual(long, []);
});

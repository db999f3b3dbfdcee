import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { run } from "./content-scope.js";

const SHEET = new URL("../../extension/content/draw/marks.css", import.meta.url);
/** Rules alone: no comments, no white space, nothing of our own elements. */
const rulesOf = (css) =>
  css
    .replaceAll(/\/\*.*?\*\//gs, "")
    .replaceAll(/rowback-(?:overlay|deletion)[^{}]*\{.*?\}/gs, "")
    .replaceAll(/\s*([{};:,])\s*/g, "$1")
    .replaceAll(/;\}/g, "}")
    .trim();

test("marks in a shadow root look as they do in the document", () => {
  const lent = [];
  class CSSStyleSheet {
    replaceSync(css) {
      lent.push(css);
    }
  }
  const { RowbackPaint: paint } = run(["content/draw/own-element.js", "content/draw/paint.js"], { CSSStyleSheet });
  paint.lendStyle([{ adoptedStyleSheets: [] }], new AbortController().signal);
  assert.match(rulesOf(lent[0]), /^::highlight\(rowback-inserted\)\{/);
  assert.deepEqual(lent.map(rulesOf), [rulesOf(readFileSync(SHEET, "utf8"))]);
});

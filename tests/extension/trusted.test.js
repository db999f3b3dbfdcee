/** Events that a page made up: nothing of ours heeds them, and nothing listens but through what sees to that. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { run } from "./content-scope.js";

const ROOT = new URL("../../extension/", import.meta.url);
const IN_PAGES = [
  ...readdirSync(new URL("content/", ROOT), { recursive: true, encoding: "utf8" }).map((path) => `content/${path}`),
  "shared/listen.js",
  "shared/nodes.js",
  "shared/edit-link.js",
  "shared/edit-nodes.js",
  "shared/quote.js",
  "shared/time-nodes.js",
].filter((path) => path.endsWith(".js"));
/** What tells of the page's state and has nothing acted out: places are measured again, a look that waits goes on. */
const OF_THE_PAGE =
  /"(resize|scroll|scrollend|loadingdone|currententrychange|prerenderingchange|abort|load|visibilitychange)"/;

test("a listener of ours heeds what the reader does, and no event of a script's making", () => {
  const { RowbackListen } = run(["shared/listen.js"]);
  const heard = [];
  const target = new EventTarget();
  RowbackListen.listen(target, "click", (event) => heard.push(event.type));
  target.dispatchEvent(new Event("click"));
  assert.deepEqual(heard, []);
  const handlers = [];
  const recorder = { addEventListener: (_type, act) => handlers.push(act) };
  RowbackListen.listen(recorder, "click", (event) => heard.push(event.type));
  handlers[0]({ type: "click", isTrusted: true });
  handlers[0]({ type: "click", isTrusted: false });
  assert.deepEqual(heard, ["click"]);
});

for (const path of IN_PAGES) {
  test(`${path} listens to the reader through RowbackListen.listen alone`, () => {
    const text = readFileSync(new URL(path, ROOT), "utf8");
    const calls = [...text.matchAll(/\baddEventListener\(\s*([^,]+),/g)].map(([, type]) => type.trim());
    const ours = path === "shared/listen.js" ? ["type"] : path === "content/keep.js" ? ["event"] : [];
    assert.deepEqual(
      calls.filter((type) => !OF_THE_PAGE.test(type) && !ours.includes(type)),
      [],
    );
    assert.doesNotMatch(text, /\.on(click|key\w+|pointer\w+|mouse\w+|focus\w*|submit|input|change)\s*=/);
  });
}

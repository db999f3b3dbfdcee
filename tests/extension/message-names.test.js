/** Words of the backend's, as labels, may have hyphens; names of messages none. Rows of cases/message-names.json. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { edit } from "./answers.js";
import { cases, run } from "./content-scope.js";
import { nameFor } from "../../extension/background/messages.js";

const ROOT = new URL("../../extension/", import.meta.url);
/** What a browser takes in the name of a message. */
const NAME = /^[a-z0-9_]+$/;

for (const { why, family, word, message } of cases("message-names")) {
  test(`${why} has one message`, () => {
    assert.equal(nameFor(family, word), message);
    assert.match(message, NAME);
  });
}

/** The names that labels are shown by, in a browser that has these messages. */
function shown(labels, messages) {
  const browser = { i18n: { getMessage: (name) => messages[name] ?? "" } };
  const scope = run(["shared/messages.js", "shared/edit-words.js"], { browser });
  return [...scope.RowbackEditWords.labelNames(edit({ labels, minor: false }))];
}

test("a label of two words is shown in words of its own", () => {
  assert.deepEqual(shown(["place-name", "figure"], { label_place_name: "place name", label_figure: "figure" }), [
    "place name",
    "figure",
  ]);
});

test("a label that the extension does not know yet is shown as it came", () => {
  assert.deepEqual(shown(["place-name"], { label_figure: "figure" }), ["place-name"]);
});

test("no file makes a message's name out of a word in a way of its own", () => {
  const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".js") && path !== "shared/messages.js",
  );
  for (const path of files)
    assert.doesNotMatch(readFileSync(new URL(path, ROOT), "utf8"), /`(?:label|error|times)_\$\{/, path);
});

test("every language's messages have names that browsers take", () => {
  for (const language of readdirSync(new URL("_locales/", ROOT))) {
    const messages = JSON.parse(readFileSync(new URL(`_locales/${language}/messages.json`, ROOT), "utf8"));
    for (const name of Object.keys(messages)) assert.match(name, NAME, language);
  }
});

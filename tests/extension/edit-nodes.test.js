/** What the card on a page and the panel tell of an edit. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { cases, run } from "./content-scope.js";
import { document, within, written } from "./fake-document.js";

const MESSAGES = JSON.parse(
  readFileSync(new URL("../../extension/_locales/en/messages.json", import.meta.url), "utf8"),
);
const browser = {
  i18n: {
    getUILanguage: () => "en",
    getMessage: (name, values = []) =>
      (MESSAGES[name]?.message ?? "").replace(/\$(\d)/g, (_, number) => values[number - 1]),
  },
};
const FILES = ["messages", "nodes", "time-nodes", "edit-words", "markup", "edit-nodes"];
const { RowbackEditNodes: nodes, RowbackTimeNodes: times } = run(
  FILES.map((name) => `shared/${name}.js`),
  { browser, document },
);

const seen = (version) => ({
  version,
  seen_at: `2026-01-0${version + 1}T08:00:00Z`,
  last_seen_at: `2026-01-0${version + 1}T09:00:00Z`,
});
const VERSIONS = [seen(0), seen(1), seen(2)];

function editOf({ anchor = {}, wordings = [], ...more }) {
  return {
    kind: "change",
    block: { kind: "p", index: 1 },
    anchor: { exact: "It costs nine million.", prefix: "", suffix: "", near: null, ...anchor },
    markup: "<p>It costs <del>four</del><ins>nine</ins> million.</p>",
    wordings: wordings.map(([version, text]) => ({ ...seen(version), last_version: version, text })),
    labels: [],
    minor: false,
    moved_from: null,
    changed_in: null,
    ...more,
  };
}

for (const { name, edit, from, to, isFolded, parts, shown } of cases("edit-views")) {
  test(name, () => {
    const made = nodes.view(editOf(edit), { versions: VERSIONS, from, to }, { copy: () => {}, isFolded });
    const told = parts ? made.filter((node) => parts.includes(node.attributes.class)) : made;
    assert.deepEqual(Array.from(told, written), shown);
  });
}

test("each wording has a button that copies it and no other", () => {
  const earlier = [
    [0, "four"],
    [1, "six"],
  ];
  const copied = [];
  const copy = ({ text }) => copied.push(text);
  const made = nodes.view(editOf({ wordings: earlier }), { versions: VERSIONS }, { copy });
  for (const button of made.flatMap((node) => within(node, "button"))) button.click();
  assert.deepEqual(copied, ["four", "six"]);
});

test("instants of one minute are one, those of one day name it once", () => {
  const texts = (from, to) =>
    times.between(from, to, "moment_between").map((piece) => (piece.children ?? [piece]).join(""));
  const now = "2026-01-01T12:00:20Z";
  assert.equal(texts("2026-01-01T12:00:00Z", now).length, 1);
  const [, first, , second] = texts("2026-01-01T12:00:00Z", "2026-01-01T12:32:00Z");
  assert.match(first, /2026/);
  assert.doesNotMatch(second, /2026/);
  assert.match(texts("2026-01-01T12:00:00Z", "2026-01-09T12:32:00Z")[3], /2026/);
});

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
const FILES = [
  "messages",
  "listen",
  "nodes",
  "time-nodes",
  "attribution",
  "edit-words",
  "markup",
  "edit-link",
  "edit-nodes",
];
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
const COPY = { archive: "Wayback Machine", href: "https://web.archive.org/web/2026/https://news.example/a" };
const PEERS = {
  archive: "reader.example",
  href: "https://reader.example/memento/20260102080000/https://news.example/a",
};
/** As the first two of them, if archives and others had shown them first: the second only once. */
const COPIED = [
  { ...seen(0), origin: "archive", memento: COPY },
  { ...seen(1), last_seen_at: seen(1).seen_at, origin: "rowback", memento: PEERS },
  { ...seen(2), origin: "poll", memento: null },
];

function spanOf(number, isCopied) {
  const { version, seen_at, last_seen_at } = (isCopied ? COPIED : VERSIONS)[number];
  return { version, seen_at, last_seen_at };
}

/** First seen in a version, and not yet when the one before was last seen. */
const moment = (version) => ({ version, after: seen(version - 1).last_seen_at, seen_at: seen(version).seen_at });

function editOf({ anchor = {}, wordings = [], times: dated = [], ...more }, isCopied = false) {
  return {
    kind: "change",
    block: { kind: "p", index: 1 },
    anchor: { exact: "It costs nine million.", prefix: "", suffix: "", near: null, ...anchor },
    markup: "<p>It costs <del>four</del><ins>nine</ins> million.</p>",
    wordings: wordings.map(([version, text]) => ({ ...spanOf(version, isCopied), last_version: version, text })),
    labels: [],
    minor: false,
    moved_from: null,
    changed_in: null,
    times: dated.map(([what, count, first, last]) => ({ what, count, first: moment(first), last: moment(last) })),
    ...more,
  };
}

for (const { name, edit, from, to, isFolded, isCopied, parts, shown } of cases("edit-views")) {
  test(name, () => {
    const made = nodes.view(
      editOf(edit, isCopied),
      { versions: isCopied ? COPIED : VERSIONS, from, to },
      { copy: () => {}, isFolded },
    );
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

const earlierIn = (made) => made.find((node) => node.attributes.class === "earlier");
const textsOf = (earlier) => within(earlier, "blockquote").map((node) => node.textContent);
const settled = () => new Promise((resolve) => setImmediate(resolve));

function withMore(more) {
  const edit = { ...editOf({ wordings: [[2, "nine"]] }), more_wordings: true };
  const earlier = earlierIn(nodes.view(edit, { versions: VERSIONS }, { copy: () => {}, more }));
  const press = () => within(earlier, "button")[0].click();
  return { edit, earlier, press };
}

test("where there are more wordings a button brings them all, once, and the focus goes on to the oldest", async () => {
  const all = [0, 1, 2].map((version) => ({ ...seen(version), last_version: version, text: `text ${version}` }));
  let asked = 0;
  const { edit, earlier, press } = withMore(async (one) => {
    asked += 1;
    assert.equal(one.id, edit.id);
    return all;
  });
  assert.deepEqual(textsOf(earlier), ["nine"]);
  within(earlier, "button")[0].focus();
  press();
  press();
  await settled();
  assert.equal(asked, 1);
  assert.deepEqual(textsOf(earlier), ["text 0", "text 1", "text 2"]);
  assert.equal(within(earlier, "button").length, 3);
  assert.equal(document.activeElement, within(earlier, "li")[0]);
  const anew = earlierIn(nodes.view(edit, { versions: VERSIONS }, { copy: () => {} }));
  assert.deepEqual(textsOf(anew), ["text 0", "text 1", "text 2"]);
});

test("what keeps the wordings away is told, and the button stays", async () => {
  const replies = [{ message: "The backend is away." }, {}, null];
  const { earlier, press } = withMore(async () => {
    const failure = replies.shift();
    if (failure) throw failure;
    return [];
  });
  for (const said of ["The backend is away.", MESSAGES.wordings_failed.message]) {
    press();
    await settled();
    assert.equal(within(earlier, "p").find((node) => node.attributes.role === "status").textContent, said);
    assert.deepEqual(textsOf(earlier), ["nine"]);
  }
  press();
  await settled();
  assert.deepEqual(textsOf(earlier), []);
});

test("between versions that do not follow each other nobody says when it was changed", () => {
  const [first, , last] = VERSIONS;
  const made = nodes.view(editOf({ changed_in: 2 }), { versions: [first, last] }, { copy: () => {} });
  assert.equal(
    made.some((node) => node.attributes.class === "moment"),
    false,
  );
});

test("how long ago is not said of a change between two looks that lie further apart than that", () => {
  const ago = (hours) => new Date(Date.now() - hours * 3_600_000).toISOString();
  const at = (after, by) => ({ version: 1, after: ago(after), seen_at: ago(by) });
  const timesIn = (when) => {
    const edit = { ...editOf({}), times: [{ what: "reworded", count: 1, first: when, last: when }] };
    const [told] = nodes.view(edit, { versions: VERSIONS }, { copy: () => {} });
    return within(told, "time").length;
  };
  assert.equal(timesIn(at(30 * 24, 1)), 2);
  assert.equal(timesIn(at(30 * 24, 25 * 24)), 3);
  assert.equal(timesIn(at(23, 1)), 3);
  const versions = [
    { ...seen(0), last_seen_at: ago(60) },
    { ...seen(1), seen_at: ago(2) },
  ];
  const untold = nodes.view(editOf({ changed_in: 1 }), { versions }, { copy: () => {} });
  assert.equal(within(untold[0], "time").length, 2, "a backend that tells no times");
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

/** What is told of an edit's own page, and what presses of its buttons do. */
function linkOf(name, isListed, actions) {
  const made = nodes.view(
    { ...editOf({ changed_in: 1 }), name },
    { versions: VERSIONS, article: { listed: isListed } },
    { copy: () => {}, link: actions },
  );
  return made.find((part) => part.getAttribute("class") === "edit-link") ?? null;
}

const NAME = "3f2a9c1b-77e01d42-e0123456789ab";

test("a card leads to the edit's own page, and has no address to copy", () => {
  const opened = [];
  const link = linkOf(NAME, true, { openPage: (name) => opened.push(name) });
  const [button, ...others] = within(link, "button");
  assert.deepEqual([written(link).includes("Link to this edit"), others], [true, []]);
  assert.equal(written(link).includes("Strangers"), false);
  assert.equal(button.getAttribute("role"), "link");
  button.click();
  assert.deepEqual(opened, [NAME]);
});

test("the panel copies its address, and says where strangers do not see it", () => {
  const copied = [];
  const link = linkOf(NAME, false, { openPage: () => {}, copyLink: (name) => copied.push(name) });
  const [, copy] = within(link, "button");
  copy.click();
  assert.deepEqual(copied, [NAME]);
  assert.ok(written(link).includes("Strangers do not see it"));
});

test("an edit without a page of its own has no link", () => {
  assert.equal(linkOf(null, true, { openPage: () => {} }), null);
});

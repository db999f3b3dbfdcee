/**
 * What the worker reads out of answers is what the backend's document describes: every answer that it allows is taken,
 * and each value comes through as it was told. A field that is renamed, retyped or left out on one side is seen here.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { BACKEND, NAME, article, edit as editOf, history, known, note, versionText } from "./answers.js";
import { cases } from "./content-scope.js";
import { described, openapi } from "./described.js";
import { anyValue } from "./generated.js";
import {
  checkAnswer,
  checkElsewhere,
  checkArchives,
  checkArticle,
  checkLookup,
  checkPast,
  checkRange,
  checkVersionText,
  checkWordings,
} from "../../extension/background/shapes.js";

const API = described();
const VERSION = "/api/v1/articles/{article_id}/versions/{number}";
const WORDINGS = "/api/v1/articles/{article_id}/edits/{edit_id}/wordings";
const BACKFILLS = "/api/v1/backfills";
const FOLLOW = "/api/v1/articles/{article_id}/follow";
/** What reads the body of each answer, under the names that the body has. */
const READERS = [
  { method: "get", path: "/api/v1/edits", by: "checkAnswer", read: (body) => linked(checkAnswer(body, BACKEND)) },
  { method: "get", path: "/api/v1/edits", by: "checkRange", read: checkRange },
  { method: "post", path: "/api/v1/lookup", by: "checkLookup", read: (body) => ({ results: checkLookup(body) }) },
  { method: "get", path: VERSION, by: "checkVersionText", read: (body) => ({ version: checkVersionText(body) }) },
  { method: "get", path: WORDINGS, by: "checkWordings", read: checkWordings },
  { method: "get", path: BACKFILLS, by: "checkPast", read: (body) => ({ backfill: checkPast(body.backfill) }) },
  { method: "delete", path: BACKFILLS, by: "checkPast", read: (body) => ({ backfill: checkPast(body.backfill) }) },
  {
    method: "get",
    path: "/api/v1/token",
    by: "checkArchives",
    read: (body) => ({ archives: named(checkArchives(body)) }),
  },
  ...[
    ["post", "/api/v1/captures"],
    ["put", FOLLOW],
    ["delete", FOLLOW],
  ].map(([method, path]) => ({
    method,
    path,
    by: "checkArticle",
    read: (body) => linked(checkArticle(body.article, BACKEND)),
  })),
];
/** @param {string[]} titles */
function named(titles) {
  return titles.map((title) => ({ title }));
}

/** A value with the addresses of pages where the backend tells them. @param {any} value */
function linked({ history: page, article: { has_history, ...told }, ...others }) {
  assert.equal(has_history, page !== null);
  const paged = ({ name, ...edit }) => ({ ...edit, page: name && `${page}/edits/${name}` });
  const lists = ["edits", "passing"].filter((list) => others[list]).map((list) => [list, others[list].map(paged)]);
  return { ...others, ...Object.fromEntries(lists), article: { ...told, links: { html: page } } };
}

/** Every value that was read is the one that was told, under the same name. */
function assertTold(value, told, where) {
  if (typeof value !== "object" || value === null) return assert.equal(value, told, where);
  assert.equal(Array.isArray(value), Array.isArray(told), where);
  if (Array.isArray(value)) assert.equal(value.length, told.length, where);
  for (const [name, one] of Object.entries(value)) assertTold(one, told?.[name], `${where}.${name}`);
}

/** With what no schema says: ids tell edits apart, and pages are the backend's own. @param {any} body */
function prepared(body) {
  const links = body.article?.links;
  if (typeof links?.html === "string") links.html = `${BACKEND}/articles/${encodeURIComponent(links.html)}`;
  for (const [prefix, edits] of Object.entries({ e: body.edits, p: body.passing })) {
    if (Array.isArray(edits))
      edits.forEach((edit, n) => {
        if (typeof edit.id === "string") edit.id = `${prefix}${n}`;
        if (typeof edit.page === "string") edit.page = `${links?.html}/edits/${NAME}`;
      });
  }
  return body;
}

for (const { method, path, by, read } of READERS) {
  test(`any answer that is described for ${method} ${path} is read as it was told, by ${by}`, () => {
    const bodies = anyValue(API.schema(method, path, 200), API.document.components.schemas).map(prepared);
    fc.assert(
      fc.property(bodies, (body) => assertTold(read(body), body, "body")),
      { numRuns: 200, seed: 20260101 },
    );
  });
}

const REAL = cases("answers");
const filled = (path) => path.replace(/\{\w+\}/g, "7");

test("the answers of a real backend are as the document says", () => {
  assert.ok(REAL.length > 30);
  for (const { name, method, path, status, body } of REAL)
    assert.deepEqual(API.untrue(method, filled(path), status, body), [], name);
});

test("the answers of a real backend are read as they were told", () => {
  for (const { method, path, read } of READERS) {
    const answers = REAL.filter((one) => one.method === method && one.path === path && one.status < 300);
    assert.ok(answers.length, `${method} ${path} is not among them`);
    for (const { name, body } of answers) assertTold(read(body), body, name);
  }
});

test("the answers that tests make up are as the document says", () => {
  const bodies = [
    ["GET", "/api/v1/edits", history()],
    ["GET", "/api/v1/articles/7/versions/1", { article: article(), version: versionText() }],
    ["POST", "/api/v1/lookup", { results: { a: known(1, 0), b: null } }],
  ];
  for (const [method, path, body] of bodies) assert.deepEqual(API.untrue(method, path, 200, body), []);
});

test("a history page is offered where the backend has one of its own", () => {
  const { body } = REAL.find(({ name }) => name === "edits");
  assert.equal(checkAnswer(body, BACKEND).history, body.article.links.html);
  assert.equal(checkAnswer(body, "http://127.0.0.1:9999").article.has_history, false);
});

test("an edit has a name where its page is below its article's own, and is called as edits are", () => {
  const page = `${BACKEND}/articles/7/edits/`;
  const nameOf = (told) => checkAnswer(history({ edits: [editOf({ page: told })] }), BACKEND).edits[0].name;
  assert.equal(nameOf(page + NAME), NAME);
  for (const strange of [
    `${BACKEND}/articles/8/edits/${NAME}`,
    `https://elsewhere.example/articles/7/edits/${NAME}`,
    `${page}../../../forget`,
    `${page}${NAME}/card.svg`,
    `${page}${NAME}?next=/`,
    `${page}e1`,
    page,
    7,
    null,
    undefined,
  ])
    assert.equal(nameOf(strange), null, String(strange));
});

/** What the extension has no use for. */
const UNREAD = [
  "Article.first_seen_at",
  "Article.links.atom",
  "Article.links.timemap",
  "Article.next_check_at",
  "Article.published_at",
  "Article.source",
  "Backfill.source.name",
  "History.aside",
  "History.left_out.aside",
  "History.next",
  "SeenAside.first_seen_at",
  "SeenAside.last_seen_at",
  "SeenAside.lines",
  "SeenAside.reason",
  "SeenAside.times",
  "SeenAside.title",
  "SeenAside.version",
  "OlderReading.blocks",
  "OlderReading.read_until",
  "OlderReading.reading",
  "OlderReading.title",
  "Recorded.new_version",
  "Wordings.edit",
  "Recorded.version", // read by the functions that send a page
  "Version.older_readings",
  "Version.reading",
  "Version.saved",
  "VersionNote.later",
  "get /api/v1/token.archives.name",
  "get /api/v1/token.expires_at",
  "get /api/v1/token.name",
  "get /api/v1/token.scope",
  `get ${VERSION}.article`,
  "post /api/v1/lookup.results{}.last_changed_at",
];

/** How a document can change under our hands. */
const CHANGES = {
  renamed: (holder, name) => {
    holder.properties[`${name}n`] = holder.properties[name];
    delete holder.properties[name];
    holder.required = holder.required?.map((one) => (one === name ? `${name}n` : one));
  },
  retyped: (holder, name) => {
    holder.properties[name] =
      holder.properties[name].type === "boolean" ? { type: "integer", minimum: 0, maximum: 1 } : { type: "boolean" };
  },
};

for (const [how, change] of Object.entries(CHANGES)) {
  test(`a field that is ${how} in the document alone is missed, whichever it is`, () => {
    const [all, missed] = [new Set(), new Set()];
    for (const { method, path, read } of READERS) {
      const places = [...propertiesOf(method, path, openapi())].map(({ place }) => place);
      for (const [n, place] of places.entries()) {
        const document = openapi();
        const { holder, name } = [...propertiesOf(method, path, document)][n];
        change(holder, name);
        const bodies = fc.sample(anyValue(bodySchema(method, path, document), document.components.schemas), {
          numRuns: 30,
          seed: 20260101,
        });
        all.add(place);
        if (bodies.some((body) => !isRead(read, body))) missed.add(place);
      }
    }
    assert.deepEqual([...all].filter((place) => !missed.has(place)).sort(), [...UNREAD].sort());
  });
}

/** @param {string} method @param {string} path @param {any} document */
function bodySchema(method, path, document) {
  return document.paths[path][method].responses[200].content["application/json"].schema;
}

/** Each property that an answer's objects can have: its name, the schema that holds it, and where that is. */
function propertiesOf(method, path, document) {
  return properties(bodySchema(method, path, document), `${method} ${path}`, document, new Set());
}

/** @param {any} schema @param {string} where @param {any} document @param {Set<any>} met */
function* properties(schema, where, document, met) {
  const component = schema.$ref?.split("/").at(-1);
  const target = component ? document.components.schemas[component] : schema;
  if (met.has(target)) return;
  met.add(target);
  for (const [name, one] of Object.entries(target.properties ?? {})) {
    const place = `${component ?? where}.${name}`;
    yield { place, name, holder: target };
    yield* properties(one, place, document, met);
  }
  if (typeof target.additionalProperties === "object")
    yield* properties(target.additionalProperties, `${where}{}`, document, met);
  for (const one of [target.items, ...(target.oneOf ?? [])])
    if (one) yield* properties(one, component ?? where, document, met);
}

/** Whether a body is read as it was told. @param {(body: any) => any} read @param {any} body */
function isRead(read, body) {
  try {
    assertTold(read(prepared(body)), body, "body");
    return true;
  } catch {
    return false;
  }
}

const COPY = { archive: "Wayback Machine", href: "https://web.archive.org/web/20260305183600/https://news.example/a" };
const versionsWith = (memento) => ({ versions: [note(0, { origin: "archive", memento }), note(1)] });

test("a copy's link is taken where it leads to a web page, in a list of versions and with a version's text", () => {
  assert.deepEqual(checkAnswer(history(versionsWith(COPY)), BACKEND).versions[0].memento, COPY);
  assert.deepEqual(checkVersionText({ version: versionText({ memento: COPY }) }).memento, COPY);
  for (const told of [null, undefined])
    assert.equal(checkAnswer(history(versionsWith(told)), BACKEND).versions[0].memento, null);
});

for (const memento of [
  { ...COPY, href: "javascript:alert(1)" },
  { ...COPY, href: "JavaScript://web.archive.org/%0aalert(1)" },
  { ...COPY, href: "data:text/html,x" },
  { ...COPY, href: " https://web.archive.org/" },
  { ...COPY, href: "//web.archive.org/" },
  { ...COPY, href: `https://web.archive.org/${"a".repeat(8192)}` },
  { ...COPY, href: ["https://web.archive.org/"] },
  { archive: "Wayback Machine" },
  { ...COPY, archive: { toString: () => "x" } },
  { ...COPY, archive: "a".repeat(2001) },
  "https://web.archive.org/",
  7,
  false,
]) {
  test(`a copy that is told as ${JSON.stringify(memento).slice(0, 60)} is refused`, () => {
    assert.throws(() => checkAnswer(history(versionsWith(memento)), BACKEND), { code: "backend-strange" });
    assert.throws(() => checkVersionText({ version: versionText({ memento }) }), { code: "backend-strange" });
  });
}

test("a backend from before times were told is read as one that knows none", () => {
  const { times: _, ...older } = editOf({ changed_in: 1 });
  const [taken] = checkAnswer(history({ edits: [older] }), BACKEND).edits;
  assert.deepEqual([taken.times, taken.changed_in], [[], 1]);
});

test("of what was seen aside the headlines elsewhere are taken, as bounded text", () => {
  const seen = {
    version: 0,
    title: "T",
    times: 1,
    first_seen_at: null,
    last_seen_at: "2026-01-02T08:00:00Z",
    lines: [],
  };
  const front = { ...seen, reason: "front", lines: ["<b>Shut</b>"] };
  assert.deepEqual(checkElsewhere([{ ...seen, reason: "alternating" }, front]), [
    { place: "front", headline: "<b>Shut</b>", last_seen_at: seen.last_seen_at },
  ]);
  assert.deepEqual(checkElsewhere(undefined), []);
  assert.equal(checkElsewhere(Array(50).fill(front)).length, 20);
  for (const wrong of [{ lines: [] }, { lines: ["x".repeat(9_000)] }, { lines: "x" }, { last_seen_at: "x" }]) {
    assert.throws(() => checkElsewhere([{ ...front, ...wrong }]), { code: "backend-strange" });
  }
});

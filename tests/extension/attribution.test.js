/** Who showed an earlier wording first: told with a link, copied with it, and nothing where nobody else did. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { run } from "./content-scope.js";
import { document, within, written } from "./fake-document.js";
import { BACKEND, PAGE, article, edit, history, note, wellAnswer } from "./answers.js";
import { OWN, newBrowser } from "./fake-browser.js";

newBrowser();
const { route } = await import("../../extension/background/router.js");
const FOLDER = new URL("../../extension/_locales/", import.meta.url);
const FILES = ["messages", "listen", "nodes", "time-nodes", "attribution"].map((name) => `shared/${name}.js`);
const AT = "2026-03-05T18:36:00Z";
const HREF = "https://web.archive.org/web/20260305183600/https://news.example/2026/bridge";
const PEERS_HREF = "http://reader.example:8484/memento/20260305183600/https://news.example/2026/bridge";
const COPY = note(0, { seen_at: AT, origin: "archive", memento: { archive: "Wayback Machine", href: HREF } });
const PEERS = note(0, { seen_at: AT, origin: "rowback", memento: { archive: "reader.example", href: PEERS_HREF } });

/** In a browser of a language, with more files and globals. */
function scopeOf(language, files = [], globals = {}) {
  const messages = JSON.parse(readFileSync(new URL(`${language}/messages.json`, FOLDER), "utf8"));
  const getMessage = (name, values = []) =>
    (messages[name]?.message ?? "").replace(/\$(\d)/g, (_, number) => values[number - 1]);
  const browser = { i18n: { getUILanguage: () => language, getMessage } };
  return run([...FILES, ...files], { browser, document, ...globals });
}

const told = (language = "en") => scopeOf(language).RowbackAttribution;

test("a wording that an archive's copy showed is told with the archive and the time of the copy", () => {
  const line = told().line(COPY);
  assert.equal(written(line), `<p class="credit">As archived by <a>the Wayback Machine</a> on <time>${AT}</time></p>`);
  assert.match(line.textContent, /^As archived by the Wayback Machine on Mar 5, 2026, /);
});

test("the link leads to the copy in a tab of its own, which learns nothing of the page", () => {
  const [{ attributes }] = within(told().line(COPY), "a");
  assert.deepEqual({ ...attributes }, { href: HREF, target: "_blank", rel: "noopener noreferrer", dir: "auto" });
});

test("what another backend gave was stored there; other archives are called what they are called", () => {
  assert.match(told().line(PEERS).textContent, /^As stored by reader\.example on /);
  const arquivo = { ...COPY, memento: { archive: "Arquivo.pt $1 \ue000", href: HREF } };
  assert.match(told().line(arquivo).textContent, /^As archived by Arquivo\.pt \$1 \ue000 on /);
});

test("what another backend was given by an archive was archived there", () => {
  const given = { ...PEERS, memento: COPY.memento };
  assert.match(told().line(given).textContent, /^As archived by the Wayback Machine on /);
  assert.equal(told().brief(given).map(written).join(""), "As archived by <a>the Wayback Machine</a>");
  assert.match(told().line({ ...PEERS, origin: "archive" }).textContent, /^As archived by reader\.example on /);
  assert.match(told().quote("It costs 4.", article(), given), /, as archived by the Wayback Machine on /);
});

test("in a list of versions the time stands there already", () => {
  assert.equal(told().brief(COPY).map(written).join(""), "As archived by <a>the Wayback Machine</a>");
  assert.equal(told().brief(PEERS).map(written).join(""), "As stored by <a>reader.example</a>");
});

test("what nobody else showed first has no such line", () => {
  for (const one of [note(0), { seen_at: AT }, undefined]) assert.equal(told().line(one), null);
  assert.equal(told().brief(note(0)).length, 0);
});

test("a quote that is copied names the copy and its address, and its own as ever", () => {
  assert.match(
    told().quote("It costs 4.", article(), COPY),
    /^“It costs 4\.”\n— Council .*, as archived by the Wayback Machine on .*2026.*\n.*bridge\nhttps:.*archive/,
  );
  assert.match(told().quote("It costs 4.", article(), PEERS), /, as stored by reader\.example on .*\n.*\nhttp:/);
  const own = told().quote("It costs 4.", article(), note(0));
  assert.equal(own.split("\n").length, 3);
  assert.match(own, /, as seen /);
});

test("a wording of a version that a copy showed is copied with it", async () => {
  const copied = [];
  const navigator = { clipboard: { writeText: async (text) => copied.push(text) } };
  const { RowbackQuote: quotes } = scopeOf("en", ["shared/quote.js"], { navigator });
  const wording = (version) => ({ version, seen_at: AT, text: `It costs ${version}.` });
  const answer = { article: article(), versions: [COPY, note(1)] };
  for (const version of [0, 1, 7]) assert.equal(await quotes.copy(wording(version), answer, null), "Quote copied.");
  assert.deepEqual(
    copied.map((text) => text.includes(HREF)),
    [true, false, false],
  );
});

test("what is not painted on the page says whose copy showed what it said", () => {
  const files = [
    ...["edit-words", "markup", "edit-nodes"].map((name) => `shared/${name}.js`),
    "content/card/rest-view.js",
  ];
  const gone = edit({ kind: "delete", wordings: [{ ...note(0), last_version: 0, text: "It costs 4." }] });
  const shown = (versions) => {
    const answer = { article: article(), versions, passing: [gone] };
    const lists = scopeOf("en", files).RowbackRestView.build({ unplaced: [gone], answer });
    return Array.from(lists, (list) => within(list, "a").length);
  };
  assert.deepEqual(shown([COPY, note(1)]), [1, 1]);
  assert.deepEqual(shown([note(0), note(1)]), [0, 0]);
});

for (const language of readdirSync(FOLDER)) {
  test(`in ${language} the archive, the time and both addresses are said`, () => {
    const { line, quote } = told(language);
    for (const [seen, name] of [
      [COPY, "Wayback Machine"],
      [PEERS, "reader.example"],
    ]) {
      assert.ok(within(line(seen), "a")[0].textContent.includes(name));
      assert.equal(within(line(seen), "time").length, 1);
      const copied = quote("It costs 4.", article(), seen);
      for (const part of [name, "It costs 4.", PAGE, seen.memento.href]) assert.ok(copied.includes(part), part);
    }
  });
}

/** What the popup, the panel and the line by the headline are told of an article's last change. */
async function lastChange(versions) {
  const world = newBrowser();
  world.preset = { backend: BACKEND, token: "t" };
  const body = history({ versions });
  world.answer = (asked) => (asked.path === "/api/v1/edits" ? { body } : wellAnswer(asked));
  const sender = { id: "rowback", url: PAGE, frameId: 0, tab: { id: 3, incognito: false } };
  const page = (await route({ name: "look", url: PAGE, canonical: null }, sender, OWN)).value;
  const panel = { id: "rowback", url: `${OWN}panel/index.html` };
  const { article: stored } = (await route({ name: "history", url: PAGE, from: null, to: null }, panel, OWN)).value;
  return [page.article.last_changed_at, stored.last_changed_at, page.told.changed === null];
}

test("of a change since an archive's copy of long ago nobody says that it was just now", async () => {
  const now = new Date();
  const ago = (hours) => new Date(now.getTime() - hours * 3_600_000).toISOString();
  const between = (from, to) => [note(0, { last_seen_at: from }), note(1, { seen_at: to, last_seen_at: to })];
  const at = article().last_changed_at;
  assert.deepEqual(await lastChange(between(ago(30 * 24), ago(1))), [null, null, true]);
  assert.deepEqual(await lastChange(between(ago(30 * 24), ago(29 * 24))), [at, at, false], "a day, long ago");
  assert.deepEqual(await lastChange(between(ago(20), ago(1))), [at, at, false], "a night");
  assert.deepEqual(await lastChange([note(0)]), [at, at, false]);
});

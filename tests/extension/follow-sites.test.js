/** Following sites on the onboarding page: which packs come first, what was typed, what is chosen and read. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { change, choiceOf, choose, newChoices, tally } from "../../extension/onboarding/choices.js";
import { patternsOf } from "../../extension/onboarding/sites-asked.js";
import { addressIn, byName, inOrder } from "../../extension/onboarding/pack-order.js";

const PACKS = [
  ["uk", ["en-GB", "en-IE"]],
  ["us", ["en-US", "en"]],
  ["de", ["de"]],
  ["es", ["es-ES", "es", "ca"]],
  ["latam", ["es-419", "es-MX"]],
].map(([id, languages]) => ({ id, name: id, language: "en", languages, outlets: [] }));

for (const [languages, first, meant] of [
  [
    ["en-GB", "en"],
    ["uk", "us", "de", "es", "latam"],
    ["uk", "us"],
  ],
  [["en-US"], ["us", "uk", "de", "es", "latam"], ["us", "uk"]],
  [
    ["de-CH", "en-US"],
    ["de", "us", "uk", "es", "latam"],
    ["de", "us", "uk"],
  ],
  [["es-MX"], ["latam", "es", "uk", "us", "de"], ["latam", "es"]],
  [["CA"], ["es", "uk", "us", "de", "latam"], ["es"]],
  [["fi"], ["uk", "us", "de", "es", "latam"], []],
  [[], ["uk", "us", "de", "es", "latam"], []],
]) {
  test(`packs for ${languages} come in the order of these languages`, () => {
    const ordered = inOrder(PACKS, languages);
    assert.deepEqual(
      ordered.map(({ pack }) => pack.id),
      first,
    );
    assert.deepEqual(
      ordered.filter(({ isMeant }) => isMeant).map(({ pack }) => pack.id),
      meant,
    );
  });
}

test("outlets stand by name, as the reader's language orders letters", () => {
  const outlets = ["Zeit", "ålder", "Äther", "bild"].map((name) => ({ name }));
  const names = (language) => byName(outlets, language).map(({ name }) => name);
  assert.deepEqual(names("de"), ["ålder", "Äther", "bild", "Zeit"]);
  assert.deepEqual(names("sv"), ["bild", "Zeit", "ålder", "Äther"]);
});

for (const [typed, address] of [
  ["news.example", "https://news.example/"],
  [" https://news.example/feed.xml ", "https://news.example/feed.xml"],
  ["http://news.example", "http://news.example/"],
  ["news.example/de/", "https://news.example/de/"],
  ["bücher.example", "https://xn--bcher-kva.example/"],
  ["ftp://news.example", null],
  ["javascript:alert(1)", null],
  ["news", null],
  ["two words.example", null],
  [".example", null],
  ["", null],
]) {
  test(`what is meant by “${typed}” is ${address}`, () => assert.equal(addressIn(typed), address));
}

const wish = (name) => ({ url: `https://${name}.example/`, kind: "site", site: "", name });
const found = (aDay, megabytes) => ({
  feed: { url: "https://a.example/f", kind: "feed", title: "", articles: 3, first: [], aDay, megabytes, leadsTo: null },
  nothing: null,
});
const NOTHING = { feed: null, nothing: { why: "missing", reason: "404" } };

/** Choices whose looks are answered by hand. */
function opened() {
  const asked = [];
  const choices = newChoices(
    ({ name }) => new Promise((resolve, reject) => asked.push({ name, resolve, reject })),
    () => {},
  );
  const pick = (name, on = true) => choose(choices, choiceOf(choices, wish(name)), on);
  const answer = async (name, look) => {
    asked.find((one) => one.name === name).resolve(look);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const state = (name) => choiceOf(choices, wish(name)).state;
  return { choices, asked, pick, answer, state, names: () => asked.map(({ name }) => name) };
}

test("what is chosen is read, two at a time, and tells what it comes to", async () => {
  const { choices, pick, answer, state, names } = opened();
  for (const name of ["a", "b", "c"]) pick(name);
  assert.deepEqual(names(), ["a", "b"]);
  assert.equal(state("c"), "waiting");
  assert.equal(tally([...choices.all.values()]).pending, 3);
  await answer("a", found(60, 34));
  assert.deepEqual(names(), ["a", "b", "c"]);
  await answer("b", NOTHING);
  await answer("c", found(null, null));
  assert.deepEqual(["a", "b", "c"].map(state), ["found", "nothing", "found"]);
  const { found: ready, pending, aDay, megabytes } = tally([...choices.all.values()]);
  assert.deepEqual([ready.length, pending, aDay, megabytes], [2, 0, 60, 34]);
});

test("what is let go of while it is read stays so, and is not read twice", async () => {
  const { pick, answer, state, names } = opened();
  pick("a");
  pick("a", false);
  await answer("a", found(5, 3));
  assert.equal(state("a"), "idle");
  pick("a");
  assert.equal(state("a"), "found");
  assert.deepEqual(names(), ["a"]);
});

test("a host that is busy is asked again, and no host for two things at once", async () => {
  const { choices, asked, state } = opened();
  const here = (path) => ({ ...wish("a"), url: `https://a.example/${path}`, name: path });
  for (const path of ["one", "two"]) choose(choices, choiceOf(choices, here(path)), true);
  choose(choices, choiceOf(choices, wish("b")), true);
  const names = () => asked.map(({ name }) => name);
  assert.deepEqual(names(), ["one", "b"]);
  asked[0].resolve({ feed: null, nothing: { why: "busy", reason: "" } });
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(names(), ["one", "b", "one"]);
  assert.equal(choiceOf(choices, here("one")).state, "reading");
  asked[2].resolve(found(1, 1));
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(names(), ["one", "b", "one", "two"]);
  assert.equal(state("b"), "reading");
});

test("a host that stays busy is told as such in the end", async () => {
  let asked = 0;
  const busy = { feed: null, nothing: { why: "busy", reason: "" } };
  const choices = newChoices(
    async () => {
      asked += 1;
      return busy;
    },
    () => {},
  );
  const choice = choiceOf(choices, wish("a"));
  choose(choices, choice, true);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(choice.state, "nothing");
  assert.equal(choice.look, busy);
  assert.equal(asked, 21);
});

test("what gave nothing is read again when it is chosen again", async () => {
  const { pick, answer, names } = opened();
  pick("a");
  await answer("a", NOTHING);
  pick("a");
  assert.deepEqual(names(), ["a", "a"]);
});

test("a backend that fails says so beside the site, and the next is read", async () => {
  const { choices, asked, pick, state, names } = opened();
  for (const name of ["a", "b", "c"]) pick(name);
  asked[0].reject({ code: "backend-down", message: "It does not answer." });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(state("a"), "nothing");
  assert.equal(choiceOf(choices, wish("a")).said, "It does not answer.");
  assert.deepEqual(names(), ["a", "b", "c"]);
});

test("what is followed is not chosen once more, and an address is one choice wherever it is shown", () => {
  const { choices, pick, names } = opened();
  change(choices, choiceOf(choices, wish("a")), { state: "followed", feed: "https://a.example/f" });
  pick("a");
  pick("a", false);
  assert.deepEqual(names(), []);
  assert.equal(choiceOf(choices, wish("a")).state, "followed");
  assert.equal(choices.all.size, 1);
});

test("the browser is asked for the sites of what is followed, not for hosts of feeds, each once", () => {
  const choice = (url, site) => ({ wish: { url, site, kind: "feed", name: "" } });
  const chosen = [
    choice("https://feeds.echo.example/rss", "https://www.echo.example/"),
    choice("https://www.echo.example/world/feed", ""),
    choice("https://post.example/", ""),
    choice("http://127.0.0.1:8000/", ""),
  ];
  assert.deepEqual(patternsOf(chosen), [
    "http://*.echo.example/*",
    "https://*.echo.example/*",
    "http://*.post.example/*",
    "https://*.post.example/*",
  ]);
  assert.deepEqual(patternsOf([]), []);
});

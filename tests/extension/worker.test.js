import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { BACKEND, PAGE, article, edit, history, note, problem, strange, wellAnswer, wordings } from "./answers.js";
import { OWN, newBrowser } from "./fake-browser.js";

newBrowser();
const { route } = await import("../../extension/background/router.js");
const { registerForGrants } = await import("../../extension/background/grants.js");
const { FIRST, REST } = await import("../../extension/background/content-files.js");
const { keepAnswer, keptAnswer } = await import("../../extension/background/answers.js");

const PAGE_SENDER = { id: "rowback", url: PAGE, frameId: 0, tab: { id: 3, incognito: false } };
const OUR_SENDER = { id: "rowback", url: `${OWN}popup/index.html` };

let world;
beforeEach(() => {
  world = newBrowser();
});

const look = (change = {}, sender = PAGE_SENDER) =>
  route({ name: "look", url: PAGE, canonical: null, ...change }, sender, OWN);
const fromOurPage = (message) => route(message, OUR_SENDER, OWN);
const paths = () => world.requests.map(({ method, path }) => `${method} ${path}`);
const asked = () =>
  world.requests
    .filter(({ path }) => path === "/api/v1/edits")
    .map(({ address }) => new URL(address).searchParams.get("url"));

/** A backend that this extension is connected to and that knows these articles. */
function backend(articles = { [PAGE]: history() }) {
  let token = "t1";
  void world.local.set({ token });
  world.answer = (request) => {
    const { path, headers, address } = request;
    if (path !== "/api/v1/health" && headers.Authorization !== `Bearer ${token}`) return problem(401, "no-token");
    if (path === "/api/v1/sign-in") return problem(404, "not-found");
    if (path !== "/api/v1/edits") return wellAnswer(request);
    const found = articles[new URL(address).searchParams.get("url")];
    if (!found) return problem(404, "unknown-article");
    return headers["If-None-Match"] === '"1"' ? { status: 304 } : { body: found, etag: '"1"' };
  };
  return {
    revoke: () => {
      token = "someone else's";
    },
  };
}

test("an article is answered; the toolbar shows the number of edits", async () => {
  backend();
  const reply = await look();
  assert.equal(reply.ok, true);
  assert.equal(reply.value.edits[0].anchor.exact, "It costs 6 million.");
  assert.deepEqual(paths(), ["GET /api/v1/edits"]);
  assert.deepEqual(world.badges.at(-1), { tabId: 3, text: "1" });
});

test("by its shape the toolbar's icon tells edits, none, nothing stored, trouble and no article apart", async () => {
  const plain = `${PAGE}-plain`;
  backend({ [PAGE]: history(), [plain]: history({ edits: [], passing: [] }) });
  await look();
  await look({ url: plain }, { ...PAGE_SENDER, url: plain });
  await look({ url: `${PAGE}-unknown` });
  await route({ name: "leave" }, PAGE_SENDER, OWN);
  const icons = ["16", "none-16", "unknown-16", "idle-16"].map((name) => `/icons/${name}.png`);
  assert.deepEqual(world.icons, icons);
  world.answer = () => problem(410, "hidden-article");
  await look();
  assert.equal(world.icons.at(-1), "/icons/idle-16.png", "as it should be, without an alarm");
  world.answer = () => problem(503, "unavailable");
  await look({ url: `${PAGE}-other` });
  assert.deepEqual([world.icons.at(-1), world.badges.at(-1).text], ["/icons/16.png", "!"]);
});

test("a browser whose button has no icon is told badge and title all the same", async () => {
  backend();
  globalThis.browser.action.setIcon = undefined;
  await look();
  assert.equal(world.badges.at(-1).text, "1");
  assert.match(world.titles.at(-1).title, /toolbar_|edit/);
});

test("a page gets our style sheet with the first thing to be shown, above its own and for good", async () => {
  const plain = `${PAGE}-plain`;
  backend({ [PAGE]: history(), [plain]: history({ edits: [], passing: [] }) });
  await look({ url: plain }, { ...PAGE_SENDER, url: plain });
  await look({ url: `${PAGE}-unknown` });
  assert.deepEqual(world.dressed, []);
  await look();
  await look({}, { ...PAGE_SENDER, documentId: "D1" });
  const files = ["content/draw/marks.css"];
  assert.deepEqual(world.dressed, [
    { target: { tabId: 3, frameIds: [0] }, files, origin: "USER" },
    { target: { tabId: 3, documentIds: ["D1"] }, files, origin: "USER" },
  ]);
});

test("a page that asks gets the second stage, itself and no frame in it", async () => {
  const ask = (sender) => route({ name: "rest" }, { ...PAGE_SENDER, ...sender }, OWN);
  assert.deepEqual(await ask({}), { ok: true, value: undefined });
  assert.equal((await ask({ documentId: "D1" })).ok, true);
  assert.equal((await ask({ frameId: 7 })).error.code, "no-page");
  assert.deepEqual(
    world.injected.map(({ target }) => target),
    [
      { tabId: 3, frameIds: [0] },
      { tabId: 3, documentIds: ["D1"] },
    ],
  );
  assert.ok(world.injected.every(({ files }) => files === REST));
  assert.deepEqual(world.requests, [], "and the backend hears nothing of it");
});

test("marks that the page hides are told by the title, and told no more when they are seen", async () => {
  backend();
  const hide = (hidden, sender = PAGE_SENDER) => route({ name: "marks-hidden", hidden }, sender, OWN);
  await hide(1);
  assert.deepEqual(world.titles, [], "of a tab that was told of nothing there is nothing to say");
  await look();
  const { title } = world.titles.at(-1);
  await hide(1);
  assert.deepEqual(world.titles.at(-1), { tabId: 3, title: `${title}. The page hides or covers marks.` });
  await hide(0);
  assert.deepEqual(world.titles.at(-1), { tabId: 3, title });
  await route({ name: "leave" }, PAGE_SENDER, OWN);
  const before = world.titles.length;
  await hide(1);
  assert.equal(world.titles.length, before);
  assert.equal((await hide(1, { ...PAGE_SENDER, frameId: 7 })).error.code, "no-page");
});

test("an answer is kept and asked about again by its ETag", async () => {
  backend();
  const [first, second] = [await look(), await look()];
  assert.deepEqual(second, first);
  assert.equal(world.requests.at(-1).headers["If-None-Match"], '"1"');
});

test("without a backend each page says what to do", async () => {
  void world.local.set({ token: "t1" });
  world.answer = () => {
    throw new TypeError("refused");
  };
  const { error } = await look();
  assert.equal(error.code, "backend-down");
  assert.match(error.message, /rowback serve/);
  assert.deepEqual(world.badges.at(-1), { tabId: 3, text: "!" });
});

test("pages never begin a pairing: twenty at once ask the backend nothing", async () => {
  const replies = await Promise.all(Array.from({ length: 20 }, () => look()));
  assert.deepEqual(new Set(replies.map(({ error }) => error.code)), new Set(["not-connected"]));
  assert.deepEqual(world.requests, []);
});

test("a token that is refused is forgotten, not sent for ever", async () => {
  const running = backend();
  await look();
  running.revoke();
  assert.equal((await look()).error.code, "not-connected");
  assert.equal(world.local.items.has("token"), false);
});

test("a preset token is used, and never for another backend", async () => {
  world.preset = { backend: BACKEND, token: "preset" };
  world.answer = (request) => (request.path === "/api/v1/edits" ? { body: history() } : wellAnswer(request));
  await look();
  assert.equal(world.requests[0].headers.Authorization, "Bearer preset");
  await fromOurPage({ name: "set-backend", backend: "https://other.example", token: "" });
  const toOther = world.requests.filter(({ address }) => address.startsWith("https://other.example"));
  assert.ok(toOther.length > 0);
  assert.ok(toOther.every(({ headers }) => headers.Authorization !== "Bearer preset"));
});

test("a page the backend does not know is asked about by its canonical address too", async () => {
  backend({ "https://www.news.example/story": history() });
  const reply = await look({ canonical: "https://www.news.example/story" });
  assert.equal(reply.value.edits.length, 1);
  assert.deepEqual(asked(), [PAGE, "https://www.news.example/story"]);
});

test("a canonical address on another site is not asked about", async () => {
  backend({});
  assert.deepEqual(await look({ canonical: "https://other.example/story" }), { ok: true, value: null });
  assert.deepEqual(asked(), [PAGE]);
});

const SILENT = [
  ["a private window", {}, { ...PAGE_SENDER, tab: { id: 3, incognito: true } }, "private-window"],
  ["an intranet page", { url: "https://wiki.corp/a" }, { ...PAGE_SENDER, url: "https://wiki.corp/a" }, "private-host"],
  ["the backend's own page", { url: `${BACKEND}/a` }, { ...PAGE_SENDER, url: `${BACKEND}/a` }, "backend-page"],
  ["a frame", {}, { ...PAGE_SENDER, frameId: 4 }, "no-page"],
];
for (const [name, change, sender, code] of SILENT) {
  test(`${name} is not asked about`, async () => {
    backend();
    assert.equal((await look(change, sender)).error.code, code);
    assert.deepEqual(world.requests, []);
  });
}

test("a version of an origin that only a newer backend knows is read like any other", async () => {
  const [first, second] = history().versions;
  world.answer = () => ({
    body: history({ versions: [{ ...first, origin: "teleprinter" }, second] }),
    strange: true,
  });
  void world.local.set({ token: "t1" });
  const reply = await look();
  assert.deepEqual(
    reply.value.versions.map(({ origin }) => origin),
    ["teleprinter", "poll"],
  );
});

test("a page is asked about under its own origin, whatever it claims", async () => {
  backend();
  await look({ url: "https://bank.example/secret" });
  assert.deepEqual(asked(), [PAGE]);
});

test("a site that was switched off is not asked about until it is switched on", async () => {
  backend();
  await fromOurPage({ name: "set-site", site: "news.example", on: false });
  assert.equal((await look()).error.code, "site-off");
  assert.deepEqual(world.requests, []);
  await fromOurPage({ name: "set-site", site: "news.example", on: true });
  assert.equal((await look()).ok, true);
});

test("settings cannot be changed, nor text be sent, from a page", async () => {
  backend();
  for (const name of ["set-backend", "set-site", "follow", "settings", "connection", "constructor"]) {
    const reply = await route(
      { name, backend: "https://evil.example", token: "", site: "a.example" },
      PAGE_SENDER,
      OWN,
    );
    assert.equal(reply.error?.code, "unknown-message", name);
  }
  assert.deepEqual(world.requests, []);
});

test("the page never learns where the history page is, and it opens all the same", async () => {
  backend();
  const reply = await look();
  assert.equal(JSON.stringify(reply).includes("127.0.0.1"), false);
  await route({ name: "open-history", article: 7 }, PAGE_SENDER, OWN);
  assert.deepEqual(world.tabs, [{ url: `${BACKEND}/articles/7` }]);
});

const WORDINGS = "/api/v1/articles/7/edits/e1/wordings";

/** A backend that has the wordings of e1 on these pages, by where each begins. */
function withWordings(pages) {
  backend();
  const answer = world.answer;
  world.answer = (request) => {
    if (request.path !== WORDINGS) return answer(request);
    const found = pages[new URL(request.address).searchParams.get("start")];
    return found ? { body: found } : problem(404, "unknown-edit");
  };
}
const askWordings = { name: "wordings", article: 7, edit: "e1", from: 0, to: 1 };

test("all wordings of an edit are had, page by page, by the page that was told of it", async () => {
  withWordings({ 0: wordings([0, 1], 2), 2: wordings([2]) });
  await look();
  const { value } = await route(askWordings, PAGE_SENDER, OWN);
  assert.deepEqual(
    value.map(({ version }) => version),
    [0, 1, 2],
  );
  assert.deepEqual(new URL(world.requests.at(-1).address).search, "?from=0&to=1&start=2");
  const other = { ...PAGE_SENDER, tab: { id: 4, incognito: false } };
  assert.equal((await route(askWordings, other, OWN)).ok, false);
  assert.equal((await fromOurPage(askWordings)).value.length, 3);
});

test("wordings that are no longer there are told as such, and pages without end come to one", async () => {
  withWordings({});
  assert.equal((await fromOurPage(askWordings)).error.code, "unknown-edit");
  withWordings({ 0: wordings([0], 0) });
  assert.equal((await fromOurPage(askWordings)).error.code, "backend-strange");
  assert.ok(world.requests.filter(({ path }) => path === WORDINGS).length < 10);
});

test("an answer that leaves something out says so", async () => {
  backend({ [PAGE]: history({ left_out: { versions: 2, edits: 0, passing: 1, aside: 0 } }) });
  assert.deepEqual((await look()).value.left_out, { versions: 2, edits: 0, passing: 1 });
});

const one = edit();

test("a page is given no more edits than it bears, and none as long as a book; the rest counts", async () => {
  const many = Array.from({ length: 2003 }, (_, n) => ({ ...one, id: `e${n}` }));
  many[1].anchor = { ...one.anchor, exact: "x".repeat(200_001) };
  const book = { ...one, id: "b", markup: `<p>${"x".repeat(800_000)}</p>` };
  backend({
    [PAGE]: history({ edits: many, passing: [book], left_out: { versions: 0, edits: 5, passing: 0, aside: 0 } }),
  });
  const { edits, passing, left_out } = (await look()).value;
  assert.deepEqual([edits.length, edits[1].id, passing.length], [2000, "e2", 0]);
  assert.deepEqual(left_out, { versions: 0, edits: 8, passing: 1 });
});

test("a history page elsewhere is not offered", async () => {
  const elsewhere = article({ links: { ...article().links, html: "https://evil.example/" } });
  backend({ [PAGE]: history({ article: elsewhere }) });
  assert.equal((await look()).value.article.has_history, false);
});

const STRANGE = {
  "no object": [],
  "no article": history({ article: null }),
  "edits that are no list": history({ edits: {} }),
  "an edit that is none": history({ edits: [null] }),
  "an unknown kind": history({ edits: [{ ...one, kind: "hack" }] }),
  "no anchor": history({ edits: [{ ...one, anchor: null, markup: 7 }] }),
  "one id twice": history({ edits: [one, one] }),
  "a time that is none": history({ versions: [{ version: 0, seen_at: "soon", last_seen_at: "later" }] }),
  "far too many edits": history({ edits: Array.from({ length: 10_001 }, (_, n) => ({ ...one, id: `e${n}` })) }),
  "a wording without text": history({ edits: [{ ...one, wordings: [{ text: 5 }] }] }),
};
for (const [name, body] of Object.entries(STRANGE)) {
  test(`an answer with ${name} is refused`, async () => {
    world.preset = { backend: BACKEND, token: "t" };
    world.answer = () => strange({ body });
    assert.equal((await look()).error.code, "backend-strange");
  });
}

test("what is not JSON, and errors that are not ours, are told as a strange backend", async () => {
  for (const answer of [{ body: "<h1>It works</h1>" }, { status: 500, body: "oops" }, { status: 302, body: "" }]) {
    world = newBrowser();
    world.preset = { backend: BACKEND, token: "t" };
    world.answer = () => strange(answer);
    assert.equal((await look()).error.code, "backend-strange");
  }
});

test("kept answers are bounded", async () => {
  for (let number = 0; number < 130; number += 1)
    await keepAnswer(`https://news.example/${number}`, { etag: "1", value: /** @type {any} */ ({}) });
  assert.equal(await keptAnswer("https://news.example/0"), undefined);
  assert.ok(await keptAnswer("https://news.example/129"));
  assert.equal([...world.session.items.keys()].filter((key) => key.startsWith("answer:")).length, 100);
  await keepAnswer("https://news.example/huge", { etag: "1", value: /** @type {any} */ ("x".repeat(600_000)) });
  assert.equal(await keptAnswer("https://news.example/huge"), undefined);
});

test("the content script is registered for exactly what is granted, and for nothing when nothing is", async () => {
  world.origins = ["http://127.0.0.1/*", "https://news.example/*"];
  await Promise.all([registerForGrants(), registerForGrants()]);
  assert.equal(world.registered.length, 1);
  assert.deepEqual(world.registered[0].matches, world.origins);
  assert.deepEqual(world.registered[0].js, FIRST);
  world.origins = [];
  await registerForGrants();
  assert.deepEqual(world.registered, []);
});

test("what is registered is not taken away when a browser starts, nor when another site is granted", async () => {
  world.origins = ["https://news.example/*"];
  await registerForGrants();
  const { unregisterContentScripts } = browser.scripting;
  browser.scripting.unregisterContentScripts = () => assert.fail("pages opened meanwhile would not be looked at");
  try {
    await registerForGrants();
    world.origins = ["https://news.example/*", "https://paper.example/*"];
    await registerForGrants();
  } finally {
    browser.scripting.unregisterContentScripts = unregisterContentScripts;
  }
  assert.deepEqual(
    world.registered.map(({ matches }) => matches),
    [world.origins],
  );
});

test("how much pages show is remembered, and only what there is can be chosen", async () => {
  const mode = () => route({ name: "mode" }, PAGE_SENDER, OWN).then(({ value }) => value);
  assert.equal(await mode(), "marks");
  assert.equal((await route({ name: "keep-mode", mode: "changes" }, PAGE_SENDER, OWN)).ok, true);
  assert.equal(await mode(), "changes");
  assert.equal((await route({ name: "keep-mode", mode: "loud" }, PAGE_SENDER, OWN)).ok, false);
  assert.equal(await mode(), "changes");
});

test("a page gets its sentences ready-made", async () => {
  backend();
  const { value } = await look();
  assert.match(value.told.summary, /^Edited \d/);
  assert.ok(value.told.marked.includes(String(value.edits.length)));
  assert.match(value.told.words.badge_label, /\$1.*\$2.*\$3.*\$4/, "with places for what the page knows");
  assert.deepEqual(
    Object.entries(value.told.words).filter(([name, message]) => message === name),
    [],
    "messages, not names",
  );
});

test("an article that its owner hides is told calmly, with the reason and without an alarm", async () => {
  world.preset = { backend: BACKEND, token: "t" };
  world.answer = () => problem(410, "hidden-article");
  const { error } = await look();
  assert.equal(error.code, "hidden-article");
  assert.match(error.message, /owner of this backend .* about hidden-article$/);
  assert.deepEqual(world.badges.at(-1), { tabId: 3, text: "" });
});

test("what the backend says of reverts, moves and moments is passed on, its absence as nothing", async () => {
  const versions = [note(0), note(1, { restores: 0, flapping: true })];
  const first = { version: 1, after: note(0).last_seen_at, seen_at: note(1).seen_at };
  const times = [{ what: "moved", count: 1, first, last: first }];
  backend({ [PAGE]: history({ versions, edits: [edit({ changed_in: 1, moved_from: 4, times })] }) });
  const { value } = await look();
  assert.deepEqual([value.edits[0].changed_in, value.edits[0].moved_from], [1, 4]);
  assert.deepEqual(value.edits[0].times, times);
  assert.deepEqual(
    value.versions.map(({ restores, flapping }) => [restores, flapping]),
    [
      [null, false],
      [0, true],
    ],
  );
});

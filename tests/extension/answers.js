/**
 * Answers of a backend, small, and true to the API: each that the fake browser hands out is held to the document, and
 * one that is not true must say that it is `strange`. Real ones are in tests/cases/answers.json.
 */
export const BACKEND = "http://127.0.0.1:8484";
export const PAGE = "https://news.example/2026/bridge";
/** What ends the permanent address of an edit. */
export const NAME = "3f2a9c1b-77e01d42-e0123456789ab";
const TITLE = "Council to close bridge";

export const HEALTH = { status: "ok", version: "0.2.0", api: 1 };
export const CODE = "BCDF-GHJK";
export const PAIRING = {
  device_code: "long-secret-of-this-pairing",
  user_code: CODE,
  confirm: `${BACKEND}/pair?code=${CODE}`,
  expires_in: 600,
  interval: 2,
};

export function article(change = {}) {
  const page = `${BACKEND}/articles/7`;
  return {
    id: 7,
    url: PAGE,
    source: "news.example",
    title: TITLE,
    published_at: null,
    first_seen_at: "2026-01-01T08:00:00Z",
    last_checked_at: "2026-01-02T09:00:00Z",
    last_changed_at: "2026-01-02T08:00:00Z",
    next_check_at: "2026-01-02T10:00:00Z",
    status: "watching",
    version_count: 2,
    listed: true,
    links: { html: page, atom: `${page}/feed.atom`, timemap: `${page}/timemap` },
    ...change,
  };
}

const seen = (version) => ({
  version,
  seen_at: `2026-01-0${version + 1}T08:00:00Z`,
  last_seen_at: `2026-01-0${version + 1}T09:00:00Z`,
});

export function note(version, change = {}) {
  const [later, words] = version ? ["about 1 day later", 1] : [null, 0];
  return {
    ...seen(version),
    title: TITLE,
    origin: "poll",
    later,
    words_inserted: words,
    words_deleted: words,
    restores: null,
    memento: null,
    flapping: false,
    ...change,
  };
}

export function edit(change = {}) {
  return {
    id: "e1",
    kind: "change",
    block: { kind: "p", index: 1 },
    anchor: { exact: "It costs 6 million.", prefix: "", suffix: "", near: null },
    markup: "<p>It costs <del>4</del><ins>6</ins> million.</p>",
    wordings: [{ ...seen(0), last_version: 0, text: "It costs 4 million." }],
    more_wordings: false,
    labels: ["figure"],
    minor: false,
    moved_from: null,
    changed_in: 1,
    times: [],
    page: `${BACKEND}/articles/7/edits/${NAME}`,
    ...change,
  };
}

/** What `GET /api/v1/edits` answers. */
export function history(change = {}) {
  return {
    article: article(),
    from: 0,
    to: 1,
    versions: [note(0), note(1)],
    edits: [edit()],
    passing: [],
    unannounced: true,
    aside: [],
    left_out: { versions: 0, edits: 0, passing: 0, aside: 0 },
    next: null,
    backfill: null,
    ...change,
  };
}

/** What `GET /api/v1/articles/…/edits/…/wordings` answers; `next`: where more come. */
export function wordings(versions, next = null) {
  const said = versions.map((version) => ({ ...seen(version), last_version: version, text: `It costs ${version}.` }));
  return { edit: "e1", wordings: said, next };
}

/** What `…/articles/…/check` answers of a look, here one that was just asked for. */
export function check(change = {}) {
  const none = { outcome: null, reason: null, reason_told: null, next_at: null, ended_at: null };
  return { state: "queued", asked_at: "2026-01-02T09:27:00Z", ...none, attended: true, ...change };
}

/** A version with its text. */
export function versionText(change = {}) {
  const blocks = [{ kind: "p", text: "It costs 6 million." }];
  const told = { title: TITLE, origin: "poll", memento: null, saved: null };
  return { ...seen(1), ...told, blocks, reading: 1, older_readings: [], ...change };
}

/** What `POST /api/v1/lookup` tells of one address. */
export function known(versions, edits) {
  return { version_count: versions, edit_count: edits, last_changed_at: "2026-01-02T08:00:00Z" };
}

export function feed(url, more = {}) {
  return {
    id: 1,
    url,
    kind: "site",
    title: "",
    include: [],
    exclude: [],
    added_at: "2026-01-02T08:00:00Z",
    last_checked_at: null,
    next_check_at: "2026-01-02T08:00:00Z",
    outcome: null,
    reason: null,
    reason_told: null,
    failures: 0,
    found_count: 0,
    waiting_count: 0,
    left_out_count: 0,
    dropped_count: 0,
    found: null,
    ...more,
  };
}

/** An answer with a problem, as RFC 9457 has them. */
export function problem(status, code, more = {}) {
  return {
    status,
    body: { type: `urn:rowback:problem:${code}`, code, title: code, status, detail: `about ${code}`, ...more },
  };
}

/** The same, told of something that no backend of ours answers: to see that it is borne. */
export function strange(answer) {
  return { ...answer, strange: true };
}

/** What a backend in good health answers to whatever is not told otherwise: by path. */
export function wellAnswer({ path, method, body }) {
  if (path === "/api/v1/health") return { body: HEALTH };
  if (path === "/api/v1/pair") return { status: 202, body: PAIRING };
  if (path === "/api/v1/pair/token") return problem(400, "pairing-pending");
  if (path === "/api/v1/sign-in") return problem(404, "not-found");
  if (path === "/api/v1/articles") return { body: { articles: [], next: null } };
  if (path === "/api/v1/lookup") return { body: { results: {} } };
  if (path === "/api/v1/sites") return { body: { sites: [], may_follow: true } };
  if (path === "/api/v1/feeds" && method === "DELETE") return { status: 204 };
  if (path === "/api/v1/feeds") return { status: 201, body: { feed: feed(body.url) } };
  if (path === "/api/v1/captures") return { status: 201, body: { article: article(), version: 2, new_version: true } };
  if (path.includes("/versions/")) return { body: { article: article(), version: versionText() } };
  if (path.endsWith("/follow"))
    return { body: { article: article(method === "PUT" ? {} : { status: "paused", next_check_at: null }) } };
  return problem(404, "unknown-article");
}

/** What answers say as `backfill`: going on, three copies read. */
export function past(change = {}) {
  return {
    state: "reading",
    stopped: false,
    source: { name: "wayback", title: "Wayback Machine" },
    listed: 14,
    earliest_at: "2026-03-05T18:36:00Z",
    latest_at: "2026-03-17T09:12:41Z",
    planned: 9,
    read: 3,
    versions: 2,
    next_at: "2026-03-17T18:40:05Z",
    reason: null,
    reason_told: null,
    ...change,
  };
}

/** What `GET /api/v1/token` answers. */
export function token(...titles) {
  const archives = titles.map((title) => ({ name: title.toLowerCase(), title }));
  return { name: "tests", scope: "capture", expires_at: null, archives };
}

/**
 * Whether what the backend answered has the shape that the rest of the extension relies on. Pure.
 *
 * Text from the backend comes from publishers and is never trusted further than this: bounded strings and numbers.
 * Unknown fields are left behind, so what reaches a page is exactly what is named here.
 */
import { ownPage } from "./backend-address.js";
import { Failed } from "./failure.js";
import { count, instant, list, optionalCount, optionalInstant, optionalText, text } from "./told-values.js";

/** @typedef {import("../shared/contract.js").Answer & {history: string | null}} CheckedAnswer */

const KINDS = new Set(["insert", "delete", "change", "move", "split", "merge"]);
/** What the backend calls an edit for good: the beginnings of two texts' fingerprints, and its id. */
export const EDIT_NAME = /^[0-9a-f]{8}-[0-9a-f]{8}-e[0-9a-f]{12}(-[1-9][0-9]{0,5})?$/;
const BLOCK_KINDS = /^(h[1-6]|p|li|blockquote|figcaption|pre|tr)$/;
const MAX_EDITS = 2_000; // a page bears no more
const MAX_TOLD_EDITS = 10_000;
const MAX_VERSIONS = 5_000;
const MAX_BLOCKS = 10_000;
const MAX_TEXT = 200_000;
const MAX_MARKUP = 4 * MAX_TEXT;
const MAX_SAID = 2_000; // an address, a headline, a reason
const MAX_ELSEWHERE = 20; // headlines of an article; the backend keeps ten

/**
 * @param {any} body what `GET /api/v1/edits` answered
 * @param {string} backend the origin that a history link must have
 * @returns {CheckedAnswer}
 */
export function checkAnswer(body, backend) {
  const checked = checkArticle(body?.article, backend);
  const pages = pagesOf(checked.history, backend);
  const edits = checkEdits(body.edits, pages);
  const passing = checkEdits(body.passing ?? [], pages);
  const leftOut = body.left_out ?? {};
  return {
    ...checked,
    versions: list(body.versions, MAX_VERSIONS).map(checkVersion),
    edits: edits.borne,
    passing: passing.borne,
    backfill: body.backfill === undefined || body.backfill === null ? null : checkPast(body.backfill),
    left_out: {
      versions: count(leftOut.versions ?? 0),
      edits: count(leftOut.edits ?? 0) + edits.left,
      passing: count(leftOut.passing ?? 0) + passing.left,
    },
  };
}

/**
 * @param {any} article
 * @param {string} backend
 * @returns {{article: import("../shared/contract.js").Article, history: string | null}}
 */
export function checkArticle(article, backend) {
  const history = ownPage(article?.links?.html, backend)?.href ?? null;
  return {
    history,
    article: {
      id: count(article?.id),
      url: text(article.url, 8192),
      title: text(article.title ?? "", 2000),
      status: text(article.status ?? "", 40),
      last_changed_at: optionalInstant(article.last_changed_at),
      last_checked_at: optionalInstant(article.last_checked_at),
      version_count: count(article.version_count),
      has_history: history !== null,
      listed: article.listed !== false,
    },
  };
}

/** @param {any} version @returns {import("../shared/contract.js").VersionNote} */
function checkVersion(version) {
  return {
    version: count(version?.version),
    seen_at: instant(version.seen_at),
    last_seen_at: instant(version.last_seen_at),
    title: text(version.title ?? "", 2000),
    origin: version.origin === null ? null : text(version.origin ?? "", 40),
    memento: checkMemento(version.memento),
    words_inserted: count(version.words_inserted ?? 0),
    words_deleted: count(version.words_deleted ?? 0),
    restores: optionalCount(version.restores),
    flapping: version.flapping === true,
  };
}

/** Between which versions the edits lie, and how they were made known.
 * @param {any} body @returns {{from: number, to: number, unannounced: boolean}} */
export function checkRange(body) {
  return { from: count(body?.from), to: count(body.to), unannounced: body.unannounced === true };
}

/**
 * What the article is called on front pages and in feeds of its site; of other things seen aside nothing is taken.
 *
 * @param {any} aside
 * @returns {import("../shared/contract.js").CalledElsewhere[]}
 */
export function checkElsewhere(aside) {
  const headlines = list(aside ?? [], MAX_VERSIONS).filter(({ reason }) => reason === "front" || reason === "feed");
  return headlines.slice(-MAX_ELSEWHERE).map(({ reason: place, lines, last_seen_at: seen }) => ({
    place,
    headline: text(list(lines, MAX_ELSEWHERE)[0], MAX_SAID),
    last_seen_at: instant(seen),
  }));
}

/**
 * @param {any} body what `GET /api/v1/articles/…/versions/…` answered
 * @returns {import("../shared/contract.js").VersionText}
 */
export function checkVersionText(body) {
  const version = body?.version;
  return {
    version: count(version?.version),
    seen_at: instant(version.seen_at),
    last_seen_at: instant(version.last_seen_at),
    title: text(version.title ?? "", 2000),
    origin: version.origin === null ? null : text(version.origin ?? "", 40),
    memento: checkMemento(version.memento),
    blocks: list(version.blocks, MAX_BLOCKS).map(checkBlock),
  };
}

/** A link that leads elsewhere than to a web page is none. @param {any} memento */
function checkMemento(memento) {
  if (memento === null || memento === undefined) return null;
  const href = text(memento.href, 8192);
  if (!/^https?:\/\//.test(href)) throw new Failed("backend-strange");
  return { archive: text(memento.archive, MAX_SAID), href };
}

/** @param {any} block */
function checkBlock(block) {
  if (!BLOCK_KINDS.test(block?.kind)) throw new Failed("backend-strange");
  return { kind: String(block.kind), text: text(block.text, MAX_TEXT) };
}

const CHECK_STATES = new Set(["queued", "checking", "waiting", "done", "failed"]);

/**
 * @param {any} body what `…/articles/…/check` answered
 * @returns {{check: import("../shared/contract.js").Check | null, next: string | null}} `next`: the article's next
 *   check in turn
 */
export function checkCheck(body) {
  const next = optionalInstant(body?.article?.next_check_at);
  const check = body?.check;
  if (check === null || check === undefined) return { check: null, next };
  if (!CHECK_STATES.has(check.state)) throw new Failed("backend-strange");
  return {
    next,
    check: {
      state: check.state,
      outcome: optionalText(check.outcome, 40),
      reason: optionalText(check.reason, MAX_SAID),
      reason_told: optionalText(check.reason_told, MAX_SAID),
      next_at: optionalInstant(check.next_at),
      ended_at: optionalInstant(check.ended_at),
      attended: check.attended !== false,
    },
  };
}

const PAST_STATES = new Set(["queued", "listing", "reading", "waiting", "done", "none", "excluded", "failed"]);

/** @param {any} past what an answer says as `backfill` @returns {import("../shared/contract.js").Past} */
export function checkPast(past) {
  if (!PAST_STATES.has(past?.state)) throw new Failed("backend-strange");
  return {
    state: past.state,
    stopped: past.stopped === true,
    source: { title: text(past.source?.title, MAX_SAID) },
    listed: count(past.listed),
    earliest_at: optionalInstant(past.earliest_at),
    latest_at: optionalInstant(past.latest_at),
    planned: count(past.planned),
    read: count(past.read),
    versions: count(past.versions),
    next_at: optionalInstant(past.next_at),
    reason: past.reason === null || past.reason === undefined ? null : text(past.reason, MAX_SAID),
    reason_told: optionalText(past.reason_told, MAX_SAID),
  };
}

/** @param {any} token what `GET /api/v1/token` answered
 * @returns {string[]} titles of the archives that it may have asked */
export function checkArchives(token) {
  return list(token?.archives ?? [], 50).map((archive) => text(archive?.title, MAX_SAID));
}

/** @typedef {{version_count: number, edit_count: number}} Known */

/** @param {any} body what `POST /api/v1/lookup` answered @returns {Record<string, Known | null>} by address */
export function checkLookup(body) {
  const results = body?.results;
  if (typeof results !== "object" || results === null || Array.isArray(results)) throw new Failed("backend-strange");
  return Object.fromEntries(Object.entries(results).map(([url, known]) => [url, known && checkKnown(known)]));
}

/** @param {any} known @returns {Known} */
function checkKnown(known) {
  return { version_count: count(known.version_count), edit_count: count(known.edit_count) };
}

/**
 * The end of an edit's own address below its article's history page: pages are told that, and never where the backend
 * is.
 *
 * @param {string | null} history
 * @param {string} backend
 * @returns {(page: unknown) => string | null} null for what is no such address
 */
function pagesOf(history, backend) {
  return (page) => {
    const below = `${history}/edits/`;
    const address = history && typeof page === "string" ? ownPage(page, backend)?.href : null;
    const name = address?.startsWith(below) ? address.slice(below.length) : "";
    return EDIT_NAME.test(name) ? name : null;
  };
}

/** What a page bears of the edits that are told, and how many it does not.
 * @param {unknown} told @param {ReturnType<typeof pagesOf>} pages */
function checkEdits(told, pages) {
  const all = list(told, MAX_TOLD_EDITS);
  const borne = all
    .filter(isBearable)
    .slice(0, MAX_EDITS)
    .map((edit) => checkEdit(edit, pages));
  if (new Set(borne.map((edit) => edit.id)).size !== borne.length) throw new Failed("backend-strange");
  return { borne, left: all.length - borne.length };
}

/** Whether an edit is no book in one paragraph. @param {any} edit */
function isBearable(edit) {
  return !(edit?.anchor?.exact?.length > MAX_TEXT || edit?.markup?.length > MAX_MARKUP);
}

/** @param {any} edit @param {ReturnType<typeof pagesOf>} pages @returns {import("../shared/contract.js").Edit} */
function checkEdit(edit, pages) {
  if (!KINDS.has(edit?.kind) || !BLOCK_KINDS.test(edit.block?.kind)) throw new Failed("backend-strange");
  const near = edit.anchor?.near;
  return {
    id: text(edit.id, 200),
    kind: edit.kind,
    block: { kind: edit.block.kind, index: count(edit.block.index) },
    anchor: {
      exact: text(edit.anchor?.exact ?? "", MAX_TEXT),
      prefix: text(edit.anchor?.prefix ?? "", 2000),
      suffix: text(edit.anchor?.suffix ?? "", 2000),
      near: near === "before" || near === "after" ? near : null,
    },
    markup: text(edit.markup, MAX_MARKUP),
    wordings: list(edit.wordings, MAX_VERSIONS).map(checkWording),
    more_wordings: edit.more_wordings === true,
    labels: list(edit.labels ?? [], 50).map((label) => text(label, 40)),
    minor: edit.minor === true,
    moved_from: optionalCount(edit.moved_from),
    changed_in: optionalCount(edit.changed_in),
    times: list(edit.times ?? [], 50).map(checkTimes),
    name: pages(edit.page),
  };
}

/** @param {any} times @returns {import("../shared/contract.js").Times} */
function checkTimes(times) {
  return {
    what: text(times?.what, 40),
    count: count(times.count),
    first: checkMoment(times.first),
    last: checkMoment(times.last),
  };
}

/** @param {any} moment @returns {import("../shared/contract.js").Moment} */
function checkMoment(moment) {
  return { version: count(moment?.version), after: instant(moment.after), seen_at: instant(moment.seen_at) };
}

/**
 * @param {any} body what `GET /api/v1/articles/…/edits/…/wordings` answered
 * @returns {{wordings: import("../shared/contract.js").Wording[], next: number | null}}
 */
export function checkWordings(body) {
  return { wordings: list(body?.wordings, MAX_VERSIONS).map(checkWording), next: optionalCount(body.next) };
}

/** @param {any} wording @returns {import("../shared/contract.js").Wording} */
function checkWording(wording) {
  return {
    version: count(wording?.version),
    last_version: count(wording.last_version ?? wording.version),
    seen_at: instant(wording.seen_at),
    last_seen_at: instant(wording.last_seen_at ?? wording.seen_at),
    text: text(wording.text ?? "", MAX_TEXT),
  };
}

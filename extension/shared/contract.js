/**
 * What the parts of the extension say to each other, as types: one name, one typedef, one handler. No behaviour.
 *
 * A message is `{name, ...what it needs}`. A reply is `{ok: true, value}` or `{ok: false, error: {code, message}}`.
 */

/** @typedef {{exact: string, prefix: string, suffix: string, near: "before" | "after" | null}} Anchor */
/** @typedef {{version: number, last_version: number, seen_at: string, last_seen_at: string, text: string}} Wording */
/** @typedef {"insert" | "delete" | "change" | "move" | "split" | "merge"} EditKind */

/**
 * What happened to one block, as the backend tells it.
 * @typedef {object} Edit
 * @property {string} id
 * @property {EditKind} kind
 * @property {{kind: string, index: number}} block
 * @property {Anchor} anchor
 * @property {string} markup HTML of blocks, `ins` and `del` and nothing else; read by content/markup.js only.
 * @property {Wording[]} wordings
 * @property {string[]} labels
 * @property {boolean} minor
 */

/** @typedef {{version: number, seen_at: string, last_seen_at: string}} VersionNote */

/**
 * @typedef {object} Article
 * @property {number} id
 * @property {string} url
 * @property {string} title
 * @property {string} status
 * @property {string | null} last_changed_at
 * @property {string | null} last_checked_at
 * @property {number} version_count
 * @property {boolean} has_history Whether the backend has a page about it that the worker can open.
 */

/** @typedef {{article: Article, versions: VersionNote[], edits: Edit[], passing: Edit[]}} Answer */
/** What the page says of itself, in the reader's language; `changed` is a date. @typedef {{summary: string, changed: string | null, marked: string}} Told */

/** How much pages show: badges only; marks too; what is gone stands in the text. @typedef {"quiet" | "marks" | "changes"} Mode */

/** @typedef {{code: string, message: string}} Failure */
/** @typedef {{ok: true, value: any} | {ok: false, error: Failure}} Reply */

/**
 * What a page shows now: the content script's answer to `describe`, for the popup.
 *
 * `idle` before anything was asked, `not-article`, `loading`, `unknown` (no versions stored), `none` (stored, no edits),
 * `ready`, `error`, `off` (this site is switched off, or is never asked about: see `code`).
 * @typedef {object} PageReport
 * @property {"idle" | "not-article" | "loading" | "unknown" | "none" | "ready" | "error" | "off"} state
 * @property {string} [code]
 * @property {Article} [article]
 * @property {number} [changes] How often the article changed: its versions less one.
 * @property {number} [edits]
 * @property {number} [anchored]
 * @property {Mode} [mode]
 */

/** From pages to the worker. */
/** @typedef {{name: "look", url: string, canonical: string | null}} Look reply: `Answer & {told: Told}`, null when unknown */
/** @typedef {{name: "leave"}} Leave the page shows no article any more; reply: nothing */
/** @typedef {{name: "allowed"}} Allowed may Rowback still be on this page? reply: boolean */
/** @typedef {{name: "open-history", article: number}} OpenHistory reply: nothing */
/** @typedef {{name: "mode"}} AskMode what was last chosen, for all pages; reply: `Mode` */
/** @typedef {{name: "keep-mode", mode: Mode}} KeepMode reply: nothing */

/** From the popup, the options and the onboarding page to the worker. */
/** @typedef {{name: "tab", tab: number, force?: boolean}} AskTab reply: `TabReport` */
/** @typedef {{name: "follow", tab: number}} Follow sends the page's text, then has it watched; reply: `Article` */
/** @typedef {{name: "follow-stored", tab: number}} FollowStored watches again what is stored; reply: `Article` */
/** @typedef {{name: "unfollow", tab: number}} Unfollow reply: `Article` */
/** @typedef {{name: "show-first", tab: number}} ShowFirst reply: nothing */
/** @typedef {{name: "set-site", site: string, on: boolean}} SetSite reply: nothing */
/** @typedef {{name: "connection", retry?: boolean}} AskConnection reply: `Connection` */
/** @typedef {{name: "open-home"}} OpenHome reply: nothing */
/** @typedef {{name: "settings"}} AskSettings reply: `SettingsReport` */
/** @typedef {{name: "set-backend", backend: string, token: string}} SetBackend reply: `Connection` */

/**
 * `page` is absent when no content script can run there. `site` is the host the switch is about, `granted` whether
 * Rowback runs there without a click.
 * @typedef {{page?: PageReport, site: string | null, origin: string | null, on: boolean, granted: boolean}} TabReport
 */
/** @typedef {{backend: string, connected: boolean, version?: string, error?: Failure}} Connection */
/** @typedef {{backend: string, preset: string, has_token: boolean, off_sites: string[]}} SettingsReport */

/** From the worker to content scripts. */
/** @typedef {{name: "describe", force?: boolean}} Describe reply: `PageReport`, once the page has settled */
/** @typedef {{name: "reconsider"}} Reconsider settings changed: start over */
/** @typedef {{name: "snapshot"}} Snapshot reply: `{url, html, canonical}` */
/** @typedef {{name: "open-first"}} OpenFirst opens the first card */
/** @typedef {{name: "set-mode", mode?: Mode}} SetMode without a mode: the next one; reply: the new `Mode`, null where nothing is shown */

export {};

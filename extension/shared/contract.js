/**
 * What the parts of the extension say to each other, as types: one name, one typedef, one handler. No behaviour.
 *
 * A message is `{name, ...what it needs}`. A reply is `{ok: true, value}` or `{ok: false, error: {code, message}}`.
 */

/** @typedef {{exact: string, prefix: string, suffix: string, near: "before" | "after" | null}} Anchor */
/** @typedef {{version: number, last_version: number, seen_at: string, last_seen_at: string, text: string}} Wording */
/** @typedef {{version: number, after: string, seen_at: string}} Moment done between the two instants */
/** @typedef {{what: string, count: number, first: Moment, last: Moment}} Times one thing that happened to a block */
/** @typedef {"insert" | "delete" | "change" | "move" | "split" | "merge"} EditKind */

/**
 * What happened to one block, as the backend tells it.
 * @typedef {object} Edit
 * @property {string} id
 * @property {EditKind} kind
 * @property {{kind: string, index: number}} block
 * @property {Anchor} anchor
 * @property {string} markup HTML of blocks, `ins` and `del` and nothing else; read by shared/markup.js only.
 * @property {Wording[]} wordings the newest of them where there are too many for one answer
 * @property {boolean} more_wordings whether there are older ones: `AskWordings`
 * @property {string[]} labels
 * @property {boolean} minor
 * @property {number | null} moved_from the block's number in the older version
 * @property {number | null} changed_in the version in which it came to be as it is; null: not known
 * @property {Times[]} times all that happened to the block, the first first; empty where that is not known
 * @property {string | null} name ends the permanent address of its page, below the article's history; null: it has none
 */

/**
 * What can be done with the page of an edit, by the edit's `name`; `copyLink` only where its address may be known: on
 * our own pages.
 * @typedef {{openPage: (name: string) => void, copyLink?: (name: string) => void}} EditLinkActions
 */

/** @typedef {{archive: string, href: string}} Memento a copy of a page: who has it, and where people look at it */

/**
 * @typedef {object} VersionNote
 * @property {number} version
 * @property {string} seen_at
 * @property {string} last_seen_at
 * @property {string} title
 * @property {string | null} origin who saw it first: `browser`, `poll`, others, or untold
 * @property {Memento | null} memento the archive's copy, or another backend's, that showed it first
 * @property {number} words_inserted since the version before
 * @property {number} words_deleted
 * @property {number | null} restores the earlier version whose text this one has again
 * @property {boolean} flapping the same change was made before
 */

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
 * @property {boolean} listed Whether strangers may see it, where the backend is open to them.
 */

/** @typedef {{versions: number, edits: number, passing: number}} LeftOut how many more there are than were told */
/**
 * `versions`: where there are too many, the newest, and the two that are compared.
 *
 * @typedef {{
 *   article: Article,
 *   versions: VersionNote[],
 *   edits: Edit[],
 *   passing: Edit[],
 *   left_out: LeftOut,
 *   backfill: Past | null,
 * }} Answer
 */
/**
 * How far the fetching of an article's earlier versions from an archive is. `next_at` is null when it is over;
 * `stopped`: somebody ended it before; at most `planned` of the `listed` copies are read, which are from `earliest_at`
 * to `latest_at`.
 *
 * @typedef {object} Past
 * @property {"queued" | "listing" | "reading" | "waiting" | "done" | "none" | "excluded" | "failed"} state
 * @property {boolean} stopped
 * @property {{title: string}} source
 * @property {number} listed
 * @property {string | null} earliest_at
 * @property {string | null} latest_at
 * @property {number} planned
 * @property {number} read
 * @property {number} versions how many new ones it brought
 * @property {string | null} next_at
 * @property {string | null} reason in English
 * @property {string | null} reason_told the same in the reader's language; null from a backend of before
 */
/**
 * The same as a page is told it: `again` is after how many ms to ask again, null when it is over.
 * @typedef {{versions: number, again: number | null}} PagePast
 */
/**
 * The same for the popup and the panel, with what can be said before: titles of the archives that may be asked, where
 * the backend is, and how many edits the page has by now.
 * @typedef {{past: Past | null, again: number | null, archives: string[], backend: string, edits: number}} PastReport
 */
/**
 * How far a look at an article is that was asked for: `attended`, whether a poller runs that will do it; `outcome`,
 * when it is over, `edited`, `unchanged`, or what went wrong.
 *
 * @typedef {object} Check
 * @property {"queued" | "checking" | "waiting" | "done" | "failed"} state
 * @property {string | null} outcome
 * @property {string | null} reason in English
 * @property {string | null} reason_told the same in the reader's language; null from a backend of before
 * @property {string | null} next_at
 * @property {string | null} ended_at
 * @property {boolean} attended
 */
/**
 * The same for the popup and the panel: after how many ms to ask again, whose page is looked at, and when the article
 * is checked in turn.
 * @typedef {{check: Check | null, again: number | null, host: string, next: string | null}} CheckReport
 */
/** @typedef {"asked" | "followed" | "all"} PastChoice of which articles earlier versions are looked for */
/** @typedef {(Answer & {told: PageWords, past: PagePast | null}) | {article: null, past: PagePast} | null} LookReply */
/**
 * What the page says of itself, in the reader's language; `changed` is a date, `words` messages by name.
 * @typedef {{summary: string, changed: string | null, marked: string, words: Record<string, string>}} PageWords
 */

/**
 * How much pages show: badges only; marks too; what is gone stands in the text.
 *
 * @typedef {"quiet" | "marks" | "changes"} Mode
 */

/** What another page of the site calls the article.
 * @typedef {{place: "front" | "feed", headline: string, last_seen_at: string}} CalledElsewhere */
/**
 * The edits between two versions, for the panel. `last_read`: how it stood when the reader had read it before;
 * `unannounced`: they are of substance, and nothing on the page says so.
 * @typedef {Answer & {
 *   from: number, to: number, unannounced: boolean, elsewhere: CalledElsewhere[],
 *   last_read: {seen: string, at: string} | null
 * }} History
 */
/**
 * @typedef {{
 *   version: number, seen_at: string, last_seen_at: string, title: string, origin: string | null,
 *   memento: Memento | null, blocks: {kind: string, text: string}[]
 * }} VersionText
 */

/** @typedef {{code: string, message: string}} Failure */
/** @typedef {{ok: true, value: any} | {ok: false, error: Failure}} Reply */

/**
 * What a page shows now: the content script's answer to `describe`, for the popup and the panel.
 *
 * `idle` before anything was asked, `not-article`, `loading`, `unknown` (no versions stored), `none` (stored, no
 * edits),
 * `ready`, `error`, `hidden` (its owner does not show it: see `message`), `off` (this site is switched off, or is never
 * asked about: see `code`).
 * @typedef {object} PageReport
 * @property {"idle" | "not-article" | "loading" | "unknown" | "none" | "ready" | "error" | "hidden" | "off"} state
 * @property {string} [code]
 * @property {"front-page" | "shop-page" | "forum-page" | "service-page"} [kind] what it is taken for, where it is no
 *   article and something is sure
 * @property {string} [message] what is to be said, where the code does not hold all of it
 * @property {Article} [article]
 * @property {number} [changes] How often the article changed: its versions less one.
 * @property {number} [edits]
 * @property {number} [anchored] of those, how many can be seen marked
 * @property {number} [hidden] how many have a place on the page and a mark that it hides or covers
 * @property {string[]} [placed] ids of those that can be seen marked
 * @property {Freshness} [freshness]
 * @property {Mode} [mode] when the page knows one of its own
 */

/**
 * The page beside the latest stored version: says the same, says something newer, still says something older; or too
 * little of it is there to tell.
 * @typedef {"same" | "newer" | "older" | "unclear"} Freshness
 */

/** From pages to the worker. */
/**
 * @typedef {{name: "look", url: string, canonical: string | null}} Look
 *   reply: `LookReply`, null when unknown
 */
/** @typedef {{name: "leave"}} Leave the page shows no article any more; reply: nothing */
/**
 * @typedef {{name: "is-followed", url: string, canonical: string | null}} IsFollowed
 *   was the page's article followed from this browser? reply: boolean
 */
/** @typedef {{name: "rest"}} Rest the page needs the second stage; reply: nothing, when it is there */
/** @typedef {{name: "allowed"}} Allowed may Rowback still be on this page? reply: boolean */
/** @typedef {{name: "open-history", article: number}} OpenHistory reply: nothing */
/** @typedef {{name: "open-edit-page", article: number, edit: string}} OpenEditPage its `name`; reply: nothing */
/** @typedef {{name: "marks-hidden", hidden: number}} MarksHidden how many marks the page hides now; reply: nothing */
/** @typedef {{name: "past-here"}} PastHere how far is the fetching of earlier versions? reply: `PagePast`, or null */
/** @typedef {{name: "check-here"}} CheckHere how far is the look that was asked for? reply: `PagePast` */
/** @typedef {{name: "may-seek"}} MaySeek are earlier versions of what is read looked for unasked? reply: boolean */
/** @typedef {{name: "seek-read"}} SeekRead have them looked for; reply: `PagePast` */
/** @typedef {{name: "may-keep"}} MayKeep does the reader want what is read here kept? reply: boolean */
/** @typedef {{name: "keep-read"}} KeepRead there may be something to keep; reply: whether it made a new version */
/** @typedef {{name: "stored-text", article: number, version: number}} StoredText reply: `{title, blocks}`, texts */
/**
 * All earlier wordings of an edit between two versions, of its own article where a page asks; reply: `Wording[]`.
 *
 * @typedef {{
 *   name: "wordings",
 *   article: number,
 *   edit: string,
 *   from: number,
 *   to: number,
 * }} AskWordings
 */
/** @typedef {{name: "may-mark-links"}} MayMarkLinks reply: boolean */
/**
 * @typedef {{name: "look-up-links", urls: string[]}} LookUpLinks
 *   reply: how often each changed, by address as sent; only those that did
 */
/** @typedef {{name: "mode"}} AskMode what was last chosen on this site, else for all pages; reply: `Mode` */
/** @typedef {{name: "keep-mode", mode: Mode}} KeepMode reply: nothing */

/** From the popup, the panel, the options and the onboarding page to the worker. */
/** @typedef {{name: "tab", tab: number, force?: boolean}} AskTab reply: `TabReport` */
/**
 * @typedef {{name: "follow", tab: number}} Follow
 *   sends the page's text, whatever it looks like, then has it watched; reply: `Article`
 */
/** @typedef {{name: "follow-stored", tab: number}} FollowStored watches again what is stored; reply: `Article` */
/** @typedef {{name: "unfollow", tab: number}} Unfollow reply: `Article` */
/** @typedef {{name: "show-first", tab: number}} ShowFirst reply: nothing */
/**
 * @typedef {{name: "show-changed", tab: number}} ShowChanged
 *   sends the page's text, then has the backend look; reply: `{isNew}`, whether it made a new version
 */
/** @typedef {{name: "check-now", tab: number}} CheckNow has the backend look at the article; reply: `CheckReport` */
/** @typedef {{name: "check", tab: number}} AskCheck reply: `CheckReport` */
/** @typedef {{name: "set-site", site: string, on: boolean}} SetSite reply: nothing */
/** @typedef {{name: "set-keeping", site: string, on: boolean}} SetKeeping reply: nothing */
/**
 * @typedef {{name: "set-reading", keep?: boolean, links?: boolean, notify?: boolean, past?: PastChoice}} SetReading
 *   reply: nothing
 */
/** @typedef {{name: "forget-reading"}} ForgetReading reply: nothing */
/** @typedef {{name: "follow-site", tab: number}} FollowSite reply: `SiteFeed` */
/** @typedef {{name: "site-followed", tab: number}} SiteFollowed reply: `SiteReport` */
/** @typedef {{name: "unfollow-site", urls: string[]}} UnfollowSite addresses of `SiteFeed`s; reply: nothing */
/** @typedef {{name: "refollow-site", feeds: SiteFeed[]}} RefollowSite what was followed before; reply: nothing */
/** @typedef {{name: "open-site", source: string}} OpenSite the backend's page of it; reply: nothing */
/**
 * What a site is followed by, and what its last reading found: null articles before the first; `trouble` in words.
 *
 * @typedef {{url: string, wasRead: boolean, trouble: string | null, articles: number | null, first: string[],
 *   leftOut: number, tryFeeds: string[], kind: string, include: string[], exclude: string[]}} SiteFeed
 */
/**
 * The site of a tab. `feeds` by which it is followed are told to who may change that (`mayFollow`); `stored` is what
 * there is of a site that is followed; `isFront`: the tab shows the site's own front page.
 *
 * @typedef {{source: string, followed: boolean, mayFollow: boolean, isFront: boolean, feeds: SiteFeed[],
 *   stored: {articles: number, edited: number, newest: string | null} | null}} SiteReport
 */
/** @typedef {"feed" | "sitemap" | "front" | "site"} FeedKind how a site names its articles */
/** @typedef {{name: string, country: string, language: string, site: string, url: string, kind: FeedKind}} Outlet */
/** @typedef {{id: string, name: string, language: string, languages: string[], outlets: string[]}} Pack of outlets */
/** @typedef {{name: "outlets"}} AskOutlets reply: `Outlets` */
/** @typedef {{rule: string, packs: Pack[], outlets: Outlet[]}} Outlets `rule`: a page that says how they were chosen */
/** @typedef {{name: "feeds"}} AskFeeds reply: `SiteFeed[]`, all that are followed */
/** @typedef {{name: "look-first", url: string, kind: FeedKind, site?: string}} LookFirst reply: `FirstLook` */
/**
 * What is there to be followed, or why nothing is; both where the site names another feed than was asked for.
 * @typedef {{feed: FoundFeed | null, nothing: {why: string, reason: string} | null}} FirstLook
 * @typedef {{url: string, kind: FeedKind, title: string, articles: number, first: string[], aDay: number | null,
 *   megabytes: number | null, leadsTo: string | null}} FoundFeed
 */
/**
 * @typedef {{name: "follow-several", feeds: {url: string, kind: FeedKind, title?: string}[]}} FollowSeveral
 *   reply: `Followed[]`, in their order
 * @typedef {{feed: SiteFeed | null, problem: string | null}} Followed
 */
/** @typedef {{name: "read-opml", opml: string}} ReadOpml reply: `Listed[]` */
/** @typedef {{url: string, title: string, site: string}} Listed a feed in the list of a feed reader */
/** @typedef {{name: "set-mode", tab: number, mode: Mode}} SetMode reply: `Mode` */
/**
 * @typedef {{name: "open-edit", tab: number, id: string, exact: string}} OpenEdit
 *   scrolls to it and opens its card; reply: whether it is on the page
 */
/**
 * @typedef {{name: "history", url: string, from: number | string | null, to: number | null}} AskHistory
 *   a string: the version that stood at an instant; null: the first, the latest; reply: `History`
 */
/** @typedef {{name: "version", article: number, version: number}} AskVersion reply: `VersionText` */
/** @typedef {{name: "edit-address", article: number, edit: string}} AskEditAddress reply: `EditAddress` */
/** @typedef {{address: string, is_local: boolean}} EditAddress `is_local`: it leads nowhere on other machines */
/** @typedef {{name: "past", tab: number}} AskPast reply: `PastReport` */
/**
 * @typedef {{name: "seek-past", tab: number, captures?: number}} SeekPast
 *   sends the page's text, then has archives asked for up to so many copies; reply: `PastReport`
 */
/** @typedef {{name: "stop-past", tab: number}} StopPast reply: `PastReport` */
/** @typedef {{name: "archives"}} AskArchives reply: titles of the archives that may be asked, null where nobody says */
/** @typedef {{name: "connection", retry?: boolean}} AskConnection reply: `Connection` */
/** @typedef {{name: "own-words", tab: number}} AskOwnWords what the page says of itself; reply: `OwnWords` */
/**
 * When a page says that it was published and changed, and the lines in which it says that it was.
 * @typedef {{published: string | null, modified: string | null, notes: string[]}} OwnWords
 */
/** @typedef {{name: "open-home"}} OpenHome reply: nothing */
/** @typedef {{name: "updated"}} AskUpdated reply: `Updated`, null where there is nothing to tell */
/** @typedef {{name: "dismiss-update"}} DismissUpdate reply: nothing */
/** @typedef {{name: "open-news"}} OpenNews reply: nothing */
/** @typedef {{name: "settings"}} AskSettings reply: `SettingsReport` */
/** @typedef {{name: "set-backend", backend: string, token: string}} SetBackend reply: `Connection` */

/**
 * @typedef {object} TabReport
 * @property {PageReport} [page] absent when no content script can run there
 * @property {string | null} site the host that the switches are about
 * @property {string | null} origin
 * @property {boolean} seen whether the browser lets us know the tab's address
 * @property {boolean} on
 * @property {boolean} keeps whether what is read on this site is kept
 * @property {boolean} granted whether Rowback runs there without a click
 * @property {Mode} mode
 */
/**
 * The older of the two, and the releases of both.
 * @typedef {{who: "backend" | "extension", backend: string, extension: string}} Behind
 */
/**
 * The release that this extension was updated to, and whether the backend can tell what is new in it.
 * @typedef {{version: string, has_news: boolean}} Updated
 */
/**
 * @typedef {object} Connection
 * @property {string} backend
 * @property {boolean} connected
 * @property {string} [version]
 * @property {Behind | null} [behind]
 * @property {Failure} [error]
 * @property {PairingReport | null} [pairing] while the backend's owner is asked
 */
/**
 * @typedef {object} PairingReport
 * @property {string} code what the owner compares
 * @property {string} confirm the backend's page that asks the owner
 * @property {number} interval after how many ms to ask again
 */
/**
 * @typedef {object} SettingsReport
 * @property {string} backend
 * @property {string} preset
 * @property {boolean} is_local whether the backend is on this machine
 * @property {boolean} has_token
 * @property {string[]} off_sites
 * @property {boolean} keep
 * @property {Record<string, boolean>} keep_sites where it is otherwise
 * @property {boolean} links
 * @property {boolean} notify
 * @property {PastChoice} past
 */

/** From the worker to content scripts. */
/**
 * @typedef {{name: "past", past: PagePast, isNew: boolean}} PastTold
 *   `isNew`: the page itself was stored just now; reply: true, once what is new is shown
 */
/**
 * @typedef {{name: "check", check: PagePast, isNew: boolean}} CheckTold
 *   `versions`: how many there are; `isNew`: the page was stored just now; reply: true, once what is new is shown
 */
/** @typedef {{name: "describe", force?: boolean}} Describe reply: `PageReport`, once the page has settled */
/** @typedef {{name: "reconsider"}} Reconsider settings changed: start over */
/** @typedef {{name: "snapshot"}} Snapshot reply: `{url, html, canonical}` */
/** @typedef {{name: "open-first"}} OpenFirst opens the first card */
/** @typedef {{name: "open-edit", id: string, exact: string}} OpenEditHere reply: whether it is on the page */
/** @typedef {{name: "step", by: 1 | -1}} Step to the next or previous edit's card */
/**
 * @typedef {{name: "set-mode", mode?: Mode}} SetModeHere
 *   without a mode: the next one; reply: the new `Mode`, null where nothing is shown
 */

/** From the worker to the panel. */
/** @typedef {{name: "page-changed", tab: number}} PageChanged ask about that tab again */

export {};

/** Within a page. */
/**
 * One visit to one address.
 * @typedef {object} Visit
 * @property {{force: boolean, staleCanonical: string | null, again: () => void}} options `force`: the reader says that
 *   it is an article; `staleCanonical`: what the page called itself at the address before, without loading since;
 *   `again`: begins the visit anew
 * @property {AbortSignal} signal
 * @property {() => void} end there is nothing to be shown here at all
 * @property {PageReport} report
 * @property {LookedUp | null} look
 */
/**
 * What the second stage makes of a visit.
 * @typedef {object} LookedUp
 * @property {Promise<unknown>} settled
 * @property {() => PageReport} report
 * @property {() => Promise<Freshness> | null} freshness how fresh the page is beside the store: asked for only by who
 *   wants to know, and once
 * @property {(message: any) => unknown} hear
 */
/**
 * @typedef {object} SecondStage
 * @property {(visit: Visit, asked: Promise<LookReply>) => LookedUp} lookUp
 * @property {(signal: AbortSignal) => Promise<void>} markLinks
 * @property {(message: any) => unknown} hear what is asked of a page on which nothing is shown
 */

"""The words of Rowback as values: what the rest of the code passes around. What is told of them stands in `told.py`.

Frozen dataclasses only; no behaviour beyond what follows from a value itself. Instants are aware UTC datetimes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

BLOCK_KINDS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "blockquote", "figcaption", "pre", "tr")
TITLE_KIND = "h1"
MAX_TITLE = 1_000  # characters, where a title only names a version or an article: it is a block as well, there in full


class Status(StrEnum):
    """Whether an article is still being re-checked."""

    WATCHING = "watching"
    SETTLED = "settled"
    GONE = "gone"
    PAUSED = "paused"


class Origin(StrEnum):
    """Who brought a capture. Programs that use the API may say one of `CLIENT_ORIGINS`; the others only the backend gives."""

    API = "api"
    BROWSER = "browser"
    IMPORT = "import"
    POLL = "poll"
    """A check that was due."""
    FEED = "feed"
    """A feed or site that is followed named the article: its first capture."""
    ARCHIVE = "archive"
    """A web archive's copy."""
    ROWBACK = "rowback"
    """Another backend's version."""
    FETCH = "fetch"
    """The owner had the page fetched: on a command line, or on the backend's own pages."""
    FILE = "file"
    """The owner's saved page."""


CLIENT_ORIGINS = (Origin.API, Origin.BROWSER, Origin.IMPORT)
# What somebody brought for others to see. A browser brings what its reader reads; a check looks at what is there already,
# and an archive's or another backend's versions are asked for by whoever reads.
LISTING_ORIGINS = frozenset({Origin.API, Origin.IMPORT, Origin.FEED, Origin.FETCH, Origin.FILE})


# What lies in the past when it is brought: its instants say when somebody kept a text, not when it was edited.
PAST_ORIGINS = frozenset({Origin.ARCHIVE, Origin.ROWBACK, Origin.IMPORT})


class Scope(StrEnum):
    """What a token or a session may do; each may do what those before it may, too."""

    READ = "read"
    """Edits, look-ups, articles, versions, searches, lists and their feeds."""
    CAPTURE = "capture"
    """Captures and following."""
    OWNER = "owner"
    """Everything."""

    def covers(self, needed: Scope) -> bool:
        """Whether this scope is enough for what needs `needed`."""
        return _ORDER[self] >= _ORDER[needed]


_ORDER = {scope: place for place, scope in enumerate(Scope)}


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, quote, caption or table row: the unit that is stored, aligned and anchored."""

    kind: str
    text: str


class Paging(StrEnum):
    """Whether a page says that its text goes on on another page."""

    NONE = ""
    PAGES = "pages"
    """It is the first of several pages."""
    POSTS = "posts"
    """It shows the newest posts, and older ones stand elsewhere: a live blog."""


@dataclass(frozen=True, slots=True)
class Content:
    """What an article says at one time. `title` may be empty; `blocks` is the body in reading order. `paging` is what the
    page says of where it goes on, and no part of the text."""

    title: str
    blocks: tuple[Block, ...]
    paging: Paging = Paging.NONE

    def all_blocks(self) -> tuple[Block, ...]:
        """The title as block 0 (kind `h1`, text may be empty), then the body."""
        return (Block(TITLE_KIND, self.title), *self.blocks)


class Reason(StrEnum):
    """Why a page that was captured is not taken for the article."""

    NO_TEXT = "no-text"
    CONSENT = "consent-wall"
    BOT_CHECK = "bot-check"
    SCRIPTS = "needs-scripts"
    ERROR = "error-page"
    CUT = "cut"
    SHORT = "suddenly-short"
    ANOTHER = "another-page"
    FRONT = "front-page"
    """Of a site or a section, or another list of articles."""
    SHOP = "shop-page"
    FORUM = "forum-page"
    SERVICE = "service-page"
    """An application, a calendar, a form, a page of help."""
    COSTLY = "too-costly"
    """It takes more time or memory to read than is given to one page."""


NO_ARTICLES = frozenset({Reason.FRONT, Reason.SHOP, Reason.FORUM, Reason.SERVICE})
"""What a page is taken for that is no article, whatever it says."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """`reason` for programs, `detail` for people: one or two full sentences."""

    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class PageText:
    """All that a page says, in reading order, whatever of it is the article: `pieces` as it is read, `runs` with what is
    hidden or left out, cut more finely; `titles` are what it calls itself."""

    pieces: tuple[str, ...]
    runs: tuple[str, ...]
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inlay:
    """A line in a small box between an article's paragraphs: its comparable `text`, how the box looks, where the line leads,
    if it is a link, and whether the box asks for something to be written, such as an address."""

    text: str
    look: str
    href: str = ""
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Capture:
    """One observation of an article, from any source, changed or not.

    `is_page` says that the content was guessed from a page's HTML, so that it may be doubted; `is_free` is False where the
    page says that its text is for subscribers; `is_front` is True where it reads like the front of a site or section, and
    `taken_for` says what it is where it is no article. `is_anyway`: a person says that it is to be stored all the same. With
    a `doubt` the page held no article, and the content is empty. `is_given` is True where the owner says that `canonical_url`
    is the article's, on whatever host. `is_listing` says whether the article is listed by it; None: its origin says so.
    `loose` are the places of blocks that are short lines outside the page's prose (`text.loose`),
    `inlays` what stands in small boxes between its paragraphs (`text.inlays`).
    `reading` is the number of the rules that read it, None where no rule did; `page` all that they read. `memento` is the
    copy of somebody else's that it was read from, where who brings it says so; `brought_by` the number of the import or
    backfill that it came by, if any did; `reader` that of the reader who sent it, None where nobody read.
    """

    url: str
    content: Content
    seen_at: datetime
    origin: Origin
    canonical_url: str | None = None
    published_at: datetime | None = None
    is_page: bool = False
    is_free: bool = True
    is_front: bool = False
    taken_for: Reason | None = None
    is_anyway: bool = False
    doubt: Doubt | None = None
    is_given: bool = False
    is_listing: bool | None = None
    loose: tuple[int, ...] = ()
    inlays: tuple[Inlay, ...] = ()
    reading: int | None = None
    page: PageText | None = None
    memento: Attribution | None = None
    brought_by: int | None = None
    reader: int | None = None

    @property
    def is_copy(self) -> bool:
        """Whether it is the article as an archive, another backend or another collection kept it, in whatever template and
        order."""
        return self.origin is Origin.ROWBACK or (self.is_page and self.origin in PAST_ORIGINS)

    @property
    def lists(self) -> bool:
        """Whether strangers may see the article, where reading is public, once this is stored."""
        return self.origin in LISTING_ORIGINS if self.is_listing is None else self.is_listing


@dataclass(frozen=True, slots=True)
class Attribution:
    """An archive's copy (RFC 7089) from which a version was read first: the archive in words, and where people look at it."""

    archive: str
    href: str


@dataclass(frozen=True, slots=True)
class FailedCapture:
    """A page that was captured and not believed. `article_id` is None when its address leads to no article."""

    url: str
    article_id: int | None
    seen_at: datetime
    origin: Origin
    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Version:
    """The article's text while it stayed the same; numbered from 0 in order of `seen_at`.

    Strangers are told no origin `browser` (None), and of an instant at which somebody read only the day (`is_day`).
    `reading` as in `Capture`. `memento` is the copy that showed it first, where an archive's did.
    `fingerprint` is equal for equal texts; empty where no store says it.
    """

    number: int
    seen_at: datetime
    last_seen_at: datetime
    origin: Origin | None
    content: Content
    is_day: bool = False
    reading: int | None = None
    memento: Attribution | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One story, known by its canonical URL. `revision` grows with every write that can change what is told of it."""

    id: int
    url: str
    source: str
    title: str
    published_at: datetime | None
    first_seen_at: datetime
    last_checked_at: datetime
    last_changed_at: datetime
    next_check_at: datetime | None
    status: Status
    version_count: int
    revision: int
    hidden_reason: str | None = None
    """Why the owner hides it from readers; None for all that are shown."""
    is_listed: bool = True
    """Whether strangers see it where reading is public: not what only a reader's browser brought."""
    has_backfill: bool | None = field(default=None, repr=False, compare=False)
    """Whether something is known of a backfill of it, None where that was not looked up. No part of the article itself."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of a capture: the article, the number of the version it belongs to, and whether that version is new."""

    article: Article
    version: int
    new_version: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A text that a search found, and the runs of its article's versions in which it stood: (first, last), oldest first."""

    article: Article
    text: str
    spans: tuple[tuple[int, int], ...]

    @property
    def first_version(self) -> int:
        """The oldest version that has it."""
        return self.spans[0][0]

    @property
    def last_version(self) -> int:
        """The newest version that has it."""
        return self.spans[-1][1]

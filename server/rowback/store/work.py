"""What the queue hands out and takes back, as values: jobs, what came of them, hosts that are not asked just now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rowback.model import Status
from rowback.text.plain import line

if TYPE_CHECKING:
    from datetime import datetime

MAX_REASON = 400  # characters


class JobKind(StrEnum):
    """What is to be done: check an article, in turn or as somebody asks for it, read a feed, capture what a feed named, ask
    an archive for a past, or to keep what is new."""

    ARTICLE = "article"
    CHECK = "check"
    FEED = "feed"
    FIND = "find"
    BACKFILL = "backfill"
    SAVE = "save"


class Outcome(StrEnum):
    """What came of a job; `WAITING` for one that ran out of the day's requests."""

    EDITED = "edited"
    UNCHANGED = "unchanged"
    CAPTURED = "captured"
    READ = "read"
    MISSING = "missing"
    GONE = "gone"
    BLOCKED = "blocked"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    FAILED = "failed"
    COSTLY = "costly"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to ask a host for. `id` is the article's, the feed's, the backfill's or the save's; for a find it is the feed
    that named it. A backfill's `url` is its host: addresses that somebody only asked about are not for the log."""

    kind: JobKind
    id: int
    url: str
    host: str
    due_at: datetime
    failures: int = 0
    misses: int = 0
    etag: str | None = None
    last_modified: str | None = None
    begun: int = 1
    """How many began it by now, one after the other, without an end; this time is counted."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask "anything new?" with (RFC 9110, section 8.8)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """When a job comes again (None: never) and why, in one line whatever it quotes; the failures in a row so far."""

    next_check_at: datetime | None
    outcome: Outcome
    reason: str
    failures: int = 0
    misses: int = 0
    status: Status = Status.WATCHING
    validators: Validators | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "reason", line(self.reason, MAX_REASON))


@dataclass(frozen=True, slots=True)
class HostNote:
    """A host that is not asked just now: until when, and why; how often in a row it turned us away."""

    host: str
    free_at: datetime
    blocks: int
    reason: str

"""What is wanted of archives, how far that is, and what they list: the values of `store.backfills`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.model import Attribution


class BackfillState(StrEnum):
    """How far it is."""

    QUEUED = "queued"
    LISTING = "listing"
    READING = "reading"
    WAITING = "waiting"
    """The archive, or the day's requests, let us wait."""
    DONE = "done"
    NONE = "none"
    """The archive has nothing."""
    EXCLUDED = "excluded"
    """The archive shows no copies of the publisher."""
    FAILED = "failed"
    STOPPED = "stopped"
    """Somebody stopped it: it is told as done."""


class AskedBy(StrEnum):
    """Who wants it: a reader, who waits for it, comes before what nobody waits for."""

    READER = "reader"
    OWNER = "owner"
    BACKGROUND = "background"


class CopyState(StrEnum):
    """What became of a copy."""

    WAITING = "waiting"
    READ = "read"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of one archive: `source` as its owner names it, with the name and title it is told by and the host that
    is asked; `to_list` are the addresses of its lists; at most `most` copies are read, with so many `looks`."""

    url: str
    source: str
    name: str
    title: str
    host: str
    to_list: tuple[str, ...]
    most: int
    looks: int
    by: AskedBy = AskedBy.READER


@dataclass(frozen=True, slots=True)
class Backfill:
    """See the module. `to_list` are the addresses of lists that are not read yet, `lists` counts those that are; `next_at`
    is when it goes on, None when it is over; then it is forgotten at `expires_at`. The copies that are listed are from
    `earliest_at` to `latest_at`, None while there are none."""

    id: int
    source: str
    name: str
    title: str
    host: str
    article_id: int | None
    url: str | None
    asked_by: AskedBy
    state: BackfillState
    reason: str | None
    to_list: tuple[str, ...]
    lists: int
    most: int
    listed: int
    read: int
    versions: int
    looks: int
    failures: int
    began_at: datetime
    next_at: datetime | None
    expires_at: datetime | None
    earliest_at: datetime | None = None
    latest_at: datetime | None = None

    @property
    def planned(self) -> int:
        """How many copies are read at most."""
        return min(self.most, self.listed)

    def holds(self, now: datetime) -> bool:
        """Whether the archive need not be asked again yet."""
        return self.expires_at is None or self.expires_at > now

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return self.next_at is None


@dataclass(frozen=True, slots=True)
class ListedAt:
    """A copy as a list names it, and where it is given out as it came."""

    seen_at: datetime
    original: str
    digest: str
    address: str


@dataclass(frozen=True, slots=True)
class NotedCopy:
    """A copy that is noted. `fingerprint` is of the version that it was counted with."""

    id: int
    seen_at: datetime
    original: str
    digest: str
    address: str
    state: CopyState
    fingerprint: str | None
    tries: int


@dataclass(frozen=True, slots=True)
class ReadCopy:
    """What a request for a copy brought: the copies that are answered by it, and where people look at the one it was;
    without `is_asked` it was known what it would bring, and with `is_reading` it was a reader of another backend who saw
    it. `missing` are copies that were asked for and not given."""

    backfill_id: int
    copy_ids: tuple[int, ...]
    memento: Attribution
    is_look: bool = False
    is_asked: bool = True
    missing: tuple[int, ...] = ()
    is_reading: bool = False

"""What somebody may want to follow, and what there is of it: values alone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rowback.store.feeds import FeedKind

STORED_BYTES = 19_000  # of an article of four versions: `server/docs/performance.md`


class Why(StrEnum):
    """Why an address gives nothing to follow."""

    BUSY = "busy"
    """The host is being asked just now."""
    BAD_ADDRESS = "bad-address"
    PRIVATE = "private"
    ROBOTS = "robots"
    NO_ANSWER = "no-answer"
    """The name is not known, nobody answers, the certificate is wrong, it took too long."""
    REFUSED = "refused"
    MISSING = "missing"
    BROKEN = "broken"
    """The server fails, leads round in circles, or is not to be understood."""
    TOO_LARGE = "too-large"
    NOT_A_FEED = "not-a-feed"
    ARTICLE = "article"
    EMPTY = "empty"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is to be looked at: an address of a feed, or of a site; and the site to look at instead, where it is known."""

    url: str
    kind: FeedKind = FeedKind.SITE
    site: str = ""


@dataclass(frozen=True, slots=True)
class Nothing:
    """An address that gives nothing: why, and in a line what was met there."""

    url: str
    why: Why
    reason: str


@dataclass(frozen=True, slots=True)
class Sample:
    """What is there. `url` and `kind` are what is to be followed; `a_day` is None where dates do not tell; `leads_to` is
    another host that answered; `instead_of` what was asked for and gave nothing."""

    url: str
    kind: FeedKind
    title: str
    articles: int
    first: tuple[str, ...]
    a_day: int | None = None
    leads_to: str | None = None
    instead_of: Nothing | None = None

    @property
    def bytes_a_month(self) -> int | None:
        """What it will come to in the store, about."""
        return None if self.a_day is None else self.a_day * 30 * STORED_BYTES

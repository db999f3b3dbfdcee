"""How many requests were made today, by purse (see `shares.py`). Each is written down before it is made, so that neither a
crash nor a restart forgets any. The day is UTC's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.store.instants import to_text
from rowback.store.putting import put
from rowback.store.shares import ARTICLES, OWNER, of_feed, shut

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from rowback.store.database import Connection
    from rowback.store.engine import Db

KEPT = timedelta(days=30)  # a clock that jumps less far does not make what was counted forgotten
_LIMIT = "daily_requests"  # in `settings`: what the poller keeps to
_ARCHIVE_LIMIT = "archive_requests"  # the same of requests to archives
_ARTICLE_DUE = "select 1 from articles where next_check_at <= ? limit 1"
_FEEDS_DUE = """
    select id from feeds where next_check_at <= ?
    or exists (select 1 from finds where feed_id = feeds.id and next_check_at <= ?)
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """The requests made today, the limit (None where there is none), and when the next may be made if all are used up.

    Of what is due now, `articles_wait` and the feeds in `feeds_wait` (their ids) have used up their share for the time being.
    """

    asked: int
    limit: int | None
    again_at: datetime | None = None
    articles_wait: bool = False
    feeds_wait: tuple[int, ...] = ()


class Spending:
    """The count of a store's requests."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def spend(self, purse: str, now: datetime, limit: int, most: int = 0) -> bool:
        """Counts a request that is about to be made; False, and nothing is counted, where it may not be. A `limit` of 0 is
        none. `most` bounds a purse that has no share of the day."""
        with self._connection.write() as db:
            if limit and purse in shut_purses(db, now, limit):
                return False
            if most and _is_used_up(asked_on(db, now), purse, limit, most):
                return False
            if db.execute("select 1 from requests where day = ?", [_day(now)]).fetchone() is None:
                db.execute("delete from requests where day < ?", [_day(now - KEPT)])
            db.execute(
                "insert into requests (day, purse, asked) values (?, ?, 1) "
                "on conflict (day, purse) do update set asked = requests.asked + 1",
                [_day(now), purse],
            )
        return True

    def by_hand(self, now: Callable[[], datetime]) -> Callable[[str], object]:
        """What counts requests that no job makes: the owner wants them now, so that none is refused."""
        return lambda _url: self.spend(OWNER, now(), 0)

    def of_feeds(self, now: datetime) -> int:
        """How many requests a day are made for anything but checks of articles: as yesterday, or already today."""
        with self._connection.read() as db:
            days = (asked_on(db, at) for at in (now - timedelta(days=1), now))
            return max(sum(asked for purse, asked in day.items() if purse != ARTICLES) for day in days)

    def standing(self, now: datetime) -> Spent:
        """What is used of today's requests, by the limit noted last."""
        with self._connection.read() as db:
            return standing_of(db, now)

    def note_limit(self, limit: int, archives: int = 0) -> None:
        """Notes the limits that the poller keeps to, of all requests and of those to archives, for those who tell them."""
        with self._connection.write() as db:
            for name, value in ((_LIMIT, limit), (_ARCHIVE_LIMIT, archives)):
                put(db, "settings", {"name": name, "value": str(value)}, key="name")


def standing_of(db: Db, now: datetime) -> Spent:
    """See `Spending.standing`."""
    asked, limit = sum(asked_on(db, now).values()), _noted(db, _LIMIT)
    if not limit:
        return Spent(asked, None)
    closed, at = shut_purses(db, now, limit), to_text(now)
    due = db.execute(_FEEDS_DUE, [at, at]).fetchall() if closed else []
    return Spent(
        asked,
        limit,
        turn(now) if asked >= limit else None,
        ARTICLES in closed and bool(db.execute(_ARTICLE_DUE, [at]).fetchone()),
        tuple(feed_id for (feed_id,) in due if of_feed(feed_id) in closed),
    )


def closed_purses(db: Db, now: datetime) -> set[str]:
    """As `shut_purses`, by the limit that the poller noted last."""
    limit = _noted(db, _LIMIT)
    return shut_purses(db, now, limit) if limit else set()


def archive_limit(db: Db) -> int | None:
    """How many requests a day archives may be asked, as the poller noted it last; None for any number."""
    return _noted(db, _ARCHIVE_LIMIT) or None


def asked_on(db: Db, at: datetime) -> dict[str, int]:
    """The requests of a day by purse."""
    return dict(db.execute("select purse, asked from requests where day = ?", [_day(at)]).fetchall())


def shut_purses(db: Db, now: datetime, limit: int) -> set[str]:
    """The purses out of which nothing may be asked for now."""
    feeds = [int(row[0]) for row in db.execute("select id from feeds").fetchall()]
    passed = 1 - (turn(now) - now) / timedelta(days=1)
    return shut(limit, asked_on(db, now), feeds, passed)


def _noted(db: Db, name: str) -> int:
    """A limit, 0 for none."""
    row = db.execute("select value from settings where name = ?", [name]).fetchone()
    return int(row[0]) if row else 0


def _is_used_up(asked: dict[str, int], purse: str, limit: int, most: int) -> bool:
    return asked.get(purse, 0) >= most or bool(limit and sum(asked.values()) >= limit)


def turn(now: datetime) -> datetime:
    """When the day turns."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _day(at: datetime) -> str:
    return to_text(at)[:10]

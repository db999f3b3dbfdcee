"""What a clock that was wrong has left in the store: plans too far ahead, checks and captures made later than now.

Plans lie further ahead than any plan does: they are made due. Captures are dated back: what is seen from now on would come
before them, and an article would say what it said then for as long as the clock was ahead. That cannot be taken back, so it
is done by the owner's word, or when the clock has stayed as it is for an hour in which sites were reached.

Nothing in one store tells a clock that was ahead from one that is behind. But a clock that is behind lies before most of
what was ever received; then nothing is to be changed, nor looked at by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.deferred import Deferred
from rowback.model import Status
from rowback.store.instants import from_text, to_text
from rowback.store.putting import put

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store import dating
    from rowback.store.database import Connection
else:
    dating = Deferred("rowback.store.dating")

BELIEVED_AFTER = timedelta(hours=1)  # a clock that is wrong when a machine starts is set soon after it has a network
SLACK = timedelta(minutes=5)  # by which clocks differ that nobody would call wrong


@dataclass(frozen=True, slots=True)
class Longest:
    """The longest that anything is put off by rule: a check, a pause of a host, a lease or gap, a find, a feed's reading."""

    check: timedelta
    pause: timedelta
    lease: timedelta
    find: timedelta
    feed: timedelta


_AHEAD = "next_check_at > :now and (next_check_at > :longest or {} > :soon)"
_CHECKED = "(select checked_at from checks where article_id = articles.id)"
# Name, the longest that it may lie ahead, and what is done.
_MEND = (
    (
        "articles",
        "check",
        f"""
        update articles set status = :watching, next_check_at = :now, revision = revision + 1
        where (status = :watching and {_AHEAD.format(_CHECKED)}) or (status = :settled and {_CHECKED} > :soon)
        """,
    ),
    ("finds", "find", f"update finds set next_check_at = :now where {_AHEAD.format('found_at')}"),
    (
        "dropped finds",
        "find",
        """
        update finds set next_check_at = :now, found_at = :now, outcome = null, reason = null, dropped_at = null
        where dropped_at > :soon
        """,
    ),
    ("feeds", "feed", f"update feeds set next_check_at = :now where {_AHEAD.format('coalesce(checked_at, added_at)')}"),
    ("hosts", "lease", "update hosts set free_at = :now, holder = null where blocks = 0 and free_at > :longest"),
    ("paused hosts", "pause", "update hosts set free_at = :now, holder = null where blocks > 0 and free_at > :longest"),
)
# So that what was once found is not found again, and what compares with these goes on.
_FORGET = (
    "update checks set checked_at = :now where checked_at > :soon",
    "update articles set last_checked_at = :now where last_checked_at > :soon",
    "update checks_wanted set asked_at = :now, next_at = min(next_at, :now) where asked_at > :soon",
    "update checks_wanted set ended_at = :now where ended_at > :soon",
    "update finds set found_at = :now where found_at > :soon",
    "update feeds set checked_at = :now where checked_at > :soon",
    "update tokens set last_used_at = :now where last_used_at > :soon",
    "update settings set value = :now where name = 'poller_alive_at' and value > :soon",
    "delete from settings where substr(name, 1, 15) = 'poller_running:' and value > :soon",
    "delete from requests where day > :soon",
    # These last minutes; a session is given its time anew whenever it is used.
    "delete from pairings where expires_at > :tomorrow",
    "delete from sign_in_links where expires_at > :tomorrow",
)
_DATED_BACK = ("update failed_captures set seen_at = min(seen_at, :now), received_at = :now where received_at > :soon",)
_REACHED = "select 1 from captures where received_at between :since and :now and origin in ('poll', 'feed') limit 1"
_AHEAD_SINCE = "captures_ahead_since"  # in `settings`: an instant
_RECEIVED = "select count(*), count(*) filter (where received_at > :soon), min(received_at) from captures"


class Clocks:
    """What instants in a store say of the clock."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_behind(self, now: datetime) -> bool:
        """Whether the clock lies before most of what was received."""
        with self._connection.read() as db:
            count, later, first = db.execute(_RECEIVED, {"soon": to_text(now + SLACK)}).fetchone()
        return bool(count) and (2 * later > count or first > to_text(now + SLACK))

    def ahead(self, now: datetime) -> int:
        """How many captures were received later than now."""
        with self._connection.read() as db:
            return int(db.execute(_RECEIVED, {"soon": to_text(now + SLACK)}).fetchone()[1])

    def is_believed(self, now: datetime) -> bool:
        """Whether captures are found to lie ahead of a clock that is right. To be asked now and then."""
        is_ahead = self.ahead(now) > 0
        with self._connection.write() as db:
            row = db.execute("select value from settings where name = ?", [_AHEAD_SINCE]).fetchone()
            since = from_text(row[0]) if row is not None else None
            if not is_ahead:
                db.execute("delete from settings where name = ?", [_AHEAD_SINCE])
            elif since is None or since > now:
                put(db, "settings", {"name": _AHEAD_SINCE, "value": to_text(now)}, key="name")
            if not is_ahead or since is None or now - since < BELIEVED_AFTER:
                return False
            bounds = {"since": to_text(since), "now": to_text(now)}
            return db.execute(_REACHED, bounds).fetchone() is not None

    def date_back(self, now: datetime) -> int:
        """Dates captures that were received later than now back to it, and counts them."""
        count = self.ahead(now)
        if count:
            bounds = {"now": to_text(now), "soon": to_text(now + SLACK)}
            with self._connection.write() as db:
                late = "select distinct article_id from captures where received_at > ?"
                for row in db.execute(late, [bounds["soon"]]).fetchall():
                    dating.date_back(db, row[0], now, now + SLACK)
                for statement in _DATED_BACK:
                    db.execute(statement, bounds)
        return count

    def mend(self, now: datetime, longest: Longest) -> dict[str, int]:
        """Makes due what a clock that was ahead has put off, and counts it by kind."""
        bounds = {
            "now": to_text(now),
            "soon": to_text(now + SLACK),
            "tomorrow": to_text(now + timedelta(days=1)),
            "watching": Status.WATCHING.value,
            "settled": Status.SETTLED.value,
        }
        with self._connection.write() as db:
            found = {
                name: db.execute(
                    statement, bounds | {"longest": to_text(now + getattr(longest, bound) + SLACK)}
                ).rowcount
                for name, bound, statement in _MEND
            }
            for statement in _FORGET:
                db.execute(statement, bounds)
        return {name: count for name, count in found.items() if count}

"""Which pollers run. Each says again and again that it is there, for some minutes to come: one that ends takes that back, and
one that is killed is no longer believed when the minutes are over.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.store.instants import from_text, to_text
from rowback.store.putting import put

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store.database import Connection
    from rowback.store.engine import Db

NOTED_EVERY = timedelta(minutes=1)
BELIEVED_FOR = timedelta(minutes=3)  # a worker may be at one slow page for longer than a minute
LOSS_TOLD_FOR = timedelta(days=7)
_LOST = "poller_lost"  # the value is when, and in words
_SEEN = "poller_alive_at"
_RUNNING = "poller_running:"  # and who; the value is until when
_IS_RUNNING = f"substr(name, 1, {len(_RUNNING)}) = '{_RUNNING}'"


class Presence:
    """The pollers of a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, holder: str, at: datetime) -> None:
        """Notes that a poller runs; forgets those that were killed."""
        with self._connection.write() as db:
            _put(db, _SEEN, at)
            _put(db, _RUNNING + holder, at + BELIEVED_FOR)
            db.execute(f"delete from settings where {_IS_RUNNING} and value <= ?", [to_text(at)])

    def leave(self, holder: str, at: datetime) -> None:
        """Notes that a poller has ended."""
        with self._connection.write() as db:
            if db.execute("delete from settings where name = ?", [_RUNNING + holder]).rowcount:
                _put(db, _SEEN, at)

    def seen_at(self) -> datetime | None:
        """When a poller was last known to run."""
        with self._connection.read() as db:
            row = db.execute("select value from settings where name = ?", [_SEEN]).fetchone()
        return None if row is None else from_text(row[0])

    def lose(self, told: str, at: datetime) -> None:
        """Notes that a poller lost one of its threads."""
        with self._connection.write() as db:
            put(db, "settings", {"name": _LOST, "value": f"{to_text(at)} {told}"}, key="name")

    def lost(self, now: datetime) -> tuple[datetime, str] | None:
        """When a poller lost one of its threads last, and in words: for some days."""
        with self._connection.read() as db:
            row = db.execute("select value from settings where name = ?", [_LOST]).fetchone()
        if row is None:
            return None
        at, _, told = str(row[0]).partition(" ")
        return (from_text(at), told) if now - from_text(at) < LOSS_TOLD_FOR else None

    def is_running(self, now: datetime) -> bool:
        """Whether any poller runs."""
        with self._connection.read() as db:
            return is_running(db, now)


def is_running(db: Db, now: datetime) -> bool:
    """Whether any poller runs."""
    query = f"select 1 from settings where {_IS_RUNNING} and value > ?"
    return db.execute(query, [to_text(now)]).fetchone() is not None


def _put(db: Db, name: str, at: datetime) -> None:
    put(db, "settings", {"name": name, "value": to_text(at)}, key="name")

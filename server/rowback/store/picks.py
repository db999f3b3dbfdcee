"""What readers chose to follow and was not followed yet, each reader's own: it is read first, by whichever process has
time, and what was found is kept here until the reader says yes or a day is over. What a finding looks like is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from rowback.errors import BadInput
from rowback.store.feeds import FeedKind
from rowback.store.instants import to_text
from rowback.store.putting import insert
from rowback.text.plain import line
from rowback.text.urls import identify_asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from rowback.store.database import Connection
    from rowback.store.engine import Db

LASTS = timedelta(days=1)  # a list that was put aside is begun anew
READING_LASTS = timedelta(minutes=1)  # longer than one takes: whoever began it has ended
MAX_PICKS = 500  # of a reader: as many as one request of the API follows
MAX_NAME = 300  # characters
_COLUMNS = "id, reader_id, url, kind, site, name, state, tries, found, feed, brought"


class PickState(StrEnum):
    """How far a pick is. `LISTED` is what a feed reader's list names and nobody chose; `NOTHING` was read in vain."""

    LISTED = "listed"
    WAITING = "waiting"
    READING = "reading"
    FOUND = "found"
    NOTHING = "nothing"
    FOLLOWED = "followed"


@dataclass(frozen=True, slots=True)
class Picked:
    """What is to be followed: an address of a feed, or of a site; the site to look at instead, where it is known."""

    url: str
    kind: FeedKind = FeedKind.SITE
    site: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Pick:
    """A reader's pick. `found` is what reading it came to; `feed` the address that is followed; `is_brought` whether nobody
    followed that before."""

    id: int
    reader: int
    picked: Picked
    state: PickState
    tries: int
    found: str | None
    feed: str | None
    is_brought: bool

    @property
    def is_pending(self) -> bool:
        """Whether something is to come of it by itself."""
        return self.state in (PickState.WAITING, PickState.READING)


class Picks:
    """The picks of all readers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, reader: int, at: datetime) -> list[Pick]:
        """A reader's, in the order in which they came."""
        with self._connection.read() as db:
            rows = db.execute(
                f"select {_COLUMNS} from picks where reader_id = ? and asked_at > ? order by id",
                [reader, to_text(at - LASTS)],
            ).fetchall()
        return [_as_pick(row) for row in rows]

    def add(self, reader: int, picked: Iterable[Picked], at: datetime, *, is_chosen: bool = True) -> int:
        """Chooses what is to be read, or only lists it; what is chosen or followed already stays as it is. How many there
        were. Raises `BadURL`, `BadInput` for more than a reader may have."""
        rows = [_as_row(reader, each, at, is_chosen=is_chosen) for each in picked]
        with self._connection.write() as db:
            db.execute("delete from picks where asked_at <= ?", [to_text(at - LASTS)])
            for row in rows:
                insert(db, "picks", row, ignore=True)
                if is_chosen:
                    _choose(db, reader, "url", [row["url"]])
            if db.execute("select count(*) from picks where reader_id = ?", [reader]).fetchone()[0] > MAX_PICKS:
                raise BadInput(f"At most {MAX_PICKS} addresses are chosen at a time. Follow or drop some first.")
        return len(rows)

    def choose(self, reader: int, ids: Sequence[int]) -> None:
        """Has what was listed, or read in vain, read."""
        with self._connection.write() as db:
            _choose(db, reader, "id", ids)

    def drop(self, reader: int, ids: Sequence[int]) -> None:
        """Forgets picks; what is followed stays followed."""
        with self._connection.write() as db:
            for pick_id in ids:
                db.execute("delete from picks where reader_id = ? and id = ?", [reader, pick_id])

    def begin(self, at: datetime) -> Pick | None:
        """The next to be read, of a host of which none is being read; None when there is none. It is the caller's now."""
        since = to_text(at - READING_LASTS)
        with self._connection.write() as db:
            row = db.execute(
                f"select {_COLUMNS} from picks where (state = 'waiting' or state = 'reading' and begun_at <= :since) "
                "and asked_at > :oldest and host not in "
                "(select host from picks where state = 'reading' and begun_at > :since) order by tries, id limit 1",
                {"since": since, "oldest": to_text(at - LASTS)},
            ).fetchone()
            if row is None:
                return None
            db.execute("update picks set state = 'reading', begun_at = ? where id = ?", [to_text(at), row[0]])
        return _as_pick(row)

    def end(self, pick: Pick, state: PickState, found: str) -> None:
        """What reading one came to. One that waits again was tried once more. What was dropped meanwhile stays so."""
        with self._connection.write() as db:
            db.execute(
                "update picks set state = ?, found = ?, tries = tries + ? where id = ? and state = 'reading'",
                [state.value, found, int(state is PickState.WAITING), pick.id],
            )

    def follow(self, pick: Pick, feed: str, *, is_brought: bool) -> None:
        """Notes that what was found is followed."""
        with self._connection.write() as db:
            db.execute(
                "update picks set state = 'followed', feed = ?, brought = ? where id = ?",
                [feed, int(is_brought), pick.id],
            )

    def stop(self, pick: Pick) -> None:
        """Notes that it is followed no more; it can be followed again."""
        with self._connection.write() as db:
            db.execute("update picks set state = 'found', feed = null, brought = 0 where id = ?", [pick.id])


def _choose(db: Db, reader: int, column: str, values: Sequence[int | str]) -> None:
    for value in values:
        db.execute(
            f"update picks set state = 'waiting', tries = 0, found = null where reader_id = ? and {column} = ? "
            "and state in ('listed', 'nothing')",
            [reader, value],
        )


def _as_row(reader: int, picked: Picked, at: datetime, *, is_chosen: bool) -> dict[str, str | int]:
    asked = identify_asked(picked.url)
    return {
        "reader_id": reader,
        "url": asked.link,
        "kind": picked.kind.value,
        "site": picked.site,
        "name": line(picked.name)[:MAX_NAME],
        "host": asked.host,
        "state": (PickState.WAITING if is_chosen else PickState.LISTED).value,
        "asked_at": to_text(at),
    }


def _as_pick(row: tuple[int, int, str, str, str, str, str, int, str | None, str | None, int]) -> Pick:
    id_, reader, url, kind, site, name, state, tries, found, feed, brought = row
    return Pick(
        id_, reader, Picked(url, FeedKind(kind), site, name), PickState(state), tries, found, feed, bool(brought)
    )

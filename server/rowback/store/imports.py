"""Imports of files, and backfills from archives, by number: what came by each, and how it is taken back.

Taking one back is done an article at a time, each in one transaction, so that it goes on where it was cut off; from its first
step on nothing more comes by that import.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rowback.deferred import Deferred
from rowback.errors import BadInput
from rowback.store.instants import from_text, maybe_from_text, to_text
from rowback.store.leads import lead_of
from rowback.store.sayings import Fact
from rowback.text.plain import line
from rowback.text.urls import identify

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from rowback.model import Recorded
    from rowback.store import taking_back
    from rowback.store.database import Connection
    from rowback.store.engine import Db
else:
    taking_back = Deferred("rowback.store.taking_back")

MAX_NAME = 400  # characters of what an import is called
_COLUMNS = (
    "number, kind, what, source, began_at, ended_at, captures, versions, undo_began_at, undone_at, "
    "(select count(distinct article_id) from brought where import = number), "
    "(select min(url) from articles where id in (select article_id from brought where import = number))"
)
# Of the articles that have something of some imports, how many have nothing else, followed or not.
_LEFT = """
    with theirs as (select cast(value as bigint) as number from json_each(:numbers)),
    touched as (select distinct article_id as id from brought where import in (select number from theirs)),
    told as (select id, not exists (
            select 1 from captures where article_id = touched.id
            and (brought_by is null or brought_by not in (select number from theirs))
        ) and not exists (
            select 1 from copies, json_each(copies.brought_by) as by
            where article_id = touched.id and cast(by.value as bigint) not in (select number from theirs)
        ) as is_alone, exists (
            select 1 from brought where article_id = touched.id and what = :followed
        ) as is_followed from touched)
    select count(*), count(*) filter (where is_alone and not is_followed),
        count(*) filter (where is_alone and is_followed) from told
"""


class ImportKind(StrEnum):
    """What it was taken from."""

    FILE = "file"
    BACKFILL = "backfill"
    """An archive's copies of one article, or another backend's versions."""


@dataclass(frozen=True, slots=True)
class Import:
    """One by its number. `what` names the files or the archive, `source` is an archive as its owner names it; `captures` came
    by it and made `versions` when they came; `articles` have something of it now, of which `url` is one. `undo_began_at`
    without `undone_at`: taking it back was cut off."""

    number: int
    kind: ImportKind
    what: str
    source: str | None
    began_at: datetime
    ended_at: datetime | None
    captures: int
    versions: int
    undo_began_at: datetime | None
    undone_at: datetime | None
    articles: int
    url: str | None


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking something back came to: how many articles it had a part in, and how many of these are gone with it, or stay
    with it because they are followed."""

    articles: int = 0
    gone: int = 0
    followed: int = 0

    def __add__(self, other: Undone) -> Undone:
        """Of two together."""
        return Undone(self.articles + other.articles, self.gone + other.gone, self.followed + other.followed)


class Imports:
    """The imports of a store. `tell` keeps what lists say of an article up to date."""

    def __init__(self, connection: Connection, tell: Callable[[int], None]) -> None:
        self._connection = connection
        self._tell = tell

    def begin(self, kind: ImportKind, what: str, at: datetime, source: str | None = None) -> int:
        """A new one; its captures say its number (`Capture.brought_by`)."""
        with self._connection.write() as db:
            return _begin(db, kind, what, at, source)

    def end(self, number: int, at: datetime) -> None:
        """Notes that all of it was read."""
        with self._connection.write() as db:
            db.execute("update imports set ended_at = ? where number = ?", [to_text(at), number])

    def get(self, number: int) -> Import | None:
        """One by its number."""
        with self._connection.read() as db:
            row = db.execute(f"select {_COLUMNS} from imports where number = ?", [number]).fetchone()
        return None if row is None else _as_import(row)

    def all(self) -> list[Import]:
        """All, in order."""
        with self._connection.read() as db:
            rows = db.execute(f"select {_COLUMNS} from imports order by number").fetchall()
        return [_as_import(row) for row in rows]

    def of_source(self, name: str) -> list[int]:
        """The numbers of the backfills from an archive, by its name or title, or of a site's articles, by its name."""
        with self._connection.read() as db:
            rows = db.execute(
                "select number from imports where kind = :kind and (:name in (source, what) or number in ("
                "select import from brought join articles on articles.id = article_id where articles.source = :name)) "
                "and number in (select import from brought) order by number",
                {"kind": ImportKind.BACKFILL.value, "name": name},
            ).fetchall()
        return [number for (number,) in rows]

    def of_article(self, url: str) -> list[int]:
        """The numbers of the backfills of an article. Raises `BadURL`."""
        page = identify(url)
        with self._connection.read() as db:
            lead = lead_of(db, page)
            rows = db.execute(
                "select distinct number from imports join brought on import = number where kind = ? and article_id = ? "
                "order by number",
                [ImportKind.BACKFILL.value, None if lead is None else lead.article_id],
            ).fetchall()
        return [number for (number,) in rows]

    def check(self, number: int) -> None:
        """Raises `BadInput` for one that there is not, or of which nothing is left."""
        with self._connection.read() as db:
            _touched(db, number)

    def left_of(self, numbers: Collection[int]) -> Undone:
        """What taking some back would come to: how many articles have something of them, and how many nothing else."""
        told = json.dumps(sorted(numbers))
        with self._connection.read() as db:
            row = db.execute(_LEFT, {"numbers": told, "followed": Fact.FOLLOWED.value}).fetchone()
        return Undone(*(int(each or 0) for each in row))

    def undo(self, number: int, at: datetime, step: Callable[[int], object] = lambda _: None) -> Undone:
        """Takes back what an import alone brought; what was cut off goes on. `step` is told after each article how many were
        done. Raises `BadInput` for one that there is not, or of which nothing is left."""
        with self._connection.write() as db:
            articles = _begin_undo(db, number, at)
        done = Undone()
        for article_id in articles:
            with self._connection.write() as db:
                came = taking_back.take_back(db, article_id, number)
            if came is taking_back.Came.STAYS:
                self._tell(article_id)
            done += Undone(1, int(came is taking_back.Came.GONE), int(came is taking_back.Came.FOLLOWED))
            step(1)
        with self._connection.write() as db:
            db.execute("delete from failed_captures where brought_by = ?", [number])
            db.execute("update imports set undone_at = ? where number = ?", [to_text(at), number])
        return done


def import_of_backfill(db: Db, backfill_id: int, at: datetime) -> int:
    """The number by which the copies of a backfill come, from its first on. Raises `BadInput` where it was taken back."""
    row = db.execute("select import, title, name from backfills where id = ?", [backfill_id]).fetchone()
    if row is None:
        raise BadInput("What archives brought was taken back meanwhile.")
    number, title, name = row
    if number is None:
        number = _begin(db, ImportKind.BACKFILL, title, at, name)
        db.execute("update backfills set import = ? where id = ?", [number, backfill_id])
    return int(number)


def check_not_undone(db: Db, number: int) -> None:
    """Raises `BadInput` for an import that there is not, or that was taken back."""
    row = db.execute("select undo_began_at from imports where number = ?", [number]).fetchone()
    if row is None or row[0] is not None:
        raise BadInput(f"Import {number} was taken back meanwhile: nothing more comes by it.")


def note_brought(db: Db, number: int, recorded: Recorded) -> None:
    """Counts a capture that came by an import."""
    db.execute(
        "update imports set captures = captures + 1, versions = versions + ? where number = ?",
        [int(recorded.new_version), number],
    )


def _begin(db: Db, kind: ImportKind, what: str, at: datetime, source: str | None) -> int:
    (number,) = db.execute(
        "insert into imports (kind, what, source, began_at) values (?, ?, ?, ?) returning number",
        [kind.value, line(what, MAX_NAME), source, to_text(at)],
    ).fetchone()
    return int(number)


def _begin_undo(db: Db, number: int, at: datetime) -> list[int]:
    """Lets nothing more come by an import. The articles that have something of it. Raises as `_touched`."""
    articles = _touched(db, number)
    db.execute("update imports set undo_began_at = coalesce(undo_began_at, ?) where number = ?", [to_text(at), number])
    db.execute("delete from backfills where import = ?", [number])
    return articles


def _touched(db: Db, number: int) -> list[int]:
    """The articles that have something of an import. Raises `BadInput` for one that there is not, or that was taken back."""
    row = db.execute("select undone_at from imports where number = ?", [number]).fetchone()
    if row is None:
        raise BadInput(f"There is no import {number}. `rowback imports` lists them.")
    articles = db.execute(
        "select distinct article_id from brought where import = ? order by article_id", [number]
    ).fetchall()
    if row[0] is not None and not articles:
        raise BadInput(f"Import {number} was taken back on {row[0][:10]}. Nothing is left of it.")
    return [article_id for (article_id,) in articles]


def _as_import(row: Sequence[Any]) -> Import:
    number, kind, what, source, began, ended, captures, versions, undo_began, undone, articles, url = row
    return Import(
        number,
        ImportKind(kind),
        what,
        source,
        from_text(began),
        maybe_from_text(ended),
        captures,
        versions,
        maybe_from_text(undo_began),
        maybe_from_text(undone),
        articles,
        url,
    )

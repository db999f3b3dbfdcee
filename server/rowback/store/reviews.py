"""What a reader made of steps: seen, starred, a note, collections. Each reader's own; nobody else is told of it.

Here it is read; `store.review_acts` writes it, and `store.review_homes` keeps it at its step when versions move.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rowback.model import MAX_TITLE
from rowback.store.articles import article_columns, as_article
from rowback.store.instants import from_number, maybe_from_text
from rowback.store.own_filters import folded
from rowback.store.putting import IDS
from rowback.store.reader_collections import no_collection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from rowback.model import Article
    from rowback.store.audience import Audience
    from rowback.store.database import Connection
    from rowback.store.engine import Db

AT_ONCE = 500  # notes that are read in one piece
_COLLECTIONS = (
    "(select json_group_array(name) from (select name from collected join collections on collections.id = collection_id "
    "where review_id = reviews.id and deleted_by is null order by collections.folded) as names)"
)
_STANDS = "exists (select 1 from changes where changes.id = reviews.change_id)"


@dataclass(frozen=True, slots=True)
class Review:
    """What a reader made of a step. `note` is plain text."""

    change_id: int
    seen: bool = False
    starred: bool = False
    note: str = ""
    collections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReaderCollection:
    """A list of steps that a reader made; `count` is of those that stand."""

    id: int
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A review with a note, and what it is of: nothing of an article that the reader may not see any more, and no version
    where the step does not stand."""

    review: Review
    noted_at: datetime | None
    article: Article | None
    title: str
    version: int | None
    seen_at: datetime | None


class Reviews:
    """The reviews of a store that are an audience's own: strangers have none."""

    def __init__(self, connection: Connection, audience: Audience) -> None:
        self._connection = connection
        self._audience = audience
        self._reader = audience.reader

    def of(self, change_ids: Iterable[int]) -> dict[int, Review]:
        """What the reader made of steps, by their ids; nothing for those of which that is nothing."""
        with self._connection.read() as db:
            rows = db.execute(
                f"select change_id, seen, starred, note, {_COLLECTIONS} from reviews "
                f"where reader_id = ? and change_id in ({IDS})",
                [self._reader, json.dumps(list(change_ids))],
            ).fetchall()
        return {row[0]: _as_review(row) for row in rows}

    def collections(self) -> list[ReaderCollection]:
        """The reader's collections by name."""
        with self._connection.read() as db:
            rows = db.execute(
                "select id, name, (select count(*) from collected join reviews on reviews.id = review_id "
                f"where collection_id = collections.id and {_STANDS}) from collections "
                "where reader_id = ? and deleted_by is null order by folded",
                [self._reader],
            ).fetchall()
        return [ReaderCollection(*row) for row in rows]

    def check_collections(self, names: Iterable[str]) -> None:
        """Raises `BadInput` for a name that no collection of the reader's has."""
        known = {folded(each.name) for each in self.collections()}
        for name in names:
            if folded(name) not in known:
                raise no_collection(name)

    def homeless(self) -> list[KeptNote]:
        """Notes whose step does not stand: its texts were taken back, or set aside. They stay, and find it again."""
        with self._connection.read() as db:
            return [_as_note(row) for row in self._notes(db, 0, AT_ONCE, f"and not {_STANDS}")]

    def notes(self) -> Iterator[KeptNote]:
        """All notes of the reader's, in the order in which they were begun; some at a time."""
        last, more = 0, True
        while more:
            with self._connection.read() as db:
                rows = self._notes(db, last, AT_ONCE)
            more = len(rows) == AT_ONCE
            for row in rows:
                last = row[0]
                yield _as_note(row)

    def _notes(self, db: Db, after: int, limit: int, more: str = "") -> list[tuple[Any, ...]]:
        shown = [] if self._audience.is_owner else ["articles.hidden_reason is null"]
        may_see = " and ".join(["true", *shown, *self._audience.listed("articles")])
        rows: list[tuple[Any, ...]] = db.execute(
            f"select reviews.id, change_id, reviews.seen, starred, note, {_COLLECTIONS}, noted_at, {may_see}, "
            f"versions.title, changes.number, changes.seen_us, {article_columns(self._audience)} from reviews "
            "join articles on articles.id = reviews.article_id left join changes on changes.id = change_id "
            "left join versions on versions.id = changes.version_id "
            f"where reader_id = ? and note <> '' and reviews.id > ? {more} order by reviews.id limit ?",
            [self._reader, after, limit],
        ).fetchall()
        return rows


def _as_review(row: Sequence[Any]) -> Review:
    change_id, seen, starred, note, names = row
    return Review(change_id, bool(seen), bool(starred), note, tuple(json.loads(names)))


def _as_note(row: Sequence[Any]) -> KeptNote:
    noted_at, may_see, title, number, seen_us = row[6:11]
    review = _as_review(row[1:6])
    if not may_see:
        return KeptNote(review, maybe_from_text(noted_at), None, "", None, None)
    article = as_article(row[11:])
    seen_at = None if seen_us is None else from_number(seen_us)
    return KeptNote(review, maybe_from_text(noted_at), article, (title or article.title)[:MAX_TITLE], number, seen_at)

"""Lists of steps, newest first, in pages: all of them, or those that filters let through. Reads indexes, never all rows."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rowback.model import MAX_TITLE
from rowback.store import source_scope
from rowback.store.articles import article_columns, as_article
from rowback.store.audience import Audience
from rowback.store.instants import from_number, to_number, to_text
from rowback.store.matching import matching
from rowback.store.putting import IDS
from rowback.store.rare_labels import rare_steps, these_alone
from rowback.store.source_scope import HOUR_US
from rowback.store.steps import KeptStep, as_kept_step, step_columns
from rowback.store.stretches import Walk, newest_matches

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.model import Article
    from rowback.store.database import Connection
    from rowback.store.engine import Db
    from rowback.store.own_filters import OwnFilters
    from rowback.store.stretches import Condition

MAX_SOURCES = 500
Cursor = tuple["datetime", int]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which steps: of an article, a source, with all of the labels, of substance, of the headline, without a note to the
    reader, seen in a period (`after` included, `before` not), on a day of the week (from Monday, 1) or in an hour (0 to 23)
    in UTC, or matching a full-text query over the changed words, or leading to a version whose headline matches one; or by
    what a reader made of them."""

    article_id: int | None = None
    sources: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    substance: bool = False
    headline: bool = False
    unannounced: bool = False
    after: datetime | None = None
    before: datetime | None = None
    weekday: int | None = None
    hour: int | None = None
    words: str | None = None
    title: str | None = None
    own: OwnFilters | None = None

    @property
    def is_wide(self) -> bool:
        """Whether nothing is asked for that has an index of its own."""
        return not self.sources and self.article_id is None and self.words is None and self.title is None

    def indexed(self, audience: Audience) -> list[Condition]:
        """The SQL conditions on `changes` that its indexes alone decide, each with its values."""
        seen, of_week = audience.instant("seen_us"), source_scope.hour_of_week(audience)
        given: list[tuple[bool, str, list[object]]] = [
            (bool(self.sources), f"source in ({', '.join('?' * len(self.sources))})", list(self.sources)),
            (
                bool(self.labels),
                " and ".join(["instr(labels, ?) > 0"] * len(self.labels)),
                [f" {x} " for x in self.labels],
            ),
            (self.substance, "minor = 0", []),
            (self.headline, "headline = 1", []),
            (self.unannounced, "unannounced = 1", []),
            (self.after is not None, f"{seen} >= ?", [self.after and to_number(self.after)]),
            (self.before is not None, f"{seen} < ?", [self.before and to_number(self.before)]),
            (self.weekday is not None, f"{of_week} / 24 = ?", [self.weekday and self.weekday - 1]),
            (self.hour is not None, f"{of_week} % 24 = ?", [self.hour]),
        ]
        # Between texts that rules read as the same, or a version that was set aside and what stood beside it.
        given.append((True, "edit_count > 0", []))
        given += [(True, condition, []) for condition in audience.listed("changes")]
        return [(condition, values) for applies, condition, values in given if applies]

    def others(self, audience: Audience) -> list[Condition]:
        """The conditions that read more; but not the one on the changed words."""
        is_by_hour = self.weekday is not None or self.hour is not None
        given: list[tuple[bool, str, list[object]]] = [
            (self.article_id is not None, "article_id = ?", [self.article_id]),
            (self.title is not None, f"version_id in ({matching('versions')})", [self.title, self.title]),
            (is_by_hour and audience.is_strangers, source_scope.has_hour(audience), []),
            (True, "article_id not in (select id from articles where hidden_reason is not null)", []),
        ]
        own = [] if self.own is None else self.own.conditions()
        return [*((condition, values) for applies, condition, values in given if applies), *own]


@dataclass(frozen=True, slots=True)
class Listed:
    """A step, its article, and the headline of the version it led to."""

    step: KeptStep
    article: Article
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list, newest first; the cursors lead to what lies before and after it, None where nothing does."""

    items: tuple[Listed, ...]
    older: Cursor | None
    newer: Cursor | None


class Latest:
    """The lists of a store, as an audience sees them."""

    def __init__(self, connection: Connection, audience: Audience = Audience.TRUSTED) -> None:
        self._connection = connection
        self._audience = audience
        self._seen = audience.instant("seen_us")

    def page(
        self, filters: Filters, limit: int, *, older_than: Cursor | None = None, newer_than: Cursor | None = None
    ) -> Page:
        """The newest `limit` steps, or those next to a cursor on one side of it."""
        backwards = newer_than is not None
        found = self._rows(filters, limit + 1, newer_than or older_than, backwards=backwards)
        more, items = len(found) > limit, found[:limit]
        if backwards:
            items.reverse()
        first, last = (_cursor(items[0]), _cursor(items[-1])) if items else (None, None)
        came_from = older_than is not None
        return Page(
            tuple(items),
            older=last if (more or backwards) else None,
            newer=first if (more if backwards else came_from) else None,
        )

    def _rows(self, filters: Filters, limit: int, cursor: Cursor | None, *, backwards: bool) -> list[Listed]:
        seen, order = self._seen, "asc" if backwards else "desc"
        columns = step_columns(self._audience)
        with self._connection.read() as db:
            walk = walk_of(db, filters, self._audience, cursor, ">" if backwards else "<")
            rare = rare_steps(db, filters.labels)
            if rare is not None or filters.words is None:
                # The index only is read here; whole rows are read for what is shown.
                these = () if rare is None else (these_alone(rare, filters.words),)
                wanted, values = walk.query(walk.id, *these, start=walk.start, limit=limit, indexed_only=False)
            else:
                ids = newest_matches(db, filters.words, walk, limit)
                wanted, values = IDS, [json.dumps(ids)]
            rows = db.execute(
                f"with wanted(id) as ({wanted}) select {columns}, versions.title, {article_columns(self._audience)} "
                "from wanted cross join changes join articles on articles.id = changes.article_id "
                "join versions on versions.id = changes.version_id where changes.id = wanted.id "
                f"order by changes.{seen} {order}, changes.id {order}",
                values,
            ).fetchall()
        width = len(columns.split(","))
        return [Listed(as_kept_step(row[:width]), as_article(row[width + 1 :]), row[width][:MAX_TITLE]) for row in rows]

    def per_hour(self, filters: Filters, start: datetime, end: datetime) -> dict[str, int]:
        """Edits by hour (`2026-01-31T09`) in a period."""
        begin = to_number(start) // HOUR_US * HOUR_US
        given = [*filters.indexed(self._audience), *filters.others(self._audience)]
        if filters.words is not None:
            given.append((f"id in ({matching('changes')})", [filters.words, filters.words]))
        given += [(f"{self._seen} >= ?", [to_number(start)]), (f"{self._seen} < ?", [to_number(end)])]
        with self._connection.read() as db:
            rows = db.execute(
                f"select ({self._seen} - ?) / ?, sum(edit_count) from changes "
                f"where {' and '.join(condition for condition, _ in given)} group by 1",
                [begin, HOUR_US, *(value for _, values in given for value in values)],
            ).fetchall()
        return {to_text(from_number(begin + hours * HOUR_US))[:13]: count for hours, count in rows}

    def sources(self) -> list[str]:
        """The sources that have any step, by name. Hops through the index from one source to the next."""
        listed = " and ".join(["true", *self._audience.listed("changes")])
        with self._connection.read() as db:
            rows = db.execute(
                f"with recursive each(source) as (select min(source) from changes where {listed} union all "
                f"select (select min(source) from changes where source > each.source and {listed}) from each "
                "where each.source is not null) select source from each where source is not null limit ?",
                [MAX_SOURCES],
            ).fetchall()
        return [row[0] for row in rows]


def walk_of(db: Db, filters: Filters, audience: Audience, cursor: Cursor | None = None, side: str = "<") -> Walk:
    """How the steps are walked that filters let through, from a cursor on: those on one `side` of it (`<`, `<=` or `>`, which
    goes backwards)."""
    seen_at, id_, rows, given = audience.instant("seen_us"), "id", "changes", filters.indexed(audience)
    if filters.own is not None and filters.is_wide and filters.own.keeps_unseen(db):
        # Those that are unseen alone are read, however many were seen.
        seen_at, id_, rows = "at_us", "step_id", "unseen cross join changes"
        given.append(("changes.id = step_id and reader_id = ?", [filters.own.reader]))
        filters = replace(filters, own=filters.own.without_unseen())
    start = None if cursor is None else (f"({seen_at}, {id_}) {side} (?, ?)", [to_number(cursor[0]), cursor[1]])
    return Walk(seen_at, side == ">", tuple(given), tuple(filters.others(audience)), start, id_, rows)


def _cursor(listed: Listed) -> Cursor:
    return listed.step.seen_at, listed.step.id

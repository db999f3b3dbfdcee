"""Lists of steps, newest first, in pages: all of them, or those that filters let through. Reads indexes, never all rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.model import MAX_TITLE
from rowback.store.articles import article_columns, as_article
from rowback.store.audience import Audience
from rowback.store.instants import to_text
from rowback.store.matching import matching
from rowback.store.steps import KeptStep, as_kept_step, step_columns

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.model import Article
    from rowback.store.database import Connection

MAX_SOURCES = 500
Cursor = tuple["datetime", int]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which steps: of an article, a source, with all of the labels, of substance, of the headline, without a note to the
    reader, seen in a period (`after` included, `before` not), or matching a full-text query over the changed words, or
    leading to a version whose headline matches one."""

    article_id: int | None = None
    sources: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    substance: bool = False
    headline: bool = False
    unannounced: bool = False
    after: datetime | None = None
    before: datetime | None = None
    words: str | None = None
    title: str | None = None

    def conditions(self, audience: Audience) -> tuple[list[str], list[object]]:
        """The SQL conditions on `changes`, and their values."""
        seen_at = audience.instant("seen_at")
        given: list[tuple[bool, str, list[object]]] = [
            (self.article_id is not None, "article_id = ?", [self.article_id]),
            (bool(self.sources), f"source in ({', '.join('?' * len(self.sources))})", list(self.sources)),
            (bool(self.labels), " and ".join(["instr(labels, ?)"] * len(self.labels)), [f" {x} " for x in self.labels]),
            (self.substance, "minor = 0", []),
            (self.headline, "headline = 1", []),
            (self.unannounced, "unannounced = 1", []),
            (self.after is not None, f"{seen_at} >= ?", [self.after and to_text(self.after)]),
            (self.before is not None, f"{seen_at} < ?", [self.before and to_text(self.before)]),
            (self.words is not None, f"id in ({matching('changes')})", [self.words, self.words]),
            (
                self.title is not None,
                f"version_id in ({matching('versions')})",
                [self.title, self.title],
            ),
        ]
        given.append((True, "article_id not in (select id from articles where hidden_reason is not null)", []))
        # Between texts that rules read as the same, or a version that was set aside and what stood beside it.
        given.append((True, "edit_count > 0", []))
        given += [(True, condition, []) for condition in audience.listed("changes")]
        held = [(condition, values) for applies, condition, values in given if applies]
        return [condition for condition, _ in held], [value for _, values in held for value in values]


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
        self._seen_at = audience.instant("seen_at")

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
        conditions, values = filters.conditions(self._audience)
        if cursor is not None:
            conditions.append(f"({self._seen_at}, id) {'>' if backwards else '<'} (?, ?)")
            values += [to_text(cursor[0]), cursor[1]]
        order = "asc" if backwards else "desc"
        where = f"where {' and '.join(conditions)}" if conditions else ""
        # The inner query reads the index only; whole rows are read for what is shown.
        columns, seen_at = step_columns(self._audience), self._seen_at
        sql = (
            f"select {columns}, versions.title, {article_columns(self._audience)} from "
            f"(select id as wanted from changes {where} order by {seen_at} {order}, id {order} limit ?) "
            "join changes on changes.id = wanted join articles on articles.id = changes.article_id "
            f"join versions on versions.id = changes.version_id order by changes.{seen_at} {order}, changes.id {order}"
        )
        with self._connection.read() as db:
            rows = db.execute(sql, [*values, limit]).fetchall()
        width = len(columns.split(","))
        return [Listed(as_kept_step(row[:width]), as_article(row[width + 1 :]), row[width][:MAX_TITLE]) for row in rows]

    def per_hour(self, filters: Filters, start: datetime, end: datetime) -> dict[str, int]:
        """Edits by hour (`2026-01-31T09`) in a period."""
        conditions, values = filters.conditions(self._audience)
        conditions += [f"{self._seen_at} >= ?", f"{self._seen_at} < ?"]
        with self._connection.read() as db:
            rows = db.execute(
                f"select substr({self._seen_at}, 1, 13), sum(edit_count) from changes "
                f"where {' and '.join(conditions)} group by 1",
                [*values, to_text(start), to_text(end)],
            ).fetchall()
        return dict(rows)

    def sources(self) -> list[str]:
        """The sources that have any step, by name. Hops through the index from one source to the next."""
        listed = " and ".join(["1", *self._audience.listed("changes")])
        with self._connection.read() as db:
            rows = db.execute(
                f"with recursive each(source) as (select min(source) from changes where {listed} union all "
                f"select (select min(source) from changes where source > each.source and {listed}) from each "
                "where each.source is not null) select source from each where source is not null limit ?",
                [MAX_SOURCES],
            ).fetchall()
        return [row[0] for row in rows]


def _cursor(listed: Listed) -> Cursor:
    return listed.step.seen_at, listed.step.id

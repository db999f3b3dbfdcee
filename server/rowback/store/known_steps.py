"""The steps that became known since an instant or a cursor, in the order in which they did: what a program follows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.model import MAX_TITLE
from rowback.store.articles import article_columns, as_article
from rowback.store.audience import Audience
from rowback.store.instants import from_text, to_text
from rowback.store.known_order import RECORDED_AT, Since, begin_after
from rowback.store.latest import Listed
from rowback.store.matching import matching
from rowback.store.putting import IDS
from rowback.store.steps import as_kept_step, step_columns

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rowback.store.database import Connection
    from rowback.store.engine import Db
    from rowback.store.latest import Filters
    from rowback.store.stretches import Condition

FEW = 2_000  # steps after a place that are read as they lie; if these are not enough, an index is read
COARSE = timedelta(days=2)  # more than the instants that strangers are told lie beside those that are so


@dataclass(frozen=True, slots=True)
class KnownStep:
    """A step with its article and headline, and when it was recorded: when the later one of its versions came in."""

    listed: Listed
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class KnownPage:
    """Steps in the order in which they became known, and where to go on: also where there are none."""

    items: tuple[KnownStep, ...]
    next: Since


@dataclass(frozen=True, slots=True)
class _Part:
    """Some of the steps: with ids above `after`, up to `until`, recorded at an instant or later; by which index they are
    found, if by any."""

    after: int
    until: int
    recorded: datetime | None = None
    index: str = "not indexed"


class KnownSteps:
    """The steps of a store, as an audience is told of them, for who follows them."""

    def __init__(self, connection: Connection, audience: Audience = Audience.TRUSTED) -> None:
        self._connection = connection
        self._audience = audience
        self._recorded, self._slack = RECORDED_AT, timedelta(0)
        if audience.is_strangers:  # of a version that somebody read they are told when it was seen, coarsely
            self._recorded, self._slack = f"coalesce({_SEEN}, {RECORDED_AT})", COARSE

    def page(self, filters: Filters, since: Since, limit: int) -> KnownPage:
        """The first `limit` steps after a place."""
        with self._connection.read() as db:
            last, begin = _last(db), since.step
            if since.recorded is not None and begin == 0:
                begin = begin_after(db, to_text(since.recorded - self._slack))
            near = min(begin + FEW, last)
            found = self._rows(db, filters, _Part(begin, near, since.recorded), limit)
            if len(found) < limit:
                rest = _Part(near, last, since.recorded, self._index(filters))
                found += self._rows(db, filters, rest, limit - len(found))
        if len(found) == limit:
            return KnownPage(tuple(found), Since(found[-1].listed.step.id, since.recorded))
        # All that is known was looked through: what comes now is recorded later. Only the owner is told how much that was.
        if not self._audience.is_owner:
            return KnownPage(tuple(found), Since(found[-1].listed.step.id) if found else since)
        return KnownPage(tuple(found), Since(max(last, since.step)))

    def newest(self, filters: Filters, limit: int) -> KnownPage:
        """The `limit` steps that became known last, the newest first."""
        with self._connection.read() as db:
            last = _last(db)
            near = max(0, last - FEW)
            found = self._rows(db, filters, _Part(near, last), limit, newest=True)
            if len(found) < limit:
                part = _Part(0, near, index=self._index(filters))
                found += self._rows(db, filters, part, limit - len(found), newest=True)
        return KnownPage(tuple(found), Since(last))

    def has_any(self, filters: Filters, after: int) -> bool:
        """Whether any step that became known after one with an id fits."""
        with self._connection.read() as db:
            last = _last(db)
            if last <= after + FEW:
                where, values = self._where(filters, _Part(after, last))
                return (
                    db.execute(f"select 1 from changes not indexed where {where} limit 1", values).fetchone()
                    is not None
                )
        return bool(self.page(filters, Since(after), 1).items)

    def last(self) -> int:
        """The id of the step that became known last."""
        with self._connection.read() as db:
            return _last(db)

    def these(self, filters: Filters, ids: Sequence[int]) -> list[KnownStep]:
        """The steps with some ids that are there and fit still, in the order in which they became known."""
        if not ids:
            return []
        given = [(f"changes.id in ({IDS})", [json.dumps(ids)])]
        with self._connection.read() as db:
            return self._fitting(db, filters, _Part(min(ids) - 1, max(ids), index=""), len(ids), given=given)

    def _rows(self, db: Db, filters: Filters, part: _Part, limit: int, *, newest: bool = False) -> list[KnownStep]:
        return [] if part.after >= part.until else self._fitting(db, filters, part, limit, newest=newest)

    def _fitting(
        self,
        db: Db,
        filters: Filters,
        part: _Part,
        limit: int,
        *,
        newest: bool = False,
        given: Sequence[Condition] = (),
    ) -> list[KnownStep]:
        (where, values), order = self._where(filters, part, given), "desc" if newest else "asc"
        columns = step_columns(self._audience)
        rows = db.execute(
            f"with wanted(id) as materialized "
            f"(select id from changes {part.index} where {where} order by id {order} limit ?) "
            f"select {columns}, versions.title, {self._recorded}, {article_columns(self._audience)} "
            "from wanted cross join changes join articles on articles.id = changes.article_id "
            f"join versions on versions.id = changes.version_id where changes.id = wanted.id order by changes.id {order}",
            [*values, limit],
        ).fetchall()
        return [_known(row, len(columns.split(","))) for row in rows]

    def _where(self, filters: Filters, part: _Part, given: Sequence[Condition] = ()) -> tuple[str, list[object]]:
        """The SQL condition on the steps of a part that fit, with its values."""
        given = [*given, *filters.indexed(self._audience), *filters.others(self._audience)]
        if filters.words is not None:  # asked of the index for the part alone
            found = matching("changes", "and {0}.rowid > ? and {0}.rowid <= ?")
            given.append((f"id in ({found})", 2 * [filters.words, part.after, part.until]))
        given.append(("changes.id > ? and changes.id <= ?", [part.after, part.until]))
        if part.recorded is not None:
            given.append((f"{self._recorded} >= ?", [to_text(part.recorded)]))
        return " and ".join(condition for condition, _ in given), [value for _, values in given for value in values]

    def _index(self, filters: Filters) -> str:
        """The index that decides most where many steps lie after a place."""
        if filters.article_id is not None:
            return "indexed by changes_article"
        if self._audience.is_strangers:
            return "indexed by changes_public_source" if filters.sources else "indexed by changes_public"
        return "indexed by changes_source" if filters.sources else "indexed by changes_newest"


_SEEN = "(select max(seen_at) from public_times where version_id in (changes.previous_id, changes.version_id))"


def _last(db: Db) -> int:
    return int(db.execute("select coalesce(max(id), 0) from changes").fetchone()[0])


def _known(row: Sequence[object], width: int) -> KnownStep:
    title, recorded = row[width : width + 2]
    listed = Listed(as_kept_step(row[:width]), as_article(row[width + 2 :]), str(title)[:MAX_TITLE])
    return KnownStep(listed, from_text(str(recorded)))

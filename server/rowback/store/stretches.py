"""The newest steps that match a full-text query, without sorting all that match. Runs inside the transactions of others.

Steps are walked by time in stretches, each some times as long as the one before: the ids of the matches in a stretch lie
between the least and the greatest id in it, and the full-text index is asked for those alone. Ids mostly rise with time,
so that they are few; where they do not (imports, merged articles) more are asked for, and the same is found.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.store.matching import matching
from rowback.store.putting import IDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.store.engine import Db

FEW = 1_000  # matches that are sorted as they are: some 3 ms, and no more than a rare word has
FIRST, LONGER = 400, 8  # steps of the first stretch, and how many times as long the next one is
Condition = tuple[str, "Sequence[object]"]  # SQL, and its values


@dataclass(frozen=True, slots=True)
class Walk:
    """How steps are walked: by an instant and id, from the newest or, `backwards`, from the oldest. `indexed` are conditions
    that an index alone decides, where one is walked; `others` are those that read more. `rows` are `changes`, or others that
    lead to them."""

    seen_at: str
    backwards: bool
    indexed: tuple[Condition, ...]
    others: tuple[Condition, ...]
    start: Condition | None = None
    id: str = "id"
    rows: str = "changes"

    def query(self, what: str, *more: Condition, start: Condition | None, limit: int, indexed_only: bool) -> Condition:
        """The statement that reads columns of the next steps."""
        begun = () if start is None else (start,)
        conditions = (*self.indexed, *begun, *more, *(() if indexed_only else self.others))
        order = "asc" if self.backwards else "desc"
        where = f"where {' and '.join(told for told, _ in conditions)}" if conditions else ""
        values = [value for _, values in conditions for value in values]
        return f"select {what} from {self.rows} {where} order by {self.seen_at} {order}, {self.id} {order} limit ?", [
            *values,
            limit,
        ]


def newest_matches(db: Db, words: str, walk: Walk, limit: int) -> list[int]:
    """The ids of the first `limit` steps of a walk that match, in its order: exactly those that sorting all would give."""
    few = [row[0] for row in db.execute(f"{matching('changes')} limit ?", [words, words, FEW + 1]).fetchall()]
    if len(few) <= FEW:
        these = (f"id in ({IDS})", [json.dumps(few)])
        return _ids(db, walk.query("id", these, start=walk.start, limit=limit, indexed_only=False))
    found: list[int] = []
    start, length = walk.start, FIRST
    while True:
        stretch = _stretch(db, walk, start, length)
        if stretch is None:
            return found
        # The `+` keeps SQLite from walking the matches instead: those of a common word are more than the steps walked.
        wanted = (f"+id in ({matching('changes', 'and {0}.rowid between ? and ?')})", 2 * [words, *stretch.ids])
        more = (wanted,) if stretch.end is None else (wanted, stretch.end)
        query = walk.query("id", *more, start=start, limit=limit - len(found), indexed_only=False)
        found += _ids(db, query)
        if len(found) == limit or stretch.next is None:
            return found
        start, length = stretch.next, length * LONGER


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Between which ids its steps have theirs, where it ends, and where the next begins: None where it is the last."""

    ids: tuple[int, int]
    end: Condition | None
    next: Condition | None


def _stretch(db: Db, walk: Walk, start: Condition | None, length: int) -> _Stretch | None:
    """The stretch of so many steps, less those that have the instant of its last one, which may go on behind it; None where
    no step is left."""
    seen_at, far, near, behind = (
        (walk.seen_at, "max", "min", "<") if walk.backwards else (walk.seen_at, "min", "max", ">")
    )
    while True:
        steps, values = walk.query(f"id, {seen_at} as at", start=start, limit=length, indexed_only=True)
        row = db.execute(f"select count(*), min(id), max(id), {near}(at), {far}(at) from ({steps})", values).fetchone()
        count, least, greatest, first, last = row
        if not count:
            return None
        if count < length:
            return _Stretch((least, greatest), None, None)
        if first != last:
            on = ">=" if walk.backwards else "<="
            return _Stretch((least, greatest), (f"{seen_at} {behind} ?", [last]), (f"{seen_at} {on} ?", [last]))
        length *= LONGER


def _ids(db: Db, query: Condition) -> list[int]:
    return [row[0] for row in db.execute(*query).fetchall()]

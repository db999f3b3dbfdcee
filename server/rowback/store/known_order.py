"""In which order steps became known: by their ids. A step that is told anew keeps its id, and none is given again.

Runs inside the transactions of others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rowback.store.engine import Db

Neighbours = tuple[int, int]  # the row ids of a version and the next

MARKED_EVERY = 1_000  # steps between two of `known_by`: so many are looked through at most for those since an instant
# When both versions of a step were there: when the first capture of the later one came in.
RECORDED_AT = (
    "max((select received_at from captures where version_id = changes.previous_id order by id limit 1), "
    "(select received_at from captures where version_id = changes.version_id order by id limit 1))"
)


@dataclass(frozen=True, slots=True)
class Since:
    """From where on: after the step with an id, of those recorded at an instant or later."""

    step: int = 0
    recorded: datetime | None = None


def ids_of(db: Db, article_id: int, pairs: Sequence[Neighbours]) -> dict[Neighbours, int]:
    """The ids under which an article's steps, oldest first, are to be kept: those that they had, or the next ones."""
    found: dict[Neighbours, int] = {}
    last = _last(db)
    for pair in pairs:
        row = db.execute("select id from changes_before where previous_id = ? and version_id = ?", pair).fetchone()
        if row is None:
            _mark(db, last)
            last += 1
        found[pair] = last if row is None else int(row[0])
    db.execute("delete from changes_before where article_id = ?", [article_id])
    return found


def begin_after(db: Db, at: str) -> int:
    """The id of a step after which all lie that were recorded at an instant or later (and few others)."""
    row = db.execute("select max(step) from known_by where at < ?", [at]).fetchone()
    return int(row[0] or 0)


def _last(db: Db) -> int:
    """The highest id that any step had."""
    query = "select max(value, coalesce((select max(id) from changes), 0)) from totals where name = 'last step'"
    return int(db.execute(query).fetchone()[0])


def _mark(db: Db, last: int) -> None:
    """Notes, every so many steps, when the last one was recorded, if none before it was recorded later."""
    marked, at = db.execute("select coalesce(max(step), 0), coalesce(max(at), '') from known_by").fetchone()
    if last - marked < MARKED_EVERY:
        return
    (later,) = db.execute(f"select max({RECORDED_AT}) from changes where id > ?", [marked]).fetchone()
    db.execute("insert into known_by values (?, ?)", [last, max(at, later or "")])

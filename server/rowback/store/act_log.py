"""What readers did last with steps and collections, kept with what was before so that it can be undone. Runs inside the
transactions of others."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rowback.store.instants import from_text, to_text
from rowback.store.putting import inserted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rowback.store.engine import Db

MAX_ACTS = 50  # of each reader


@dataclass(frozen=True, slots=True)
class DoneAct:
    """An act that was done, and can be undone: it changed `count` steps. `name` is of a collection."""

    id: int
    at: datetime
    kind: str
    count: int
    name: str


def note_act(db: Db, reader: int, act: DoneAct, before: Sequence[object]) -> int:
    """Keeps an act, whose own `id` says nothing, and lets those go that are too many. Its id."""
    row = {
        "reader_id": reader,
        "at": to_text(act.at),
        "kind": act.kind,
        "count": act.count,
        "name": act.name,
        "before": json.dumps(before, ensure_ascii=False),
    }
    id_ = inserted(db, "review_acts", row)
    forget_acts(db, reader, MAX_ACTS)
    return id_


def last_act(db: Db, reader: int) -> DoneAct | None:
    """What a reader did last and did not undo."""
    row = db.execute(
        "select id, at, kind, count, name from review_acts where reader_id = ? order by id desc limit 1", [reader]
    ).fetchone()
    return None if row is None else DoneAct(row[0], from_text(row[1]), *row[2:])


def take_act(db: Db, act: DoneAct) -> list[Any]:
    """What was before an act, which is not kept any more."""
    (before,) = db.execute("select before from review_acts where id = ?", [act.id]).fetchone()
    db.execute("delete from review_acts where id = ?", [act.id])
    found: list[Any] = json.loads(before)
    return found


def forget_acts(db: Db, reader: int, kept: int = 0) -> None:
    """Lets a reader's acts go but the last ones; they cannot be undone any more. After two reviews became one, all: undoing
    would take from it what the other brought."""
    old = db.execute(
        "select id from review_acts where reader_id = ? order by id desc limit 9223372036854775807 offset ?",
        [reader, kept],
    ).fetchall()
    for (each,) in old:  # its number may be given again
        db.execute("update reviews set seen_by = null where seen_by = ?", [each])
        db.execute("delete from collections where deleted_by = ?", [each])
        db.execute("delete from review_acts where id = ?", [each])

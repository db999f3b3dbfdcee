"""What a reader does with steps: marks them as seen or starred, notes, collects; one or many at once, and undone again.

What was before is kept by the rows of `reviews`, which stay the same when their steps get other ids. An act that marks a
whole list as seen keeps no list: its rows bear its number.
"""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING

from rowback.errors import BadInput, NotFound
from rowback.store.act_log import DoneAct, last_act, note_act, take_act
from rowback.store.instants import to_text
from rowback.store.latest import walk_of
from rowback.store.matching import matching
from rowback.store.own_filters import OwnFilters, folded
from rowback.store.putting import IDS
from rowback.store.reader_collections import UNDO, collection_for, collection_named
from rowback.text.tongue import gettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from rowback.store.audience import Audience
    from rowback.store.database import Connection
    from rowback.store.engine import Db
    from rowback.store.latest import Cursor, Filters
    from rowback.store.stretches import Condition

MAX_AT_ONCE = 500  # steps that one act names
MAX_NOTE = 10_000  # characters; some pages
ROWS_AT_ONCE = 5_000  # of a list that is marked as seen: so many keep other writers waiting for some 50 ms
# `store.review_homes` finds a step again by the beginnings of its texts' fingerprints: 64 bits, of one article's texts.
_NEW = (
    "insert into reviews (reader_id, article_id, change_id, old_print, new_print, seen_us, seen, seen_by) select ?, "
    "changes.article_id, changes.id, substr(old.fingerprint, 1, 16), substr(new.fingerprint, 1, 16), changes.seen_us, ?, ? "
    "from changes join versions as old on old.id = changes.previous_id "
    "join versions as new on new.id = changes.version_id where changes.id in ({}) on conflict (reader_id, change_id) do {}"
)


@dataclass(frozen=True, slots=True)
class ReviewAct:
    """Something to do with some steps. `name` is of a collection, `text` a note."""

    kind: str
    change_ids: tuple[int, ...]
    name: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class _State:
    """A row of `reviews` as an act finds or leaves it."""

    id: int
    seen: int
    starred: int
    note: str
    noted_at: str | None
    seen_by: int | None
    collections: list[int]


@dataclass(frozen=True, slots=True)
class _Doing:
    """An act at work: its reader, and the rows that it is about."""

    db: Db
    reader: int
    at: datetime
    act: ReviewAct
    ids: list[int]

    def set(self, column: str, value: int) -> None:
        """Writes a value into a column of our own of all rows."""
        query = f"update reviews set {column} = ? where id in ({IDS})"
        self.db.execute(query, [value, json.dumps(self.ids)])

    def set_note(self, *, after: bool) -> None:
        """Writes the note of all rows, or adds to it. Raises `BadInput`."""
        query = f"select id, note from reviews where id in ({IDS})"
        for id_, before in self.db.execute(query, [json.dumps(self.ids)]).fetchall():
            note = _as_note(f"{before}\n\n{self.act.text.strip()}" if after else self.act.text)
            noted_at = to_text(self.at) if note else None
            self.db.execute(
                "update reviews set note = ?, folded = ?, noted_at = ? where id = ? and note <> ?",
                [note, folded(note), noted_at, id_, note],
            )

    def collect(self) -> None:
        """Puts all rows into a collection, which is made where there is none of the name. Raises `BadInput`."""
        collection = collection_for(self.db, self.reader, self.act.name, self.at)
        query = (
            "insert into collected select ?, cast(value as bigint) from json_each(?) where true on conflict do nothing"
        )
        self.db.execute(query, [collection, json.dumps(self.ids)])

    def take_out(self) -> None:
        """Takes all rows out of a collection. Raises `BadInput`."""
        collection = collection_named(self.db, self.reader, self.act.name)
        query = f"delete from collected where collection_id = ? and review_id in ({IDS})"
        self.db.execute(query, [collection, json.dumps(self.ids)])


_DO: dict[str, Callable[[_Doing], None]] = {
    "see": lambda doing: doing.set("seen", 1),
    "unsee": lambda doing: doing.set("seen", 0),
    "star": lambda doing: doing.set("starred", 1),
    "unstar": lambda doing: doing.set("starred", 0),
    "note": lambda doing: doing.set_note(after=False),
    "add-note": lambda doing: doing.set_note(after=True),
    "collect": _Doing.collect,
    "take-out": _Doing.take_out,
}
ACTS = tuple(_DO)


class ReviewActs:
    """The acts of an audience that is a reader, on steps that it may see."""

    def __init__(self, connection: Connection, audience: Audience) -> None:
        self._connection = connection
        self._audience = audience
        self._reader = audience.reader

    def do(self, act: ReviewAct, at: datetime) -> int:
        """Does something. How many steps it changed. Raises `BadInput`, and `NotFound` where the reader sees none of them."""
        if act.kind not in _DO:
            raise BadInput(f"There is no act {act.kind[:40]}. The acts are: {', '.join(ACTS)}.")
        if len(act.change_ids) > MAX_AT_ONCE:
            raise BadInput(f"Name at most {MAX_AT_ONCE} steps at once.")
        with self._connection.write() as db:
            shown = self._shown(db, act.change_ids)
            if not shown:
                raise NotFound(gettext("These steps do not stand any more. Open the list again."))
            wanted = json.dumps(shown)
            new = _NEW.format(IDS, "nothing")
            db.execute(new, [self._reader, 0, None, wanted])
            before = _states(db, self._reader, wanted)
            _DO[act.kind](_Doing(db, self._reader, at, act, list(before)))
            after = _states(db, self._reader, wanted)
            changed = [astuple(was) for id_, was in before.items() if was != after[id_]]
            if changed:
                note_act(db, self._reader, DoneAct(0, at, act.kind, len(changed), " ".join(act.name.split())), changed)
        return len(changed)

    def see_all(self, filters: Filters, until: Cursor, at: datetime) -> int:
        """Marks as seen what filters let through, back from a step that is named by its instant and id, some at a time. How
        many that were."""
        wanted = replace(filters, own=(filters.own or OwnFilters(self._reader)).only_unseen())
        act, count, rows = 0, 0, ROWS_AT_ONCE
        while rows == ROWS_AT_ONCE:
            with self._connection.write() as db:
                act = act or note_act(db, self._reader, DoneAct(0, at, "see-all", 0, ""), [])
                steps, values = self._steps(db, wanted, until)
                new = _NEW.format(steps, "update set seen = 1, seen_by = excluded.seen_by")
                rows = db.execute(new, [self._reader, 1, act, *values]).rowcount
                count += rows
                db.execute("update review_acts set count = ? where id = ?", [count, act])
                db.execute("delete from review_acts where id = ? and count = 0", [act])
        return count

    def last(self) -> DoneAct | None:
        """What was done last and not undone."""
        with self._connection.read() as db:
            return last_act(db, self._reader)

    def undo(self) -> DoneAct | None:
        """Undoes what was done last. What that was; None where there is nothing."""
        with self._connection.write() as db:
            act = last_act(db, self._reader)
            if act is None:
                return None
            before = take_act(db, act)
            if act.kind in UNDO:
                UNDO[act.kind](db, act.id, before)
                return act
            db.execute("update reviews set seen = 0, seen_by = null where seen_by = ?", [act.id])
            for row in before:
                _restore(db, _State(*row))
        return act

    def _steps(self, db: Db, filters: Filters, until: Cursor) -> Condition:
        """The statement that reads the next ids of steps up to one."""
        walk = walk_of(db, filters, self._audience, until, "<=")
        given = [] if filters.words is None else [(f"id in ({matching('changes')})", 2 * [filters.words])]
        return walk.query(walk.id, *given, start=walk.start, limit=ROWS_AT_ONCE, indexed_only=False)

    def _shown(self, db: Db, ids: Sequence[int]) -> list[int]:
        """Those of some steps that the reader may see."""
        shown = " and ".join(["edit_count > 0", *self._audience.listed("changes")])
        rows = db.execute(
            f"select id from changes where id in ({IDS}) and {shown} "
            "and article_id not in (select id from articles where hidden_reason is not null)",
            [json.dumps(list(ids))],
        ).fetchall()
        return [row[0] for row in rows]


def _states(db: Db, reader: int, change_ids: str) -> dict[int, _State]:
    rows = db.execute(
        "select id, seen, starred, note, noted_at, seen_by, (select json_group_array(collection_id) from collected "
        f"where review_id = reviews.id) from reviews where reader_id = ? and change_id in ({IDS})",
        [reader, change_ids],
    ).fetchall()
    return {
        id_: _State(id_, seen, starred, note, noted_at, seen_by, json.loads(collections))
        for id_, seen, starred, note, noted_at, seen_by, collections in rows
    }


def _restore(db: Db, was: _State) -> None:
    """Makes a review what it was; of one that is gone with its article, nothing."""
    found = db.execute(
        "update reviews set seen = ?, seen_by = ?, starred = ?, note = ?, folded = ?, noted_at = ? where id = ?",
        [was.seen, was.seen_by, was.starred, was.note, folded(was.note), was.noted_at, was.id],
    )
    if found.rowcount:
        db.execute("delete from collected where review_id = ?", [was.id])
        db.execute(
            f"insert into collected select id, ? from collections where id in ({IDS})",
            [was.id, json.dumps(was.collections)],
        )


def _as_note(text: str) -> str:
    """A note as it is kept: lines of text. Raises `BadInput`."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    note = "".join(char for char in lines if char in "\n\t" or char.isprintable()).strip()
    if len(note) > MAX_NOTE:
        raise BadInput(gettext("A note has at most %(most)s characters.", most=MAX_NOTE))
    return note

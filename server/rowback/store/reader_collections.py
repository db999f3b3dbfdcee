"""The collections of a reader: lists of steps by name, made, renamed and deleted. One that was deleted stays in the file
until that can not be undone any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rowback.errors import BadInput, NotFound
from rowback.store.act_log import DoneAct, note_act
from rowback.store.instants import to_text
from rowback.store.own_filters import folded
from rowback.store.putting import insert
from rowback.text.tongue import gettext

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from rowback.store.database import Connection
    from rowback.store.engine import Db

MAX_COLLECTIONS = 200
MAX_COLLECTION_NAME = 80  # characters
_NAMED = "select id from collections where reader_id = ? and folded = ? and deleted_by is null"


class ReaderCollections:
    """The collections of one reader."""

    def __init__(self, connection: Connection, reader: int) -> None:
        self._connection = connection
        self._reader = reader

    def make(self, name: str, at: datetime) -> None:
        """Makes one. Raises `BadInput` where there is one of that name."""
        with self._connection.write() as db:
            if db.execute(_NAMED, [self._reader, folded(name)]).fetchone() is not None:
                raise _taken(name)
            made = collection_for(db, self._reader, name, at)
            self._note(db, "make-collection", name, at, [made])

    def rename(self, id_: int, name: str, at: datetime) -> None:
        """Gives one another name. Raises `BadInput`, `NotFound`."""
        wanted = _checked(name)
        with self._connection.write() as db:
            before = self._name_of(db, id_)
            row = db.execute(_NAMED, [self._reader, folded(wanted)]).fetchone()
            if row is not None and row[0] != id_:
                raise _taken(wanted)
            _set_name(db, id_, wanted)
            self._note(db, "rename-collection", before, at, [id_, before])

    def delete(self, id_: int, at: datetime) -> None:
        """Deletes one; what was in it keeps all else. Raises `NotFound`."""
        with self._connection.write() as db:
            name = self._name_of(db, id_)
            act = self._note(db, "delete-collection", name, at, [])
            db.execute("update collections set deleted_by = ? where id = ?", [act, id_])

    def _note(self, db: Db, kind: str, name: str, at: datetime, before: Sequence[object]) -> int:
        return note_act(db, self._reader, DoneAct(0, at, kind, 1, " ".join(name.split())), before)

    def _name_of(self, db: Db, id_: int) -> str:
        row = db.execute(
            "select name from collections where id = ? and reader_id = ? and deleted_by is null", [id_, self._reader]
        ).fetchone()
        if row is None:
            raise NotFound(gettext("There is no such collection any more. Open the list again."))
        return str(row[0])


def collection_for(db: Db, reader: int, name: str, at: datetime) -> int:
    """The id of a reader's collection with a name, which is made where there is none. Raises `BadInput`."""
    wanted = _checked(name)
    row = db.execute(_NAMED, [reader, folded(wanted)]).fetchone()
    if row is not None:
        return int(row[0])
    mine = "select count(*) from collections where reader_id = ? and deleted_by is null"
    if db.execute(mine, [reader]).fetchone()[0] >= MAX_COLLECTIONS:
        raise BadInput(gettext("A reader has up to %(most)s collections. Delete one first.", most=MAX_COLLECTIONS))
    made = {"reader_id": reader, "name": wanted, "folded": folded(wanted), "created_at": to_text(at)}
    insert(db, "collections", made)
    return int(db.execute(_NAMED, [reader, made["folded"]]).fetchone()[0])


def collection_named(db: Db, reader: int, name: str) -> int:
    """The id of a reader's collection with a name. Raises `BadInput`."""
    row = db.execute(_NAMED, [reader, folded(name)]).fetchone()
    if row is None:
        raise no_collection(name)
    return int(row[0])


def no_collection(name: str) -> BadInput:
    """What to say of a name that none has."""
    return BadInput(
        gettext("You have no collection named %(name)s. Triage lists those that you have.", name=name[:40] or "—")
    )


def _undo_make(db: Db, _act: int, before: Sequence[Any]) -> None:
    db.execute("delete from collections where id = ?", [before[0]])


def _undo_rename(db: Db, _act: int, before: Sequence[Any]) -> None:
    _set_free_name(db, *before)


def _undo_delete(db: Db, act: int, _before: Sequence[Any]) -> None:
    row = db.execute("select id, name from collections where deleted_by = ?", [act]).fetchone()
    if row is not None:
        _set_free_name(db, *row)


UNDO: dict[str, Callable[[Db, int, Sequence[Any]], None]] = {
    "make-collection": _undo_make,
    "rename-collection": _undo_rename,
    "delete-collection": _undo_delete,
}


def _set_free_name(db: Db, id_: int, name: str) -> None:
    """Names a collection as before, and brings it back; where another bears the name by now, with a number."""
    (reader,) = db.execute("select reader_id from collections where id = ?", [id_]).fetchone()
    free, number = name, 1
    while (row := db.execute(_NAMED, [reader, folded(free)]).fetchone()) is not None and row[0] != id_:
        number += 1
        free = f"{name} {number}"
    _set_name(db, id_, free)


def _set_name(db: Db, id_: int, name: str) -> None:
    db.execute("update collections set name = ?, folded = ?, deleted_by = null where id = ?", [name, folded(name), id_])


def _checked(name: str) -> str:
    """A name as it is kept: one line, which can be written in a search. Raises `BadInput`."""
    wanted = " ".join(name.split())
    if not folded(wanted) or len(wanted) > MAX_COLLECTION_NAME or not wanted.isprintable() or set(wanted) & set('"“”'):
        raise BadInput(
            gettext(
                "A collection needs a name: 1 to %(most)s characters, without quotation marks.",
                most=MAX_COLLECTION_NAME,
            )
        )
    return wanted


def _taken(name: str) -> BadInput:
    return BadInput(gettext("There is a collection named %(name)s already. Choose another name.", name=name[:40]))

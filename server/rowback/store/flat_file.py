"""A SQLite file of plain tables, for others' tools (Datasette and all that reads SQLite): what an export writes. It is no
store, and nothing of a store is read here.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database

from rowback.errors import BadInput
from rowback.store.family import JOURNAL, WAL, beside, is_rowback

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

BATCH = 500  # rows in one statement's worth of work: what is held of them


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A table with its columns and their Python types, those that must have a value, those looked up by index and those
    searched for words; its rows have their `id` as key."""

    name: str
    columns: Mapping[str, type]
    not_null: frozenset[str]
    indexed: Sequence[str]
    searched: Sequence[str]
    rows: Iterable[Mapping[str, Any]]


def check_replaceable(path: Path) -> None:
    """Raises `BadInput` where something else must not take a file's place: a store, or a database that some program has not
    written out. Not to be asked while this process has that file open."""
    if path.is_dir():
        return  # who writes there is told so
    if is_rowback(path):
        raise BadInput(f"{path} is a database of Rowback, and no export takes its place. Name another file.")
    for log in (beside(path, ending) for ending in (WAL, JOURNAL)):
        if log.exists() and log.stat().st_size:
            raise BadInput(
                f"{log} shows that {path.name} is in use. End the program that uses it, or name another file."
            )


def write_flat(path: Path, tables: Iterable[FlatTable]) -> dict[str, int]:
    """Writes tables, one after the other, into an empty file; returns how many rows each has. Half a file is of no use:
    nothing is logged for taking it back. Raises `BadInput` where it cannot be written."""
    db = Database(path)
    try:
        db.conn.execute("PRAGMA journal_mode = off")
        db.conn.execute("PRAGMA synchronous = off")  # whoever puts the file in place sees to it that it is on disk
        return {table.name: _write(db, table) for table in tables}
    except sqlite3.Error as error:
        raise BadInput(f"The file cannot be written: {error}.") from error
    finally:
        db.close()


def _write(db: Database, flat: FlatTable) -> int:
    made = db.table(flat.name)
    made.create(dict(flat.columns), pk="id", not_null=flat.not_null)
    made.insert_all((dict(row) for row in flat.rows), batch_size=BATCH)
    for column in flat.indexed:
        made.create_index([column])
    made.enable_fts(flat.searched, fts_version="FTS5", tokenize="unicode61 remove_diacritics 2")
    return made.count

"""Brings the file of an earlier release up to date where that writes most of it anew: beside it, in a copy.

The file itself is not touched until the copy is whole, looked through and packed; then it is put in its place at once. Killed
at any moment, the one or the other is there, and the next start begins anew. Nobody else has the file open meanwhile: of
Rowback's own, `Hold` sees to that; of other programs, SQLite's lock.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, contextmanager
from itertools import zip_longest
from typing import TYPE_CHECKING

from sqlite_utils import Database

from rowback import files
from rowback.errors import StoreError
from rowback.store.family import JOURNAL, SHM, WAL, beside
from rowback.store.lineage import number_of, set_number
from rowback.store.progress import log
from rowback.store.schema import migrations
from rowback.text.spacing import spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

REBUILDS = frozenset({"0035_compact"})  # migrations after which most of the file is another
COPY, PACKED = "-being-changed", "-being-packed"  # beside the file, while it lasts
# Times the file: the copy grows a little while both forms are in it, and the packed one takes two thirds of the file.
ROOM = 2.0
MB = 1_000_000
_BUSY_S = 5.0


def is_needed(db: Database) -> bool:
    """Whether a database waits for a migration after which most of it is another; a new one has nothing yet."""
    if migrations.migrations_table not in db.table_names():
        return False
    return any(each.name in REBUILDS for each in migrations.pending(db))


def clear(path: Path) -> None:
    """Takes away what a killed attempt left beside a database. Raises `OSError`."""
    for copy in (beside(path, COPY), beside(path, PACKED)):
        for each in (copy, *(beside(copy, ending) for ending in (WAL, SHM, JOURNAL))):
            each.unlink(missing_ok=True)


def compact(path: Path) -> int | None:
    """Brings the database at `path`, which nobody else of ours has open, up to date in a copy, where it needs that. Returns
    the number of its last write then. Raises `StoreError`, and leaves the database as it was."""
    clear(path)
    if not path.stat().st_size:
        return None
    with closing(_opened(path)) as old:
        if not _is_ours(old):
            return None  # told by whoever opens it next
        _check_room(path)
        log.warning("%s is brought up to date, once (%d MB). Stopped meanwhile, it is as before.", path, _mb(path))
        try:
            with _alone(old, path):
                number = _packed(old, path)
        except BaseException:
            clear(path)
            raise
    before = _mb(path)
    _put(path)
    log.warning("%s is up to date: %d MB, which were %d.", path, _mb(path), before)
    return number


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=_BUSY_S, isolation_level=None)


def _is_ours(old: sqlite3.Connection) -> bool:
    try:
        return is_needed(Database(old))
    except sqlite3.DatabaseError:
        return False


def _check_room(path: Path) -> None:
    needed, free = int(ROOM * path.stat().st_size) + MB, shutil.disk_usage(path.parent).free
    if free < needed:
        raise StoreError(
            f"{path} is of an earlier release. To bring it up to date, {needed / MB:,.0f} MB have to be free beside it for a "
            f"while, and {free / MB:,.0f} MB are. Make room and start again. Nothing was changed."
        )


@contextmanager
def _alone(old: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Brings the log into the file, which no other program may have open, and keeps them from writing."""
    try:
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if old.execute("PRAGMA journal_mode = delete").fetchone()[0] != "delete":
            raise StoreError(_in_use(path))
        old.execute("BEGIN")
        old.execute("select count(*) from sqlite_master")  # from here on nobody else can write
    except sqlite3.OperationalError as error:
        if (error.sqlite_errorcode & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreError(_in_use(path)) from error
        raise
    yield
    old.execute("ROLLBACK")


def _in_use(path: Path) -> str:
    return f"{path} has to be brought up to date, and another program has it open. End that first. Nothing was changed."


def _packed(old: sqlite3.Connection, path: Path) -> int:
    """Makes the packed copy, up to date, and looks whether it says the same."""
    copy, packed = beside(path, COPY), beside(path, PACKED)
    files.make_file(copy)
    with closing(sqlite3.connect(copy, isolation_level=None)) as new:
        old.backup(new)
        # The copy is thrown away when anything goes wrong: it needs no journal, and no waiting for the disk.
        for pragma in ("journal_mode = off", "synchronous = off", "secure_delete = off", "foreign_keys = on"):
            new.execute(f"PRAGMA {pragma}")
        new.create_function("spaced", 1, spaced, deterministic=True)
        db = Database(new)
        migrations.apply(db)
        _check_same(path, old, new)
        number = number_of(db) + 1
        set_number(db, number)
        log.warning("%s: packing", path)
        new.execute("VACUUM INTO ?", [str(packed)])
    with closing(sqlite3.connect(packed)) as whole:
        found = whole.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise StoreError(f"{path} could not be brought up to date ({found}). Nothing was changed.")
    files.give_as(packed, path)
    files.close_to_others(packed)
    files.sync(packed)
    return number


def _check_same(path: Path, old: sqlite3.Connection, new: sqlite3.Connection) -> None:
    """Every version has the blocks it had, and every block says what it said."""
    for query in (
        "select version_id, position, block_id from version_blocks order by version_id, position",
        "select id, article_id, kind, text from blocks order by id",
        "select id, article_id, seen_at, last_seen_at, title, fingerprint from versions order by id",
    ):
        if any(before != after for before, after in _beside(old.execute(query), new.execute(query))):
            raise StoreError(f"{path} could not be brought up to date: a text would have changed. Nothing was changed.")


def _beside(old: Iterable[object], new: Iterable[object]) -> Iterator[tuple[object, object]]:
    yield from zip_longest(old, new)


def _put(path: Path) -> None:
    beside(path, PACKED).replace(path)
    files.sync(path.parent)
    clear(path)


def _mb(path: Path) -> int:
    return round(path.stat().st_size / MB)

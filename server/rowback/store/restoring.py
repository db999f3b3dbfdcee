"""Puts a backup in the place of a database. What was there is kept beside it, and nothing is changed before all is ready."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from sqlite_utils import Database

from rowback import files
from rowback.errors import BadInput, StoreError
from rowback.store.family import JOURNAL, REPLACED, SHM, WAL, beside, own_files, remove_second_names
from rowback.store.holding import Hold, number_beside
from rowback.store.lineage import fits, fresh, read_header, read_log, set_number
from rowback.store.opening import check_ours

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

if sys.platform != "win32":
    import fcntl

# The bytes that every reader of a database locks, and who closes it last wants for itself: `SHARED_FIRST` and `SHARED_SIZE`
# of https://sqlite.org/src/file/src/os.h. They lie beyond what is stored.
READERS_AT, READERS = 0x40000002, 510


def restore(backup: Path, path: Path, at: datetime) -> Path | None:
    """Puts `backup` in the place of the database at `path`, and tells where what was there is kept.

    Raises `BadInput` for what is no backup, `StoreError` when something has the database open or a file cannot be written.
    """
    source, target = backup.resolve(), path.resolve()
    if not source.is_file():
        raise BadInput(f"There is no file {backup}.")
    if target.exists() and source.samefile(target):
        raise BadInput(f"{backup} is the database itself. Name a backup of it.")
    try:
        files.make_folder(target.parent)
        with files.Replacement(target) as part:
            try:
                number = _whole_copy(source, part.path, backup)
                files.give_as(part.path, target)
                return _put(part, target, number, at)
            finally:
                for each in own_files(part.path):
                    each.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{path} cannot be replaced: {error.strerror}. It is as it was.") from error


def _whole_copy(source: Path, copy: Path, named: Path) -> int:
    """Copies a backup with the log that lies beside it into one file, and looks whether it can be used. Its number."""
    log = beside(source, WAL)
    if not fits(read_header(source), read_log(log), number_beside(source)):
        raise BadInput(f"{named} does not belong with {log.name} beside it: one of them is of another database.")
    shutil.copyfile(source, copy)
    if log.exists():
        files.make_file(beside(copy, WAL))
        shutil.copyfile(log, beside(copy, WAL))
    number = fresh()  # what is stored from now on is not what followed the backup before
    try:
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if found != "ok":
                raise BadInput(f"{named} is damaged ({found}). Name an older backup.")
            check_ours(Database(connection), named)
            connection.execute("PRAGMA journal_mode = delete")  # and with it all of the log in the file
            set_number(Database(connection), number)
    except sqlite3.OperationalError as error:
        raise StoreError(f"{named} cannot be copied: {error}. Nothing was changed.") from error
    except sqlite3.DatabaseError as error:
        raise BadInput(f"{named} cannot be used: {error}. Name another backup.") from error
    return number


def _put(part: files.Replacement, target: Path, number: int, at: datetime) -> Path | None:
    hold = Hold(target, alone=True)
    try:
        with _no_reader(target):
            remove_second_names(target)
            kept = _keep(target, at)
            # In this order: killed in between, the new file lies beside the old log, which is told at the next start; what
            # is kept is whole by then, and as long as it is the same file as what is in use, it is taken away there.
            part.put()
            for ending in (WAL, SHM, JOURNAL):
                beside(target, ending).unlink(missing_ok=True)
            files.sync(target.parent)
            hold.begin(number)
    finally:
        hold.release()
    return kept


def _keep(target: Path, at: datetime) -> Path | None:
    """A second name for what is there, with a copy of its log; a log alone is kept, too."""
    if not own_files(target):
        return None
    name = f"{target.name}{REPLACED}{at:%Y%m%d-%H%M%S}"
    names = (target.with_name(name if n == 1 else f"{name}-{n}") for n in range(1, 1_000))
    kept = next(each for each in names if not own_files(each))
    _keep_log(beside(target, WAL), beside(kept, WAL))
    if target.exists():
        try:
            kept.hardlink_to(target)
        except OSError:  # not every file system has second names
            target.rename(kept)
        files.close_to_others(kept)
    return kept


def _keep_log(log: Path, kept: Path) -> None:
    if log.exists() and log.stat().st_size:
        with files.Replacement(kept) as copy:
            shutil.copyfile(log, copy.path)
            files.give_as(copy.path, log)
            copy.put()


@contextmanager
def _no_reader(target: Path) -> Iterator[None]:
    """Keeps other programs than Rowback out, too. Windows replaces no file that one has open."""
    if sys.platform == "win32" or not target.exists():
        yield
        return
    descriptor = os.open(target, os.O_RDWR)
    try:
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, READERS, READERS_AT)
        except OSError as error:
            raise StoreError(f"{target} is in use by another program. End it first.") from error
        yield
    finally:
        os.close(descriptor)

"""What goes wrong with a database, in words that say what to do."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from rowback.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

RESTORE = "Put a backup in its place: `rowback restore FILE` (`rowback backup` makes them)."
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_DAMAGED_EXACTLY = {sqlite3.SQLITE_IOERR_SHORT_READ}  # the file ends before its last page
_ADVICE = {
    sqlite3.SQLITE_BUSY: "is in use by another program that holds it locked. Try again in a moment.",
    sqlite3.SQLITE_LOCKED: "is in use by another program that holds it locked. Try again in a moment.",
    sqlite3.SQLITE_READONLY: "cannot be written to. Check the permissions of the file and its folder.",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened. Check that its folder exists and may be written to.",
    sqlite3.SQLITE_IOERR_WRITE: "cannot be written: its disk fails, or a file may not grow further. Nothing was lost.",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full. Nothing was lost; make room and try again.",
}


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error says that the file itself is not whole."""
    code = getattr(error, "sqlite_errorcode", 0) or 0
    return (code & 0xFF) in _DAMAGED or code in _DAMAGED_EXACTLY


def told(path: Path, error: sqlite3.Error, *, was_ours: bool) -> StoreError:
    """An error as one or two sentences; `was_ours`: the file was opened as a database of Rowback before."""
    code = getattr(error, "sqlite_errorcode", 0) or 0
    if (code & 0xFF) == sqlite3.SQLITE_NOTADB and not was_ours:
        return StoreError(f"{path} is not an SQLite database. Name another file with --db.")
    if is_damage(error):
        return StoreError(f"{path} is damaged. {RESTORE}", "The database is damaged.")
    found = _ADVICE.get(code) or _ADVICE.get(code & 0xFF)
    return StoreError(f"{path} {found}", f"The database {found}") if found else StoreError(f"{path}: {error}.")

"""A connection to the database file, as all are; and whose file it is."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING

from sqlite_utils import Database

from rowback.errors import StoreError
from rowback.store.family import WAL, beside
from rowback.store.schema import migrations
from rowback.text.spacing import spaced

if TYPE_CHECKING:
    from pathlib import Path

BUSY_TIMEOUT_S = 5.0  # how long a write waits for another process; a write takes milliseconds

ASKS_AGAIN_S = 0.02  # a write that waits for another one, which takes milliseconds


def opened(file: Path, *, may_create: bool) -> Database:
    """A connection. Where nothing may be written (a backup on a read-only disk), one that can at least read. Raises
    `sqlite3.Error`."""
    try:
        return _connected(f"{file.as_uri()}?mode={'rwc' if may_create else 'rw'}")
    except sqlite3.OperationalError as error:
        # SQLite needs its helper files to read a WAL database, unless it is told that no one writes to it
        # (https://sqlite.org/wal.html#read_only_databases). Where a writer is at work, those files are there.
        is_unwritable = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
        if not is_unwritable or not file.is_file() or beside(file, WAL).exists():
            raise
        return _connected(f"{file.as_uri()}?immutable=1")


def _connected(uri: str) -> Database:
    db = Database(sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S, check_same_thread=False))
    # FULL: a version once acknowledged survives a power cut (https://sqlite.org/pragma.html#pragma_synchronous)
    # secure_delete: what was deleted or moved is overwritten, so that what is forgotten later has left no copy behind.
    for pragma in ("journal_mode = wal", "synchronous = full", "foreign_keys = on", "secure_delete = on"):
        db.execute(f"PRAGMA {pragma}")
    db.conn.create_function("spaced", 1, spaced, deterministic=True)  # for the triggers of migration 0013
    return db


def begin_writing(db: Database) -> None:
    """Begins a write transaction. SQLite by itself asks ever more rarely, ten times a second in the end, so that those who
    wait longest are passed by those that come later; here all who wait ask as often. Raises `sqlite3.OperationalError` after
    a while."""
    waits_ms = db.execute("PRAGMA busy_timeout").fetchone()[0]
    until = time.monotonic() + waits_ms / 1_000
    db.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                db.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(ASKS_AGAIN_S)
            else:
                return
    finally:
        db.execute(f"PRAGMA busy_timeout = {waits_ms}")


def check_ours(db: Database, path: Path) -> None:
    """Raises `StoreError` for a database of another program, or of a later release."""
    if migrations.migrations_table not in db.table_names():
        raise StoreError(f"{path} is a database of another program. Name another file.")
    declared = {migration.name for migration in migrations.pending(Database(memory=True))}
    if {migration.name for migration in migrations.applied(db)} - declared:
        raise StoreError(f"{path} was made by a newer Rowback. Upgrade Rowback to use it.")

"""Opens the database file and wraps transactions. One connection a thread; every SQLite error becomes a `StoreError`."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from sqlite_utils import Database

from rowback import files
from rowback.errors import StoreError
from rowback.store.family import APPLICATION_ID
from rowback.store.schema import migrations
from rowback.text.spacing import spaced

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_TIMEOUT_S = 5.0  # how long a write waits for another process; a write takes milliseconds


class Connection:
    """The database at `path`, for any number of threads."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        """Opens the file and brings its tables up to date. Raises `StoreError` when that cannot be done.

        With `create=False` a missing file is an error instead of a new database.
        """
        self.path = path
        self._local = threading.local()
        if not path.exists():
            if not create:
                raise StoreError(f"There is no database at {path}. Capture an article first, or name one with --db.")
            with _files(path):
                files.make_folder(path.parent)
                files.make_file(path)  # its helper files (-wal, -shm) get the same permissions from SQLite
        self._may_create = True
        with self._errors():
            self._migrate(self._database())
        self._may_create = False  # a file that is taken away meanwhile must not come back empty

    @contextmanager
    def read(self) -> Iterator[Database]:
        """A consistent view of the database for several queries."""
        with self._errors():
            db = self._database()
            with db.atomic():
                yield db

    @contextmanager
    def write(self) -> Iterator[Database]:
        """A write transaction: all of it is on disk when the block ends, or none of it."""
        with self._errors():
            db = self._database()
            self._check_there()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                db.rollback()
                raise

    def size(self) -> int:
        """Bytes of the file. Raises `StoreError` when it is gone."""
        self._check_there()
        return self.path.stat().st_size

    def checkpoint(self) -> bool:
        """Brings everything into the main file and empties the write-ahead log; False when a reader holds on to it."""
        with self._errors():
            return not self._database().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]

    def backup(self, target: Path) -> None:
        """Copies the database to a new file while it stays in use."""
        with self._errors(target), _files(target):
            files.make_file(target)
            copy = sqlite3.connect(target)
        with self._errors(), closing(copy):
            self._database().conn.backup(copy)

    def close(self) -> None:
        """Closes this thread's connection."""
        db = getattr(self._local, "db", None)
        if db is not None:
            db.close()
            self._local.db = None

    def _database(self) -> Database:
        db: Database | None = getattr(self._local, "db", None)
        if db is None:
            db = self._opened()
            self._local.db = db
        return db

    def _opened(self) -> Database:
        """A connection. Where nothing may be written (a backup on a read-only disk), one that can at least read."""
        path = self.path.absolute()
        if not self._may_create:
            self._check_there()
        try:
            return _connected(f"{path.as_uri()}?mode={'rwc' if self._may_create else 'rw'}")
        except sqlite3.OperationalError as error:
            # SQLite needs its helper files to read a WAL database, unless it is told that no one writes to it
            # (https://sqlite.org/wal.html#read_only_databases). Where a writer is at work, those files are there.
            is_unwritable = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
            if not is_unwritable or not path.is_file() or path.with_name(f"{path.name}-wal").exists():
                raise
            return _connected(f"{path.as_uri()}?immutable=1")

    def _check_there(self) -> None:
        """What is written to a file that was deleted would be lost with it."""
        if not self.path.exists():
            raise StoreError(f"{self.path} is there no more. Stop Rowback, and bring back the file or a backup of it.")

    def _migrate(self, db: Database) -> None:
        tables = set(db.table_names())
        if tables and migrations.migrations_table not in tables:
            raise StoreError(f"{self.path} is a database of another program. Name another file with --db.")
        declared = {migration.name for migration in migrations.pending(Database(memory=True))}
        if {migration.name for migration in migrations.applied(db)} - declared:
            raise StoreError(f"{self.path} was made by a newer Rowback. Upgrade Rowback to use it.")
        if migrations.pending(db):
            with self.write() as writing:
                migrations.apply(writing)
                writing.execute(f"PRAGMA application_id = {APPLICATION_ID}")

    @contextmanager
    def _errors(self, path: Path | None = None) -> Iterator[None]:
        """Tells what goes wrong with a file; with the database itself, unless another is named."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise StoreError(_advice(path or self.path, error)) from error


def _connected(uri: str) -> Database:
    db = Database(sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT_S, check_same_thread=False))
    # FULL: a version once acknowledged survives a power cut (https://sqlite.org/pragma.html#pragma_synchronous)
    # secure_delete: what was deleted or moved is overwritten, so that what is forgotten later has left no copy behind.
    for pragma in ("journal_mode = wal", "synchronous = full", "foreign_keys = on", "secure_delete = on"):
        db.execute(f"PRAGMA {pragma}")
    db.conn.create_function("spaced", 1, spaced, deterministic=True)  # for the triggers of migration 0013
    return db


@contextmanager
def _files(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{path} cannot be made: {error.strerror}.") from error


def _advice(path: Path, error: sqlite3.DatabaseError) -> str:
    said = str(error)
    for sign, advice in (
        ("locked", "is in use by another program that holds it locked. Try again in a moment."),
        ("readonly", "cannot be written to. Check the permissions of the file and its folder."),
        ("read-only", "cannot be written to. Check the permissions of the file and its folder."),
        ("unable to open", "cannot be opened. Check that its folder exists and may be written to."),
        ("full", "cannot grow: the disk is full. Nothing was lost; make room and try again."),
        ("not a database", "is not an SQLite database. Name another file with --db."),
        ("malformed", "is damaged. Restore the newest backup (see `rowback backup`)."),
    ):
        if sign in said:
            return f"{path} {advice}"
    return f"{path}: {said}."

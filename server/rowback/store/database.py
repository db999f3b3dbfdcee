"""Opens the database file and wraps transactions. One connection a thread; every SQLite error becomes a `StoreError`."""

from __future__ import annotations

import ctypes
import sqlite3
import threading
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from rowback import files
from rowback.errors import StoreError
from rowback.store import compacting, lineage
from rowback.store.family import APPLICATION_ID, JOURNAL, WAL, beside, remove_second_names
from rowback.store.holding import Hold
from rowback.store.instants import to_text
from rowback.store.opening import begin_writing, check_ours, opened
from rowback.store.putting import put
from rowback.store.release_shown import note_begun
from rowback.store.schema import migrations
from rowback.store.standing import OpenFile
from rowback.store.start import Start, look_at
from rowback.store.trouble import RESTORE, is_damage, told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from sqlite_utils import Database

NOTICE = "notice"  # in `settings`: an instant, and what was noticed of the file
CHECKPOINT_MS = 1_000  # how long readers are waited for: nobody else can write meanwhile
END_S = 2.0  # how long the end waits for each thread that is at work
STEPS_BETWEEN_LOOKS = 10_000  # of SQLite's machine, between two looks at the time; some milliseconds


class Connection:
    """The database at `path`, for any number of threads. `start` says how it was found, `damage` what is known to be broken
    in it."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        """Opens the file and brings its tables up to date. Raises `StoreError` when that cannot be done.

        With `create=False` a missing file is an error instead of a new database.
        """
        self.path = path
        self.damage: str | None = None
        self._local = threading.local()
        self._all: WeakKeyDictionary[Database, threading.RLock] = WeakKeyDictionary()  # each with what is held at work
        self._file = path.resolve()  # SQLite follows links, and names its helper files after where they lead
        is_new = not self._file.exists()
        if is_new:
            self._make(create=create)
        self._hold = Hold(self._file)
        try:
            with _files(path):
                if self._hold.is_first:
                    remove_second_names(self._file)
                self.start = look_at(self._file, self._hold.number(), is_new=is_new) if self._hold.is_first else Start()
            if self._hold.is_first:
                self._bring_up_to_date()
            with _files(path):
                self._standing = OpenFile(self._file, self._hold.number)
            self._may_create = True
            with self._errors():
                self._begin(self._database())
        except BaseException:
            self.close()
            self._hold.release()
            raise
        self._hold.share()
        self._may_create = False  # a file that is taken away meanwhile must not come back empty

    @contextmanager
    def read(self) -> Iterator[Database]:
        """A consistent view of the database for several queries."""
        with self._errors(), self._at_work() as db:
            self._check()
            with db.atomic():
                yield db

    def row(self, query: str, values: Sequence[Any] | Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row of one query: a statement alone is a consistent view by itself."""
        try:
            db = self._database()
            with self._local.at_work:
                self._check()
                found: tuple[Any, ...] | None = db.conn.execute(query, values).fetchone()
                return found
        except sqlite3.DatabaseError as error:
            raise self._told(error) from error

    @contextmanager
    def write(self) -> Iterator[Database]:
        """A write transaction: all of it is on disk when the block ends, or none of it."""
        number = None
        with self._errors(), self._at_work() as db:
            begin_writing(db)
            try:
                self._check()
                before = db.conn.total_changes
                yield db
                if db.conn.total_changes != before:
                    number = _numbered(db)
                db.execute("COMMIT")
            except BaseException:
                db.rollback()
                raise
        if number is not None:
            self._hold.note(number)

    def size(self) -> int:
        """Bytes of the file. Raises `StoreError` when it is gone."""
        self._check()
        return self._file.stat().st_size

    @property
    def log(self) -> Path:
        """Where the write-ahead log is."""
        return beside(self._file, WAL)

    def checkpoint(self) -> bool:
        """Brings everything into the main file and empties the write-ahead log; False when a reader holds on to it."""
        with self._errors(), self._at_work() as db:
            waits_ms = db.execute("PRAGMA busy_timeout").fetchone()[0]
            db.execute(f"PRAGMA busy_timeout = {min(waits_ms, CHECKPOINT_MS)}")
            try:
                return not db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                db.execute(f"PRAGMA busy_timeout = {waits_ms}")

    def backup(self, target: Path) -> None:
        """Copies the database to a new file while it stays in use. A copy that is not whole is not kept; none is made where
        SQLite would write the log of an earlier one into it."""
        for log in (beside(target, ending) for ending in (WAL, JOURNAL)):
            if log.exists() and log.stat().st_size:
                raise StoreError(
                    f"{log} is of an earlier {target.name}. Take it away, or name another file for the copy."
                )
        with self._errors(target), _files(target), files.Replacement(target) as part:
            with self.read(), closing(sqlite3.connect(part.path)) as copy:
                self._database().conn.backup(copy)
                copy.execute("PRAGMA journal_mode = delete")  # one file, which can be read from any disk
                found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                self.damage = str(found)
                raise StoreError(f"{self.path} is damaged ({found}). No copy was kept. {RESTORE}")
            part.put()

    def check(self, within_s: float | None = None) -> bool:
        """Lets SQLite look for damage, which is noted; False when the time was over first."""
        until = None if within_s is None else time.monotonic() + within_s
        with self.read() as db:
            db.conn.set_progress_handler(
                lambda: int(until is not None and time.monotonic() > until), STEPS_BETWEEN_LOOKS
            )
            try:
                found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
                    raise
                return False
            finally:
                db.conn.set_progress_handler(None, 0)
        self.damage = None if found == "ok" else str(found)
        return True

    def close(self) -> None:
        """Closes this thread's connection."""
        db = getattr(self._local, "db", None)
        if db is not None:
            self._close(db)
            self._local.db = None

    def end(self, within_s: float = END_S) -> None:
        """Closes every thread's connection, and lets go of the file. Nothing may be asked afterwards."""
        for db, at_work in list(self._all.items()):
            if at_work.acquire(timeout=within_s):  # else it stays open: closed at work, SQLite breaks the whole process
                try:
                    self._close(db)
                finally:
                    at_work.release()
        self._standing.close()
        self._hold.release()

    def _bring_up_to_date(self) -> None:
        """Writes the file of an earlier release anew, before anything of ours has it open."""
        with self._errors(), _files(self.path):
            number = compacting.compact(self._file)
        if number is not None:
            self._hold.begin(number)
            self.start = replace(self.start, number=number)

    def _make(self, *, create: bool) -> None:
        log = beside(self._file, WAL)
        if log.exists() and log.stat().st_size:
            raise StoreError(
                f"{self.path} is gone, but {log.name} beside it holds what was stored last. Bring the file back, or put a "
                "backup in its place: `rowback restore FILE`. To begin anew, take the log away, too."
            )
        if not create:
            raise StoreError(
                f"There is no database at {self.path}. `rowback capture URL` begins one; --db names another."
            )
        with _files(self.path):
            files.make_folder(self._file.parent)
            files.make_file(self._file)  # its helper files (-wal, -shm) get the same permissions from SQLite

    def _begin(self, db: Database) -> None:
        if self._hold.is_first:
            self._hold.begin(self.start.number)
        self._migrate(db)
        if not self._hold.is_first:
            return
        with suppress(StoreError):  # where nothing can be written, nothing is numbered
            if not lineage.number_of(db):
                with self.write() as writing:
                    lineage.set_number(writing, lineage.fresh())
                self.checkpoint()  # so that no log is ever without its first number
            if self.start.notice is not None:
                with self.write() as writing:
                    put(writing, "settings", {"name": NOTICE, "value": self._noticed()}, key="name")
        self._hold.begin(lineage.number_of(db))

    def _noticed(self) -> str:
        """When the file came to be what it is, and what is to be said of it."""
        at = datetime.fromtimestamp(self._file.stat().st_ctime, UTC)
        return f"{to_text(at)} {self.start.notice}"

    def _close(self, db: Database) -> None:
        """Whoever closes a database last writes the log into the file, whatever file that is by now: then rather not."""
        self._all.pop(db, None)
        if self._standing.is_spoiled:
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(db.conn))  # never freed, so never closed by Python either
        else:
            db.close()

    def _database(self) -> Database:
        db: Database | None = getattr(self._local, "db", None)
        if db is None:
            db = self._opened()
            self._local.db, self._local.at_work = db, threading.RLock()
            self._all[db] = self._local.at_work
        return db

    @contextmanager
    def _at_work(self) -> Iterator[Database]:
        """This thread's connection, which nobody closes meanwhile."""
        db = self._database()
        with self._local.at_work:
            yield db

    def _opened(self) -> Database:
        if not self._may_create:
            self._check()
        return opened(self._file, may_create=self._may_create)

    def _check(self) -> None:
        """What is written to a file that was deleted or replaced would be lost, and would destroy the other one."""
        try:
            self._standing.check()
        finally:
            if self._standing.is_spoiled:
                self.damage = "something was written over it"

    def _migrate(self, db: Database) -> None:
        is_begun = bool(db.table_names())
        if is_begun:
            check_ours(db, self.path)
        if compacting.is_needed(db):
            raise StoreError(
                f"{self.path} is of an earlier release, and in use or not to be written. Stop what uses it (`rowback serve`, "
                "`rowback poll`), and see that it and its folder can be written: it is brought up to date at the next start."
            )
        if migrations.pending(db):
            with self.write() as writing:
                migrations.apply(writing)
                if not is_begun:
                    note_begun(writing)
                writing.execute(f"PRAGMA application_id = {APPLICATION_ID}")

    @contextmanager
    def _errors(self, path: Path | None = None) -> Iterator[None]:
        """Tells what goes wrong with a file; with the database itself, unless another is named."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise self._told(error, path) from error

    def _told(self, error: sqlite3.DatabaseError, path: Path | None = None) -> StoreError:
        was_ours = path is None and not getattr(self, "_may_create", True)
        if was_ours and is_damage(error):
            self.damage = self.damage or str(error)
        return told(path or self.path, error, was_ours=was_ours)


def _numbered(db: Database) -> int | None:
    """Counts the write under way; None in a database that is not numbered yet."""
    number = lineage.number_of(db)
    if not number:
        return None
    lineage.set_number(db, number + 1)
    return number + 1


@contextmanager
def _files(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{path} cannot be made: {error.strerror}.") from error

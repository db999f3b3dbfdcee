"""Backups and the way back from them: with real files, processes, and programs that are killed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rowback.errors import StoreError
from rowback.model import Scope
from rowback.store import Store
from rowback.store.family import beside, own_files
from rowback.store.restoring import restore
from rowback.store.sessions import SignInLink

from . import forked
from .program import COMMAND
from .samples import START, capture

if TYPE_CHECKING:
    from .program import Program

READER = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("select * from articles")
print("open", flush=True)
input()
"""
# Stores versions of one article, so many as it is told and from a number on, and is killed without a chance to close.
WRITER = """
import os, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from rowback.capture.captures import from_blocks
from rowback.model import Origin
from rowback.store import Store
store, first, count = Store(Path(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])
for number in range(first, first + count):
    at = datetime(2026, 1, 10, tzinfo=UTC) + timedelta(minutes=number)
    blocks = [("p", f"The ferry carried {number} people.")]
    store.record(from_blocks("https://echo.example/ferry", "Ferry", blocks, at, Origin.API), at)
os.kill(os.getpid(), 9)
"""


def write_and_die(path: Path, first: int, count: int) -> None:
    done = forked.run(WRITER, [path, str(first), str(count)])
    assert done.returncode == -signal.SIGKILL


def versions(path: Path) -> int:
    store = Store(path, create=False)
    try:
        return store.counts()["versions"]
    finally:
        store.end()


def content(folder: Path) -> dict[str, bytes]:
    """Of all files, but for the locks."""
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file() and "-lock" not in each.name}


@pytest.fixture
def backed_up(rowback: Program) -> Path:
    """A backup of three versions; the database has seven by now, some of them in the log that a crash left."""
    write_and_die(rowback.db, 0, 3)
    backup = rowback.folder / "backup.db"
    rowback.ok("backup", backup)
    write_and_die(rowback.db, 3, 4)
    assert beside(rowback.db, "-wal").stat().st_size > 0
    return backup


def test_a_backup_is_put_in_place_and_what_was_there_is_kept(rowback: Program, backed_up: Path) -> None:
    before = backed_up.read_bytes()
    told = rowback.ok("restore", backed_up).out
    assert "1 article, 3 versions, 3 captures, the last change at 2026-01-10 00:02 UTC" in told
    kept = Path(told.split("kept as ")[1].strip().removesuffix("."))
    assert (versions(rowback.db), versions(kept)) == (3, 7)
    assert backed_up.read_bytes() == before
    assert rowback.db.stat().st_mode & 0o77 == 0
    assert rowback.ok("status").err == "", "what was wanted is no cause for alarm"


def test_who_was_signed_out_since_the_backup_stays_so_and_tokens_are_named(rowback: Program) -> None:
    store, at = Store(rowback.db), datetime.now(UTC)
    link, used = (store.sessions.new_link(SignInLink(Scope.OWNER, None, "/"), at, timedelta(days=1)) for _ in range(2))
    opened = store.sessions.use_link(used, "A browser", at)
    assert opened is not None
    store.access.new_token("lost laptop", at)
    key = store.sessions.key()
    store.end()
    rowback.ok("backup", rowback.folder / "backup.db")
    rowback.ok("sign-out", "--everywhere")
    rowback.ok("tokens", "revoke", "lost laptop")
    assert "hold as in the backup: lost laptop." in rowback.ok("restore", rowback.folder / "backup.db").out
    again = Store(rowback.db)
    assert (again.sessions.session(opened[0], at), again.sessions.use_link(link, "A browser", at)) == (None, None)
    assert again.sessions.key() != key
    again.end()


def _no_file(rowback: Program, backup: Path) -> None:
    backup.unlink()


def _no_database(rowback: Program, backup: Path) -> None:
    backup.write_text("words" * 1_000)


def _empty(rowback: Program, backup: Path) -> None:
    backup.write_bytes(b"")


def _of_another_program(rowback: Program, backup: Path) -> None:
    backup.unlink()
    with sqlite3.connect(backup) as other:
        other.execute("create table articles (id integer)")


def _of_a_later_release(rowback: Program, backup: Path) -> None:
    with sqlite3.connect(backup) as other:
        other.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at) values ('rowback', '9999_x', '')"
        )


def _cut_off(rowback: Program, backup: Path) -> None:
    os.truncate(backup, backup.stat().st_size // 2)


def _overwritten(rowback: Program, backup: Path) -> None:
    with backup.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(4096 * 12))


def _with_the_log_of_another(rowback: Program, backup: Path) -> None:
    shutil.copy(beside(rowback.db, "-wal"), beside(backup, "-wal"))


def _the_database_itself(rowback: Program, backup: Path) -> None:
    backup.unlink()
    backup.symlink_to(rowback.db)


@pytest.mark.parametrize(
    "spoil",
    [
        _no_file,
        _no_database,
        _empty,
        _of_another_program,
        _of_a_later_release,
        _cut_off,
        _overwritten,
        _with_the_log_of_another,
        _the_database_itself,
    ],
)
def test_what_is_no_whole_backup_is_refused_and_nothing_is_changed(
    rowback: Program, backed_up: Path, spoil: object
) -> None:
    assert callable(spoil)
    spoil(rowback, backed_up)
    before = content(rowback.folder)
    done = rowback("restore", backed_up)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("Error: ")
    assert content(rowback.folder) == before


@pytest.mark.parametrize("command", ["serve", "poll"])
def test_nothing_is_restored_while_rowback_runs(rowback: Program, backed_up: Path, command: str) -> None:
    arguments = ["serve", "--port", "0"] if command == "serve" else ["poll"]
    with forked.start(forked.MAIN, arguments, rowback.environment(), name=COMMAND) as running:
        assert running.stdout is not None
        last = "Sign in here" if command == "serve" else "Stop it with Ctrl-C"  # after it, nothing is written any more
        while last not in running.stdout.readline():
            pass
        rowback.db.rename(rowback.folder / "away.db")  # also where what it has open has another name by now
        done = rowback("restore", backed_up)
        (rowback.folder / "away.db").rename(rowback.db)
        running.kill()
    assert (done.code, done.out) == (1, "")
    assert "Stop it first" in done.err
    rowback.ok("restore", backed_up)
    assert versions(rowback.db) == 3


@pytest.mark.skipif(os.name != "posix", reason="Windows replaces no file that is open")
def test_nothing_is_restored_while_another_program_has_the_database_open(rowback: Program, backed_up: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(rowback.db)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reading:
        assert reading.stdout is not None
        assert reading.stdout.readline()
        done = rowback("restore", backed_up)
        reading.communicate("\n")
    assert (done.code, done.out) == (1, "")
    assert "in use by another program" in done.err
    assert versions(rowback.db) == 7


# Restores, and is killed before so many of the steps that change a file.
KILLED = """
import os, shutil, sys
from datetime import UTC, datetime
from pathlib import Path
left = int(sys.argv[3])
def counted(do):
    def done(*given, **named):
        global left
        left -= 1
        return do(*given, **named) if left else os._exit(9)
    return done
for where, name in ((Path, "replace"), (Path, "hardlink_to"), (Path, "unlink"), (shutil, "copyfile"), (os, "fsync")):
    setattr(where, name, counted(getattr(where, name)))
from rowback.store import restoring
restoring.restore(Path(sys.argv[1]), Path(sys.argv[2]), datetime(2026, 1, 12, tzinfo=UTC))
"""


def _said(path: Path) -> int | None:
    """The versions in a file, None where it is not to be used."""
    try:
        return versions(path)
    except StoreError:
        return None


def _kept(db: Path) -> list[int | None]:
    return [_said(each) for each in db.parent.iterdir() if re.fullmatch(r".*\.replaced-[-0-9]+", each.name)]


def test_a_restore_that_is_killed_loses_nothing_wherever_it_was(rowback: Program, backed_up: Path) -> None:
    before, at = content(rowback.folder), datetime(2026, 1, 13, tzinfo=UTC)
    for step in range(1, 40):
        folder = rowback.folder / f"killed at {step}"
        folder.mkdir()
        for name, held in before.items():
            (folder / name).write_bytes(held)
        db = folder / "rowback.db"
        done = forked.run(KILLED, [backed_up, db, str(step)])
        there = _said(db)
        assert there == 7 or 7 in _kept(db)
        assert there != 7 or not _kept(db), "no second name is left of what is in use"
        restore(backed_up, db, at)
        assert (versions(db), 7 in _kept(db)) == (3, True)
        if done.returncode == 0:
            break
    assert step > 8, "it was killed at each"


def _missing(db: Path) -> None:
    for each in own_files(db):
        each.unlink()


def _only_the_log(db: Path) -> None:
    db.unlink()


def _noise(db: Path) -> None:
    db.write_bytes(os.urandom(60 * 4096))


def _nothing(db: Path) -> None:
    db.write_bytes(b"")


@pytest.mark.parametrize("spoil", [_missing, _only_the_log, _noise, _nothing])
def test_a_backup_is_put_in_place_of_a_database_that_is_damaged_or_missing(
    rowback: Program, backed_up: Path, spoil: object
) -> None:
    assert callable(spoil)
    spoil(rowback.db)
    before = content(rowback.folder)
    told = rowback.ok("restore", backed_up).out
    assert versions(rowback.db) == 3
    kept = {name: each for name, each in content(rowback.folder).items() if ".replaced-" in name}
    lost = {before.get("rowback.db"), before.get("rowback.db-wal")} - {None}
    assert set(kept.values()) >= lost if spoil is not _only_the_log else set(kept.values()) == lost
    assert ("kept as" in told) == bool(lost)


def test_a_backup_that_was_copied_from_a_killed_backend_is_whole_with_its_log(rowback: Program) -> None:
    write_and_die(rowback.db, 0, 5)
    for each in (rowback.db, beside(rowback.db, "-wal")):
        shutil.copy(each, rowback.folder / each.name.replace("rowback", "copied"))
    write_and_die(rowback.db, 5, 1)
    rowback.ok("restore", rowback.folder / "copied.db")
    assert versions(rowback.db) == 5
    assert beside(rowback.folder / "copied.db", "-wal").exists()


def test_a_backup_is_restored_into_a_folder_that_is_not_there_yet(rowback: Program, backed_up: Path) -> None:
    rowback.ok("restore", backed_up, "--db", rowback.folder / "elsewhere" / "new.db")
    assert versions(rowback.folder / "elsewhere" / "new.db") == 3


def test_through_a_link_the_file_is_replaced_where_it_lies(rowback: Program, backed_up: Path) -> None:
    kept = rowback.folder / "disk" / "kept.db"
    kept.parent.mkdir()
    link = rowback.folder / "link.db"
    link.symlink_to(kept)
    rowback.ok("restore", backed_up, "--db", link)
    assert link.is_symlink()
    assert versions(kept) == 3


def test_of_a_series_the_oldest_go_and_nothing_else(rowback: Program) -> None:
    write_and_die(rowback.db, 0, 1)
    folder = rowback.folder / "backups"
    rowback.ok("backup", "--keep", "2", folder)
    made = next(folder.iterdir())
    for day in (1, 2, 3):
        shutil.copy(made, folder / f"rowback-2026-01-0{day}-120000.db")
    others = [
        "rowback-2026-01-00-120000.db",
        "other-2026-01-01-120000.db",
        "rowback.db",
        "rowback-2026-01-04-120000.db-wal",
    ]
    for name in others:
        shutil.copy(made, folder / name)
    (folder / "rowback-2026-01-05-120000.db").write_text("not of Rowback")
    (folder / "rowback-2026-01-06-120000.db").symlink_to(made)
    made.rename(folder / "rowback-2026-01-07-120000.db")
    told = rowback.ok("backup", "--keep", "2", folder).out
    assert [line for line in told.splitlines() if line.startswith("Deleted")] == [
        f"Deleted {folder}/rowback-2026-01-0{day}-120000.db." for day in (1, 2, 3)
    ]
    left = {each.name for each in folder.iterdir()}
    assert {*others, "rowback-2026-01-05-120000.db", "rowback-2026-01-06-120000.db"} <= left
    assert len(left) == len(others) + 2 + 2


@pytest.mark.parametrize("name", ["copy.db", "copy-%m-%d.db", "copy-%Q.db", "%Y-%j-%c.db"])
def test_a_series_needs_a_whole_date_in_its_names(rowback: Program, name: str) -> None:
    write_and_die(rowback.db, 0, 1)
    assert rowback("backup", "--keep", "3", rowback.folder / name).code == 1
    assert rowback.ok("backup", rowback.folder / "copy-%Y.db").out.startswith("Copied to")


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_no_copy_is_made_beside_the_log_of_an_earlier_one(rowback: Program, backed_up: Path, ending: str) -> None:
    write_and_die(backed_up, 10, 2)  # whoever looks into a copy opens it, and may be killed
    log = beside(backed_up, ending)
    beside(backed_up, "-wal").replace(log)
    backed_up.unlink()
    before = log.read_bytes()
    done = rowback("backup", backed_up)
    assert (done.code, str(log) in done.err) == (1, True)
    assert (backed_up.exists(), log.read_bytes()) == (False, before)
    os.truncate(log, 0)
    rowback.ok("backup", backed_up)
    assert versions(backed_up) == 7


def test_a_backup_that_fails_deletes_none(rowback: Program, backed_up: Path) -> None:
    folder = rowback.folder / "backups"
    rowback.ok("backup", "--keep", "1", folder)
    (made,) = folder.iterdir()
    made.rename(folder / "rowback-2026-01-01-000000.db")  # not within the same second
    with sqlite3.connect(rowback.db) as db:
        db.execute("pragma wal_checkpoint(truncate)")
        pages = db.execute("select pageno from dbstat where name = 'blocks' order by pageno desc limit 1").fetchall()
    with rowback.db.open("r+b") as file:
        file.seek((pages[0][0] - 1) * 4096)
        file.write(b"\x0d\xff\xff\xff" * 1024)
    before = content(folder)
    done = rowback("backup", "--keep", "1", folder)
    assert done.code == 1
    assert "rowback restore" in done.err
    assert content(folder) == before


def test_the_store_is_the_same_before_and_after(tmp_path: Path) -> None:
    """Numbers only grow, and a closed store leaves nothing but itself and its lock."""
    store = Store(tmp_path / "rowback.db")
    for minute in range(3):
        store.record(capture([f"A ferry leaves at {minute}."], minutes=minute), START)
    store.end()
    assert {each.name for each in tmp_path.iterdir()} == {"rowback.db", "rowback.db-lock"}
    again = Store(tmp_path / "rowback.db")
    assert (again.start.is_doubtful, again.start.notice) == (False, None)
    again.end()

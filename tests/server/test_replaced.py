"""A database that is replaced, cut off or overwritten, while Rowback runs or after it was killed: never written into, always
told, and what was acknowledged is there or is said to be missing."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from rowback.errors import StoreError
from rowback.store import Store
from rowback.store.database import Connection
from rowback.store.family import beside, own_files
from rowback.store.lineage import Header, Log, fits, read_log

from . import forked
from .program import COMMAND, ENDS_WITHIN_S, free_port
from .samples import PARAGRAPHS, START, capture
from .test_restore import versions, write_and_die

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .backend import Client
    from .program import Program

PAGE = 4_096


def _copied_over(db: Path, backup: Path) -> None:
    """As `cp` does: the same file with other content."""
    db.write_bytes(backup.read_bytes())


def _copied_over_with_log_removed(db: Path, backup: Path) -> None:
    _copied_over(db, backup)
    for ending in ("-wal", "-shm"):
        beside(db, ending).unlink(missing_ok=True)


def _of_another_store(db: Path, backup: Path) -> None:
    other = db.with_name("other.db")
    store = Store(other)
    for minute in range(30):
        store.record(capture([f"Another story, {minute}."], minutes=minute), START)
    store.end()
    _copied_over(db, other)


def _moved_over(db: Path, backup: Path) -> None:
    moved = db.with_name("moved.db")
    shutil.copy(backup, moved)
    moved.replace(db)


def _removed(db: Path, backup: Path) -> None:
    db.unlink()


def _removed_with_log(db: Path, backup: Path) -> None:
    for each in (db, beside(db, "-wal"), beside(db, "-shm")):
        each.unlink(missing_ok=True)


def _emptied(db: Path, backup: Path) -> None:
    os.truncate(db, 0)


def _cut_off(db: Path, backup: Path) -> None:
    os.truncate(db, db.stat().st_size // 2 // PAGE * PAGE)


def _overwritten_at_its_begin(db: Path, backup: Path) -> None:
    with db.open("r+b") as file:
        file.write(os.urandom(30 * PAGE))


def _overwritten_within(db: Path, backup: Path) -> None:
    with db.open("r+b") as file:
        file.seek(PAGE)
        file.write(b"\xff" * (db.stat().st_size - PAGE))


DAMAGES = [
    _copied_over,
    _copied_over_with_log_removed,
    _of_another_store,
    _moved_over,
    _removed,
    _removed_with_log,
    _emptied,
    _cut_off,
    _overwritten_at_its_begin,
    _overwritten_within,
]
# What SQLite has in memory of these is right, and it may go on with it until it reads what is broken.
MAY_GO_ON = {_cut_off, _overwritten_within}
# A log lies beside these that SQLite would write into them.
DO_NOT_FIT = {_copied_over, _of_another_store, _moved_over, _emptied, _overwritten_at_its_begin}


def _held(db: Path) -> list[bytes]:
    """What the file and its log hold."""
    return [each.read_bytes() for each in own_files(db) if each.suffix != ".db-shm"]


def _capture(client: Client, number: int) -> int:
    return client.capture([*PARAGRAPHS, f"Sentence number {number}."], seen_at=f"2026-01-10T09:{number:02}:00Z").status


def _checkpoint(db: Path) -> None:
    other = sqlite3.connect(db)
    other.execute("pragma wal_checkpoint(truncate)")
    other.close()


def _texts(rowback: Program) -> set[int]:
    """The numbers of the captures that are stored."""
    exported = rowback.ok("export").out
    return {n for n in range(60) if f"Sentence number {n}." in exported}


@pytest.mark.parametrize("damage", DAMAGES)
def test_nothing_acknowledged_is_lost_without_a_word(rowback: Program, damage: Callable[[Path, Path], None]) -> None:
    backup = rowback.folder / "backup" / "copy.db"
    backup.parent.mkdir()
    with rowback.serving("--no-poll") as serving:
        client = serving.client
        acknowledged = {n for n in range(3) if _capture(client, n) == 201}
        rowback.ok("backup", backup)
        acknowledged |= {n for n in range(3, 6) if _capture(client, n) == 201}
        _checkpoint(rowback.db)  # what came after the backup is in the file, and the log begins anew
        acknowledged |= {n for n in range(6, 9) if _capture(client, n) == 201}
        assert acknowledged == set(range(9))
        damage(rowback.db, backup)
        statuses = {_capture(client, n): n for n in range(9, 20)}
        assert statuses.keys() <= {201, 503}
        assert damage in MAY_GO_ON or statuses.keys() == {503}
        if damage not in MAY_GO_ON:
            assert client.get("/api/v1/articles").status == 503
        serving.end(signal.SIGKILL)
    left = _held(rowback.db)
    told = _started_again(rowback)
    if damage in DO_NOT_FIT:
        assert "does not belong with" in told
        assert _held(rowback.db) == left, "neither was touched"
    if "is running at" in told and not _is_told(told):
        assert _texts(rowback) >= acknowledged
    else:
        assert _is_told(told)
    rowback.ok("restore", backup)
    assert _texts(rowback) == set(range(3))


def _started_again(rowback: Program) -> str:
    """What `serve` says until it listens or gives up."""
    command = ["serve", "--no-poll", "--port", str(free_port())]
    with forked.start(forked.MAIN, command, rowback.environment(), name=COMMAND) as serving:
        assert serving.stdout is not None
        said = ""
        for line in serving.stdout:
            said += line
            if "is running at" in line:
                break
        serving.kill()
        serving.wait(ENDS_WITHIN_S)
    assert "Traceback" not in said
    return said


def _is_told(said: str) -> bool:
    signs = (
        "is damaged",
        "does not belong with",
        "is gone",
        "was taken away",
        "is not what Rowback last stored",
        "not an",
    )
    return any(sign in said for sign in signs)


@pytest.mark.parametrize("damage", [_copied_over, _of_another_store, _emptied, _overwritten_at_its_begin])
def test_what_was_put_over_the_database_is_not_changed_by_a_backend_that_ends(
    rowback: Program, damage: Callable[[Path, Path], None]
) -> None:
    backup = rowback.folder / "backup" / "copy.db"
    backup.parent.mkdir()
    with rowback.serving("--no-poll") as serving:
        assert _capture(serving.client, 1) == 201
        rowback.ok("backup", backup)
        _checkpoint(rowback.db)
        assert _capture(serving.client, 2) == 201
        damage(rowback.db, backup)
        put = rowback.db.read_bytes()
        assert {_capture(serving.client, n) for n in range(3, 12)} == {503}
        serving.end(signal.SIGTERM)
    assert rowback.db.read_bytes() == put
    assert beside(rowback.db, "-wal").stat().st_size > 0, "what was acknowledged last is kept"


def test_a_second_process_and_its_checkpoints_are_no_cause_for_alarm(tmp_path: Path) -> None:
    one, two = Store(tmp_path / "rowback.db"), Store(tmp_path / "rowback.db")
    for minute in range(6):
        for store in (one, two):
            store.record(capture([f"{store is one}: {minute}."], minutes=minute), START)
            _checkpoint(tmp_path / "rowback.db")
    assert one.counts() == two.counts()
    one.end()
    assert two.counts()["captures"] == 12
    two.end()


def test_another_program_may_write_beside_us(tmp_path: Path) -> None:
    store = Store(tmp_path / "rowback.db")
    for minute in range(4):
        store.record(capture([f"A ferry, {minute}."], minutes=minute), START)
        other = sqlite3.connect(tmp_path / "rowback.db")
        with other:
            other.execute("update articles set title = ?", [f"{minute}" * 5_000])
        other.execute("vacuum" if minute == 2 else "pragma wal_checkpoint(truncate)")
        other.close()
    assert store.counts()["captures"] == 4
    store.end()
    again = Store(tmp_path / "rowback.db")
    assert again.start.notice is None
    again.end()


def test_a_store_that_was_put_back_in_time_says_so_until_that_is_dismissed(tmp_path: Path) -> None:
    path, backup = tmp_path / "rowback.db", tmp_path / "copy.db"
    store = Store(path)
    store.record(capture(), START)
    store.backup(backup)
    store.record(capture(["A ferry."], minutes=5), START)
    store.end()
    _copied_over(path, backup)
    for _ in range(2):
        again = Store(path)
        noticed = again.notice(datetime.now(UTC))
        assert noticed is not None
        assert "is not what Rowback last stored in it" in noticed[1]
        again.end()
    again = Store(path)
    assert again.start.notice is None, "said once"
    again.dismiss_notice()
    assert again.notice(datetime.now(UTC)) is None
    again.end()


def test_a_database_of_an_earlier_release_is_numbered_once(tmp_path: Path) -> None:
    path = tmp_path / "rowback.db"
    Store(path).end()
    beside(path, "-lock").unlink()
    with sqlite3.connect(path) as old:
        old.execute("pragma user_version = 0")
    old.close()
    store = Store(path)
    store.record(capture(), START)
    store.end()
    numbers = set()
    for _ in range(2):
        with sqlite3.connect(path) as read:
            numbers |= {read.execute("pragma user_version").fetchone()[0]}
        read.close()
        Store(path).end()
    assert len(numbers) == 1
    assert numbers.pop() > 1_000


def test_a_database_that_is_gone_cannot_be_used_and_one_that_is_back_can(tmp_path: Path) -> None:
    path, away = tmp_path / "rowback.db", tmp_path / "away.db"
    store = Store(path)
    store.record(capture(), START)
    path.rename(away)
    for use in (store.counts, store.size, lambda: store.record(capture(["A ferry."]), START)):
        with pytest.raises(StoreError, match="rowback restore"):
            use()
    away.rename(path)
    assert store.counts()["captures"] == 1
    store.end()


@pytest.mark.parametrize(
    ("header", "log", "expected"),
    [
        (Header(PAGE, 9, 100), None, True),
        (Header(PAGE, 9, 100), Log(PAGE, None, None), True),
        (Header(PAGE, 9, 100), Log(PAGE, 101, 120), True),
        (Header(PAGE, 9, 110), Log(PAGE, 101, 120), True),
        (Header(PAGE, 9, 120), Log(PAGE, 101, 120), True),
        (Header(PAGE, 9, 99), Log(PAGE, 101, 120), False),
        (Header(PAGE, 9, 121), Log(PAGE, 101, 120), False),
        (Header(2 * PAGE, 9, 110), Log(PAGE, 101, 120), False),
        (Header(PAGE, 9, 0), Log(PAGE, 101, 120), False),
        (Header(PAGE, 9, 0), Log(PAGE, 101, 101), True),
        (Header(PAGE, 9, 0), Log(PAGE, 0, 0), True),
        (None, Log(PAGE, 101, 120), False),
    ],
)
def test_a_log_belongs_to_the_database_that_it_began_on(header: Header | None, log: Log | None, expected: bool) -> None:
    assert fits(header, log) is expected


def test_a_first_number_in_a_log_is_no_excuse_where_one_was_acknowledged() -> None:
    header, log = Header(PAGE, 9, 0), Log(PAGE, 101, 101)
    assert fits(header, log, 0)
    assert not fits(header, log, 101)


# Makes so many writes, and is killed.
PROBER = """
import os, sys
from pathlib import Path
from rowback.store import Store
store = Store(Path(sys.argv[1]))
for _ in range(int(sys.argv[2])):
    store.probe()
os.kill(os.getpid(), 9)
"""


def _unnumbered(path: Path) -> Path:
    """A database as earlier releases left it."""
    Store(path).end()
    beside(path, "-lock").unlink()
    with closing(sqlite3.connect(path)) as old:
        old.execute("pragma user_version = 0")
        old.execute("pragma journal_mode = delete")
    return path


@pytest.mark.parametrize("writes", [1, 2])
def test_a_copy_by_an_earlier_release_over_a_database_with_a_log_is_not_written_to(
    rowback: Program, writes: int
) -> None:
    write_and_die(rowback.db, 0, 3)
    versions(rowback.db)  # closed in order: the log is empty
    done = forked.run(PROBER, [rowback.db, str(writes)])
    assert done.returncode == -signal.SIGKILL
    _copied_over(rowback.db, _unnumbered(rowback.folder / "old.db"))
    before = _held(rowback.db)
    assert "does not belong with" in rowback("status").err
    assert _held(rowback.db) == before
    copied = rowback.folder / "copied.db"
    for ending in ("", "-wal", "-lock"):
        shutil.copy(beside(rowback.db, ending), beside(copied, ending))
    assert "does not belong with" in rowback("restore", copied).err
    rowback.ok("restore", rowback.folder / "old.db")


def test_a_database_whose_first_number_lies_in_its_log_is_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _unnumbered(tmp_path / "rowback.db")
    monkeypatch.setattr(Connection, "checkpoint", lambda _: os._exit(0))  # killed right after
    child = os.fork()
    if not child:
        Store(path)
    assert os.waitpid(child, 0)[1] == 0
    monkeypatch.undo()
    log = read_log(beside(path, "-wal"))
    assert log is not None
    assert log.last
    Store(path).end()

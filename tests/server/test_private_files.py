"""What holds a reading history or a secret is for its owner alone, whatever the umask, from its first moment on."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rowback import files
from rowback.extension import unpack
from rowback.store import Store
from rowback.store.family import beside, copies

from .samples import START, capture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .program import Program

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
LINE = (
    '{"url": "https://echo.example/a", "seen_at": "2026-01-10T08:00:00Z", "title": "Ferry", "paragraphs": ["At six."]}'
)
UMASKS = (0o000, 0o022, 0o277)


@pytest.fixture(params=UMASKS, ids="{:03o}".format)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """A process that would make files open to all, and one that would make them useless to itself."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def modes(folder: Path) -> dict[str, int]:
    """Of everything in a folder."""
    return {str(each.relative_to(folder)): mode(each) for each in sorted(folder.rglob("*"))}


def test_a_database_its_helpers_and_the_folders_made_for_it_are_private(tmp_path: Path, umask: int) -> None:
    store = Store(tmp_path / "made" / "for it" / "rowback.db")
    store.record(capture(["A ferry leaves at noon."]), START)
    found = modes(tmp_path)
    assert {"made/for it/rowback.db-wal", "made/for it/rowback.db-shm"} <= found.keys()
    assert {path: f"{each:o}" for path, each in found.items()} == {
        path: "700" if (tmp_path / path).is_dir() else "600" for path in found
    }
    store.close()


def test_what_commands_write_is_private(rowback: Program, umask: int) -> None:
    rowback.ok("import", "-", stdin=LINE)
    rowback.ok("backup", rowback.folder / "copy.db")
    rowback.ok("export", "--output", rowback.folder / "all.jsonl")
    rowback.ok("feeds", "export", "--output", rowback.folder / "feeds.opml")
    written = {path: each for path, each in modes(rowback.folder).items() if not (rowback.folder / path).is_dir()}
    assert {"rowback.db", "copy.db", "all.jsonl", "feeds.opml"} <= written.keys()
    assert {path: f"{each:o}" for path, each in written.items()} == dict.fromkeys(written, "600")


def test_there_is_no_moment_in_which_a_file_is_open_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may depend on a `chmod` that comes later, or never where the program is killed in between."""
    before = os.umask(0)
    try:
        monkeypatch.setattr(os, "fchmod", lambda *_: None)
        monkeypatch.setattr(Path, "chmod", lambda *_, **__: None)
        files.make_folder(tmp_path / "one" / "two")
        files.make_file(tmp_path / "one" / "file")
        with files.open_to_write(tmp_path / "one" / "two" / "text"):
            pass
        files.write(tmp_path / "one" / "whole", "text")
        unpack(tmp_path / "extension", "http://127.0.0.1:8484", "secret")
    finally:
        os.umask(before)
    found = modes(tmp_path)
    assert {each & 0o77 for path, each in found.items() if path.startswith("one")} == {0}
    assert (found["extension"], found["extension/shared/preset.json"]) == (0o700, 0o600)


def test_a_folder_that_was_there_keeps_its_permissions(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(0o755)
    home.chmod(0o755)
    Store(home / "rowback.db").close()
    (tmp_path / "unpacked").mkdir()
    (tmp_path / "unpacked").chmod(0o755)
    unpack(tmp_path / "unpacked", "http://127.0.0.1:8484", "secret")
    assert (mode(home), mode(tmp_path / "unpacked")) == (0o755, 0o755)
    assert mode(tmp_path / "unpacked" / "shared" / "preset.json") == 0o600


def test_an_export_over_an_older_one_is_private_and_through_a_link_left_as_it_is(tmp_path: Path) -> None:
    for name in ("older", "elsewhere"):
        (tmp_path / name).write_text("much longer than what follows")
        (tmp_path / name).chmod(0o644)
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for name in ("older", "link"):
        with files.open_to_write(tmp_path / name) as out:
            out.write("new")
    assert (mode(tmp_path / "older"), mode(tmp_path / "elsewhere")) == (0o600, 0o644)
    assert {(tmp_path / name).read_text() for name in ("older", "elsewhere")} == {"new"}


def _open_up(*paths: Path) -> None:
    for path in paths:
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_old_files_are_closed_at_start_and_named(rowback: Program) -> None:
    folder = rowback.folder / "home" / "data" / "rowback"
    rowback.ok("import", "-", "--db", folder / "rowback.db", stdin=LINE)
    rowback.ok("backup", folder / "old backup.db", "--db", folder / "rowback.db")
    other = folder / "other.db"
    other.write_text("not of Rowback")
    ours = [folder, folder / "rowback.db", folder / "old backup.db"]
    _open_up(*ours, other, folder.parent)
    told = rowback.ok("status", "--db", folder / "rowback.db")
    assert "No longer open to others" in told.err
    assert all(str(each) in told.err for each in ours)
    assert [mode(each) for each in ours] == [0o700, 0o600, 0o600]
    assert (mode(other), mode(folder.parent)) == (0o644, 0o755)
    assert rowback.ok("status", "--db", folder / "rowback.db").err == ""


@pytest.fixture
def common() -> Iterator[Path]:
    """A folder that others reach."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        if not files.is_reachable(Path(folder) / "file"):
            pytest.skip("temporary folders are out of reach here")
        yield Path(folder)


@pytest.mark.parametrize(
    ("opened", "could_read"),
    [
        (("rowback.db",), True),
        (("old backup.db",), True),
        ((), False),
        ((".", "rowback.db"), True),
        (("rowback.db", "out of reach"), False),
    ],
)
def test_the_key_that_others_could_read_opens_nothing_any_more(
    rowback: Program, common: Path, opened: tuple[str, ...], could_read: bool
) -> None:
    db = common / "rowback.db"
    rowback.ok("import", "-", "--db", db, stdin=LINE)
    rowback.ok("backup", common / "old backup.db", "--db", db)
    _open_up(*(common / each for each in opened if (common / each).exists()))
    if "out of reach" in opened:
        common.chmod(0o700)
    rowback.ok("status", "--db", db)
    store = Store(db)
    assert store.sessions.is_old_over() is could_read
    store.end()


def test_a_database_behind_a_link_is_closed_and_the_folder_it_lies_in_left_alone(rowback: Program) -> None:
    elsewhere = rowback.folder / "elsewhere"
    elsewhere.mkdir()
    rowback.ok("import", "-", "--db", elsewhere / "kept.db", stdin=LINE)
    rowback.db.symlink_to(elsewhere / "kept.db")
    _open_up(elsewhere, elsewhere / "kept.db", rowback.folder)
    assert "others on this machine may open" in rowback("doctor").out
    assert str(elsewhere / "kept.db") in rowback.ok("status").err
    assert [mode(each) for each in (elsewhere, elsewhere / "kept.db", rowback.folder)] == [0o755, 0o600, 0o755]


def _to_a_file(lock: Path) -> None:
    lock.with_name("precious").write_text("precious " * 10)
    lock.symlink_to(lock.with_name("precious"))


def _to_nowhere(lock: Path) -> None:
    lock.symlink_to(lock.with_name("nowhere"))


@pytest.mark.parametrize("put", [_to_a_file, _to_nowhere, os.mkfifo, Path.mkdir])
def test_what_others_put_in_the_place_of_the_lock_is_told_and_left_alone(
    rowback: Program, put: Callable[[Path], None]
) -> None:
    rowback.ok("import", "-", stdin=LINE)
    lock = beside(rowback.db, "-lock")
    lock.unlink()
    put(lock)
    for command in ("status", "serve"):
        assert "is no lock of Rowback's" in rowback(command).err
    precious = rowback.folder / "precious"
    assert not precious.exists() or precious.read_text() == "precious " * 10
    assert not (rowback.folder / "nowhere").exists()


def test_files_of_somebody_else_are_left_alone(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("giving a file away needs root")
    path = tmp_path / "file"
    path.touch(0o644)
    os.chown(path, 12_345, 12_345)
    assert not files.is_open_to_others(path)
    assert not files.close_to_others(path)
    assert mode(path) == 0o644


def test_copies_are_told_by_their_header(tmp_path: Path) -> None:
    store = Store(tmp_path / "rowback.db")
    store.backup(tmp_path / "copy.db")
    (tmp_path / "short.db").write_bytes(b"SQLite")
    (tmp_path / "folder.db").mkdir()
    (tmp_path / "link.db").symlink_to(tmp_path / "copy.db")
    assert list(copies(tmp_path / "rowback.db")) == [tmp_path / "copy.db"]
    store.close()

"""`rowback export --edits`: what is asked for comes whole, or nothing does and a sentence says why."""

from __future__ import annotations

import csv
import gc
import io
import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow.parquet
import pytest
from click.testing import CliRunner

from rowback.archive import tabulated
from rowback.cli import main, table_files
from rowback.cli.printer import BYTE_ORDER_MARK

from .new_stores import new_store
from .program import Done
from .samples import PARAGRAPHS, URL, at, capture, changed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .program import Program

FORMATS = ("csv", "jsonl", "parquet", "sqlite")
OTHER = "https://bell.example/1"
HIDDEN = "https://bell.example/hidden"


@dataclass(frozen=True)
class Here:
    """Runs commands in this process, on a store in a folder."""

    program: Program

    @property
    def folder(self) -> Path:
        """Where the store is."""
        return self.program.folder

    @property
    def db(self) -> Path:
        """The store's file."""
        return self.program.db

    def __call__(self, *arguments: str | Path) -> Done:
        """A command that may fail, with a sentence."""
        ran = CliRunner().invoke(main, [*map(str, arguments)])
        gc.collect()  # a process would end here, and with it what it has open: the last one that closes writes the file
        assert isinstance(ran.exception, SystemExit | None), ran.exc_info
        return Done(ran.exit_code, ran.stdout_bytes.decode(), ran.stderr)

    def ok(self, *arguments: str | Path) -> Done:
        """A command that succeeds."""
        done = self(*arguments)
        assert done.code == 0, done
        return done


@pytest.fixture
def stored(rowback: Program, monkeypatch: pytest.MonkeyPatch) -> Here:
    """Two articles that are edited, one that is hidden."""
    for name, value in rowback.environment().items():
        if name.startswith(("ROWBACK", "HOME", "XDG")):
            monkeypatch.setenv(name, value)
    store = new_store(rowback.db)
    for n, text in enumerate((PARAGRAPHS, changed("400", "900"), changed("six", "seven"))):
        store.record(capture(text, minutes=60 * n), at(60 * n))
    for url in (OTHER, HIDDEN):
        for n, title in enumerate(("Bell rings", "Bell rings twice")):
            store.record(capture(["The bell."], minutes=90 + n, url=url, title=title), at(90 + n))
    hidden = store.articles.find(HIDDEN)
    assert hidden is not None
    store.owner.hide(hidden.id, "A court asked for it.")
    store.end()
    return Here(rowback)


def _ids(path: Path, form: str, table: str = "edits") -> list[str]:
    """The ids in a file."""
    if form == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [row["id"] for row in csv.DictReader(file)]
    if form == "jsonl":
        return [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()]
    if form == "parquet":
        return [str(each) for each in pyarrow.parquet.read_table(path).column("id").to_pylist()]
    with closing(sqlite3.connect(path)) as db:
        return [row[0] for row in db.execute(f"select id from {table} order by rowid")]  # noqa: S608 (names of our own)


def test_the_same_edits_come_in_every_format(stored: Here) -> None:
    printed = [json.loads(line) for line in stored.ok("export", "--edits").out.splitlines()]
    expected = [row["id"] for row in printed]
    assert len(expected) > 3
    for form in FORMATS:
        path = stored.folder / f"edits.{form}"
        done = stored.ok("export", "--edits", "--format", form, "--output", path)
        assert f"Wrote {len(expected)} edits to {path}." in done.err
        assert done.out == ""
        assert _ids(path, form) == expected
        assert path.stat().st_mode & 0o077 == 0
    assert not list(stored.folder.glob(".*.part"))


def test_csv_is_the_same_on_stdout_and_in_a_file_and_begins_with_the_mark_of_utf_8(stored: Here) -> None:
    path = stored.folder / "versions.csv"
    stored.ok("export", "--versions", "--format", "csv", "--output", path)
    printed = stored.ok("export", "--versions", "--format", "csv", "--output", "-").out
    assert printed == path.read_bytes().decode("utf-8")
    assert printed.startswith(f"{BYTE_ORDER_MARK}id,article_id,")
    assert "\r" not in printed
    assert len(list(csv.DictReader(io.StringIO(printed)))) == 5


def test_a_sqlite_file_holds_all_three_tables(stored: Here) -> None:
    path = stored.folder / "all.db"
    done = stored.ok("export", "--edits", "--versions", "--blocks", "--format", "sqlite", "-o", path)
    counts = {table: len(_ids(path, "sqlite", table)) for table in ("edits", "versions", "blocks")}
    assert counts["versions"] == 5
    assert f"{counts['edits']} edits, 5 versions, {counts['blocks']} blocks" in done.err


def test_what_is_wanted_can_be_named(stored: Here) -> None:
    def versions(*more: str) -> list[str]:
        told = stored.ok("export", *more, "--versions").out
        return [row["id"] for row in map(json.loads, told.splitlines())]

    assert versions(URL) == ["a1-v0", "a1-v1", "a1-v2"]
    assert versions("--source", "bell.example") == ["a2-v0", "a2-v1"]
    assert versions("--source", "bell.example", "--source", "Harbour-Echo.example", "--label", "headline") == ["a2-v1"]
    assert versions("--after", "2026-01-10T09:00:00Z", "--before", "2026-01-10T09:30:00Z") == ["a1-v1"]
    assert versions("--before", "2026-01-10") == []
    assert "no versions of this kind" in stored.ok("export", "--versions", "--before", "2026-01-10").err
    assert versions("--after", "2026-01-10", URL)[0] == "a1-v0"
    assert len(versions("--hidden")) == 7
    assert len(versions(HIDDEN)) == 2
    assert "1 hidden article" in stored.ok("export", "--versions").err
    assert "hidden" not in stored.ok("export", "--versions", "--hidden").err


def test_strangers_copy_has_nothing_hidden_or_unlisted(stored: Here) -> None:
    stored.ok("unlist", URL)
    told = stored.ok("export", "--versions", "--public").out
    assert {json.loads(line)["url"] for line in told.splitlines()} == {OTHER}
    for url in (HIDDEN, URL, "https://nowhere.example/"):
        done = stored("export", url, "--versions", "--public")
        assert (done.code, done.out, done.err) == (1, "", f"Error: No version of {url} is stored.\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--format", "csv"], "--edits, --versions or --blocks"),
        (["--label", "figure"], "--edits, --versions or --blocks"),
        (["--edits", "--blocks"], "--format sqlite"),
        (["--edits", "--format", "parquet"], "name it with --output"),
        (["--edits", "--format", "sqlite", "--output", "-"], "name it with --output"),
        (["--edits", "--after", "yesterday"], "2026-01-31"),
        (["--edits", "--after", "2026-02-01", "--before", "2026-01-01"], "exchange"),
        (["--edits", "--public", "--hidden"], "Leave --hidden out"),
        (["--edits", "https://nowhere.example/"], "No version of"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_what_does_not_fit_is_told_in_a_sentence(stored: Here, arguments: list[str], told: str) -> None:
    done = stored("export", *arguments)
    assert (done.code, done.out) == (1, "")
    assert told in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("form", FORMATS)
def test_an_older_file_stays_unless_its_replacement_is_asked_for(stored: Here, form: str) -> None:
    path = stored.folder / "mine"
    path.write_text("my letters", encoding="utf-8")
    done = stored("export", "--edits", "--format", form, "--output", path)
    assert (done.code, path.read_text(encoding="utf-8")) == (1, "my letters")
    assert "--replace" in done.err
    stored.ok("export", "--edits", "--format", form, "--output", path, "--replace")
    assert len(_ids(path, form)) > 3


def test_a_link_stays_a_link(stored: Here) -> None:
    (stored.folder / "elsewhere").mkdir()
    link, target = stored.folder / "link.csv", stored.folder / "elsewhere" / "edits.csv"
    link.symlink_to(target)
    stored.ok("export", "--edits", "--format", "csv", "--output", link)
    assert link.is_symlink()
    assert target.is_file()


@pytest.mark.parametrize("arguments", [("--edits", "--format", "sqlite", "--replace"), ("--edits", "--replace"), ()])
def test_no_export_takes_the_place_of_a_store(stored: Here, arguments: tuple[str, ...]) -> None:
    copy = stored.folder / "copy.db"
    stored.ok("backup", copy)
    (stored.folder / "link.db").symlink_to(copy)
    for target in (stored.db, copy, stored.folder / "link.db"):
        before = target.read_bytes()
        done = stored("export", *arguments, "--output", target)
        assert (done.code, target.read_bytes() == before) == (1, True)
        assert "database of Rowback" in done.err


def test_a_database_that_is_in_use_is_not_replaced(stored: Here) -> None:
    path = stored.folder / "edits.db"
    stored.ok("export", "--edits", "--format", "sqlite", "--output", path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("pragma journal_mode = wal")
        db.execute("create table notes (text)")
        done = stored("export", "--edits", "--format", "sqlite", "--output", path, "--replace")
        assert done.code == 1
        assert "is in use" in done.err
    stored.ok("export", "--edits", "--format", "sqlite", "--output", path, "--replace")


def test_what_is_no_file_is_not_replaced(stored: Here) -> None:
    (stored.folder / "taken").write_text("a file, and no folder", encoding="utf-8")
    for target in ("/dev/null", stored.folder / "taken" / "edits", stored.folder / "none" / "edits"):
        done = stored("export", "--edits", "--format", "csv", "--replace", "--output", target)
        assert (done.code, done.out) == (1, "")
        assert str(target) in done.err


# Ends the export as a power cut would, when two rows were made.
_CUT = """
import os, signal
from rowback.cli import main, table_files
rows = table_files.rows
def cut(*given):
    for n, row in enumerate(rows(*given)):
        yield row
        if n == 1:
            os.kill(os.getpid(), signal.SIGKILL)
table_files.rows = cut
main()
"""


@pytest.mark.parametrize("form", FORMATS)
def test_a_kill_leaves_nothing_half(stored: Here, form: str) -> None:
    old = stored.folder / "old"
    old.write_text("whole", encoding="utf-8")
    arguments = ["export", "--edits", "--format", form, "--replace", "--output", str(old)]
    ran = subprocess.run(
        [sys.executable, "-c", _CUT, *arguments], env=stored.program.environment(), capture_output=True
    )
    assert (ran.returncode, ran.stdout) == (-signal.SIGKILL, b"")
    assert old.read_text(encoding="utf-8") == "whole"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "Ctrl-C"])
def test_an_end_in_between_leaves_nothing_at_all(
    stored: Here, form: str, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tabulated.rows

    def cut(*given: Any) -> Iterator[Any]:
        yield next(whole(*given))
        raise error

    monkeypatch.setattr(table_files, "rows", cut)
    (stored.folder / "into").mkdir()
    done = stored("export", "--edits", "--format", form, "--output", stored.folder / "into" / "new")
    assert done.code == 1
    assert "Wrote" not in done.err
    assert not list((stored.folder / "into").iterdir())
    if isinstance(error, OSError):
        assert "new cannot be written: No space left on device." in done.err


def test_without_pyarrow_it_says_how_to_get_it(stored: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "rowback.archive.parquet", raising=False)
    path = stored.folder / "edits.parquet"
    done = stored("export", "--edits", "--format", "parquet", "--output", path)
    assert (done.code, done.out, path.exists()) == (1, "", False)
    assert "pip install 'rowback[parquet]'" in done.err
    assert done.err.count("\n") == 1
    stored.ok("export", "--edits", "--format", "csv", "--output", path)

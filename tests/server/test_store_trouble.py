"""A database that is locked, missing, read-only or full, and several processes at once: told plainly, nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import threading
from typing import TYPE_CHECKING

import pytest

from .backend import Client
from .program import COMMAND
from .samples import PARAGRAPHS, TITLE, URL, at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rowback.store import Store

    from .backend import Backend
    from .program import Program

WRITERS = 3
VERSIONS_EACH = 40


def _lines(writer: int) -> str:
    """Versions of one article, a minute apart, those of one writer between those of the others."""
    items = [
        {"url": URL, "seen_at": at(n * WRITERS + writer).isoformat(), "title": TITLE, "paragraphs": [f"{writer}: {n}."]}
        for n in range(VERSIONS_EACH)
    ]
    return "".join(json.dumps(item) + "\n" for item in items)


def test_several_processes_write_at_once_and_nothing_is_lost(rowback: Program) -> None:
    rowback.ok("tokens")
    writing = [
        subprocess.Popen(
            [COMMAND, "import", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=rowback.environment()
        )
        for _ in range(WRITERS)
    ]
    for writer, process in enumerate(writing):
        assert process.stdin is not None
        process.stdin.write(_lines(writer).encode())
        process.stdin.close()
    assert [process.wait(120) for process in writing] == [0] * WRITERS
    told = rowback.ok("edits", URL, "--json").json
    assert told["article"]["version_count"] == WRITERS * VERSIONS_EACH
    exported = [json.loads(line) for line in rowback.ok("export").out.splitlines()]
    assert [item["blocks"][0]["text"] for item in exported] == [
        f"{writer}: {n}." for n in range(VERSIONS_EACH) for writer in range(WRITERS)
    ]


def test_a_locked_database_is_told_as_busy_and_is_well_again_after(backend: Backend) -> None:
    assert backend.client.capture().status == 201
    with sqlite3.connect(backend.store.path, isolation_level=None) as other:
        other.execute("begin immediate")
        busy = backend.client.capture([*PARAGRAPHS, "One more paragraph."])
        assert (busy.status, busy.code) == (503, "store-unavailable")
        assert busy.headers["retry-after"]
        assert "in use by another program" in busy.json["detail"]
        assert backend.client.get("/api/v1/articles").status == 200, "reading goes on"
        other.execute("rollback")
    assert backend.client.capture([*PARAGRAPHS, "One more paragraph."]).status == 201


@pytest.mark.parametrize("command", [("edits", URL), ("search", "ferry"), ("export",), ("backup", "copy.db")])
def test_a_missing_database_is_not_made_by_looking(rowback: Program, command: tuple[str, ...]) -> None:
    done = rowback(*command)
    assert (done.code, done.out) == (1, "")
    assert "There is no database at" in done.err
    assert not rowback.db.exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes. Only root can make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if os.name != "posix" or os.geteuid() != 0 or mount is None:
        pytest.skip("making a small file system needs root")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, text=True)
    if made.returncode:
        pytest.skip(f"a small file system cannot be made here: {made.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_is_told_and_loses_nothing(rowback: Program, small_disk: Path) -> None:
    db = small_disk / "rowback.db"
    items = [
        {"url": URL, "seen_at": at(n).isoformat(), "title": TITLE, "paragraphs": [f"{n} " * 5_000]} for n in range(200)
    ]
    done = rowback("import", "-", "--db", db, stdin="".join(json.dumps(item) + "\n" for item in items))
    assert done.code == 1
    assert "the disk is full" in done.err
    told = rowback.ok("edits", URL, "--json", "--db", db).json
    stored = told["article"]["version_count"]
    assert stored > 1
    assert f'"{stored - 1} ' not in done.err
    assert "ok  database" in rowback("doctor", "--db", db).out


def test_a_read_only_database_can_be_read_and_says_why_it_cannot_be_written(rowback: Program, small_disk: Path) -> None:
    db = small_disk / "rowback.db"
    line = json.dumps({"url": URL, "seen_at": at(0).isoformat(), "title": TITLE, "paragraphs": list(PARAGRAPHS)})
    rowback.ok("import", "-", "--db", db, stdin=line)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    done = rowback("import", "-", "--db", db, stdin=line.replace("ferry", "boat"))
    assert done.code == 1
    assert "cannot be written to" in done.err or "cannot be opened" in done.err
    assert rowback.ok("edits", URL, "--db", db).out.startswith(TITLE)


@pytest.mark.parametrize("token", [None, "wrong", ""])
def test_a_token_that_is_missing_or_wrong_is_told_how_to_get_one(backend: Backend, token: str | None) -> None:
    stranger = Client(backend.server.port, token)
    answer = stranger.get("/api/v1/articles")
    assert (answer.status, answer.code) == (401, "no-token")
    assert "rowback tokens new" in answer.json["detail"]
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_file_that_was_taken_away_is_told_and_not_begun_anew(backend: Backend) -> None:
    assert backend.client.capture().status == 201
    away = backend.store.path.with_name("elsewhere.db")
    backend.store.path.rename(away)
    answers = [backend.client.get(path) for path in ("/status", "/metrics")]
    answers += [backend.client.capture([*PARAGRAPHS, f"More: {n}."]) for n in range(12)]  # each thread of the server
    for answer in answers:
        assert (answer.status, answer.code) == (503, "store-unavailable")
    assert "bring back the file" in answers[-1].json["detail"]
    assert not backend.store.path.exists()
    away.rename(backend.store.path)
    assert backend.client.capture([*PARAGRAPHS, "More."]).status == 201


def test_the_end_leaves_a_thread_at_work_its_connection(store: Store) -> None:
    begun, ended, found = threading.Event(), threading.Event(), []

    def work() -> None:
        with store._connection.read() as db:
            begun.set()
            ended.wait(60)
            found.extend(db.execute("select 1").fetchall())

    thread = threading.Thread(target=work)
    thread.start()
    begun.wait(60)
    store._connection.end(within_s=0.01)
    ended.set()
    thread.join()
    assert found == [(1,)]

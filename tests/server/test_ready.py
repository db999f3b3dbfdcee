"""What is told of a backend that cannot do its work: to whoever asks if it is ready, in the log, on its page, by doctor."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from rowback.errors import FetchFailed, StoreError
from rowback.store import Store
from rowback.web import problems
from rowback.web.api.ready import KEPT_S, MIN_FREE_BYTES, Readiness

from .program import COMMAND, ENDS_WITHIN_S
from .samples import PARAGRAPHS, START, capture, changed

if TYPE_CHECKING:
    from pathlib import Path

    from .backend import Backend
    from .program import Program

BLOCKER = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("begin immediate")
print("held", flush=True)
input()
"""


class Seconds:
    """A clock that stands still until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def _looked(store: Store) -> str | None:
    return Readiness(store, Seconds()).reason()


def _overwrite(db: Path) -> None:
    with db.open("r+b") as file:
        file.write(os.urandom(60 * 4096))


def test_whoever_asks_is_told_whether_the_store_can_be_read_and_written(backend: Backend) -> None:
    answer = backend.anyone.get("/api/v1/ready")
    assert (answer.status, answer.json) == (200, {"status": "ready"})
    away = backend.store.path.with_name("away.db")
    backend.store.path.rename(away)
    assert backend.anyone.get("/api/v1/ready").status == 200, "for some seconds, it is not looked at again"
    assert _looked(backend.store) == "The database is gone."
    away.rename(backend.store.path)
    assert _looked(backend.store) is None


def test_a_backend_that_is_not_ready_says_why_and_no_paths(backend: Backend) -> None:
    backend.store.path.rename(backend.store.path.with_name("away.db"))
    answer = backend.anyone.get("/api/v1/ready")
    assert (answer.status, answer.code) == (503, "store-unavailable")
    assert answer.json["detail"] == "The database is gone."
    assert answer.headers["retry-after"]
    assert str(backend.store.path.parent) not in answer.body.decode()
    assert backend.anyone.get("/api/v1/health").status == 200, "the program runs"


def test_what_is_wrong_is_told_in_words(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.record(capture(), START)
    free = MIN_FREE_BYTES - 1
    with monkeypatch.context() as full:
        full.setattr("rowback.web.api.ready.shutil.disk_usage", lambda _: type("Usage", (), {"free": free}))
        assert _looked(store) == "The disk is full."
    with subprocess.Popen(
        [sys.executable, "-c", BLOCKER, str(store.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline()
        assert "in use by another program" in str(_looked(store))
        other.communicate("\n")
    _overwrite(store.path)
    assert _looked(store) == "The database was replaced by something else."


def test_a_look_is_kept_for_a_moment(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, looks = Seconds(), list[int]()
    monkeypatch.setattr(Store, "probe", lambda _: looks.append(1))
    readiness = Readiness(store, clock)
    for seconds in (0, 1, KEPT_S - 0.1, KEPT_S, KEPT_S + 1):
        clock.now = seconds
        assert readiness.reason() is None
    assert len(looks) == 2


@pytest.mark.skipif(os.name != "posix", reason="there are no such limits")
def test_a_file_that_may_not_grow_is_told_and_loses_nothing(rowback: Program) -> None:
    line = {"url": "https://echo.example/a", "seen_at": "2026-01-10T08:00:00Z", "title": "Ferry"}
    lines = "".join(json.dumps(line | {"paragraphs": [f"{n} " * 9_000]}) + "\n" for n in range(200))
    rowback.ok("import", "-", stdin=json.dumps(line | {"paragraphs": ["At six."]}))
    limited = subprocess.run(
        ["sh", "-c", f"ulimit -f 1500; exec {COMMAND} import -"],
        input=lines,
        capture_output=True,
        text=True,
        env=rowback.environment(),
        timeout=ENDS_WITHIN_S * 3,
    )
    assert limited.returncode == 1
    assert "Nothing was lost" in limited.stderr
    assert "At six." in rowback.ok("export").out
    assert "ok  database" in rowback("doctor").out


def _failing() -> Flask:
    """An app whose routes fail in every way."""
    app = Flask(__name__)
    problems.install(app)
    errors = {
        "store": StoreError("/secret/rowback.db is damaged."),
        "fetch": FetchFailed("echo.example could not be read."),
        "unforeseen": ZeroDivisionError("of a number"),
    }

    @app.get("/api/<kind>/<secret>")
    def fail(kind: str, secret: str) -> str:
        raise errors[kind]

    return app


@pytest.mark.parametrize(
    ("kind", "status", "reason"),
    [
        ("store", 503, "/secret/rowback.db is damaged."),
        ("fetch", 502, "echo.example could not be read."),
        ("unforeseen", 500, "ZeroDivisionError"),
    ],
)
def test_what_the_backend_fails_at_is_logged_once_with_its_reason(
    caplog: pytest.LogCaptureFixture, kind: str, status: int, reason: str
) -> None:
    asked = _failing().test_client().get(f"/api/{kind}/the-token?url=https://read.example/", headers={"X": "the-token"})
    assert asked.status_code == status
    [record] = caplog.records
    assert record.levelno == logging.ERROR
    assert record.getMessage() == f"GET /api/<kind>/<secret>: {status}, {reason}"
    assert (record.exc_info is not None) == (status == 500)
    assert asked.get_json()["code"] == ("internal-server-error" if status == 500 else asked.get_json()["code"])
    assert "ZeroDivisionError" not in asked.text
    assert "the-token" not in caplog.text
    assert "read.example" not in caplog.text


def test_what_others_did_wrong_is_not_logged(caplog: pytest.LogCaptureFixture, backend: Backend) -> None:
    for path in ("/api/v1/articles/99", "/api/v1/nowhere", "/nowhere", "/api/v1/edits"):
        assert 400 <= backend.client.get(path).status < 500
    assert [record for record in caplog.records if record.name.startswith("rowback")] == []


def test_an_extension_is_told_of_a_store_that_cannot_be_used_like_everyone(backend: Backend) -> None:
    backend.store.path.rename(backend.store.path.with_name("away.db"))
    answer = backend.client.get("/api/v1/articles", Origin="chrome-extension://abcdefghijklmnop")
    assert (answer.status, answer.code) == (503, "store-unavailable")


def test_damage_is_told_by_a_backend_that_runs(rowback: Program) -> None:
    with rowback.serving("--no-poll") as serving:
        assert serving.client.capture().status == 201
        assert serving.client.get("/api/v1/ready").status == 200
        _overwrite(rowback.db)
        answers = [serving.client.get(path).status for path in ("/api/v1/articles", "/metrics", "/")]
        assert answers == [503] * 3
        assert serving.client.get("/api/v1/health").status == 200
        done = serving.end(signal.SIGTERM)
    said = [line for line in done.err.splitlines() if " 503, " in line]
    assert len(said) == len(answers), done.err
    assert all("rowback restore" in line for line in said)
    assert str(serving.client.token) not in done.err


def test_the_status_page_tells_what_is_broken_and_what_was_noticed(backend: Backend) -> None:
    backend.client.capture()
    told = backend.client.get("/status").body.decode()
    assert "rowback restore" not in told
    backend.store._connection.damage = "row 3 missing from index"
    assert "row 3 missing from index" in backend.client.get("/status").body.decode()
    assert _looked(backend.store) == "The database is damaged."


def test_doctor_tells_of_permissions_backups_disk_and_an_end_that_was_none(rowback: Program) -> None:
    with rowback.serving("--no-poll") as serving:
        serving.client.capture([*PARAGRAPHS])
        serving.end(signal.SIGKILL)
    rowback.db.chmod(0o644)
    first = _checks(rowback)
    assert first["privacy"][0] is False
    assert str(rowback.db) in first["privacy"][1]
    assert "was not stopped in order" in first["last end"][1]
    assert first["backup"] == (True, first["backup"][1])
    assert "none was made yet" in first["backup"][1]
    assert "free" in first["disk"][1]
    rowback.ok("backup", rowback.folder / "copy.db")
    second = _checks(rowback)
    assert second["privacy"][0] is True
    assert "last end" not in second
    assert str(rowback.folder / "copy.db") in second["backup"][1]
    (rowback.folder / "copy.db").unlink()
    assert _checks(rowback)["backup"][0] is False


def test_a_database_from_the_future_is_told_and_dated_back_by_its_owner(rowback: Program) -> None:
    store, ahead = Store(rowback.db), datetime.now(UTC) + timedelta(days=365)
    for n in range(3):
        store.record(
            replace(capture(changed("400", f"{n}")), seen_at=ahead + timedelta(hours=n)), ahead + timedelta(hours=n)
        )
    store.end()
    assert "rowback doctor --date-back" in _checks(rowback)["clock"][1]
    assert "Dated back: 3 captures." in rowback("doctor", "--date-back").err
    assert _checks(rowback)["clock"][0]
    again = Store(rowback.db)
    assert again.counts() == {"articles": 1, "versions": 3, "captures": 3}
    assert all(each.seen_at <= datetime.now(UTC) for each in again.versions.of_article(1))
    again.end()


def test_a_backup_from_long_ago_is_told(tmp_path: Path) -> None:
    store = Store(tmp_path / "rowback.db")
    store.note_backup(tmp_path / "copy.db", START)
    assert store.last_backup() == (START, tmp_path / "copy.db")
    assert store.notice(START + timedelta(days=40)) is None
    store.end()


def _checks(rowback: Program) -> dict[str, tuple[bool, str]]:
    return {each["check"]: (each["ok"], each["detail"]) for each in rowback("doctor", "--json").json}

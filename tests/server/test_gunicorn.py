"""The backend under gunicorn: its workers answer as one, and tell the numbers of all of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

from prometheus_client.parser import text_string_to_metric_families

from rowback.clock import utc_now
from rowback.store import Store
from rowback.store.family import WAL, beside

from ..browser.deadline import until
from .backend import Client
from .program import ENDS_WITHIN_S, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

AT_ONCE = 8
OPTIONS = ("--threads", "4", "--forwarded-allow-ips", "")


@contextmanager
def _gunicorn(folder: Path, settings: Mapping[str, str], *options: str) -> Iterator[Client]:
    """The real gunicorn over a new database in a folder."""
    path, port, log = folder / "rowback.db", free_port(), folder / "log"
    store = Store(path)
    token = store.access.new_token("prometheus", utc_now())
    store.end()
    env = {name: value for name, value in os.environ.items() if not name.startswith("ROWBACK_")}
    env |= {"ROWBACK_DB": str(path), "HOME": str(folder), **settings}
    command = [sys.executable, "-m", "gunicorn", *OPTIONS, *options, "--bind", f"127.0.0.1:{port}"]
    with (
        log.open("w", encoding="utf-8") as said,
        subprocess.Popen(
            [*command, "rowback.cli.wsgi:backend()"], env=env, cwd=folder, stdout=said, stderr=said
        ) as run,
    ):
        try:
            client = Client(port, token)
            until(lambda: run.poll() is not None or _answers(client), "gunicorn answers", within_s=ENDS_WITHIN_S)
            yield client
            run.send_signal(signal.SIGTERM)
            assert run.wait(ENDS_WITHIN_S) == 0, log.read_text(encoding="utf-8")
        finally:
            run.kill()
    assert "Traceback" not in log.read_text(encoding="utf-8")


def _answers(client: Client) -> bool:
    try:
        return client.get("/api/v1/health").status == 200
    except OSError:
        return False


def test_the_numbers_of_all_workers_are_told_by_each(tmp_path: Path) -> None:
    shared, asked = tmp_path / "metrics", count()
    shared.mkdir()
    settings = {"PROMETHEUS_MULTIPROC_DIR": str(shared), "ROWBACK_POLL": "false"}
    with _gunicorn(tmp_path, settings, "--workers", "2") as client, ThreadPoolExecutor(AT_ONCE) as crowd:

        def ask(_: int) -> bool:
            next(asked)
            return client.get("/api/v1/articles").status == 200

        def have_both_answered() -> bool:
            assert all(crowd.map(ask, range(AT_ONCE)))
            return len(list(shared.glob("histogram_*.db"))) == 2

        until(have_both_answered, "both workers have answered", within_s=ENDS_WITHIN_S)
        sent = next(asked)
        for _ in range(6):  # whichever answers
            families = text_string_to_metric_families(client.get("/metrics").body.decode())
            samples = {
                (each.name, each.labels.get("route", "")): each.value for one in families for each in one.samples
            }
            assert samples["rowback_request_seconds_count", "/api/v1/articles"] == sent
            assert samples["rowback_articles", ""] == 0
            assert ("rowback_poller_seen_timestamp_seconds", "") not in samples, "no worker polls"


def test_it_polls_ends_in_order_and_believes_no_visitor(tmp_path: Path) -> None:
    with _gunicorn(tmp_path, {}) as client:
        for header in ("SCRIPT_NAME", "Script-Name", "PATH_INFO"):
            told = {header: "/evil", "Accept": "text/html"}
            answer = client.send("GET", "/login", None, **told)
            assert answer.status == 200
            assert b"/evil" not in answer.body
    assert not beside(tmp_path / "rowback.db", WAL).exists(), "somebody holds on to the database"
    store = Store(tmp_path / "rowback.db")
    assert not store.start.is_doubtful
    assert store.overview(utc_now()).alive_at is not None, "its poller ran"
    store.close()

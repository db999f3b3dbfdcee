"""Listening at several addresses, of both kinds at once; and what is said of it."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from rowback.config import load
from rowback.errors import SettingsError
from rowback.web.app import create_app
from rowback.web.connections import ALLOWED, Stage
from rowback.web.server import Server, hosts

from .backend import Client, Clock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rowback.store import Store

    from .program import Program

EVERYWHERE = "0.0.0.0"  # noqa: S104 (what is tested)


def _has_version_6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


both_kinds = pytest.mark.skipif(not _has_version_6(), reason="this machine has no IPv6")


@pytest.fixture
def now_s() -> list[float]:
    """A clock that stands still: its last entry."""
    return [0.0]


@pytest.fixture
def served(request: pytest.FixtureRequest, now_s: list[float]) -> Iterator[Server]:
    app = Flask(__name__)
    app.add_url_rule("/", "it", lambda: "here")
    server = Server(app, request.param, 0, lambda: now_s[-1])
    server.start()
    yield server
    server.stop()


@both_kinds
@pytest.mark.parametrize("served", ["127.0.0.1,::1", "::1, 127.0.0.1", "::", "0.0.0.0,::"], indirect=True)
def test_it_answers_at_every_address(served: Server) -> None:
    for host in ("127.0.0.1", "::1"):
        assert Client(served.port, host=host).get("/").body == b"here"
    assert len(served.urls) == 2
    assert all(url.endswith(f":{served.port}") for url in served.urls)


@both_kinds
@pytest.mark.parametrize("served", ["127.0.0.1,::1"], indirect=True)
@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_whoever_is_idle_is_dropped_at_each(served: Server, now_s: list[float], host: str) -> None:
    with socket.create_connection((host, served.port), timeout=60) as idle:
        assert Client(served.port, host=host).get("/").status == 200
        now_s.append(ALLOWED[Stage.IDLE].seconds + 1)
        assert idle.recv(100) in (
            b"",
            b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
        )


def test_one_that_is_taken_frees_the_others() -> None:
    with socket.create_server(("127.0.0.2", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match="in use already"):
            Server(Flask(__name__), "127.0.0.1,127.0.0.2", port)
        socket.create_server(("127.0.0.1", port)).close()


def test_addresses_are_named_in_every_way_that_lists_are(tmp_path: Path) -> None:
    (tmp_path / "rowback.toml").write_text('host = ["127.0.0.1", "::1"]\n', encoding="utf-8")
    assert hosts(load({}, {}, tmp_path).host) == ["127.0.0.1", "::1"]
    assert hosts(load({"ROWBACK_HOST": "::1, 127.0.0.1"}, {}, tmp_path).host) == ["::1", "127.0.0.1"]
    assert hosts(load({}, {"host": "192.0.2.1"}, tmp_path).host) == ["192.0.2.1"]
    assert hosts("::") == [EVERYWHERE, "::"]
    assert hosts("::,192.0.2.1") == ["::", "192.0.2.1"]


@pytest.mark.parametrize("peer", ["127.0.0.1", "::ffff:127.0.0.1", "::1"])
def test_a_proxy_is_known_by_either_kind_of_its_address(store: Store, peer: str) -> None:
    client = create_app(store, now=Clock()).test_client()
    answer = client.get(
        "/status",
        headers={"Accept": "text/html", "X-Forwarded-Prefix": "/a"},
        environ_overrides={"REMOTE_ADDR": peer},
    )
    assert answer.headers["Location"].startswith("/a/login")


def test_serving_beyond_this_machine_is_warned_of(rowback: Program) -> None:
    with rowback.serving("--no-poll") as serving:
        assert "unencrypted" not in serving.end(signal.SIGTERM).err
    process = rowback.start("--no-poll", "--host", EVERYWHERE)
    assert process.stdout is not None
    assert "http://0.0.0.0:" in process.stdout.readline()
    assert "/127.0.0.1:" in process.stdout.readline(), "the link is for this machine"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert "unencrypted" in rowback.log.read_text(encoding="utf-8")

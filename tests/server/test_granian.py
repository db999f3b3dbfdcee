"""The backend under granian, another WSGI server, answers as under the one that `rowback serve` brings."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from rowback.clock import utc_now
from rowback.store import Store
from rowback.store.family import WAL, beside

from ..browser.deadline import until
from . import backend as backends
from .samples import PARAGRAPHS, URL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .backend import Backend

EDITS = f"/api/v1/edits?url={quote(URL, safe='')}"
OPTIONS = ("--interface", "wsgi", "--http", "1", "--no-ws", "--blocking-threads", "8", "--backpressure", "8")
FACTORY = "rowback.cli.wsgi:backend"
OF_SERVERS = {"date", "server", "connection", "via"}  # headers that no app writes
WITHIN_S = 60.0
HOST = "Host: 127.0.0.1:8484"  # both are asked as one
JSON = "Content-Type: application/json"
ASKED = json.dumps({"urls": [URL]}).encode()
Read = tuple[int, list[tuple[str, str]], bytes]


@dataclass(frozen=True)
class Sent:
    """A request: {token} and {etag} stand for those of the test."""

    line: str
    headers: tuple[str, ...] = ()
    body: bytes = b""
    host: str = HOST
    has_token: bool = True
    in_pieces: bool = False

    def written(self, token: str, etag: str) -> bytes:
        """As it goes over the line."""
        brought = [f"Authorization: Bearer {token}"] if self.has_token else []
        length = "Transfer-Encoding: chunked" if self.in_pieces else f"Content-Length: {len(self.body)}"
        body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(self.body), self.body) if self.in_pieces else self.body
        lines = [f"{self.line} HTTP/1.1", self.host, *brought, *self.headers, *([length] if self.body else [])]
        head = "\r\n".join([*lines, "Connection: close", "", ""]).replace("{etag}", etag)
        return head.encode("latin-1") + body


SENT = {
    "health": Sent("GET /api/v1/health", has_token=False),
    "edits": Sent(f"GET {EDITS}"),
    "edits known": Sent(f"GET {EDITS}", ("If-None-Match: {etag}",)),
    "edits, head": Sent(f"HEAD {EDITS}"),
    "no token": Sent(f"GET {EDITS}", has_token=False),
    "a wrong token": Sent(f"GET {EDITS}", ("Authorization: Bearer x",), has_token=False),
    "two tokens": Sent(f"GET {EDITS}", ("Authorization: Bearer x",)),
    "no such route": Sent("GET /api/v1/nothing"),
    "no such method": Sent("POST /api/v1/health", (JSON,), b"{}"),
    "another host": Sent("GET /api/v1/health", host="Host: evil.example"),
    "a host that is none": Sent("GET /api/v1/health", host="Host: a b"),
    "no host": Sent("GET /api/v1/health", host="Host:"),
    "another origin": Sent(f"GET {EDITS}", ("Origin: https://news.example",)),
    "another site": Sent(f"GET {EDITS}", ("Sec-Fetch-Site: cross-site",)),
    "a preflight": Sent(f"OPTIONS {EDITS}", ("Origin: chrome-extension://abc",), has_token=False),
    "a look-up": Sent("POST /api/v1/lookup", (JSON,), ASKED),
    "a look-up in pieces": Sent("POST /api/v1/lookup", (JSON,), ASKED, in_pieces=True),
    "a form": Sent("POST /api/v1/lookup", ("Content-Type: text/plain",), ASKED),
    "half a body": Sent("POST /api/v1/lookup", (JSON,), ASKED[:-1]),
    "through a proxy": Sent("GET /api/v1/articles", ("X-Forwarded-Proto: https", "X-Forwarded-For: 203.0.113.9")),
    "through two": Sent("GET /api/v1/articles", ("X-Forwarded-Proto: http", "X-Forwarded-Proto: https")),
    "through two others": Sent("GET /api/v1/articles", ("X-Forwarded-Proto: https", "X-Forwarded-Proto: http")),
    "a page": Sent("GET /", ("Accept: text/html",), has_token=False),
    "a page with a cookie": Sent("GET /", ("Accept: text/html", "Cookie: rowback_session_8484=x"), has_token=False),
    "slashes": Sent("GET //api/v1/health"),
    "an escaped path": Sent("GET /api/v1/%68ealth"),
    "letters": Sent("GET /articles/%C3%A9?x=%C3%A9"),
    "nothing between": Sent("GET /api/v1/health%00"),
    "a search": Sent("GET /api/v1/search?q=%C3%A9t%C3%A9+%22ferry%22"),
    "a whole address": Sent("GET http://evil.example/api/v1/health"),
    "a browser of bytes": Sent("GET /api/v1/health", ("User-Agent: \xe9\xff",)),
    "a long address": Sent(f"GET /api/v1/edits?url={'a' * 9_000}"),
    "forgetting nothing": Sent("DELETE /api/v1/articles/999"),
    "what the API is": Sent("GET /openapi.json"),
}


@dataclass(frozen=True)
class Both:
    """One database under both servers."""

    ours: Backend
    port: int
    etag: str

    def answers(self, sent: Sent) -> list[Read]:
        """What either says, ours first."""
        request = sent.written(self.ours.client.token or "", self.etag)
        return [_read(port, request) for port in (self.ours.server.port, self.port)]


@contextmanager
def _granian(path: Path, port: int) -> Iterator[list[str]]:
    """The real granian over the database at a path, and what it says: all of it when it has ended."""
    env = dict(os.environ, ROWBACK_DB=str(path), HOME=str(path.parent))
    command = [sys.executable, "-m", "granian", *OPTIONS, "--port", str(port), "--factory", FACTORY]
    with subprocess.Popen(
        command, env=env, cwd=path.parent, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as run:
        assert run.stdout
        said = []
        try:
            for line in run.stdout:
                said.append(line)
                if "Started worker" in line:
                    break
            until(lambda: run.poll() is not None or _listens(port), "granian listens")  # it says so a moment before
            yield said
            run.terminate()
            said.append(run.communicate(timeout=WITHIN_S)[0])
        finally:
            run.kill()
        assert run.returncode == 0, said


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """An article with two versions, and two servers."""
    path, port = tmp_path_factory.mktemp("granian") / "rowback.db", _free_port()
    ours = backends.start(path)
    ours.client.capture()
    ours.client.capture([*PARAGRAPHS[:2], "The last one leaves at ten."])
    etag = ours.client.get(EDITS, Host=HOST.removeprefix("Host: ")).headers["etag"]
    with _granian(path, port):
        yield Both(ours, port, etag)
    ours.server.stop()
    ours.store.close()


@pytest.mark.parametrize("name", SENT)
def test_it_answers_as_our_own_server_does(both: Both, name: str) -> None:
    ours, theirs = both.answers(SENT[name])
    assert theirs == ours
    assert ours[0] == {"edits": 200, "edits known": 304, "a look-up in pieces": 200}.get(name, ours[0])


def test_too_large_a_body_is_refused_before_it_has_come(both: Both) -> None:
    head = f"POST /api/v1/lookup HTTP/1.1\r\n{HOST}\r\nAuthorization: Bearer {both.ours.client.token}\r\n{JSON}\r\n"
    status, _, body = _read(both.port, f"{head}Content-Length: {17 << 20}\r\nConnection: close\r\n\r\n".encode())
    assert (status, json.loads(body)["code"]) == (413, "too-large")


def test_it_polls_and_ends_in_order(tmp_path: Path) -> None:
    path, port = tmp_path / "rowback.db", _free_port()
    with _granian(path, port) as said:
        assert _read(port, SENT["health"].written("", ""))[0] == 200
    assert "Traceback" not in "".join(said)
    assert not beside(path, WAL).exists(), "somebody holds on to the database"
    store = Store(path)
    assert not store.start.is_doubtful
    assert store.overview(utc_now()).alive_at is not None, "its poller ran"
    store.close()


def _listens(port: int) -> bool:
    with closing(socket.socket()) as looking:
        return looking.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        return int(found.getsockname()[1])


def _read(port: int, request: bytes) -> Read:
    """Status, headers by name, and body of the answer to a request."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=WITHIN_S)) as connection:
        connection.sendall(request)
        received = b"".join(iter(lambda: connection.recv(1 << 16), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = sorted((name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines))
    told = [(name, _in_order(name, value)) for name, value in headers if name not in OF_SERVERS]
    return int(status.split()[1]), told, body


def _in_order(name: str, value: str) -> str:
    """A list of methods has no order."""
    return ", ".join(sorted(value.split(", "))) if name == "allow" else value

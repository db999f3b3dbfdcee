"""Connections: whoever is idle or slow is borne for a while, and shuts nobody out meanwhile."""

from __future__ import annotations

import resource
import socket
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from flask import Flask, request

from rowback.web.connections import ALLOWED, MAX_CHUNK_LINE, MAX_CONNECTIONS, Stage, most_connections
from rowback.web.server import THREADS, Server

from .backend import Client
from .slow_clients import ASK, crowd, drip, kinds, read, read_to_the_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .program import Program

LONG = "/openapi.json"
MANY, ROUNDS = 150, 3
TURNED_AWAY = b"HTTP/1.1 408 "


@dataclass
class Seconds:
    """A clock that stands still until it is moved. `long_answers` counts those that were begun."""

    now_s: float = 0.0
    long_answers: int = 0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def seconds() -> Seconds:
    """The clock of `port`'s backend."""
    return Seconds()


@pytest.fixture
def port(seconds: Seconds) -> Iterator[int]:
    """Where a small app is served: it tells how long a body was, and has a long answer."""
    with _serving(seconds) as port:
        yield port


@contextmanager
def _serving(seconds: Seconds) -> Iterator[int]:
    app = Flask(__name__)

    @app.route("/", methods=["GET", "POST"])
    def length() -> str:
        return str(len(request.get_data()))

    @app.route("/long")
    def long() -> str:
        seconds.long_answers += 1
        return "x" * 8_000_000

    @app.route("/status/<int:status>")
    def bodiless(status: int) -> tuple[str, int]:
        return "", status

    server = Server(app, "127.0.0.1", 0, seconds)
    server.start()
    yield server.port
    server.stop()


@pytest.mark.parametrize("kind", kinds(LONG))
def test_slow_clients_of_one_kind_shut_nobody_out(rowback: Program, kind: str) -> None:
    slow = kinds(LONG)[kind]
    with rowback.serving("--no-poll") as serving, crowd(serving.client.port, slow, 2 * MANY) as clients:
        for _ in range(ROUNDS):
            drip(clients, slow)
            assert serving.client.get("/api/v1/articles").status == 200
    assert "Task queue" not in serving.log.read_text(encoding="utf-8")


def test_slow_clients_of_all_kinds_at_once_shut_nobody_out(rowback: Program) -> None:
    with rowback.serving("--no-poll") as serving, ExitStack() as stack:
        crowds = [(kind, stack.enter_context(crowd(serving.client.port, kind, MANY))) for kind in kinds(LONG).values()]
        for _ in range(ROUNDS):
            for kind, clients in crowds:
                drip(clients, kind)
            assert serving.client.capture().status in (200, 201)
            assert serving.client.get("/api/v1/articles").status == 200
    assert serving.log.read_text(encoding="utf-8") == ""


@pytest.mark.parametrize(
    ("stage", "kind", "first", "last"),
    [
        (Stage.IDLE, "says nothing", b"", b""),
        (Stage.IDLE, "asked once and stays", b"HTTP/1.1 404 ", b"NOT FOUND"),
        (Stage.HEAD, "slow head", b"", TURNED_AWAY),
        (Stage.HEAD, "slow first line", b"", TURNED_AWAY),
        (Stage.BODY, "slow body", b"", TURNED_AWAY),
        (Stage.BODY, "slow chunks", b"", TURNED_AWAY),
    ],
)
def test_a_step_of_a_connection_has_its_time_as_a_whole(
    port: int, seconds: Seconds, stage: Stage, kind: str, first: bytes, last: bytes
) -> None:
    slow = kinds("/long")[kind]
    with crowd(port, slow, 1) as (client,):
        assert read(client, len(first)) == first
        Client(port).get("/")  # once this is answered, what came before it was read
        _swept(port, seconds)
        seconds.now_s += 0.9 * ALLOWED[stage].seconds
        drip([client], slow)
        _swept(port, seconds)
        for _ in range(
            6 if stage is Stage.IDLE else 1
        ):  # its thread may be busy with it still when it is first looked at
            seconds.now_s += 0.2 * ALLOWED[stage].seconds
            _swept(port, seconds)
        assert read_to_the_end(client).startswith(last)


def test_an_answer_that_is_not_read_is_given_up(port: int, seconds: Seconds) -> None:
    with crowd(port, kinds("/long")["does not read"], 1) as (client,):
        read(client, 10_000)
        _swept(port, seconds)
        seconds.now_s += ALLOWED[Stage.ANSWER].of(8_000_000)
        _swept(port, seconds)
        assert len(read_to_the_end(client)) < 8_000_000


def test_a_megabyte_on_a_slow_line_is_taken(port: int, seconds: Seconds) -> None:
    size, piece = 1_000_000, 20_000
    with crowd(port, kinds("/long")["says nothing"], 1) as (client,):
        client.sendall(
            f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: {size}\r\n\r\n".encode()
        )
        for _ in range(size // piece):
            _swept(port, seconds)
            seconds.now_s += piece / 1_250  # bytes a second: ten thousand bits
            client.sendall(b"x" * piece)
        answer = read_to_the_end(client)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(str(size).encode())


def test_an_answer_that_is_read_slowly_arrives_whole(port: int, seconds: Seconds) -> None:
    with crowd(port, kinds("/long")["does not read"], 1) as (client,):
        got = 0
        while got < 8_000_000:
            _swept(port, seconds)
            seconds.now_s += 1
            got += len(read(client, min(200_000, 8_000_000 - got)))


def test_at_the_limit_the_one_goes_that_was_slow_for_longest(port: int, seconds: Seconds) -> None:
    head = kinds("/long")["slow head"]
    with crowd(port, head, 1) as (oldest,):
        Client(port).get("/")
        _swept(port, seconds)
        seconds.now_s += 5
        with crowd(port, head, most_connections()) as younger:
            assert read_to_the_end(oldest).startswith(TURNED_AWAY)
            younger[-1].sendall(b"\r\n")
            assert younger[-1].recv(100).startswith(b"HTTP/1.1 200 ")


def test_requests_in_one_breath_are_answered_in_order(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        last = ASK.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
        client.sendall((ASK.format(path="/long") * 3 + last.format(path="/")).encode())
        got = read_to_the_end(client)
    answers = got.split(b"HTTP/1.1 200 ")[1:]
    assert [len(answer) > 8_000_000 for answer in answers] == [True] * 3 + [False]


@pytest.mark.parametrize("status", [204, 304])
def test_an_answer_without_a_body_leaves_the_connection_open(port: int, status: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        for _ in range(2):
            client.sendall(ASK.format(path=f"/status/{status}").encode())
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                head += client.recv(1)
            assert head.startswith(b"HTTP/1.1 %d " % status)
            assert b"connection: close" not in head.lower()


@pytest.mark.parametrize("status", [200, 204, 304])
@pytest.mark.parametrize(("version", "header"), [("1.1", "Connection: Close\r\n"), ("1.0", "")])
def test_whoever_wants_no_more_answers_gets_the_end(port: int, status: int, version: str, header: str) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        client.sendall(f"GET /status/{status} HTTP/{version}\r\nHost: 127.0.0.1\r\n{header}\r\n".encode())
        got = read_to_the_end(client)
    assert got.startswith(f"HTTP/{version} {status} ".encode())
    assert got.endswith(b"\r\n\r\n")


def test_whoever_asks_in_one_breath_and_reads_nothing_holds_no_thread(port: int, seconds: Seconds) -> None:
    with crowd(port, kinds("/long")["asks and asks and does not read"], 2 * THREADS) as clients:
        for client in clients:
            read(client, 10_000)
        for _ in range(3):
            assert Client(port).get("/").body == b"0"
        assert seconds.long_answers == 2 * THREADS


def test_where_few_files_may_be_open_fewer_connections_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (256, 1_024))
    assert most_connections() == 52
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (1_048_576, 1_048_576))
    assert most_connections() == MAX_CONNECTIONS


def _swept(port: int, seconds: Seconds) -> None:
    """Lets the backend look over its connections: it does so when a second went by, after the next thing that comes."""
    seconds.now_s += 1
    for _ in range(3):
        Client(port).get("/")


@pytest.mark.parametrize("begun", [b"5;", b"5\r\n12345\r\n0\r\nX-After: "])
def test_a_line_among_chunks_that_never_ends_is_refused(port: int, begun: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + begun)
        client.sendall(b"x" * (MAX_CHUNK_LINE + 1))
        assert client.recv(4_096).startswith(b"HTTP/1.1 400 ")


def test_a_body_in_chunks_is_taken(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
        client.sendall(b"1;of=many\r\nx\r\n" * 20_000 + b"0\r\nX-After: all\r\n\r\n")
        answer = b""
        while not answer.endswith(b"20000"):
            answer += client.recv(4_096) or b"cut off 20000"
        assert answer.startswith(b"HTTP/1.1 200 ")

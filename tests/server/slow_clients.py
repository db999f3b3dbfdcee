"""Clients that are slow on purpose: each holds a socket and does one bit of what it came for whenever it is told to."""

from __future__ import annotations

import socket
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RECEIVE_BYTES = 4_096  # so that what a client does not read stays with the backend
ASK = "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@dataclass(frozen=True)
class Kind:
    """How a client begins, and what it says each time after."""

    begins: bytes
    drips: bytes = b""


def kinds(path: str) -> dict[str, Kind]:
    """The kinds of slow clients; `path` is of a long answer."""
    ask = ASK.format(path=path).encode()
    return {
        "says nothing": Kind(b""),
        "asked once and stays": Kind(ASK.format(path="/api/v1/health").encode()),
        "slow head": Kind(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"X-More: 1\r\n"),
        "slow first line": Kind(b"GET /", b"a"),
        "slow body": Kind(
            b"POST /api/v1/captures HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            b"Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{",
            b" ",
        ),
        "slow chunks": Kind(
            b"POST /api/v1/captures HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"1\r\n \r\n",
        ),
        "does not read": Kind(ask),
        "asks and asks and does not read": Kind(ask * 30),
    }


@contextmanager
def crowd(port: int, kind: Kind, count: int) -> Iterator[list[socket.socket]]:
    """So many clients of a kind, connected and begun."""
    clients = [_client(port) for _ in range(count)]
    try:
        for client in clients:
            _say(client, kind.begins)
        yield clients
    finally:
        for client in clients:
            client.close()


def drip(clients: Sequence[socket.socket], kind: Kind) -> None:
    """Every client says its next bit; one that was shut out stays away."""
    for client in clients:
        _say(client, kind.drips)


def read(client: socket.socket, count: int) -> bytes:
    """So many bytes; fails when the connection ends before."""
    got = b""
    while len(got) < count:
        more = client.recv(count - len(got))
        assert more, f"ended after {len(got)} bytes"
        got += more
    return got


def read_to_the_end(client: socket.socket) -> bytes:
    """All that comes until the backend closes the connection; fails when it does not."""
    client.settimeout(60)
    got = b""
    with suppress(ConnectionError):
        while more := client.recv(65_536):
            got += more
    return got


def _client(port: int) -> socket.socket:
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BYTES)
    client.settimeout(60)
    client.connect(("127.0.0.1", port))
    return client


def _say(client: socket.socket, what: bytes) -> None:
    with suppress(ConnectionError):
        client.sendall(what)

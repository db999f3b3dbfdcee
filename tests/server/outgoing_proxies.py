"""A real outgoing proxy on loopback, by CONNECT or SOCKS5, which leads wherever a test wants and notes what it was asked."""

from __future__ import annotations

import socket
import threading
from base64 import b64encode
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

USER, PASSWORD = "reader", "s3cret"
_LENGTHS = {1: 4, 4: 16}


@dataclass
class OutgoingProxy:
    """Leads to `leads_to` (a port here), whatever is asked for; or answers `says` and hangs up."""

    kind: str
    leads_to: int
    port: int = 0
    wants_password: bool = False
    says: bytes | None = None
    asked: list[str] = field(default_factory=list)

    def address(self) -> str:
        known_by = f"{USER}:{PASSWORD}@" if self.wants_password else ""
        return f"{self.kind}://{known_by}127.0.0.1:{self.port}"

    def serve(self, talking: socket.socket) -> None:
        with talking, suppress(OSError, AssertionError):
            if self.says is not None:
                talking.recv(4_096)
                talking.sendall(self.says)
                return
            (self._connect if self.kind == "http" else self._socks)(talking)
            with socket.create_connection(("127.0.0.1", self.leads_to)) as beyond:
                there = threading.Thread(target=_pump, args=(talking, beyond), daemon=True)
                there.start()
                _pump(beyond, talking)

    def _connect(self, talking: socket.socket) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += talking.recv(1)
        lines = head.decode().split("\r\n")
        method, target, _ = lines[0].split()
        self.asked.append(f"{method} {target}")
        known_by = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.wants_password and f"Proxy-Authorization: Basic {known_by}" not in lines:
            talking.sendall(b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n")
            raise AssertionError
        talking.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")

    def _socks(self, talking: socket.socket) -> None:
        methods = talking.recv(2 + 255)[2:]
        wanted = 2 if self.wants_password else 0
        talking.sendall(bytes([5, wanted if wanted in methods else 0xFF]))
        if self.wants_password:
            given = talking.recv(600)
            is_right = given == bytes([1, len(USER)]) + USER.encode() + bytes([len(PASSWORD)]) + PASSWORD.encode()
            talking.sendall(bytes([1, 0 if is_right else 1]))
            assert is_right
        head = talking.recv(4)
        length = _LENGTHS.get(head[3]) or talking.recv(1)[0]
        host, port = talking.recv(length), int.from_bytes(talking.recv(2))
        family = {1: socket.AF_INET, 4: socket.AF_INET6}.get(head[3])
        self.asked.append(f"SOCKS {socket.inet_ntop(family, host) if family else host.decode()}:{port}")
        talking.sendall(b"\x05\x00\x00\x03\x01x\x00\x00")  # bound to a name: its length is to be heeded


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


@contextmanager
def outgoing_proxy(kind: str, leads_to: int) -> Iterator[OutgoingProxy]:
    """A proxy that runs while the block does."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        made = OutgoingProxy(kind, leads_to, int(listening.getsockname()[1]))

        def accept() -> None:
            with suppress(OSError):
                while True:
                    talking, _ = listening.accept()
                    threading.Thread(target=made.serve, args=(talking,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield made

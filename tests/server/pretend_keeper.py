"""web.archive.org as it keeps pages on request (Save Page Now), on loopback; what it is told to answer, and what it heard.

with pretend_keeper() as keeper:
    keeper.say({"job_id": "a"}, {"status": "pending"}, (429, {}))    # answers, in order
    keeper.heard                                                     # (method, path, headers, form)
"""

from __future__ import annotations

import json
import threading
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HOST = "keeper.example"
Heard = tuple[str, str, "Mapping[str, str]", dict[str, str]]


@dataclass
class PretendKeeper:
    """See the module."""

    port: int = 0
    answers: deque[tuple[int, dict[str, str], bytes]] = field(default_factory=deque)
    heard: list[Heard] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://{HOST}:{self.port}"

    def say(self, *answers: object) -> None:
        """Orders the next answers: JSON, or a status with headers, or bytes of a page."""
        for each in answers:
            if isinstance(each, bytes):
                self.answers.append((200, {"Content-Type": "text/html"}, each))
            elif isinstance(each, tuple):
                self.answers.append((each[0], each[1], b"{}"))
            else:
                self.answers.append((200, {"Content-Type": "application/json"}, json.dumps(each).encode()))


@contextmanager
def pretend_keeper() -> Iterator[PretendKeeper]:
    """One that runs while the block does."""
    keeper = PretendKeeper()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            keeper.heard.append((self.command, self.path, dict(self.headers), dict(parse_qsl(body.decode()))))
            status, headers, data = keeper.answers.popleft()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    keeper.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield keeper
    finally:
        server.shutdown()
        server.server_close()

"""A real web server on loopback that answers as a test wants it to, well or badly."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

HOST = "news.example"


@dataclass
class Website:
    """Answers each path with what is put in `answers`; what was asked is in `asked`, as (path, headers)."""

    port: int = 0
    answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str, host: str = HOST) -> str:
        """An address of this server under a public-looking name."""
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, robots.txt aside."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def resolve(self, *_: object) -> list[str]:
        """A resolver under which every name leads here."""
        return ["127.0.0.1"]

    def put(self, path: str, body: bytes | str = b"", status: int = 200, **headers: str) -> None:
        """A plain answer; `Content_Type="text/html"` gives that header."""
        data = body.encode() if isinstance(body, str) else body

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            named = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(data))}
            for name, value in (named | {n.replace("_", "-"): v for n, v in headers.items()}).items():
                request.send_header(name, value)
            request.end_headers()
            request.wfile.write(data)

        self.answers[path] = answer

    def put_raw(self, path: str, *parts: bytes, forever: bytes = b"") -> None:
        """Bytes as they go over the line, then `forever` again and again until the client or the test is through."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            for part in parts:
                request.wfile.write(part)
            request.wfile.flush()
            while forever and not self.over.wait(0.01):
                request.wfile.write(forever)
            request.close_connection = True

        self.answers[path] = answer


@contextmanager
def website(address: str = "127.0.0.1") -> Iterator[Website]:
    """A server that runs while the block does, on an address of this machine. What is asked for and was not put there is
    404."""
    site = Website()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers.items())))
            try:
                if self.path in site.answers:
                    site.answers[self.path](self)
                else:
                    self.send_response(404)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            return  # a client that leaves early is what many of the tests are about

    server = Server((address, 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.over.set()
        server.shutdown()
        server.server_close()

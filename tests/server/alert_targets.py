"""Targets of alerts on this machine: a web server that takes webhooks, or does not."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Posted:
    """A message as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> Any:
        return json.loads(self.body)

    @property
    def key(self) -> str:
        return self.headers["idempotency-key"]


@dataclass
class WebhookTarget:
    """A server that keeps what is posted. `answers` are the next statuses with their headers, then 204 for ever; `before` is
    called when a message is there, before it is answered."""

    port: int = 0
    posted: list[Posted] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    before: Callable[[Posted], object] = lambda _: None

    def url(self, path: str = "/hook?token=s3cret-of-the-hook") -> str:
        return f"http://{HOST}:{self.port}{path}"

    @property
    def steps(self) -> list[tuple[str, int]]:
        """The edits that came in, by article and version, in their order."""
        return [(each["article"]["url"], each["version"]) for post in self.posted for each in post.told["changes"]]


@contextmanager
def webhook_target() -> Iterator[WebhookTarget]:
    target = WebhookTarget()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            post = Posted(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            target.posted.append(post)
            target.before(post)
            status, more = target.answers.pop(0) if target.answers else (204, {})
            self.send_response(status)
            for name, value in ({"Content-Length": "0"} | more).items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer((HOST, 0), Handler)
    target.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield target
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""Targets of alerts on this machine: a web server that takes webhooks and a mail server, or such as do not."""

from __future__ import annotations

import email
import email.policy
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage

    from aiosmtpd.smtp import SMTP, Envelope, Session

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
    """A server that keeps what is posted, whole, but nothing while it `is_out`. `answers` are the next statuses with their
    headers, then 204 for ever; `before` is called when a message is there, before it is answered."""

    port: int = 0
    posted: list[Posted] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    before: Callable[[Posted], object] = lambda _: None
    is_out: bool = False

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
            length = int(self.headers["Content-Length"])
            body = self.rfile.read(length)
            if len(body) < length:  # who sent it was killed at it
                return
            if target.is_out:
                self.send_error(503)
                return
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


@dataclass
class Mailbox:
    """Keeps what is mailed, but nothing while it `is_out`; `answers` are the next replies to a message, then it takes each.
    `after` is called when it took one."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    sent_to: list[list[str]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    is_out: bool = False
    after: Callable[[], object] = lambda: None

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 (its name)
        """What aiosmtpd calls for a message."""
        if self.is_out:
            return "451 out of order"
        if self.answers:
            return self.answers.pop(0)
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content)
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        self.sent_to.append([str(each) for each in envelope.rcpt_tos])
        self.after()
        return "250 kept"

    @contextmanager
    def open(self) -> Iterator[None]:
        """Listens meanwhile."""
        server = Controller(self, hostname=HOST, port=self.port)
        server.start()
        try:
            yield
        finally:
            server.stop()

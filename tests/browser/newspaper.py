"""The demo newspaper on a port of its own, its past told to a backend and its desk at work."""

from __future__ import annotations

import threading
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from rowback.demo.newspaper import create_newspaper
from rowback.demo.stock import stock
from rowback.demo.stories import Story, load_stories

from .backend import Backend, free_port

if TYPE_CHECKING:
    from collections.abc import Sequence


class Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Requests are the reader's business."""


@dataclass
class Newspaper:
    """Serves on loopback; every revision that is published goes to the backend as a capture of its page."""

    backend: Backend
    stories: Sequence[Story] = field(default_factory=load_stories)
    port: int = field(default_factory=free_port)
    _server: BaseWSGIServer | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        started_at = datetime.now(UTC)
        stock(self._record, self.url, self.stories, started_at)
        app = create_newspaper(
            self.url, self.stories, started_at=started_at, clock=lambda: datetime.now(UTC), on_publish=self._record
        )
        self._server = make_server("127.0.0.1", self.port, app, threaded=True, request_handler=Quiet)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def _record(self, url: str, html: str, seen_at: datetime) -> None:
        self.backend.api("POST", "/api/v1/captures", {"url": url, "html": html, "seen_at": seen_at.isoformat()})

    def address(self, story: Story) -> str:
        return self.url + story.path

    def press(self, action: str, story: Story) -> None:
        """Press a button at the editor's desk."""
        form = f"do={action}&story={story.slug}".encode()
        with urllib.request.urlopen(f"{self.url}/desk", form, timeout=30) as answer:
            assert answer.status == 200

    def stop(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()

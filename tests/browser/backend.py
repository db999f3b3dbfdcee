"""The real backend as a process of its own, on a port and a database of its own."""

from __future__ import annotations

import json
import os
import socket
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tests.server import forked

from .deadline import until

if TYPE_CHECKING:
    from .story import Story

ROWBACK = str(Path(sys.executable).with_name("rowback"))
START_S = 30.0  # importing the extraction library takes seconds when both cores are busy


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def rowback(*arguments: str | Path, **environment: str) -> str:
    """What a command prints; its own words in the error when it fails."""
    done = forked.run(forked.MAIN, arguments, os.environ | environment, name=ROWBACK, within_s=60)
    assert done.returncode == 0, f"rowback {arguments[0]} failed: {done.stderr or done.stdout}"
    return done.stdout.strip()


@dataclass
class Backend:
    """`rowback serve` on a fixed port, to be stopped and started again on the same one; with a poller, if that is wanted, and
    with more in its environment."""

    folder: Path
    port: int = field(default_factory=free_port)
    polls: bool = False
    environment: dict[str, str] = field(default_factory=dict)
    _process: forked.Process | None = None
    _token: str | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "rowback.db"

    def start(self) -> None:
        command = [
            "serve",
            *([] if self.polls else ["--no-poll"]),
            "--port",
            str(self.port),
            "--db",
            str(self.database),
        ]
        with (self.folder / "backend.log").open("ab") as log:
            self._process = forked.start(forked.MAIN, command, os.environ | self.environment, name=ROWBACK, out=log)
        until(self.is_up, f"the backend on {self.url}", START_S)

    def is_up(self) -> bool:
        if self._process and self._process.poll() is not None:
            log = (self.folder / "backend.log").read_text(encoding="utf-8", errors="replace")
            raise AssertionError(f"the backend ended by itself: {log[-2000:]}")
        try:
            return bool(self._ask("GET", "/api/v1/health")["status"] == "ok")
        except OSError:
            return False

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(30)
            self._process = None

    def token(self) -> str:
        """A token of the tests' own, to record stories and to look things up."""
        if self._token is None:
            self._token = rowback("tokens", "new", "tests", "--db", self.database)
        return self._token

    def pair(self, code: str) -> None:
        """The owner says yes, in a terminal, to the extension that shows a code."""
        rowback("pair", code, "--db", self.database)

    def sign_in_link(self) -> str:
        """A link that signs one browser in, once."""
        return rowback("sign-in", "--at", self.url, "--db", self.database)

    def save_search(self, name: str, query: str, webhook: str) -> None:
        """The owner saves a search, in a terminal, and has it told at a webhook."""
        rowback("searches", "save", name, query, "--db", self.database)
        rowback("alerts", "add", name, webhook, "--quiet", "22-7", "--db", self.database)

    def api(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """An authorised call; the answer's JSON. AssertionError with the backend's own words for any but success."""
        try:
            return self._ask(method, path, body, {"Authorization": f"Bearer {self.token()}"})
        except urllib.error.HTTPError as refusal:
            raise AssertionError(f"{method} {path}: {refusal.code} {refusal.read().decode()}") from None

    def _ask(
        self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        kind = {"Content-Type": "application/json"} if data is not None else {}
        request = urllib.request.Request(self.url + path, data, kind | (headers or {}), method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return dict(json.load(answer))

    def knows(self, url: str) -> bool:
        """Whether any version of the article at this URL is stored."""
        return self.api("POST", "/api/v1/lookup", {"urls": [url]})["results"][url] is not None

    def edits(self, url: str) -> dict[str, Any]:
        """The answer to the main question, as the extension gets it."""
        return self.api("GET", f"/api/v1/edits?url={quote(url, safe='')}")

    def edits_with_markup(self, url: str, markup: str) -> str:
        """A true answer, but for the markup of each edit."""
        answer = self.edits(url)
        return json.dumps(answer | {"edits": [edit | {"markup": markup} for edit in answer["edits"]]})

    def tell(self, story: Story) -> None:
        """Record every version of a story at its time."""
        for text, seen_at in zip(story.versions, story.times(), strict=True):
            blocks = [{"kind": "p", "text": paragraph} for paragraph in text.paragraphs]
            capture = {"url": story.url, "title": text.title, "blocks": blocks, "seen_at": seen_at.isoformat()}
            self.api("POST", "/api/v1/captures", capture)

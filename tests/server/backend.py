"""A real backend for API tests: waitress on a free port over a real file, spoken to in plain HTTP."""

from __future__ import annotations

import http.client
import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from rowback.config import THIS_MACHINE
from rowback.web.app import create_app
from rowback.web.server import Server

from .new_stores import new_store
from .samples import PARAGRAPHS, START, TITLE, URL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from rowback.capture.sampled import Candidate, Nothing, Sample
    from rowback.store import Store

ANSWER_WITHIN_S = 60
Headers = dict[str, str]
PROBLEM = "application/problem+json"


@dataclass
class Clock:
    """A clock that stands still until it is moved. It begins a day after the sample articles."""

    at: datetime = START + timedelta(days=1)

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        """Moves the clock on, by the arguments of `timedelta`."""
        self.at += timedelta(**by)


@dataclass(frozen=True)
class Answer:
    """What came back. `headers` have lower-case names; of one that came twice both values, with a comma between them."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The decoded body."""
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """The code of a problem document; fails where the answer is none."""
        assert self.headers["content-type"] == PROBLEM, self
        problem = self.json
        members = {"type", "code", "title", "status", "detail"}
        assert problem.keys() == members | ({"reason"} if problem["code"] == "not-an-article" else set()), problem
        assert problem["status"] == self.status
        assert problem["type"] == f"urn:rowback:problem:{problem['code']}"
        assert problem["title"]
        assert problem["detail"]
        return str(problem["code"])


@dataclass
class Client:
    """Sends requests to a backend, with a token where it has one."""

    port: int
    token: str | None = None
    host: str = "127.0.0.1"

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """One request on a connection of its own. `Sec_Fetch_Site="none"` sends that header."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token is not None:
            named.setdefault("Authorization", f"Bearer {self.token}")
        connection = http.client.HTTPConnection(self.host, self.port, timeout=ANSWER_WITHIN_S)
        try:
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            received = {name.lower(): answer.getheader(name, "") for name, _ in answer.getheaders()}
            return Answer(answer.status, received, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        """A GET."""
        return self.send("GET", path, None, **headers)

    def post(self, path: str, value: object, **headers: str) -> Answer:
        """A POST of a value as JSON."""
        return self.send("POST", path, json.dumps(value).encode(), **({"Content-Type": "application/json"} | headers))

    def put(self, path: str, **headers: str) -> Answer:
        """A PUT of an empty JSON object."""
        return self.send("PUT", path, b"{}", **({"Content-Type": "application/json"} | headers))

    def capture(self, paragraphs: Iterable[str] = PARAGRAPHS, title: str = TITLE, **more: object) -> Answer:
        """A capture of paragraphs, seen now unless `more` says otherwise."""
        blocks = [{"kind": "p", "text": text} for text in paragraphs]
        return self.post("/api/v1/captures", {"url": URL, "title": title, "blocks": blocks} | more)


@dataclass
class Backend:
    """The store, its server and a client with a token."""

    store: Store
    clock: Clock
    server: Server
    client: Client = field(init=False)
    anyone: Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = Client(self.server.port, self.store.access.new_token("tests", self.clock()))
        self.anyone = Client(self.server.port)


def start(
    path: Path,
    *,
    allowed_hosts: Iterable[str] = (),
    is_public: bool = False,
    trusted_proxies: Iterable[str] = THIS_MACHINE,
    look_first: Callable[[Candidate], Sample | Nothing] | None = None,
) -> Backend:
    """A running backend over the database at `path`; `backend.server.stop()` ends it."""
    store, clock = new_store(path), Clock()
    app = create_app(
        store,
        allowed_hosts=tuple(allowed_hosts),
        is_public=is_public,
        trusted_proxies=tuple(trusted_proxies),
        now=clock,
        look_first=look_first,
    )
    server = Server(app, "127.0.0.1", 0)
    server.start()
    return Backend(store, clock, server)

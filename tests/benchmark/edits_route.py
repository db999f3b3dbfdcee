"""How long `GET /api/v1/edits` takes over loopback, as a ratio to the same server answering the same bytes from memory.

Run it with `python -m tests.benchmark.edits_route`. An article of 20 versions with 40 paragraphs each, one or two of
which change from version to version. Server and client are two processes; requests alternate, so that both routes meet
the same machine; it is time on the wall, both processes' own. The last lines are processor time of the app alone, called
without a server: what the route adds to a constant behind the same guard, and what one pays who has the answer already.
"""

from __future__ import annotations

import http.client
import multiprocessing
import random
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Response
from werkzeug.test import EnvironBuilder

from rowback.clock import utc_now
from rowback.model import Block, Capture, Content, Origin
from rowback.store import Store
from rowback.web.app import create_app
from rowback.web.server import Server
from tests.benchmark.interleaved import Line, Times, show, take_turns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from wsgiref.types import WSGIEnvironment

    from flask import Flask

URL = "https://www.harbour-echo.example/news/ferry-timetable"
VERSIONS, PARAGRAPHS, WORDS = 20, 40, 45
CONSTANT = "/api/v1/constant"
WARMING_UP, ROUNDS = 40, 360
COLD_ROUNDS = 15
FLOOR_RATIO = 3  # p50 of the route to p50 of the constant
CALLS, IN_PROCESS_ROUNDS = 50, 40
CONSTANT_RATIO, UNCHANGED_RATIO = 1.3, 0.7
SYLLABLES = "ba ke li mo nu pra ste vol dri fen gar hul".split()


def lines() -> Iterator[Line]:
    """The same answer again and again, and answers that nobody asked for before."""
    with tempfile.TemporaryDirectory() as folder, _serving(Path(folder) / "rowback.db") as (port, token):
        edits = f"/api/v1/edits?url={quote(URL, safe='')}"
        size = len(_timed(port, token, edits)[1])
        asked = [partial(_ms, port, token, path) for path in (edits, CONSTANT)]
        take_turns(*asked, rounds=WARMING_UP)
        warm, constant = take_turns(*asked, rounds=ROUNDS)
        # Another `from` instant is another question: nothing of its answer is kept.
        start = datetime(2026, 1, 1, tzinfo=UTC)
        cold = [
            _ms(port, token, f"{edits}&from={quote((start + timedelta(microseconds=n)).isoformat())}")
            for n in range(1, COLD_ROUNDS + 1)
        ]
    what = f"GET edits, {VERSIONS} × {PARAGRAPHS} blocks, {size / 1024:.0f} KB"
    yield Line(what, warm, "the same bytes from memory", constant, FLOOR_RATIO, unit="ms")
    yield Line(f"{what}, asked first", Times(tuple(cold)), "the same bytes from memory", constant, unit="ms")
    yield from _in_process()


def _in_process() -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as folder:
        app, token = _app(Path(folder) / "rowback.db")
        headers = [("Authorization", f"Bearer {token}")]
        edits = EnvironBuilder("/api/v1/edits", query_string={"url": URL}, headers=headers).get_environ()
        constant = EnvironBuilder(CONSTANT, headers=headers).get_environ()
        tag = app.test_client().open(dict(edits)).headers["ETag"]
        known = edits | {"HTTP_IF_NONE_MATCH": tag}
        sides = take_turns(
            *(partial(_cpu_us, app, each) for each in (edits, constant, known)), rounds=IN_PROCESS_ROUNDS
        )
    route, ours, unchanged = sides
    yield Line("GET edits, in process", route, "a constant, same guard", ours, CONSTANT_RATIO, unit="µs CPU")
    yield Line("GET edits, 304, in process", unchanged, "with its body", route, UNCHANGED_RATIO, unit="µs CPU")


def _cpu_us(app: Flask, environ: WSGIEnvironment) -> float:
    """Microseconds of this thread for a request."""
    begun = time.thread_time()
    for _ in range(CALLS):
        answer = app(dict(environ), lambda *_: lambda _: None)
        b"".join(answer)
    return (time.thread_time() - begun) / CALLS * 1_000_000


def _paragraph(chance: random.Random) -> str:
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4))) for _ in range(WORDS)]
    return " ".join(words).capitalize() + "."


def _captures() -> Iterator[Capture]:
    chance = random.Random(20)  # noqa: S311  # the same article on every run
    texts = [_paragraph(chance) for _ in range(PARAGRAPHS)]
    for number in range(VERSIONS):
        seen_at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number)
        yield Capture(URL, Content("Ferry timetable", tuple(Block("p", text) for text in texts)), seen_at, Origin.API)
        for place in chance.sample(range(PARAGRAPHS), k=chance.randint(1, 2)):
            words = texts[place].split()
            words[chance.randrange(WORDS)] = "".join(chance.choices(SYLLABLES, k=3))
            texts[place] = " ".join(words)


@contextmanager
def _serving(path: Path) -> Iterator[tuple[int, str]]:
    """The backend in a process of its own: its port and a token."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(path, theirs), daemon=True)
    process.start()
    yield ours.recv()
    process.terminate()
    process.join()


def _app(path: Path) -> tuple[Flask, str]:
    """The app with a constant of the route's own bytes, and a token."""
    store = Store(path)
    for capture in _captures():
        store.record(capture, utc_now())
    token = store.access.new_token("benchmark", utc_now())
    app = create_app(store)
    with app.test_client() as client:
        asked = {"url": URL}
        body = client.get("/api/v1/edits", query_string=asked, headers={"Authorization": f"Bearer {token}"}).data
    server_app = create_app(store)
    server_app.add_url_rule(CONSTANT, view_func=lambda: Response(body, mimetype="application/json"))
    return server_app, token


def _serve(path: Path, told: Connection) -> None:
    app, token = _app(path)
    server = Server(app, "127.0.0.1", 0)
    told.send((server.port, token))
    server.run(lambda: None)


def _ms(port: int, token: str, path: str) -> float:
    return _timed(port, token, path)[0]


def _timed(port: int, token: str, path: str) -> tuple[float, bytes]:
    """Milliseconds for one request on a connection of its own, and its body."""
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}: {body[:200]!r}")
    return (time.perf_counter() - begun) * 1000, body


if __name__ == "__main__":
    show(lines())

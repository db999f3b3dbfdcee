"""What alerts cost in a store of 20,000 articles: a look for 50 saved searches, beside the recording of the edit that is
looked at; and the pages of saved searches, beside an article's.

Run it with `python -m tests.benchmark.alerts`. The store is made first, which takes minutes, and one of an eighth beside it.
Nothing is sent: what a target takes is its own. A look spreads over threads: it is processor time of the whole process.
"""

from __future__ import annotations

import random
import tempfile
import threading
import time
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rowback.alerts.sending import Sender
from rowback.alerts.targets import read_target
from rowback.capture.fetch import Fetcher
from rowback.model import Block, Capture, Content, Origin
from rowback.store import Store
from rowback.store.alerts import MAX_ALERTS, Schedule
from rowback.store.audience import OWNER
from rowback.web.app import create_app
from tests.benchmark.interleaved import Line, Times, cpu_ms, show, take_turns
from tests.server.copies import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask.testing import FlaskClient

    from rowback.alerts.messages import Message
    from rowback.errors import RowbackError
    from rowback.store.alerts import Alert

LARGE, SMALL = 100, 12  # copies of 200 articles
ROUNDS = 15
PARAGRAPHS, WORDS = 10, 35  # as the articles of the store have
FITTING = 5  # of the searches that find an edit, in the rounds in which any does
A_RECORDING, FLAT = 1.0, 1.5
PAGES: dict[str, tuple[str, float]] = {
    "the list of saved searches": ("/searches", 1.0),
    "a saved search for removed words": ("/searches/Search%205", 3.0),
    "a saved search for words": ("/searches/Search%207", 3.0),
}
_MINUTE = timedelta(minutes=1)
URL = "https://www.paper7.example/news/of-today"
SYLLABLES = "ba ke li mo nu pra ste vol dri fen gar hul".split()
# Of every kind that can be asked; nothing of `_Desk.edit` fits, but what has `zebra` in it where that is wanted.
QUERIES = (
    *("label:quote", "label:correction source:paper9.example", "source:paper8.example", "title:bakeli", "before:2019"),
    *("removed:allegedly", "added:allegedly", "drifengarmo", '"drifengarmo garkemogar"', "removed:garkemogar"),
)


class Unsent(Sender):
    """Who tells, but for the sending."""

    def send(self, _alert: Alert, _message: Message, _key: str) -> RowbackError | None:
        """As if it was taken."""
        return None


class _Desk:
    """A store with saved searches that are told, and an article that is edited."""

    def __init__(self, path: Path, copies: int) -> None:
        self.now = fill(path, copies)
        self.store = Store(path)
        self._chance = random.Random(20)  # noqa: S311 (the same article on every run)
        self._texts = [self._paragraph() for _ in range(PARAGRAPHS)]
        self._record(self._texts[0])
        for number in range(MAX_ALERTS):
            query = f"added:zebra{number}" if number < FITTING else QUERIES[number % len(QUERIES)]
            search = self.store.searches.save(OWNER, f"Search {number}", query, self.now)
            target = read_target(f"https://hooks.example/{number}", ())
            self.store.alerts.add(search, target, Schedule(), self.now, listed_only=number % 2 == 1)
        ended = threading.Event()
        self.sender = Unsent(self.store, Fetcher(), lambda: self.now, "https://rowback.example", ended, ended.wait)

    def edit(self, more: str = "") -> float:
        """What it costs to record an edit of one paragraph, in milliseconds."""
        self._texts[0] = f"{self._paragraph().rstrip('.')} {more}."
        return _process_ms(partial(self._record, self._texts[0]))

    def look(self, expected: int) -> float:
        """What a look costs, at which so many messages are to be sent."""
        counts: dict[str, int] = {}
        taken = _process_ms(lambda: counts.update(self.sender.run_once()))
        if counts != ({"sent": expected} if expected else {}):
            raise SystemExit(f"{expected} messages were to be sent, and these were: {counts}")
        return taken

    def client(self) -> Callable[[str], None]:
        """What asks for a page, as the owner."""
        app = create_app(self.store, now=lambda: self.now)
        return partial(_ask, app.test_client(), self.store.access.new_token("benchmark", self.now))

    def _record(self, first: str) -> None:
        self.now += _MINUTE
        blocks = tuple(Block("p", text) for text in (first, *self._texts[1:]))
        capture = Capture(URL, Content("A headline of today", blocks), self.now, Origin.API)
        self.store.record(capture, self.now)

    def _paragraph(self) -> str:
        words = ["".join(self._chance.choices(SYLLABLES[:4], k=5)) for _ in range(WORDS)]
        return " ".join(words).capitalize() + "."


def lines() -> Iterator[Line]:
    """A look where no search finds the edit, where some do, and in a store of an eighth; then the pages."""
    with tempfile.TemporaryDirectory() as folder:
        large, small = (_Desk(Path(folder) / f"{copies}.db", copies) for copies in (LARGE, SMALL))
        for desk in (large, small):
            desk.edit()
            desk.look(0)
        rounds = [(large.edit(), large.look(0), small.edit(), small.look(0)) for _ in range(ROUNDS)]
        recording, idle, _, idle_small = (Times(tuple(each)) for each in zip(*rounds, strict=True))
        what = f"alerts: a look for {MAX_ALERTS} searches"
        yield Line(f"{what}, none finds it", idle, "recording the edit", recording, A_RECORDING)
        yield Line(f"{what}, none finds it", idle, "an eighth of the store", idle_small, FLAT)
        fits = " ".join(f"zebra{n}" for n in range(FITTING))
        yield from _told(large, what, fits)
        yield from _pages(large)


def _told(desk: _Desk, what: str, fits: str) -> Iterator[Line]:
    rounds = []
    for _ in range(ROUNDS):
        desk.edit()
        desk.look(0)
        rounds.append((desk.edit(fits), desk.look(FITTING)))
    recording, told = (Times(tuple(each)) for each in zip(*rounds, strict=True))
    yield Line(f"{what}, {FITTING} find it", told, "recording the edit", recording)


def _pages(desk: _Desk) -> Iterator[Line]:
    ask = desk.client()
    for name, (path, goal) in PAGES.items():
        ask(path)
        page, article = take_turns(*(partial(cpu_ms, partial(ask, each)) for each in (path, "/articles/777")))
        yield Line(name, page, "an article's page", article, goal)


def _process_ms(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return 1_000 * (time.process_time() - begun)


def _ask(client: FlaskClient, token: str, path: str) -> None:
    answer = client.get(path, headers={"Authorization": f"Bearer {token}"})
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}: {answer.text[:200]}")


if __name__ == "__main__":
    show(lines())

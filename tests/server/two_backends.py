"""Backends that really run, each of which may be a source of the others: stores, servers and pollers.

with backend_house(tmp_path / "one") as one, backend_house(tmp_path / "two") as two:
    one.say(0, "The first text …")          # one sees a text
    two.ask(one)                            # somebody wants the past from there
    two.work()                              # all that is due by now, and what follows from it
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rowback.archive import backfill
from rowback.archive.peers import tokens_by_address
from rowback.archive.wishes import wish_for
from rowback.capture.captures import from_blocks
from rowback.capture.context import Context, Habits
from rowback.capture.fetch import Fetcher
from rowback.capture.poller import Poller
from rowback.capture.robots import Robots
from rowback.errors import NoAnswer
from rowback.model import Origin, Scope
from rowback.store.pasts_wanted import AskedBy
from rowback.store.work import JobKind

from .backend import Clock, start
from .samples import TITLE, URL, at
from .work_done import WorkDone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rowback.model import Version
    from rowback.store import Store
    from rowback.store.pasts_wanted import Backfill

    from .backend import Backend

EDITS = "/api/v1/edits"


@dataclass
class House(WorkDone):
    """See the module. `tokens` are those of the setting `archive_tokens`, `addresses` what names lead to."""

    backend: Backend
    clock: Clock
    tokens: dict[str, str] = field(default_factory=dict, repr=False)
    addresses: dict[str, str] = field(default_factory=dict)
    most_a_day: int = 0

    @property
    def store(self) -> Store:
        """Its store."""
        return self.backend.store

    @property
    def told(self) -> str:
        """The backend as the owner of another names it."""
        return f"rowback+http://127.0.0.1:{self.backend.server.port}"

    def say(
        self, minutes: float, *texts: str, until: float | None = None, origin: Origin = Origin.POLL, url: str = URL
    ) -> None:
        """It sees the article say something at an instant, and again at another."""
        for when in dict.fromkeys((minutes, minutes if until is None else until)):
            capture = from_blocks(url, TITLE, [("p", text) for text in texts], at(when), origin)
            self.store.record(replace(capture, is_listing=True), self.clock())

    def new_token(self, name: str = "a neighbour") -> str:
        """A token to read with."""
        return self.store.access.new_token(name, self.clock(), Scope.READ)

    def ask(self, source: House | str, most: int = 16, url: str = URL) -> Backfill:
        """Somebody wants an article's past from a source."""
        told = source if isinstance(source, str) else source.told
        return self.store.backfills.ask(wish_for(url, told, most, AskedBy.READER), self.clock())

    def poller(self) -> Poller:
        """A poller over the store. No host is named that may be private."""
        fetcher = Fetcher((), self._resolve)
        context = Context(
            self.store,
            fetcher,
            Robots(lambda url: fetcher.get(url, any_type=True), lambda: self.clock().timestamp()),
            Habits(self.store, 0),
            self.clock,
            lambda _: None,
            archive_requests=self.most_a_day,
            archive_tokens=tokens_by_address(self.tokens),
        )
        others = {JobKind.BACKFILL: backfill.step}
        return Poller(context, lambda: 0.0, threading.Event(), workers=1, holder="house", others=others)

    def found(self, url: str = URL) -> Backfill:
        """How far it is."""
        found = self.store.backfills.find(url, self.clock())
        assert found is not None
        return found

    def versions(self, url: str = URL) -> list[Version]:
        """What is stored of an article."""
        article = self.store.articles.find(url)
        return [] if article is None else self.store.versions.of_article(article.id)

    def texts(self, url: str = URL) -> list[str]:
        """The last paragraph of each version."""
        return [each.content.blocks[-1].text for each in self.versions(url)]

    def _resolve(self, host: str, _port: int) -> list[str]:
        if host == "127.0.0.1":
            return [host]
        if host not in self.addresses:
            raise NoAnswer(f"The host {host} is not known.")
        return [self.addresses[host]]


@contextmanager
def backend_house(folder: Path, *, is_public: bool = False) -> Iterator[House]:
    """A backend that runs while the block does."""
    folder.mkdir(parents=True, exist_ok=True)
    backend = start(folder / "rowback.db", is_public=is_public)
    try:
        yield House(backend, backend.clock)
    finally:
        backend.server.stop()
        backend.store.end()

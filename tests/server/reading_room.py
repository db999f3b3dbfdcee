"""A store, a poller that asks a pretended archive, and a clock that only the test moves.

with reading_room(tmp_path) as room:
    room.keep("20260305090000", page())     # the archive takes a copy
    room.ask()                              # somebody wants the past of `ARTICLE`
    room.work()                             # all that is due by now, and what follows from it
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from rowback.archive import backfill
from rowback.archive.sources import SourceKind
from rowback.archive.wishes import wish_for
from rowback.capture.context import Context, Habits
from rowback.capture.fetch import Fetcher
from rowback.capture.poller import Poller
from rowback.capture.robots import Robots
from rowback.errors import NoAnswer
from rowback.store.pasts_wanted import AskedBy
from rowback.store.work import JobKind

from .backend import Clock
from .new_stores import new_store
from .pretend_archive import PretendArchive, pretend_archive
from .samples import PARAGRAPHS, page
from .websites import HOST
from .work_done import WorkDone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from rowback.store import Store
    from rowback.store.pasts_wanted import Backfill

ARTICLE = "https://echo.example/news/ferry"
PRIVATE = "10.0.0.7"


@dataclass
class ReadingRoom(WorkDone):
    """See the module."""

    store: Store
    archive: PretendArchive
    clock: Clock
    most_a_day: int = 0
    addresses: dict[str, str] = field(default_factory=dict)
    contact: str = ""

    @property
    def told(self) -> str:
        """The archive as its owner names it."""
        source = self.archive.source()
        base = source.list_at.removesuffix("/cdx/search/cdx").removesuffix("/cdx")
        return f"{source.kind}+{base}"

    def keep(self, stamp: str, body: bytes | str, url: str = ARTICLE, status: int = 200) -> None:
        """The archive takes a copy."""
        self.archive.keep(url, stamp, body, status)

    def ask(self, url: str = ARTICLE, most: int = 16, *more: str) -> Backfill:
        """Somebody wants an article's past."""
        since = self.store.backfills.read_until(url, self.told, most, self.clock())
        return self.store.backfills.ask(wish_for(url, self.told, most, AskedBy.READER, more, since), self.clock())

    def poller(self, holder: str = "room") -> Poller:
        """A poller over the store."""
        fetcher = Fetcher({HOST, "elsewhere.example"}, self._resolve)
        robots = Robots(lambda url: fetcher.get(url, any_type=True), lambda: self.clock().timestamp())
        context = Context(
            self.store,
            fetcher,
            robots,
            Habits(self.store, 0),
            self.clock,
            lambda _: None,
            archive_requests=self.most_a_day,
            contact=self.contact,
        )
        others = {JobKind.BACKFILL: backfill.step}
        without = {JobKind.BACKFILL: backfill.leave_out}
        stop = threading.Event()
        return Poller(context, lambda: 0.0, stop, workers=1, holder=holder, others=others, leave_out=without)

    def found(self, url: str = ARTICLE) -> Backfill:
        """How far it is."""
        found = self.store.backfills.find(url, self.clock())
        assert found is not None
        return found

    def texts(self, url: str = ARTICLE) -> list[str]:
        """The last paragraph of each version that is stored."""
        article = self.store.articles.find(url)
        assert article is not None
        return [each.content.blocks[-1].text for each in self.store.versions.of_article(article.id)]

    def asked(self) -> list[tuple[str, Mapping[str, str]]]:
        """What the archive was asked for."""
        return self.archive.site.asked

    def _resolve(self, host: str, _port: int) -> list[str]:
        if host == HOST:
            return ["127.0.0.1"]
        if host not in self.addresses:
            raise NoAnswer(f"The host {host} is not known.")
        return [self.addresses[host]]


@contextmanager
def reading_room(
    folder: Path, kind: SourceKind = SourceKind.WAYBACK, now: datetime | None = None
) -> Iterator[ReadingRoom]:
    """A room that is open while the block runs, in June 2026 unless it is said otherwise."""
    with pretend_archive(kind) as archive:
        clock = Clock()
        clock.advance(days=((now or datetime(2026, 6, 1, tzinfo=UTC)) - clock()) / timedelta(days=1))
        store = new_store(folder / "rowback.db")
        yield ReadingRoom(store, archive, clock)
        store.close()


def told(number: int) -> str:
    """The article with another last paragraph."""
    return page([*PARAGRAPHS, f"Notice {number}: the office told {number} passengers on the pier of the change."])

"""What every job needs: the store, the network, the clock, and what is known of each source's habits."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from rowback.capture.habits import USUAL, Habit, Past, learn
from rowback.capture.pacing import gap
from rowback.capture.schedule import USUAL_PRICE, price_for
from rowback.store.shares import ARCHIVES, OF_ARTICLES, SAVES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from rowback.capture.fetch import Fetcher
    from rowback.capture.robots import Robots
    from rowback.store import Store

LEARN_EVERY = timedelta(hours=1)
LEARN_ALL_EVERY = timedelta(days=1)
_ALL = ""  # no source has an empty name
MAX_HABITS = 2_000  # sources in memory


class Habits:
    """The habit of each source and the price of a request, learned from the store now and then. Safe for threads."""

    def __init__(self, store: Store, requests_per_day: int) -> None:
        self._store = store
        self._requests_per_day = requests_per_day
        self._kept: dict[str, tuple[datetime, Habit]] = {}
        self._price: tuple[datetime, float] | None = None
        self._lock = threading.Lock()

    def of(self, source: str, now: datetime) -> Habit:
        """The habit of a source."""
        kept = self._kept.get(source)
        if kept is not None and abs(now - kept[0]) < LEARN_EVERY:
            return kept[1]
        habit = learn(self._pasts(source), self._common(now))
        with self._lock:
            if len(self._kept) >= MAX_HABITS:
                self._kept.clear()
            self._kept[source] = (now, habit)
        return habit

    def _pasts(self, source: str | None) -> Iterator[Past]:
        return (Past(changed_at, until) for changed_at, until in self._store.queue.pasts(source))

    def _common(self, now: datetime) -> Habit:
        """What the sources in this store have in common: what is taken as usual for one that is new here."""
        kept = self._kept.get(_ALL)
        if kept is None or abs(now - kept[0]) >= LEARN_ALL_EVERY:
            kept = (now, learn(self._pasts(None)))
            self._kept[_ALL] = kept
        return kept[1]

    def price(self, now: datetime) -> float:
        """The price of a request at which checks keep to what feeds leave of the budget."""
        kept = self._price
        if kept is not None and abs(now - kept[0]) < LEARN_EVERY:
            return kept[1]
        known = {source: habit for source, (_, habit) in list(self._kept.items())}
        watching = (
            ((now - changed_at).total_seconds(), edited, known.get(source, USUAL))
            for source, changed_at, edited in self._store.queue.watching()
        )
        limit = self._requests_per_day
        left = max(limit * OF_ARTICLES, limit - self._store.spending.of_feeds(now))
        price = price_for(watching, left) if limit else USUAL_PRICE
        self._price = (now, price)
        return price


class Stopped(Exception):
    """The poller is to stop: the job is left as it is, and done again."""


class OutOfRequests(Exception):
    """There is no request left for the job: it is put off. No trouble of the server's, so no `RowbackError`."""


@dataclass(frozen=True, slots=True)
class Context:
    """Handed to every job."""

    store: Store
    fetcher: Fetcher
    robots: Robots
    habits: Habits
    now: Callable[[], datetime]
    pause: Callable[[float], object]
    """Waits some seconds; less, and then says True, when the poller is to stop."""
    hold: Callable[[], None] = lambda: None
    """Says that the job goes on, so that nobody else is given its host."""
    daily_requests: int = 0
    """How many requests a day there may be in all; 0 for no limit."""
    archive_requests: int = 0
    """How many of them to archives; 0 for no limit but the one above."""
    archive_tokens: Mapping[str, str] = field(default_factory=dict, repr=False)
    """The tokens of other backends that may be asked, by their addresses."""
    save_keys: str = field(default="", repr=False)
    """The access and the secret key with which web.archive.org is asked to keep copies; empty where it is not to be."""
    contact: str = ""
    """Whom an archive may write to about our requests: an address of mail or of a page."""

    def paying(self, purse: str) -> Context:
        """The same, with every request, whatever it is for, counted to a purse first: one that may not be made raises
        `OutOfRequests`."""

        def count(_url: str) -> None:
            most = self.archive_requests if purse in (ARCHIVES, SAVES) else 0
            if not self.store.spending.spend(purse, self.now(), self.daily_requests, most):
                raise OutOfRequests

        fetcher = replace(self.fetcher, before_each=count)
        return replace(self, fetcher=fetcher, robots=self.robots.asked_by(partial(fetcher.get, any_type=True)))

    def before_next(self, url: str) -> None:
        """Between two requests of one job: keeps its host, and waits as long as the host asks for. Raises `Stopped`."""
        self.hold()
        if self.pause(gap(self.robots.delay_s(url), 0.0).total_seconds()):
            raise Stopped

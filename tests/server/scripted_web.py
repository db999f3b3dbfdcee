"""A web that is nothing but a function from addresses to answers, a clock that only the test moves, and a poller on both."""

from __future__ import annotations

import random
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rowback.capture.context import Context, Habits
from rowback.capture.fetch import Answer, Fetcher
from rowback.capture.poller import Poller
from rowback.capture.robots import Robots
from rowback.store.feeds import FeedKind

from .backend import Clock
from .samples import page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rowback.capture.network import Deadline
    from rowback.store import Store
    from rowback.store.feeds import Feed

# An address to what is answered there: a body, or the address that it leads on to.
Script = "Callable[[str], bytes | str]"


@dataclass(frozen=True, slots=True)
class ScriptedFetcher(Fetcher):
    """Asks no network. Every request that would have been made is in `asked`."""

    script: Callable[[str], bytes | str] = lambda _: b""
    asked: list[str] = field(default_factory=list)

    def _ask(self, url: str, more: Mapping[str, str], deadline: Deadline, any_type: bool) -> Answer:  # noqa: ARG002
        self.asked.append(url)
        found = self.script(url)
        if isinstance(found, str):
            return Answer(url, 302, {"location": found})
        if not found:
            return Answer(url, 404, {})
        return Answer(url, 200, {"content-type": "text/html; charset=utf-8"}, found)


@dataclass
class ScriptedWeb:
    """A store, what the web answers, and the clock. A story is at every address that is not in `bodies`."""

    store: Store
    limit: int
    clock: Clock = field(default_factory=Clock)
    bodies: dict[str, Callable[[], bytes | str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def answer(self, url: str) -> bytes | str:
        """What is at an address just now."""
        if url in self.bodies:
            return self.bodies[url]()
        return b"" if url.endswith("/robots.txt") else page(title=f"The story at {url}").encode()

    def poller(self, holder: str = "scripted") -> Poller:
        """A poller as a new process would have it."""
        fetcher = ScriptedFetcher(script=self.answer, asked=self.asked)
        robots = Robots(lambda url: fetcher.get(url, any_type=True), lambda: self.clock().timestamp())
        context = Context(
            self.store, fetcher, robots, Habits(self.store, self.limit), self.clock, lambda _: None,
            daily_requests=self.limit,
        )  # fmt: skip
        chance = random.Random(1).random  # noqa: S311
        return Poller(context, chance, threading.Event(), workers=1, holder=holder)

    def follow(self, url: str, names: Callable[[], Iterable[str]]) -> Feed:
        """A feed that is followed, and names whatever `names` gives at each reading."""
        self.bodies[url] = lambda: rss(names())
        return self.store.feeds.add(url, FeedKind.FEED, "", self.clock())[0]

    def work(self, poller: Poller, minutes: float, step: float = 10.0) -> None:
        """Lets time pass; every `step` minutes all that may be done is done."""
        until = self.clock() + timedelta(minutes=minutes)
        while self.clock() < until:
            poller._note()
            while poller.step() is not None:
                self.clock.advance(seconds=6)
            self.clock.advance(minutes=step)

    def hosts(self) -> Counter[str]:
        """How often each host was asked."""
        return Counter(urlsplit(url).hostname or "" for url in self.asked)


def rss(links: Iterable[str]) -> bytes:
    """A feed with these links."""
    items = "".join(f"<item><title>A story</title><link>{link}</link></item>" for link in links)
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>F</title>{items}</channel></rss>".encode()

"""Several hosts on one web server, and a poller that asks them."""

from __future__ import annotations

import threading
from collections.abc import Container
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rowback.capture.captures import from_html
from rowback.capture.context import Context, Habits
from rowback.capture.fetch import Fetcher
from rowback.capture.poller import Poller
from rowback.capture.robots import Robots
from rowback.model import Origin
from rowback.store import Store
from rowback.store.feeds import Entry, FeedKind
from rowback.store.work import Next, Outcome

from .backend import Clock
from .new_stores import new_store
from .samples import PARAGRAPHS, page
from .websites import Website, website

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from rowback.model import Article

NEVER = Next(None, Outcome.READ, "")


class _All(Container[str]):
    """Every host may be private here."""

    def __contains__(self, _: object) -> bool:
        return True


@dataclass
class Net:
    """Several hosts on one server, a store, and a poller over both."""

    site: Website
    store: Store
    clock: Clock

    def put(self, url: str, body: str = "", status: int = 200, **headers: str) -> str:
        """What one host answers; its own port is put into `url`, which is returned."""
        parts = urlsplit(url)
        path, host = f"{parts.path}?{parts.query}" if parts.query else parts.path, parts.netloc
        self.site.put(f"{host}|{path}", body, status, **headers)

        def by_host(request: BaseHTTPRequestHandler) -> None:
            named = str(request.headers["Host"]).rpartition(":")[0]
            self.site.answers.get(f"{named}|{path}", self.site.answers["404"])(request)

        self.site.answers[path] = by_host
        return self.site.url(path, host)

    def asked(self) -> list[str]:
        """Hosts and paths that were asked for, robots.txt aside."""
        return [
            f"{str(headers['Host']).partition(':')[0]}{path}"
            for path, headers in self.site.asked
            if path != "/robots.txt"
        ]

    def poll(self) -> list[tuple[Outcome, str]]:
        """Does what is due, one job after the other, each a minute later."""
        fetcher = Fetcher(_All(), self.site.resolve)  # type: ignore[arg-type]
        robots = Robots(lambda url: fetcher.get(url, any_type=True), lambda: self.clock().timestamp())
        context = Context(self.store, fetcher, robots, Habits(self.store, 0), self.clock, lambda _: None)
        poller, done = Poller(context, lambda: 0.0, threading.Event(), workers=1), []
        while (found := poller.step()) is not None:
            done.append((found.outcome, found.reason))
            self.clock.advance(minutes=1)
        return done

    def find(self, url: str) -> list[tuple[Outcome, str]]:
        """A feed names an address, which is looked at."""
        feed, _ = self.store.feeds.add("https://feeds.example/feed", FeedKind.FEED, "", self.clock())
        self.store.feeds.finish(feed.id, self.clock(), NEVER, 0)
        self.store.feeds.take_in(feed.id, [Entry(url)], self.clock())
        return self.poll()

    def captured(self, url: str, text: tuple[str, ...] = PARAGRAPHS) -> Article:
        """An article that was captured from a browser, and is due."""
        found = from_html(url, page(text), self.clock(), Origin.BROWSER)
        article = self.store.record(found, self.clock()).article
        return self.store.set_followed(article.id, self.clock())


@contextmanager
def network(folder: Path) -> Iterator[Net]:
    """The hosts, with a store in a folder."""
    with website() as site:
        site.put("404", status=404)
        store = new_store(folder / "rowback.db")
        yield Net(site, store, Clock())
        store.close()

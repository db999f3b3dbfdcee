"""A news site with hosts of its own on this machine: every address of 127.0.0.0/8 is one (on Linux)."""

from __future__ import annotations

import random
from collections import defaultdict
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.benchmark.articles import Newsroom
from tests.server.samples import page
from tests.server.websites import Website, website

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import BaseHTTPRequestHandler

PARAGRAPHS = 6
FIRST = 11  # the last part of the first host's address


def address(number: int) -> str:
    """The address of a host by its number from 0."""
    return f"127.0.{(FIRST + number) // 256}.{(FIRST + number) % 256}"


@contextmanager
def sites(count: int, first: int = 0) -> Iterator[list[Website]]:
    """So many hosts, each a web server with an address of its own."""
    with ExitStack() as stack:
        yield [stack.enter_context(website(address(first + number))) for number in range(count)]


@dataclass
class Serial:
    """A site's articles, each of which is edited now and then as it is asked for. `served` has the texts of the pages that
    were sent out whole, by address, the latest last."""

    site: Website
    host: str
    seed: int
    edited_share: float
    served: defaultdict[str, list[list[str]]] = field(default_factory=lambda: defaultdict(list))
    asked: int = 0

    def __post_init__(self) -> None:
        self._newsroom = Newsroom(self.seed)
        self._chance = random.Random(self.seed)  # noqa: S311 (edits, not secrets)

    def publish(self, number: int) -> str:
        """Puts an article on the site; its address."""
        path = f"/news/story-number-{number}-of-the-day"
        url = self.site.url(path, self.host)
        texts = [f"Article {number} of {self.host} says this first.", *self._newsroom.paragraphs(PARAGRAPHS)]

        def answer(request: BaseHTTPRequestHandler) -> None:
            if self.served[url] and self._chance.random() < self.edited_share:
                texts[:] = self._newsroom.edited(texts, 1)
            self.site.put(path, page(texts, f"Story {number} of {self.host}"))
            self.site.answers[path](request)
            self.site.answers[path] = answer
            self.asked += 1
            self.served[url].append(list(texts))

        self.site.answers[path] = answer
        return url

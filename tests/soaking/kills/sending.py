"""What is sent: captures of which no two say the same, but those that are meant to."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.server.samples import page

# Captures lie in the past, each at an instant of its own.
START = datetime(2026, 1, 10, tzinfo=UTC)
SOURCES = 7
KNOWN = 40  # addresses that later captures are chosen from: the newest
PARAGRAPHS = (
    "The harbour office said that the ferry leaves at noon as before.",
    "Bicycles go on the upper deck, and dogs travel free of charge when kept on a lead.",
)
KINDS = ("new", "changed", "past", "again", "page")
CHANCES = (20, 30, 20, 25, 5)
LAST_AGAIN = 2 / 3  # of what is said again prolongs a version; the rest is an earlier text that is back


@dataclass(frozen=True, slots=True)
class Sent:
    """A capture as it is sent. `is_page` says that it goes as HTML."""

    url: str
    seen_at: datetime
    title: str
    paragraphs: tuple[str, ...]
    is_page: bool = False

    def body(self) -> dict[str, Any]:
        """For `POST /api/v1/captures`, and as a line of an import."""
        known = {"url": self.url, "seen_at": self.seen_at.isoformat()}
        if self.is_page:
            return known | {"html": page(self.paragraphs, self.title)}
        return known | {"title": self.title, "blocks": [{"kind": "p", "text": text} for text in self.paragraphs]}


class Newsdesk:
    """Makes captures: new articles, changed ones, past ones, ones that say again what was said. Safe for threads."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 (captures, not secrets)
        self._lock = threading.Lock()
        self._made: list[Sent] = []
        self._urls: list[str] = []
        self._said: dict[str, list[Sent]] = {}
        self._makers: dict[str, Callable[[int], Sent]] = {
            "changed": lambda number: _written(self._known(), number, _at(number)),
            "past": self._past,
            "again": self._again,
            "page": lambda number: _written(self._known(), number, _at(number), is_page=True),
        }

    def next(self) -> Sent:
        """The next capture."""
        with self._lock:
            number = len(self._made) + 1
            kind = self._chance.choices(KINDS, CHANCES)[0]
            if kind == "new" or not self._urls:
                self._urls.append(f"https://paper{number % SOURCES}.example/story-{number}")
                sent = _written(self._urls[-1], number, _at(number))
            else:
                sent = self._makers[kind](number)
            self._made.append(sent)
            self._said.setdefault(sent.url, []).append(sent)
            return sent

    def made(self) -> list[Sent]:
        """All captures so far."""
        with self._lock:
            return list(self._made)

    def _known(self) -> str:
        return self._chance.choice(self._urls[-KNOWN:])

    def _past(self, number: int) -> Sent:
        """A capture between those of an article, at no other's instant: it may cut a version in two."""
        said = self._said[self._known()]
        seconds = self._chance.uniform(0, (_at(number) - said[0].seen_at).total_seconds())
        at = (said[0].seen_at + timedelta(seconds=seconds)).replace(microsecond=number % 999_999 + 1)
        return _written(said[0].url, number, at)

    def _again(self, number: int) -> Sent:
        """What was said of an article last, or once before."""
        said = self._said[self._known()]
        again = said[-1] if self._chance.random() < LAST_AGAIN else self._chance.choice(said)
        return Sent(again.url, _at(number), again.title, again.paragraphs)


def _at(number: int) -> datetime:
    return START + timedelta(seconds=number)


def _written(url: str, number: int, seen_at: datetime, *, is_page: bool = False) -> Sent:
    told = (f"The ferry carried {number} people across the bay on its first crossing of the day.", *PARAGRAPHS)
    return Sent(url, seen_at, f"The ferry carried {number} people", told, is_page)

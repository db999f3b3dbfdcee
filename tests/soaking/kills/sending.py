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
KNOWN = 300  # addresses that later captures are chosen from: the newest
PARAGRAPHS = (
    "The harbour office said that the ferry leaves at noon as before.",
    "Bicycles go on the upper deck, and dogs travel free of charge when kept on a lead.",
)
KINDS = ("new", "changed", "past", "again", "page")
CHANCES = (25, 45, 15, 10, 5)


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
        self._makers: dict[str, Callable[[int], Sent]] = {
            "changed": lambda number: _written(self._known(), number, _at(number)),
            "past": lambda number: _written(self._known(), number, self._past(number)),
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
            return sent

    def made(self) -> list[Sent]:
        """All captures so far."""
        with self._lock:
            return list(self._made)

    def _known(self) -> str:
        return self._chance.choice(self._urls[-KNOWN:])

    def _past(self, number: int) -> datetime:
        """An instant between those of earlier captures, and no other's."""
        return START + timedelta(seconds=self._chance.randrange(number), microseconds=number % 999_999 + 1)

    def _again(self, number: int) -> Sent:
        said = self._chance.choice(self._made[-KNOWN:])
        return Sent(said.url, _at(number), said.title, said.paragraphs)


def _at(number: int) -> datetime:
    return START + timedelta(seconds=number)


def _written(url: str, number: int, seen_at: datetime, *, is_page: bool = False) -> Sent:
    told = (f"The ferry carried {number} people across the bay on its first crossing of the day.", *PARAGRAPHS)
    return Sent(url, seen_at, f"The ferry carried {number} people", told, is_page)

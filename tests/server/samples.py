"""Small invented articles, as values and as pages."""

from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from rowback.model import Block, Capture, Content, Origin, Version
from rowback.store.audience import Audience

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

URL = "https://www.harbour-echo.example/news/ferry-timetable"
TITLE = "Ferry timetable changes from Monday"
PARAGRAPHS = (
    "The harbour office said on Friday that the first ferry will leave at six in the morning from Monday.",
    "About 400 commuters cross the bay every day, and many of them have asked for an earlier boat.",
    "The last crossing of the evening stays where it is, the office said in a short notice.",
)
AUDIENCES = (Audience.TRUSTED, Audience.STRANGERS, Audience(2))  # the owner, strangers, another reader
START = datetime(2026, 1, 10, 8, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    """An instant so many minutes after `START`."""
    return START + timedelta(minutes=minutes)


def content(title: str, paragraphs: Iterable[str]) -> Content:
    """A title and paragraphs."""
    return Content(title, tuple(Block("p", text) for text in paragraphs))


def capture(
    paragraphs: Iterable[str] = PARAGRAPHS, *, minutes: float = 0, url: str = URL, title: str = TITLE
) -> Capture:
    """A capture of paragraphs."""
    return Capture(url, content(title, paragraphs), at(minutes), Origin.API)


def versions(contents: Sequence[Content]) -> list[Version]:
    """One version an hour."""
    return [Version(n, at(60 * n), at(60 * n + 30), Origin.API, each) for n, each in enumerate(contents)]


def changed(old: str, new: str) -> tuple[str, ...]:
    """The sample paragraphs with one wording replaced."""
    told = tuple(text.replace(old, new) for text in PARAGRAPHS)
    assert told != PARAGRAPHS, f"{old!r} is in none of the sample paragraphs"
    return told


def page(paragraphs: Iterable[str] = PARAGRAPHS, title: str = TITLE, head: str = "") -> str:
    """The sample article as a publisher's page; texts are escaped, `head` is not."""
    body = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
    named = html.escape(title)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{named} | Harbour Echo</title>{head}</head>'
        f"<body><nav><a href='/'>Home</a></nav><main><article><h1>{named}</h1>{body}</article></main></body></html>"
    )

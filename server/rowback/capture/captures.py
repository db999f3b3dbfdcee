"""The door for captures: whatever the source, HTML or blocks become a checked `Capture` here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import regex

from rowback.errors import BadInput, NotAnArticle, TooLarge
from rowback.model import BLOCK_KINDS, Block, Capture, Content, Doubt, Reason
from rowback.text.extract import MAX_BLOCKS, extract
from rowback.text.normalize import comparable, storable
from rowback.text.urls import identify

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_TEXT_CHARACTERS = 4_000_000  # of all blocks together: some six hundred thousand words
MAX_CLOCK_SKEW = timedelta(minutes=5)  # how far `seen_at` may lie in the future: another machine's clock
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the first news page
_ORIGIN = regex.compile(r"[a-z][a-z0-9_-]{0,31}")


def from_html(
    url: str,
    html: str | bytes,
    seen_at: datetime,
    origin: str,
    canonical_url: str | None = None,
) -> Capture:
    """A capture from a page. Raises `BadURL`, `TooLarge`, `BadInput`.

    A page that is no article (a consent wall, an error page) gives a capture with a `doubt`: `Store.record` keeps it as a
    failed one and raises `NotAnArticle`.
    """
    identify(url)
    try:
        found = extract(html, url)
    except NotAnArticle as error:
        nothing, doubt = Content("", ()), Doubt(Reason(error.reason), str(error))
        return Capture(url, nothing, _checked_instant(seen_at), _checked_origin(origin), canonical_url, doubt=doubt)
    return Capture(
        url=url,
        content=found.content,
        seen_at=_checked_instant(seen_at),
        origin=_checked_origin(origin),
        canonical_url=canonical_url or found.canonical_url,
        published_at=found.published_at,
        is_page=True,
        is_free=found.is_free,
        is_front=found.is_front,
    )


def from_blocks(
    url: str,
    title: str,
    blocks: Iterable[tuple[str, str]],
    seen_at: datetime,
    origin: str,
    canonical_url: str | None = None,
) -> Capture:
    """A capture from text that is apart already: (kind, text) pairs. Empty blocks are left out.

    Raises `BadURL`, `TooLarge`, `BadInput` for a kind that is none of `BLOCK_KINDS`, `NotAnArticle` when no text is left.
    """
    identify(url)
    kept = tuple(_block(kind, text) for kind, text in blocks if comparable(storable(text)))
    if not kept:
        raise NotAnArticle("The capture has no text: at least one block must not be empty.")
    if len(kept) > MAX_BLOCKS or sum(len(block.text) for block in kept) + len(title) > MAX_TEXT_CHARACTERS:
        raise TooLarge(f"An article may have {MAX_BLOCKS} blocks and {MAX_TEXT_CHARACTERS} characters.")
    return Capture(
        url=url,
        content=Content(storable(title).strip(), kept),
        seen_at=_checked_instant(seen_at),
        origin=_checked_origin(origin),
        canonical_url=canonical_url,
    )


def instant(text: str) -> datetime:
    """An RFC 3339 instant (any offset) as an aware UTC datetime. Raises `BadInput`."""
    try:
        found = datetime.fromisoformat(text.upper())  # "t" and "z" are as good
        if found.tzinfo is None:
            raise BadInput(f"{text!r} lacks its offset from UTC: write 2026-01-31T09:30:00Z.")
        return found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadInput(f"{text[:40]!r} is no instant: write 2026-01-31T09:30:00Z.") from error


def check_not_future(seen_at: datetime, now: datetime) -> None:
    """Raises `BadInput` for an instant that has not come yet."""
    if seen_at > now + MAX_CLOCK_SKEW:
        raise BadInput("`seen_at` lies in the future.")


def _block(kind: str, text: str) -> Block:
    if kind not in BLOCK_KINDS:
        raise BadInput(f"{kind[:40]!r} is no kind of block. The kinds are: {', '.join(BLOCK_KINDS)}.")
    return Block(kind, storable(text))


def _checked_instant(seen_at: datetime) -> datetime:
    if seen_at < EARLIEST:
        raise BadInput(f"`seen_at` lies before {EARLIEST.year}.")
    return seen_at


def _checked_origin(origin: str) -> str:
    if not _ORIGIN.fullmatch(origin):
        raise BadInput("`origin` is a short lower-case word, such as browser, poll or import.")
    return origin

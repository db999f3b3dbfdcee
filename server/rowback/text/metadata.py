"""What a page says of itself in linked data (JSON-LD), Open Graph, `<meta>` and `<time>`. Subject, not yet believed."""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

import regex
from lxml import etree

from rowback.text.normalize import storable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

MAX_LINKED_DATA = 1_000_000  # characters of one script; an article's is a few thousand, a long body repeated in it more
MAX_LINKED_ITEMS = 1_000
MAX_NAMES = 50  # titles, descriptions, and values of one name in linked data; each is compared with much of the page
MAX_DATES = 500
EARLIEST_YEAR = 1990  # before the first news page: 0001-01-01 and 1970-01-01 say "not known"
_ARTICLE_TYPES = regex.compile(r"(?:Article|Posting|Report|Review)$")
_LIVE_TYPES = regex.compile(r"LiveBlogPosting$")
_PAGE_TYPES = regex.compile(r"(?:WebPage|CreativeWork)$")
_PUBLISHED = (
    "//meta[@property='article:published_time' or @property='og:article:published_time']/@content",
    "//meta[@itemprop='datePublished' or @name='article:published_time' or @name='parsely-pub-date']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
    "//*[@itemprop='datePublished']/@datetime",
    "//article//header//time/@datetime",
    "//article//time/@datetime",
)
_TITLES = (
    "//meta[@property='og:title']/@content",
    "//meta[@name='twitter:title' or @property='twitter:title']/@content",
    "//title/text()",
)
_DESCRIPTIONS = (
    "//meta[@property='og:description']/@content",
    "//meta[@name='description' or @name='Description']/@content",
)
# Offsets as `+0000`, and a space for the T: not RFC 3339, but written everywhere.
_LOOSE = regex.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(?P<zone>Z|[+-]\d\d:?\d\d)?)?"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """`titles` and `descriptions` are what the page calls itself, the likeliest first; `is_free` is False where the page
    says that its text is for subscribers; `is_article` is True where it says that it is an article; `base` is what its links
    start from, where it says so; `is_live` is True for a live blog."""

    canonical_url: str | None
    published_at: datetime | None
    lang: str | None
    titles: tuple[str, ...]
    descriptions: tuple[str, ...]
    is_free: bool
    is_article: bool
    base: str
    is_live: bool = False


def read_metadata(tree: HtmlElement) -> Metadata:
    """The metadata of a page's whole tree."""
    items = list(_linked_items(tree))
    headlines = [text for item in items for text in _texts(item.get("headline"))]
    about = [text for item in items for text in _texts(item.get("description"))]
    dates = [text for item in items for text in _texts(item.get("datePublished"))]
    dates += [text for path in _PUBLISHED for text in _all(tree, path)]
    return Metadata(
        canonical_url=_canonical(tree),
        published_at=_earliest_precise(dates[:MAX_DATES]),
        lang=next(iter(_all(tree, "/html/@lang")), None),
        titles=_cleaned([text for path in _TITLES for text in _all(tree, path)] + headlines),
        descriptions=_cleaned([text for path in _DESCRIPTIONS for text in _all(tree, path)] + about),
        is_article=bool(_all(tree, "//meta[@property='og:type' and @content='article']/@content"))
        or any(_is_of(item, _ARTICLE_TYPES) for item in items),
        is_free=not any(str(item.get("isAccessibleForFree")).lower() == "false" for item in items),
        base=next(iter(_all(tree, "//base/@href")), ""),
        is_live=any(_is_of(item, _LIVE_TYPES) for item in items),
    )


def _canonical(tree: HtmlElement) -> str | None:
    """The canonical address that a page names. Words of `rel` have no case (HTML, section 4.6.7)."""
    rel = "translate(normalize-space(@rel), 'ACILNO', 'acilno')"
    return next(iter(_all(tree, f"//link[contains(concat(' ', {rel}, ' '), ' canonical ')]/@href")), None)


def _linked_items(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """The articles in the page's linked data, whether alone, in a list or in a graph."""
    for script in tree.iter("script"):
        text = (script.text or "").strip().removesuffix(";")
        if not text or len(text) > MAX_LINKED_DATA:
            continue
        try:
            waiting: deque[Any] = deque([json.loads(text, strict=False)])
        except (ValueError, RecursionError):
            continue
        for _ in range(MAX_LINKED_ITEMS):
            if not waiting:
                break
            item = waiting.popleft()
            if isinstance(item, list):
                waiting.extend(item)
            elif isinstance(item, dict):
                waiting.extend(item[name] for name in ("@graph", "mainEntity") if name in item)
                if _is_of(item, _ARTICLE_TYPES) or _is_of(item, _PAGE_TYPES):
                    yield item


def _is_of(item: dict[str, Any], types: regex.Pattern[str]) -> bool:
    return any(types.search(kind) for kind in _texts(item.get("@type")))


def _texts(found: object) -> list[str]:
    texts = found[:MAX_NAMES] if isinstance(found, list) else [found]
    return [text for text in texts if isinstance(text, str) and text.strip()]


def _all(tree: HtmlElement, path: str) -> list[str]:
    found = _compiled(path)(tree)
    return [told for text in found if (told := str(text).strip())] if isinstance(found, list) else []


@cache  # of the paths above, no others
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path, smart_strings=False)


def _cleaned(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(storable(text).split()) for text in texts[:MAX_NAMES]))


def _earliest_precise(dates: list[str]) -> datetime | None:
    """The first that has a time of day and a zone; else the first with a time (as UTC); else the first day."""
    found = [(_precision(text), instant) for text in dates if (instant := _instant(text)) is not None]
    return max(found, key=lambda pair: pair[0], default=(0, None))[1]


def _precision(text: str) -> int:
    match = _LOOSE.match(text.strip())
    return 0 if match is None else 1 + bool(match["time"]) + bool(match["zone"])


def _instant(text: str) -> datetime | None:
    match = _LOOSE.match(text.strip())
    if match is None:
        return None
    zone = (match["zone"] or "Z").replace("Z", "+00:00")
    try:
        found = datetime.fromisoformat(f"{match['day']}T{match['time'] or '00:00'}{zone}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found if found.year >= EARLIEST_YEAR else None

"""Reads documents that name articles: RSS, Atom, JSON Feed, sitemaps, front pages. Bytes in, `Named` out; no I/O.

Which of them a document is, its root element tells once it is decoded, not its name, its media type or its first bytes. The
documents are hostile: no entity is expanded, nothing they name is loaded, and only so many entries are taken.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rowback.capture.decoding import unpacked
from rowback.capture.feed_dates import instant
from rowback.capture.front_links import in_front
from rowback.capture.markup_documents import UNREADABLE, text_of, tree_of
from rowback.capture.sitemaps import Item, in_lines, in_sitemap
from rowback.capture.syndicated import in_feed, in_json
from rowback.errors import BadInput, BadURL, FetchFailed
from rowback.store.brought import MAX_SHOWN, NOTHING, Brought, shown
from rowback.store.feeds import Entry, FeedKind
from rowback.text.links import joined, same_site
from rowback.text.other_headlines import cleaned
from rowback.text.plain import line
from rowback.text.received import is_xml
from rowback.text.roots import FEEDS, SITEMAPS, is_other_xml, root_of
from rowback.text.urls import identify

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rowback.text.roots import Root

MAX_ENTRIES = 1_000  # of one document; a news sitemap may have as many
MAX_NESTED = 200  # sitemaps that an index may name; only the latest few of them are read
GZIP = b"\x1f\x8b"  # how it begins
MAX_DOCUMENT_BYTES = 16 * 1024 * 1024  # unpacked
_UNDATED = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Named:
    """What a document names: articles, further sitemaps (latest first), and for a page the feeds it points to; and what was
    left out of it."""

    kind: FeedKind
    title: str = ""
    entries: tuple[Entry, ...] = ()
    nested: tuple[str, ...] = ()
    feeds: tuple[str, ...] = field(default=())
    brought: Brought = field(default=NOTHING)


def read(body: bytes, url: str, content_type: str = "") -> Named:
    """What a document names, whichever of the kinds it is. Raises `BadInput` for none of them, `TooLarge`."""
    if body.startswith(GZIP):
        try:
            body = unpacked([body], "gzip", MAX_DOCUMENT_BYTES)
        except FetchFailed as error:
            raise BadInput(f"{url[:200]} is packed, and broken.") from error
    text = text_of(body, content_type)
    if text.lstrip().startswith("{"):
        return _named(FeedKind.FEED, url, *in_json(text, MAX_ENTRIES))
    text, root = _beginning(text)
    if root.name in FEEDS:
        return _named(FeedKind.FEED, url, *in_feed(tree_of(text, root, url), MAX_ENTRIES))
    if root.name in SITEMAPS:
        return _sitemap(*in_sitemap(tree_of(text, root, url)), url)
    if lines := in_lines(text):
        return _sitemap(lines, [], url)
    if is_other_xml(text, is_xml=is_xml(content_type)):
        raise BadInput(f"{url[:200]} is XML, and neither a feed nor a sitemap.")
    if "<" in text:
        return _front(text, url)
    raise BadInput(f"{url[:200]} is no feed, no sitemap and no web page.")


def fits(url: str, include: Iterable[str], exclude: Iterable[str]) -> bool:
    """Whether an address has a pattern of `include` in it (if there are any) and none of `exclude`.

    Patterns are plain text; `*` stands for any text: `/news/`, `/sport/*/live`.
    """
    include = list(include)
    return (not include or any(_has(url, pattern) for pattern in include)) and not any(
        _has(url, pattern) for pattern in exclude
    )


def _has(url: str, pattern: str) -> bool:
    place = 0
    for part in pattern.lower().split("*"):
        found = url.lower().find(part, place)
        if found < 0:
            return False
        place = found + len(part)
    return True


def _beginning(text: str) -> tuple[str, Root]:
    """A document from its beginning on, and its root element. Words of a server's before a feed or sitemap are no part of
    it."""
    root = root_of(text)
    start = text.find("<")
    if root.name or start < 1:
        return text, root
    later = root_of(text[start:])
    return (text[start:], later) if later.name in FEEDS | SITEMAPS else (text, root)


def _named(kind: FeedKind, url: str, title: str, told: list[Item], is_more: bool) -> Named:
    entries, brought = _entries(told, url)
    return Named(kind, line(title), entries, brought=brought + Brought(too_many=int(is_more)))


def _sitemap(articles: list[Item], further: list[Item], url: str) -> Named:
    articles, further = _latest_first(articles), _latest_first(further)
    entries, brought = _entries(articles[:MAX_ENTRIES], url)
    nested = [found for each in further[:MAX_NESTED] if (found := _address(each, url))]
    own = tuple(each for each in nested if same_site(each, url))
    brought += Brought(too_many=len(articles[MAX_ENTRIES:]), elsewhere=len(nested) - len(own))
    return Named(FeedKind.SITEMAP, entries=entries, nested=own, brought=brought)


def _front(text: str, url: str) -> Named:
    found = in_front(text, url)
    told = [Item((link,), (), text, link in found.headlines) for link, text in found.articles.items()]
    entries, brought = _entries(told[:MAX_ENTRIES], url)
    brought += Brought(
        too_many=len(told[MAX_ENTRIES:]),
        unlike=found.unlike,
        elsewhere=found.elsewhere,
        try_feeds=() if entries else shown((*found.feeds, *found.linked_feeds)),
    )
    return Named(FeedKind.FRONT, line(found.title), entries, feeds=found.feeds, brought=brought)


def _latest_first(told: list[Item]) -> list[Item]:
    return sorted(told, key=lambda each: _latest(each) or _UNDATED, reverse=True)


def _latest(told: Item) -> datetime | None:
    return max(filter(None, map(instant, told.dates)), default=None)


def _entries(told: Iterable[Item], base: str) -> tuple[tuple[Entry, ...], Brought]:
    """Each address once, in the order of the document; what has no address is left out, and counted."""
    entries, titles, no_address, undated = dict[str, Entry](), list[str](), 0, 0
    for each in told:
        link = _address(each, base)
        if not link:
            no_address += 1
            continue
        entry = Entry(link, _latest(each), cleaned(each.title) if each.is_headline else "")
        if entries.setdefault(identify(link).key, entry) is entry:
            titles.append(each.title or link)
            undated += entry.updated_at is None and any(map(str, each.dates))
    brought = Brought(named=len(entries), no_address=no_address, undated=undated, first=shown(titles[:MAX_SHOWN]))
    return tuple(entries.values()), brought


def _address(told: Item, base: str) -> str:
    """Where an article is: the first of what is told that can be an address; empty for none."""
    for link in told.links:
        # Written out twice by some: no address has these letters.
        full = joined(base, link.replace("&amp;", "&"))
        try:
            if link.strip() and full and UNREADABLE not in full:
                identify(full)
                return full
        except (BadURL, ValueError):
            continue
    return ""

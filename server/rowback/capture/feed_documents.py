"""Reads documents that name articles: RSS, Atom, JSON Feed, sitemaps, front pages. Bytes in, `Named` out; no I/O.

The documents are hostile: no entity is expanded, nothing they name is loaded, and only so many entries are taken.
"""

from __future__ import annotations

import calendar
import io
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

import feedparser
from lxml import etree

from rowback.capture.decoding import unpacked
from rowback.errors import BadInput, BadURL, FetchFailed, NotAnArticle, TooLarge
from rowback.store.feeds import Entry, FeedKind
from rowback.text import page, received
from rowback.text.encoding import decoded
from rowback.text.links import MIN_HEADLINE_WORDS, joined, looks_like_article, same_site
from rowback.text.pieces import length_in_words
from rowback.text.plain import line
from rowback.text.urls import identify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_ENTRIES = 1_000  # of one document; a news sitemap may have as many
MAX_NESTED = 200  # sitemaps that an index may name; only the latest few of them are read
GZIP = b"\x1f\x8b"  # how it begins
MAX_DOCUMENT_BYTES = 16 * 1024 * 1024  # unpacked
MAX_SITEMAP_URLS = 50_000  # the protocol's own limit
MAX_LINKS = 5_000  # of a front page that are looked at; the most on a real one measured are 1,000
MAX_LINK_TEXTS = 100  # texts in one link: enough to tell a headline
MAX_TAGS = 100_000  # of a feed that are read; one with a thousand full articles has a fifth of them
MAX_ATTRIBUTES = 200  # of an element of a feed: feedparser looks each of them up among all
_TAG = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<", re.DOTALL)
# Well-formed: the others are read in another way, which takes them one by one.
_CROWDED_TAG = re.compile(rb"<(?:[^<>\"']*+(?:\"[^\"<]*+\"|'[^'<]*+')){%d}" % (MAX_ATTRIBUTES + 1))
_SITEMAP = "{*}"
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")


@dataclass(frozen=True, slots=True)
class Named:
    """What a document names: articles, further sitemaps (latest first), and for a page the feeds it points to."""

    kind: FeedKind
    title: str = ""
    entries: tuple[Entry, ...] = ()
    nested: tuple[str, ...] = ()
    feeds: tuple[str, ...] = field(default=())


def read(body: bytes, url: str, content_type: str = "") -> Named:
    """What a document names, whichever of the kinds it is. Raises `BadInput` for none of them, `TooLarge`."""
    if body.startswith(GZIP):
        try:
            body = unpacked([body], "gzip", MAX_DOCUMENT_BYTES)
        except FetchFailed as error:
            raise BadInput(f"{url[:200]} is packed, and broken.") from error
    start = body[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"{"):
        return _json_feed(body, url)
    if b"<urlset" in start or b"<sitemapindex" in start:
        return _sitemap(body, url)
    if b"<rss" in start or b"<feed" in start or b"<rdf:rdf" in start:
        return _xml_feed(body, url, content_type)
    if b"<" in start:
        return _front(body, url)
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


def _xml_feed(body: bytes, url: str, content_type: str) -> Named:
    try:
        # A stream, never the bytes: feedparser would take bytes that look like an address for one, and go there.
        found: Any = feedparser.parse(
            io.BytesIO(_readable(body, content_type)),
            response_headers={"content-location": url, "content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except NotAnArticle as error:
        raise BadInput(f"{url[:200]} is no feed.") from error
    except (ValueError, LookupError) as error:  # an encoding with a name that no codec can have
        raise BadInput(f"{url[:200]} is broken XML.") from error
    entries = (
        (str(item.get("link") or ""), _struct(dict.get(item, "updated_parsed") or dict.get(item, "published_parsed")))
        for item in found.entries[:MAX_ENTRIES]
    )
    return Named(FeedKind.FEED, _title(found.feed.get("title")), tuple(_entries(entries, url)))


def _readable(body: bytes, content_type: str) -> bytes:
    """A feed in UTF-8, as far as it is read. Raises `TooLarge`."""
    codec = received.charset(content_type)
    source = (body.decode(codec, "replace") if codec else decoded(body)).encode("utf-8", "ignore")
    if _CROWDED_TAG.search(source):
        raise TooLarge(f"The feed has an element with more than {MAX_ATTRIBUTES} attributes.")
    tags = (match.start() for match in _TAG.finditer(source) if len(match.group()) == 1)
    return source[: next(islice(tags, MAX_TAGS, None), None)]


def _json_feed(body: bytes, url: str) -> Named:
    """JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{url[:200]} is broken JSON.") from error
    items = found.get("items")
    if "jsonfeed.org" not in str(found.get("version")) or not isinstance(items, list):
        raise BadInput(f"{url[:200]} is JSON, but no JSON Feed.")
    entries = (
        (str(item.get("url") or ""), _rfc3339(item.get("date_modified") or item.get("date_published")))
        for item in items[:MAX_ENTRIES]
        if isinstance(item, dict)
    )
    return Named(FeedKind.FEED, _title(found.get("title")), tuple(_entries(entries, url)))


def _sitemap(body: bytes, url: str) -> Named:
    """https://www.sitemaps.org/protocol.html, and the news extension's publication dates."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadInput(f"{url[:200]} is broken XML.") from error
    if root is None:
        raise BadInput(f"{url[:200]} is broken XML.")
    dated = [
        (_text(node, "loc"), _rfc3339(_text(node, "lastmod") or _text(node, "publication_date")))
        for node in islice(root.iterchildren(f"{_SITEMAP}url", f"{_SITEMAP}sitemap"), MAX_SITEMAP_URLS)
    ]
    dated.sort(key=lambda pair: pair[1] or datetime.min.replace(tzinfo=UTC), reverse=True)
    if str(root.tag).endswith("sitemapindex"):
        nested = [joined(url, loc) for loc, _ in dated[:MAX_NESTED] if loc]
        return Named(FeedKind.SITEMAP, nested=tuple(each for each in nested if same_site(each, url)))
    return Named(FeedKind.SITEMAP, entries=tuple(_entries(dated[:MAX_ENTRIES], url)))


def _text(node: etree._Element, name: str) -> str:
    found = node.find(f".//{_SITEMAP}{name}")
    return (found.text or "").strip() if found is not None else ""


def _front(body: bytes, url: str) -> Named:
    """The links of a page that look like an article's, and the feeds that its head points to."""
    try:
        tree = page.read(body)
    except NotAnArticle as error:
        raise BadInput(f"{url[:200]} is no web page.") from error
    based = tree.find(".//base")
    base = (joined(url, str(based.get("href") or "")) if based is not None else "") or url
    feeds = [
        joined(base, str(link.get("href")))
        for link in tree.iter("link")
        if "alternate" in str(link.get("rel", "")).lower().split()
        and str(link.get("type", "")).lower().split(";")[0].strip() in _FEED_TYPES
        and link.get("href")
    ]
    links = (
        (joined(base, str(link.get("href"))).partition("#")[0], None)
        for link in islice(tree.iter("a"), MAX_LINKS)
        if link.get("href") and length_in_words("".join(islice(link.itertext(), MAX_LINK_TEXTS))) >= MIN_HEADLINE_WORDS
    )
    kept = tuple(dict.fromkeys(filter(None, feeds)))
    named = (pair for pair in links if looks_like_article(pair[0], url))
    title = _title(tree.findtext(".//title"))
    return Named(FeedKind.FRONT, title, tuple(islice(_entries(named, url), MAX_ENTRIES)), feeds=kept)


def _entries(pairs: Iterable[tuple[str, datetime | None]], base: str) -> Iterator[Entry]:
    """Each address once, in the order of the document; what is no address is left out."""
    seen = set()
    for link, updated_at in pairs:
        try:
            full = joined(base, link)
            key = identify(full).key
        except (BadURL, ValueError):
            continue
        if link and key not in seen:
            seen.add(key)
            yield Entry(full, updated_at)


def _struct(parsed: Any) -> datetime | None:
    """feedparser's dates: UTC, as a `struct_time`."""
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _rfc3339(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _title(found: object) -> str:
    return line(str(found or ""))

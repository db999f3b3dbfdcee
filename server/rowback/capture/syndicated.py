"""Feeds: RSS (0.9 to 2.0), Atom (0.3, RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).

What a feed says of an article is gathered by the names of elements, whatever their prefixes: where it may be and when it was
published. Which of that is believed is decided elsewhere.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

import regex
from lxml import etree

from rowback.capture.markup_documents import children, name_of, words
from rowback.capture.sitemaps import Item
from rowback.errors import BadInput
from rowback.text.links import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATES = ("updated", "modified", "pubdate", "published", "issued", "date", "created")
_HOLDERS = {"channel", "rss", "rdf", "feed", "item", "entry"}  # the last two where one was not ended
_PAGES = ("text/html", "application/xhtml+xml", "")
_IN_FULL = regex.compile(r"https?://", regex.IGNORECASE)


def in_feed(root: etree._Element, most: int) -> tuple[str, list[Item], bool]:
    """The title of a feed, its articles in order, and whether there are more than `most`."""
    found = (each for each in root.iter(tag=etree.Element) if name_of(each) in ("item", "entry") and _is_held(each))
    items = list(islice(found, most + 1))
    return _title(root), [_told(each) for each in items[:most]], len(items) > most


def in_json(text: str, most: int) -> tuple[str, list[Item], bool]:
    """The same of a JSON Feed. Raises `BadInput`."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput("This is broken JSON.") from error
    items = found.get("items")
    if "jsonfeed.org" not in str(found.get("version")) or not isinstance(items, list):
        raise BadInput("This is JSON, but no JSON Feed.")
    kept = [_told_in_json(item) for item in items[:most] if isinstance(item, dict)]
    return str(found.get("title") or ""), kept, len(items) > most


def _is_held(item: etree._Element) -> bool:
    parent = item.getparent()
    return parent is not None and name_of(parent) in _HOLDERS


def _title(root: etree._Element) -> str:
    for holder in (root, *children(root, "channel")):
        for title in children(holder, "title"):
            return "".join(map(str, title.itertext()))
    return ""


def _told(item: etree._Element) -> Item:
    dates = [words(each) for each in children(item, *_DATES)]
    title = next((str(each.xpath("string()")) for each in children(item, "title")), "")
    return Item(tuple(_links(item)), tuple(filter(None, dates)), title)


def _links(item: etree._Element) -> Iterator[str]:
    """Where an article may be: its link, its lasting address, what another service kept of its link, its name."""
    linked = list(children(item, "link"))
    yield from (_based(each, words(each)) for each in linked if words(each) and not each.get("href"))
    alternates = [each for each in linked if each.get("href") and _rel(each) in ("", "alternate")]
    alternates.sort(key=lambda each: (each.get("type") or "").partition(";")[0].strip().lower() not in _PAGES)
    yield from (_based(each, str(each.get("href"))) for each in alternates)
    for each in children(item, "guid", "id"):
        lasts = (_attribute(each, "ispermalink") or "true").strip().lower() != "false"
        if lasts and _IN_FULL.match(words(each)):
            yield words(each)
    yield from filter(None, (words(each) for each in children(item, "origlink")))
    yield from filter(_IN_FULL.match, [_attribute(item, "about") or ""])


def _based(node: etree._Element, link: str) -> str:
    """A link in full where `xml:base` says what it is relative to."""
    return joined(str(node.base), link) if node.xpath("boolean(ancestor-or-self::*/@xml:base)") else link


def _rel(link: etree._Element) -> str:
    return (link.get("rel") or "").strip().lower().rpartition("/")[2]


def _attribute(node: etree._Element, name: str) -> str | None:
    found = (str(value) for key, value in node.attrib.items() if str(key).rpartition("}")[2].lower() == name)
    return next(found, None)


def _told_in_json(item: dict[str, Any]) -> Item:
    named = [item.get("url"), item.get("external_url")]
    links = [each for each in named if isinstance(each, str) and each.strip()]
    id_ = item.get("id")
    links += [id_] if isinstance(id_, str) and _IN_FULL.match(id_.strip()) else []
    dates = [each for each in (item.get("date_modified"), item.get("date_published")) if each is not None]
    title = item.get("title")
    return Item(tuple(links), tuple(dates), title if isinstance(title, str) else "")

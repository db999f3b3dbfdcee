"""Sitemaps, https://www.sitemaps.org/protocol.html: XML with its extensions under any prefix, or one address a line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import regex

from rowback.capture.markup_documents import children, name_of, space_of, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

MAX_SITEMAP_URLS = 50_000  # the protocol's own limit
_ADDRESS = regex.compile(r"https?://[^\s<>]++", regex.IGNORECASE)
_DATES = ("lastmod", "publication_date")


@dataclass(frozen=True, slots=True)
class Item:
    """What a document tells of one article: where it may be, what is likeliest first; when it was updated and published; its
    title, which is its headline where `is_headline` is not false."""

    links: tuple[str, ...]
    dates: tuple[object, ...] = ()
    title: str = ""
    is_headline: bool = True


def in_sitemap(root: etree._Element) -> tuple[list[Item], list[Item]]:
    """The articles and the further sitemaps that a sitemap names, also those in a sitemap inside it."""
    articles, further = list[Item](), list[Item]()
    for node in islice((each for each in root.iter() if name_of(each) in ("url", "sitemap")), MAX_SITEMAP_URLS):
        told = Item(tuple(_locations(node)), tuple(_dates(node)), _title(node))
        (further if name_of(node) == "sitemap" else articles).append(told)
    return articles, further


def in_lines(text: str) -> list[Item]:
    """The addresses of a sitemap that is text; empty where it is none."""
    lines = [line.strip() for line in text.splitlines()]
    named = [line for line in lines if line and not line.startswith("#")]
    if not named or not _ADDRESS.fullmatch(named[0]):
        return []
    told = [Item((line,) if _ADDRESS.fullmatch(line) else ()) for line in named[:MAX_SITEMAP_URLS]]
    return told if 2 * sum(bool(each.links) for each in told) >= len(told) else []


def _locations(node: etree._Element) -> Iterator[str]:
    """What an entry is at: the `loc` of its own kind. Those of pictures and films have other names or lie deeper."""
    found = list(children(node, "loc"))
    own = [each for each in found if space_of(each) == space_of(node)]
    return (words(each) for each in own or [each for each in found if not space_of(each)])


def _title(node: etree._Element) -> str:
    return next((words(title) for news in children(node, "news") for title in children(news, "title")), "")


def _dates(node: etree._Element) -> Iterator[str]:
    yield from (words(each) for each in children(node, *_DATES))
    for news in children(
        node, "news"
    ):  # https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
        yield from (words(each) for each in children(news, *_DATES))

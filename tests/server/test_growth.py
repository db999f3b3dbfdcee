"""However large or hostile what a page, a feed or a site says is, the work to read it grows with its size, or it is refused.

Growth is compared between two sizes; nothing is timed against a clock on the wall. The patterns alone are tried in
`test_growth_patterns.py`.
"""

from __future__ import annotations

from contextlib import suppress

import pytest
from protego import Protego

from rowback.capture import feed_documents, robots
from rowback.errors import RowbackError
from rowback.text import query
from rowback.text.encoding import decoded
from rowback.text.extract import extract
from rowback.text.links import joined, looks_like_article
from rowback.text.normalize import comparable
from rowback.text.spacing import spaced
from rowback.text.urls import identify

from .growing import MOST, growth
from .hostile_documents import ADDRESSES, CHARSETS, FEEDS, ROBOTS, SEARCHES
from .hostile_pages import PAGES

URL = "https://echo.example/ferry"
PIECES = (200, 800, 3_200, 12_800)
CHARACTERS = (4_000, 16_000, 64_000)
# libxml2 compares each text of `//p//text()`, which trafilatura asks for, with those before it: up to `MAX_PIECES`, beyond
# which a page is refused.
UP_TO_A_STEP = frozenset(
    {"breaks", "spans of a paragraph", "bold words of a paragraph", "links of a paragraph"},
)


@pytest.mark.parametrize("name", PAGES)
def test_reading_a_page(name: str) -> None:
    assert growth(PAGES[name], _extracted, PIECES, has_steps=name in UP_TO_A_STEP) <= MOST


def _extracted(html: str) -> None:
    with suppress(RowbackError):
        extract(html, URL)


@pytest.mark.parametrize("name", FEEDS)
def test_reading_a_feed(name: str) -> None:
    assert growth(FEEDS[name], _read, PIECES) <= MOST


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith("a front page")])
def test_reading_a_front_page(name: str) -> None:
    assert growth(lambda size: PAGES[name](size).encode(), _read, PIECES) <= MOST


def _read(body: bytes) -> None:
    with suppress(RowbackError):
        feed_documents.read(body, URL)


@pytest.mark.parametrize("name", ROBOTS)
def test_reading_a_robots_txt(name: str) -> None:
    assert growth(ROBOTS[name], _asked, PIECES) <= MOST


def _asked(text: str) -> None:
    Protego.parse(robots.for_us(text)).can_fetch(URL + "a" * 1_000, robots.NAME)


@pytest.mark.parametrize("name", ADDRESSES)
def test_reading_an_address(name: str) -> None:
    assert growth(ADDRESSES[name], _identified, CHARACTERS) <= MOST


def _identified(url: str) -> None:
    joined(URL, url)
    looks_like_article(url, URL)
    with suppress(RowbackError):
        identify(url)
    identify.cache_clear()


@pytest.mark.parametrize("name", SEARCHES)
def test_reading_a_search(name: str) -> None:
    assert growth(SEARCHES[name], _searched, CHARACTERS) <= MOST


def _searched(text: str) -> None:
    with suppress(RowbackError):
        query.parse(text)


@pytest.mark.parametrize(
    "text", ["e", "\u0301\u0323", "e\u0301\u0323", "漢\u0301\u0323", "\ufdfa", "ｱ\uff9e", "\u1100\u1161", "Å\u0323"]
)
@pytest.mark.parametrize("work", [comparable, spaced])
def test_folding_a_text(work: object, text: str) -> None:
    assert callable(work)
    assert growth(lambda size: "漢" + text * size, work, CHARACTERS) <= MOST


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("text", [b"a", b"a-", b"+ADw-", b"\\u0041", b"\xe9"])
def test_decoding_a_page(charset: str, text: bytes) -> None:
    told = f"<meta charset={charset}>".encode()
    assert growth(lambda size: told + text * size + b"\xe9", decoded, CHARACTERS) <= MOST

"""Whether a page is the front of a site or a section, and no article: many headlines that are links, little else. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rowback.capture.feeds import looks_like_article
from rowback.errors import NotAnArticle
from rowback.model import Reason
from rowback.store.feeds import FeedKind
from rowback.text.extract import extract
from rowback.text.metadata import read_metadata
from rowback.text.normalize import count_words
from rowback.text.page import parse

if TYPE_CHECKING:
    from rowback.capture.feeds import Named

MIN_LINKS = 5  # to articles; a page with fewer is hardly worth following
WORDS_PER_LINK = 40  # a teaser has fewer, and an article many more for each further one it links to


def is_front(named: Named, html: str | bytes, url: str) -> bool:
    """`named` is what the page links to. Raises `TooLarge`, and `NotAnArticle` for what is no HTML."""
    if named.kind is not FeedKind.FRONT:
        return False
    if urlsplit(url).path in ("", "/"):
        return True
    if len(named.entries) < MIN_LINKS or looks_like_article(url, url) or read_metadata(parse(html)).is_article:
        return False
    try:
        content = extract(html, url).content
    except NotAnArticle as error:
        return error.reason == Reason.NO_TEXT
    return sum(count_words(block.text) for block in content.blocks) < WORDS_PER_LINK * len(named.entries)

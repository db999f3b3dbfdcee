"""The links of a front page that look like an article's, and the feeds that its head points to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from rowback.errors import BadInput, NotAnArticle
from rowback.text import page
from rowback.text.links import MIN_HEADLINE_WORDS, joined, looks_like_article, same_site
from rowback.text.pieces import length_in_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_LINKS = 5_000  # of a front page that are looked at; the most on a real one measured are 1,000
MAX_LINK_TEXTS = 100  # texts in one link: enough to tell a headline
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")


@dataclass(frozen=True, slots=True)
class FrontLinks:
    """What a front page has: its title, links to articles, feeds; how many other links have a headline's length: on its own
    site, and elsewhere."""

    title: str
    articles: tuple[str, ...]
    feeds: tuple[str, ...]
    unlike: int
    elsewhere: int


def in_front(text: str, url: str) -> FrontLinks:
    """The links of a page. Raises `BadInput` where it is none."""
    try:
        tree = page.read(text)
    except NotAnArticle as error:
        raise BadInput(f"{url[:200]} is no web page.") from error
    based = tree.find(".//base")
    base = (joined(url, str(based.get("href") or "")) if based is not None else "") or url
    links = {
        joined(base, str(link.get("href"))).partition("#")[0]: None
        for link in islice(tree.iter("a"), MAX_LINKS)
        if link.get("href") and length_in_words("".join(islice(link.itertext(), MAX_LINK_TEXTS))) >= MIN_HEADLINE_WORDS
    }
    articles = tuple(link for link in links if looks_like_article(link, url))
    others = links.keys() - set(articles) - {""}
    elsewhere = sum(not same_site(link, url) for link in others)
    feeds = tuple(dict.fromkeys(filter(None, _feeds(tree, base))))
    return FrontLinks(tree.findtext(".//title") or "", articles, feeds, len(others) - elsewhere, elsewhere)


def _feeds(tree: HtmlElement, base: str) -> list[str]:
    return [
        joined(base, str(link.get("href")))
        for link in tree.iter("link")
        if "alternate" in str(link.get("rel", "")).lower().split()
        and str(link.get("type", "")).lower().split(";")[0].strip() in _FEED_TYPES
        and link.get("href")
    ]

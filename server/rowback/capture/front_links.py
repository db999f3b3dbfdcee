"""The links of a front page that look like an article's, and the feeds that it points to."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import regex

from rowback.errors import BadInput, NotAnArticle
from rowback.text import page
from rowback.text.links import (
    MIN_HEADLINE_WORDS,
    SURE_HEADLINE_WORDS,
    joined,
    looks_like_article,
    may_be_story,
    same_site,
)
from rowback.text.page_build import OUTSIDE_ROLES, OUTSIDE_TAGS
from rowback.text.pieces import length_in_words
from rowback.text.plain import line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

MAX_LINKS = 5_000  # of a front page that are looked at; the most on a real one measured are 1,000
MAX_LINK_TEXTS = 100  # texts in one link: enough to tell a headline
MAX_DEPTH = 100  # elements around a link that are looked at
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MENU_ROLES = OUTSIDE_ROLES | {"menu", "menubar"}
_MENU_NAME = regex.compile(
    r"(?:(?:site|page|main|top|sub|global|primary|secondary|header|footer|the)[-_]?)?"
    r"(?:nav|navigation|navbar|menu|footer|breadcrumbs?|tags|byline|social|sharing)(?:[-_](?:list|links?|items?))?",
    regex.IGNORECASE,
)
_FEED_PATH = regex.compile(
    r"/(?:rss|feeds?|atom)(?:/|$)|[/.](?:rss|atom)(?:\.xml)?$|/feed\.(?:xml|json)$", regex.IGNORECASE
)
MAX_FEEDS = 5  # that are told of


@dataclass(frozen=True, slots=True)
class FrontLinks:
    """What a front page has: its title, links to articles with their text, and those whose text is a heading; feeds in its
    head, and feeds that it links to; how many other links have a headline's length: on its own site, and elsewhere."""

    title: str
    articles: dict[str, str]
    headlines: frozenset[str]
    feeds: tuple[str, ...]
    linked_feeds: tuple[str, ...]
    unlike: int
    elsewhere: int


@dataclass
class _Link:
    """An address that a page links to, over all its links there: the text with most words; whether one stands where stories
    do, or in a menu."""

    text: str = ""
    words: int = 0
    is_heading: bool = False
    is_headline: bool = False
    is_in_menu: bool = False
    kinds: set[str] = field(default_factory=set)


def in_front(text: str, url: str) -> FrontLinks:
    """The links of a page. Raises `BadInput` where it is none."""
    try:
        tree = page.read(text)
    except NotAnArticle as error:
        raise BadInput(f"{url[:200]} is no web page.") from error
    based = tree.find(".//base")
    base = (joined(url, str(based.get("href") or "")) if based is not None else "") or url
    links = _links(tree, base)
    sections = _sections(links)
    told = {link: found for link, found in links.items() if found.words >= MIN_HEADLINE_WORDS}
    articles = {
        link: found.text
        for link, found in told.items()
        if looks_like_article(link, url) or (link.rstrip("/") not in sections and _reads_like_story(link, found, url))
    }
    headlines = frozenset(link for link in articles if links[link].is_heading)
    others = told.keys() - articles.keys()
    elsewhere = sum(not same_site(link, url) for link in others)
    feeds = tuple(dict.fromkeys(filter(None, _feeds(tree, base))))
    linked = tuple(link for link in links if _FEED_PATH.search(urlsplit(link).path) and same_site(link, url))
    return FrontLinks(
        tree.findtext(".//title") or "",
        articles,
        headlines,
        feeds,
        linked[:MAX_FEEDS],
        len(others) - elsewhere,
        elsewhere,
    )


def _links(tree: HtmlElement, base: str) -> dict[str, _Link]:
    links = dict[str, _Link]()
    for element in islice(tree.iter("a"), MAX_LINKS):
        address = joined(base, str(element.get("href") or "")).partition("#")[0] if element.get("href") else ""
        if not address.startswith(("http://", "https://")):
            continue
        found = links.setdefault(address, _Link())
        heading = next(element.iter(*_HEADINGS), None)
        text = _text(element if heading is None else heading)
        words = length_in_words(text)
        around = list(islice(element.iterancestors(), MAX_DEPTH))
        is_heading = heading is not None or any(each.tag in _HEADINGS for each in around)
        # Beside a heading, a summary or a caption is no headline, however long.
        if (is_heading, words) > (found.is_heading, found.words) and (words >= MIN_HEADLINE_WORDS or not found.text):
            found.text, found.words, found.is_heading = text, words, is_heading
        found.is_headline |= heading is not None or any(each.tag in (*_HEADINGS, "article") for each in around)
        found.is_in_menu |= any(map(_is_menu, around))
        found.kinds |= set(str(element.get("rel") or "").lower().split())
    return links


def _reads_like_story(link: str, found: _Link, front: str) -> bool:
    """Whether a link's text and place speak of an article: a headline's words, and outside of menus, or more words than a
    label of a section has."""
    if found.is_in_menu or found.kinds & {"author", "tag", "sponsored", "license", "next", "prev"}:
        return False
    enough = MIN_HEADLINE_WORDS if found.is_headline else SURE_HEADLINE_WORDS
    return found.words >= enough and may_be_story(link, front, found.words)


def _sections(links: Iterable[str]) -> set[str]:
    """Addresses that others lie below, without their last slash."""
    above = set[str]()
    for link in links:
        place = link.partition("?")[0].rstrip("/")
        while "/" in place and (place := place.rpartition("/")[0]) not in above:
            above.add(place)
    return above


def _text(element: HtmlElement) -> str:
    return line("".join(islice(element.itertext(), MAX_LINK_TEXTS)))


def _is_menu(element: HtmlElement) -> bool:
    if element.tag in ("html", "body", "main", "article"):
        return False
    if element.tag in OUTSIDE_TAGS or str(element.get("role") or "").lower() in _MENU_ROLES:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}".split()[:20]
    return any(len(name) < 40 and _MENU_NAME.fullmatch(name) for name in names)


def _feeds(tree: HtmlElement, base: str) -> list[str]:
    return [
        joined(base, str(link.get("href")))
        for link in tree.iter("link")
        if "alternate" in str(link.get("rel", "")).lower().split()
        and str(link.get("type", "")).lower().split(";")[0].strip() in _FEED_TYPES
        and link.get("href")
    ]

"""What the address of a link tells: where it leads, whether to the same publisher, whether to an article. Pure."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urljoin, urlsplit

import regex

from rowback.errors import BadURL
from rowback.text.places import AddressKind, places_of
from rowback.text.urls import identify, is_overlong, site_of

MIN_HEADLINE_WORDS = 3  # the text of a link to an article
SURE_HEADLINE_WORDS = 5  # what so many words lead to is an article, whatever its address
# What the address of an article has and that of a section has not: a date, a long number, a headline as words, a code of
# letters and digits ("c5y9x0dy8jeo"), or a word that says so before its last part.
_ARTICLE_PATH = regex.compile(
    r"/20\d\d/\d{1,2}/|/\d{4}-\d\d-\d\d/|\d{6}|[^/-]-[^/-]++-[^/-]++-[^/-]"
    r"|/(?=[a-z\d]{10,}+/?$)[a-z\d]*?[a-z]\d++[a-z]|/(?:articles?|story|artikel|articulo|artigo|noticia)/[^/]++/?$",
    regex.IGNORECASE,
)
# Where an address begins like this, the rest of it changes nothing about its host.
_PLAIN_START = regex.compile(r"https?://[a-z\d.-]++(?=[/?#]|$)")
_NO_ARTICLE = regex.compile(
    r"/(?:tags?|topics?|authors?|categor(?:y|ies)|search|login|subscribe|newsletters?|about|contact|privacy|terms)(?:/|$)"
    r"|\.(?:pdf|jpe?g|png|gif|mp[34]|xml|rss|zip)$",
    regex.IGNORECASE,
)
# What a headline may lead to all the same, and is no article: kinds of places, and whole parts of an address beside them.
_NO_STORIES = frozenset({AddressKind.LIST, AddressKind.SHOP, AddressKind.SERVICE})
_NO_STORY = regex.compile(
    r"/(?:abo|abonnements?|accounts|advertis(?:e|ing)|agb|apps?|auteurs?|career|columnists?|contributors?|cookies?|coupons?"
    r"|datenschutz|deals|donat(?:e|ions?)|events?|feeds?|imprint|job|legal|log-?out|members?(?:hip)?|my|offers?|page"
    r"|privacy-(?:policy|notice)|profiles?|puzzles?|rss|staff|store|subscri(?:be|ptions?)|support-us|team"
    r"|terms-(?:and-conditions|of-(?:service|use))|theme?s?|tickets?|users?|vouchers?|writers?)(?:/|$)",
    regex.IGNORECASE,
)
_NO_STORY_HOST = regex.compile(
    r"(?:abo|accounts?|apps|careers|forums?|games|help|jobs|login|my|profile|shop|store|subscribe|support|tickets?)\.",
    regex.IGNORECASE,
)
_NUMBERED = regex.compile(r"(?:^|&)(?:[a-z]*id|p|article|artikel|news|story)=[^&]*\d", regex.IGNORECASE)


def joined(base: str, link: str) -> str:
    """A link in full; empty where it is no address at all, or longer than any."""
    link = link.strip()
    if is_overlong(base) or is_overlong(link):
        return ""
    try:
        found = urljoin(base, link)
    except ValueError:
        return ""
    return "" if is_overlong(found) else found


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one publisher. What is no address is of none."""
    try:
        return _site(one) == _site(other)
    except (BadURL, ValueError):
        return False


def _site(url: str) -> str:
    """Whose an address is. Raises `BadURL`."""
    start = _PLAIN_START.match(url) if url.isascii() and not is_overlong(url) else None
    return _site_at(url if start is None else f"{start[0]}/")


@lru_cache(maxsize=4_096)
def _site_at(url: str) -> str:
    return site_of(identify(url).host)


def looks_like_article(link: str, front: str) -> bool:
    """Whether an address, as a front page links to it, has the shape of an article's."""
    if is_overlong(link):
        return False
    path = urlsplit(link).path
    return bool(_ARTICLE_PATH.search(path) and not _NO_ARTICLE.search(path) and same_site(link, front))


def may_be_story(link: str, front: str, words: int) -> bool:
    """Whether the text of a link, `words` long, may speak for an article where its address does not: not where the address
    is that of a shop, an author, a service, or the front itself."""
    if is_overlong(link) or not same_site(link, front):
        return False
    parts = urlsplit(link)
    path = parts.path.rstrip("/")
    if _NO_ARTICLE.search(path) or _NO_STORY.search(path) or _NO_STORY_HOST.match(parts.hostname or ""):
        return False
    if places_of(link) & _NO_STORIES:
        return False
    if path in ("", urlsplit(front).path.rstrip("/")):
        return bool(_NUMBERED.search(parts.query))
    return words >= SURE_HEADLINE_WORDS or path.count("/") > 1 or not path[1:].isalpha()

"""What stands in an article and is not of it, told by the words around a piece (classes, ids): newsletter boxes, related
links, cookie texts, site boxes. How much a name is believed on a page is weighed in `choice/boxes.py`; whole short lines are
told in `text/lines/`. Pure.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rowback.text.class_names import read_words

if TYPE_CHECKING:
    from rowback.text.pieces import Around

# Words of classes and ids that name furniture by themselves: what may hold whole sentences that are not the article's,
NAMES = frozenset(
    """
    newsletter newsletters signup promo promos advert adverts advertisement advertisements adslot adunit adbox sponsored
    sponsor advertorial outbrain taboola recirc recirculation recommended recommendations related relateds
    cookie cookies consent gdpr cmpbox onetrust didomi comments comment disqus vjs mejs plyr jwplayer
    """.split()
)
# and what holds links and labels.
LABELS = frozenset(
    """
    share sharing sharebar shares social socialbar addthis sharethis relatedlinks readmore mostread mostpopular trending
    breadcrumb breadcrumbs pagination pager paywall regwall paygate metered tags taglist topics skiplink skip visuallyhidden
    screenreader
    """.split()
)
# Pairs of words that do so only together.
PAIRS = {
    frozenset(pair.split("-")): pair
    for pair in """
    most-read most-popular read-more read-next more-stories see-also sr-only visually-hidden screen-reader related-links
    ad-slot ad-unit ad-wrapper ad-container amp-ad sign-up print-only social-links latest-news
    """.split()
}
_NAMED_PAIRS = frozenset(
    {"ad-slot", "ad-unit", "ad-wrapper", "ad-container", "amp-ad", "sign-up", "more-stories", "latest-news"}
)
POST = "post of another site"
# It is a quote in a server's copy and a frame in a reader's.
_POSTS = tuple(frozenset(pair.split("-")) for pair in ("twitter-tweet", "instagram-media", "tiktok-embed", "fb-post"))
SLIDES = frozenset({"slides", "carousel", "slideshow", "flexslider", "swiper", "slider", "gallery"})
_ALL_NAMES = NAMES | LABELS
COMMENTS = frozenset({"comment", "comments", "disqus"})
TAGS = frozenset({"nav", "footer", "aside", "form", "amp-ad"})
_NEVER = frozenset({"html", "body", "main"})
_TEXT_LEVEL = frozenset(
    "p h1 h2 h3 h4 h5 h6 li dt dd figure figcaption blockquote pre td th tr tbody caption summary hgroup".split()
)


def names_of(element: Around) -> frozenset[str]:
    """The words and pairs of words, or the tag, that say of an element that what is in it is furniture."""
    if element.tag in _NEVER:
        return frozenset()
    if element.tag in TAGS:
        return frozenset({element.tag})
    return _named(element.words)


@lru_cache(maxsize=4_096)  # a page's elements have few different ones, and are asked for many times over
def _named(words: frozenset[str]) -> frozenset[str]:
    pairs = {pair for both, pair in PAIRS.items() if both <= words}
    posts = {POST} if any(pair <= words for pair in _POSTS) else set()
    return (words & _ALL_NAMES) | pairs | posts


def is_text_level(element: Around) -> bool:
    """Whether an element is a text and no box: its names say what it looks like or what a script does with it."""
    return element.tag in _TEXT_LEVEL


def holds_labels(names: frozenset[str]) -> bool:
    """Whether what is so named holds links and labels only, so that a whole sentence in it is the article's."""
    return not names & (NAMES | _NAMED_PAIRS | TAGS | {POST})


@lru_cache(maxsize=4_096)
def is_furniture_name(name: str) -> bool:
    """Whether one class or id is a name of furniture or has one in it, as "no-share" has."""
    words = read_words(name)
    return not words.isdisjoint(NAMES | LABELS | SLIDES) or any(pair <= words for pair in (*PAIRS, *_POSTS))


def is_page_part(element: Around) -> bool:
    """Whether an element's tag says that it is a part of the site and not of what it shows."""
    return element.tag in ("nav", "footer", "aside", "header")


def is_slideshow(element: Around) -> bool:
    """Whether an element's names say that it shows one of its texts at a time."""
    return element.tag not in _NEVER and bool(element.words & SLIDES)

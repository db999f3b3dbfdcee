"""What stands in an article and is not of it, told by the words around a piece (classes, ids): newsletter boxes, related
links, cookie texts, site boxes. Whole short lines are told in `text/lines/`. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rowback.text.pieces import Around

# Words of classes and ids that name furniture by themselves.
_NAMES = frozenset(
    """
    newsletter newsletters signup share sharing sharebar shares social socialbar addthis sharethis promo promos advert adverts
    advertisement advertisements adslot adunit adbox sponsored sponsor outbrain taboola recirc recirculation recommended
    recommendations related relatedlinks relateds readmore mostread mostpopular trending cookie cookies consent gdpr cmp
    onetrust didomi comments comment disqus breadcrumb breadcrumbs pagination pager paywall regwall paygate metered
    tags taglist topics skiplink skip visuallyhidden screenreader
    """.split()
)
# Pairs of words that do so only together. An embedded post is a quote in a server's copy and a frame in a reader's.
_PAIRS = tuple(
    frozenset(pair.split("-"))
    for pair in """
    most-read most-popular read-more read-next more-stories see-also sr-only visually-hidden screen-reader related-links
    twitter-tweet instagram-media tiktok-embed fb-post ad-slot ad-unit ad-wrapper ad-container amp-ad sign-up print-only
    social-links
    """.split()
)
_SLIDES = frozenset({"slides", "carousel", "slideshow", "flexslider", "swiper", "slider", "gallery"})
_TAGS = frozenset({"nav", "footer", "aside", "form", "amp-ad"})
_NEVER = frozenset({"html", "body", "main"})


def is_box(element: Around) -> bool:
    """Whether an element's own names say that what is in it is furniture."""
    if element.tag in _NEVER:
        return False
    return element.tag in _TAGS or bool(element.words & _NAMES) or any(pair <= element.words for pair in _PAIRS)


def is_slideshow(element: Around) -> bool:
    """Whether an element's names say that it shows one of its texts at a time."""
    return element.tag not in _NEVER and bool(element.words & _SLIDES)

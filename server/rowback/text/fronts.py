"""Whether what was read from a page is the front of a site or a section: many headlines that are links, little else. Pure.

Taking an article for a front loses it; taking a front for an article keeps a history of headlines in a new order, which a
person can stop. So a page is a front only where the text that was read from it runs between links to other articles.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rowback.model import Reason
from rowback.text.headline import MIN_OWN_WORDS
from rowback.text.links import MIN_HEADLINE_WORDS, SURE_HEADLINE_WORDS, joined, looks_like_article, same_site
from rowback.text.page_build import build_of
from rowback.text.page_facts import PageFacts
from rowback.text.page_kind import kind_of
from rowback.text.pieces import fold, length_in_words
from rowback.text.places import places_of
from rowback.text.urls import is_root

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rowback.text.pieces import Piece

MIN_LINKS = 5  # to different articles; a page with fewer is hardly worth following
# A teaser has about 20. Of all real articles measured, the one with most links to others in its text has 70 for each.
WORDS_PER_LINK = 40
OWN_WORDS = 50  # before the first such link: a short article, and then what else there is to read
MAX_TOLD_URL = 300  # characters
_NAMES = {
    Reason.SHOP: "a page of a shop, not an article",
    Reason.FORUM: "a page of a forum, not an article",
    Reason.SERVICE: "an application or a page of a service, not an article",
}
MAX_LINK_CHARACTERS = 1_000_000  # of the addresses that are looked at; a real front page has a tenth of it


@dataclass(frozen=True, slots=True)
class PageSigns:
    """What the page's address is, what its links start from, its headline, whether it calls itself an article, and what else
    it says of itself."""

    url: str
    base: str
    headline: str
    says_article: bool
    facts: PageFacts = field(default_factory=PageFacts)


@dataclass(frozen=True, slots=True)
class Likeness:
    """`is_front`: the page reads like a front, whatever its address; `taken_for`: what it is where it is no article."""

    is_front: bool = False
    taken_for: Reason | None = None


def likeness(page: PageSigns, pieces: Sequence[Piece], chosen: Sequence[Piece]) -> Likeness:
    """What a page is like, by the pieces of all of it and those of them that were taken for an article's, if any. Nothing is
    said of a page without an address."""
    url = page.url
    if not url:
        return Likeness()
    build = build_of(pieces, url, page.base, page.headline)
    found = kind_of(page.facts, places_of(url), build, looks_like_article(url, url))
    # What stands under a headline of the page's own is a text, whatever links there are below it.
    reads = is_front(page, pieces, chosen) and (is_root(url) or build.opening == 0)
    if reads and has_place(url) and found in (None, Reason.SERVICE):
        found = Reason.FRONT
    return Likeness(reads or found is Reason.FRONT, found)


def is_front(page: PageSigns, pieces: Sequence[Piece], chosen: Sequence[Piece]) -> bool:
    """`chosen` are those of the page's pieces that were taken for an article's, if any."""
    url = page.url
    if page.says_article and not is_root(url):
        return False
    named = ((n, joined(page.base, piece.href).partition("#")[0], piece.text) for n, piece in _teasers(pieces))
    stories = {n: link for n, link, text in named if _leads_to_story(link, text, url)}
    has_many = len(set(stories.values())) >= MIN_LINKS
    return has_many and (not chosen or is_root(url) or _runs_between(stories, page.headline, pieces, chosen))


def _runs_between(stories: Mapping[int, str], headline: str, pieces: Sequence[Piece], chosen: Sequence[Piece]) -> bool:
    """Whether the chosen text is little, and stands between links to stories; the first may stand right above it."""
    taken = {id(piece) for piece in chosen}
    words = {n: piece.words for n, piece in enumerate(pieces) if id(piece) in taken}
    first, last = min(words), max(words)
    inside = {n: link for n, link in stories.items() if first - 1 <= n <= last}
    links = len(set(inside.values()))
    if links < MIN_LINKS or _has_headline(headline, pieces[: min(inside)]):
        return False
    own = sum(count for n, count in words.items() if n < min(inside))
    return own < OWN_WORDS and sum(words.values()) < WORDS_PER_LINK * links


def _has_headline(headline: str, pieces: Sequence[Piece]) -> bool:
    """Whether the pieces hold an article's own headline: one that is more than a section's name, and leads nowhere."""
    if length_in_words(headline) < MIN_OWN_WORDS:
        return False
    folded = fold(headline)
    return any(piece.folded == folded and not piece.href for piece in pieces)


def _teasers(pieces: Sequence[Piece]) -> Iterator[tuple[int, Piece]]:
    """The pieces, with their places, that are the headlines of others."""
    left = MAX_LINK_CHARACTERS
    for n, piece in enumerate(pieces):
        if _is_teaser(piece):
            left -= len(piece.href)
            if left < 0:
                return
            yield n, piece


def _is_teaser(piece: Piece) -> bool:
    return piece.href != "" and piece.is_link and piece.words >= MIN_HEADLINE_WORDS


def _leads_to_story(link: str, text: str, url: str) -> bool:
    """Whether the address, or else the length of the headline, speaks of another article of the same site."""
    if length_in_words(text) >= SURE_HEADLINE_WORDS:
        return same_site(link, url) and urlsplit(link).path.rstrip("/") not in ("", urlsplit(url).path.rstrip("/"))
    return looks_like_article(link, url)


def has_place(url: str) -> bool:
    """Whether a front may stand at an address: not where a date, a number or a headline in it speaks of an article. A list
    of "five things to know today" is one."""
    return not looks_like_article(url, url)


def told(taken_for: Reason, url: str) -> str:
    """What is said of a page that was to be captured and is no article."""
    shown = url[:MAX_TOLD_URL]
    if taken_for is Reason.FRONT:
        return (
            "This is a front page: it links to articles and is none itself. "
            f"`rowback follow {shown}` watches the articles it links to; "
            f"`rowback capture --anyway {shown}` stores the page itself."
        )
    return f"This is taken for {_NAMES[taken_for]}. `rowback capture --anyway {shown}` stores it all the same."

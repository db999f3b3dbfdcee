"""Which text is the headline: the h1 that the page's own titles speak of, else what the page calls itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex
from rapidfuzz import fuzz

from rowback.text.normalize import comparable

if TYPE_CHECKING:
    from collections.abc import Sequence

# A headline and the page's <title> share most words; an h1 that shares fewer is the site's name or a section.
MIN_TITLE_LIKENESS = 50.0
MIN_OWN_WORDS = 4  # of an article's: "Ferry timetable from Monday", and not "Science and environment"
MIN_LONE_CHARACTERS = 12  # a lone h1 shorter than this may be the site's name
MAX_CHARACTERS = 1_000  # of a heading or title; each is compared with each. The longest real one measured has 170
_SITE_SUFFIX = regex.compile(r"(?<!\s)\s++[|–—·»-]\s+[^|–—·»]{2,40}$")


def choose_headline(headings: Sequence[str], titles: Sequence[str]) -> str:
    """`headings` are the page's h1 texts in order, `titles` what it calls itself in metadata. May be empty."""
    titles = [text for text in titles if len(text) <= MAX_CHARACTERS]
    headings = [text for text in headings if len(text) <= MAX_CHARACTERS]
    headings = [text for text in headings if not any(_is_site(text, title) for title in titles)]
    if headings:
        scored = [(*max((_likeness(text, title) for title in titles), default=(0.0, 0.0)), text) for text in headings]
        likeness, _, best = max(scored, key=lambda each: each[:2])
        if likeness >= MIN_TITLE_LIKENESS or not titles or (len(headings) == 1 and len(best) >= MIN_LONE_CHARACTERS):
            return best
    return without_site(titles[0]) if titles else ""


def is_doubtful(headline: str, titles: Sequence[str]) -> bool:
    """Whether what the page calls itself has so few words in common with a headline that it may be another story's."""
    return bool(titles) and max(_likeness(headline, title)[0] for title in titles) < MIN_TITLE_LIKENESS


def without_site(title: str) -> str:
    """A page's title without the site's name after it."""
    return _SITE_SUFFIX.sub("", title)


def _is_site(heading: str, title: str) -> bool:
    """Whether a heading is no more than the site's name that stands after the page's own, longer name."""
    name = without_site(title)
    return len(heading) < len(name) < len(title) and comparable(title).endswith(f" {comparable(heading)}")


def _likeness(heading: str, title: str) -> tuple[float, float]:
    """How many words of the one are the other's; then, where that is equal (a site's name is in every title), how much of
    the title itself the heading is."""
    heading = comparable(heading)
    words = fuzz.token_set_ratio(heading, comparable(title))
    return float(words), float(fuzz.ratio(heading, comparable(without_site(title))))

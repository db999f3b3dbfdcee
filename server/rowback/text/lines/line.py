"""Whether a line is furniture: only when all of it is, from its first word to its last. Pure."""

from __future__ import annotations

from functools import lru_cache

import regex

from rowback.text.lines.counters import counter_line
from rowback.text.lines.offers import BELOW, COOKIES, offer_line
from rowback.text.lines.phrases import leads_to_a_link, phrase_line
from rowback.text.lines.sharing import CREDIT, FOLLOWING, MORE, OLD, SHARING
from rowback.text.lines.sorts import Line, Sort
from rowback.text.lines.times import time_line
from rowback.text.lines.vocabulary import plain
from rowback.text.pieces import length_in_words

MAX_LINE_WORDS = 16  # a longer line is prose, unless it is dates alone
MAX_LINE_CHARACTERS = 200
MIN_LINKED = 0.3  # the share of "Read more: a headline" that is its link
KEPT_LINES = 4_096  # the same lines stand in all texts of a source

_PATTERNS = tuple(
    (regex.compile(pattern, regex.IGNORECASE), line)
    for patterns, line in (
        (SHARING, Line(Sort.SHARE)),
        ((FOLLOWING,), Line(Sort.SHARE, is_open=True)),
        (COOKIES, Line(Sort.OFFER, is_open=True)),
        (BELOW, Line(Sort.ADVERT)),
        ((CREDIT,), Line(Sort.LEAD)),
        ((MORE,), Line(Sort.LEAD, is_open=True)),
        ((OLD,), Line(Sort.TIME)),
    )
    for pattern in patterns
)


def line_of(text: str, links: float = 0.0) -> Line | None:
    """What a text does as furniture, from its first word to its last; None where it is none. `links` is the share of it that
    is links."""
    told = text.strip()
    if len(told) > MAX_LINE_CHARACTERS:
        return None
    if links > MIN_LINKED and leads_to_a_link(told) and length_in_words(told) <= MAX_LINE_WORDS:
        return Line(Sort.LEAD)
    return _read(told)


def is_line(text: str, links: float = 0.0) -> bool:
    """Whether a text is furniture wherever in an article it stands."""
    line = line_of(text, links)
    return line is not None and line.sort is not Sort.DATE


@lru_cache(maxsize=KEPT_LINES)
def _read(text: str) -> Line | None:
    told = plain(text)
    found = time_line(told)
    if found is not None or length_in_words(told) > MAX_LINE_WORDS:
        return found or offer_line(told)
    for pattern, line in _PATTERNS:
        if pattern.fullmatch(told):
            return line
    return phrase_line(told) or counter_line(told) or offer_line(told)

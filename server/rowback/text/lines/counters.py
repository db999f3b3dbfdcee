"""Lines that count readers, comments and shares, and the articles that are still free. Pure.

A count of anything else is the article's: deaths, votes, prices, scores.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from rowback.text.lines.counted import COUNTED, Counted
from rowback.text.lines.sorts import Line, Sort
from rowback.text.lines.vocabulary import CLOCK, DATE, NUMBER, WORD, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_BARE_WORDS = 3  # of "132 reading now"
_THING, _COMMENT, _PEOPLE, _READING, _ARTICLE, _LEFT, _FILL = "tcpralf"
_NEVER = regex.compile(r"[%=<>$€£¥*]|\p{Sc}")


def _senses(counted: Counted) -> dict[str, str]:
    return {
        _THING: counted.things,
        _COMMENT: counted.comments,
        _PEOPLE: counted.people,
        _READING: counted.reading,
        _ARTICLE: counted.articles,
        _LEFT: counted.left,
        _FILL: counted.fill,
    }


VOCABULARY = vocabulary(
    {language: _senses(counted) for language, counted in COUNTED.items()},
    common="k m mio mil mln tys tis тыс млн rb bin",
)


def counter_line(text: str) -> Line | None:
    """What a plain text counts, if that is all that it says."""
    if _NEVER.search(text):
        return None
    parts = VOCABULARY.parts(text)
    kinds = {part.kind for part in parts}
    if kinds & {CLOCK, DATE} or not any(part.kind == WORD for part in parts):
        return None
    found = [_in_language(NUMBER in kinds, senses) for senses in VOCABULARY.languages(parts).values()]
    return min((line for line in found if line is not None), key=lambda line: line.is_open, default=None)


def _in_language(is_counted: bool, senses: Sequence[str]) -> Line | None:
    has = set("".join(senses))
    if _ARTICLE in has and _LEFT in has and is_counted:
        return Line(Sort.METER)
    if is_counted and _READING in has and _PEOPLE in has:
        return Line(Sort.COUNTER)
    if is_counted and _READING in has and _FILL in has and len(senses) <= MAX_BARE_WORDS:
        return Line(Sort.COUNTER, is_open=True)
    if is_counted and has & {_THING, _COMMENT}:
        # "50,000 shares" may be what an article is about.
        return Line(Sort.COUNTER, is_open=len(senses) == 1 and _COMMENT not in has)
    if not is_counted and all(_COMMENT in each or _FILL in each for each in senses) and _COMMENT in has:
        return Line(Sort.COUNTER, is_open=True)
    return None

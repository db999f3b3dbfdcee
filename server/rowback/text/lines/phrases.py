"""Whole lines that are known as they are: adverts, buttons to share with, headings over other texts. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from rowback.text.lines.called import ADVERTS, LEADS, MOMENTS, OPEN_LEADS, SHARES
from rowback.text.lines.hinted import HINTS
from rowback.text.lines.sorts import Line, Sort
from rowback.text.lines.vocabulary import IS_UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterator

# One word says it by itself; others may be a heading of the article's own.
_OWN = frozenset({"advertisement", "share"})
_WORDS = regex.compile(r"[\p{L}\p{M}\p{N}'’]+")


def _bare(text: str) -> str:
    return " ".join(_WORDS.findall(text.lower()))


def _phrases() -> Iterator[tuple[str, Line]]:
    for phrases, line in (
        (OPEN_LEADS, Line(Sort.LEAD, is_open=True)),
        (MOMENTS, Line(Sort.TIME, is_open=True)),
        (LEADS, Line(Sort.LEAD)),
        (SHARES, Line(Sort.SHARE)),
        (ADVERTS, Line(Sort.ADVERT)),
    ):
        for phrase in filter(None, map(_bare, phrases.split(","))):
            yield (
                phrase,
                Line(
                    line.sort, line.is_open or (line.sort is not Sort.LEAD and phrase not in _OWN and " " not in phrase)
                ),
            )


_PHRASES = dict(_phrases())
_LINKED = regex.compile(
    rf"(?:{'|'.join(regex.escape(each.strip()) for each in (*LEADS.split(','), 'more', 'watch', 'listen') if each.strip())})"
    r"\s*[:：|>»–—-]\s*\S.*",
    regex.IGNORECASE,
)


def phrase_line(text: str) -> Line | None:
    """What a plain text is known as."""
    return _PHRASES.get(_bare(text))


def leads_to_a_link(text: str) -> bool:
    """Whether a text is "Read more:" with what follows; that most of it is a link is the caller's to know."""
    return _LINKED.fullmatch(text) is not None


_HINTS = tuple(_bare(hint) for hint in HINTS.split(","))
_SPACED_HINTS = tuple(f" {hint} " for hint in _HINTS)
_UNSPACED_HINTS = tuple(hint for hint in _HINTS if IS_UNSPACED.search(hint))


def hints_at_a_letter(text: str) -> bool:
    """Whether a plain text speaks of a paper's letter to its reader, somewhere in it."""
    bare = f" {_bare(text)} "
    return any(map(bare.__contains__, _SPACED_HINTS)) or any(map(bare.__contains__, _UNSPACED_HINTS))

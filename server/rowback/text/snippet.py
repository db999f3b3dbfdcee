"""A piece of a text around the words that a search found in it.

SQLite's own `snippet` is not asked: its time grows with the square of the words found, minutes for one long paragraph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.text.query import Query

MAX_READ_CHARACTERS = 20_000  # of a text: longer blocks are hardly any, and each result has one
BEFORE, AFTER = 30, 120  # characters around the first word found: two or three lines of a page
HIT, END = "\x02", "\x03"  # around a word found; no stored text holds them: see `rowback.text.normalize.storable`
_SHORT = 250  # characters of a text that is shown whole
_MARK = regex.compile(f"[{HIT}{END}]")
_INTO_A_WORD, _OUT_OF_A_WORD = regex.compile(r"\S*\s+"), regex.compile(r"\s+\S*$")
Pieces = tuple[tuple[str, bool], ...]
Stretch = tuple[int, int]


def around(text: str, query: Query) -> Pieces:
    """The piece as (text, is a word looked for) pairs; the beginning of the text where no word stands as it was typed.
    For texts in which the index cannot say what it found."""
    words = [regex.escape(term.text) for term in (*query.terms, *query.title)]
    found = regex.finditer("|".join(words), text[:MAX_READ_CHARACTERS], regex.IGNORECASE) if words else ()
    return _cut(text, [match.span() for match in found if match[0]])


def around_marked(marked: str) -> Pieces:
    """The same of a text in which each word found stands between `HIT` and `END`."""
    hits, pieces, at = list[Stretch](), list[str](), 0
    for number, piece in enumerate(_MARK.split(marked)):
        if number % 2:
            hits.append((at, at + len(piece)))
        pieces.append(piece)
        at += len(piece)
    text = "".join(pieces)
    return _pieces(text, hits, 0, len(text)) if len(text) <= _SHORT else _cut(text, hits, whole_words=True)


def _cut(text: str, hits: Sequence[Stretch], *, whole_words: bool = False) -> Pieces:
    first = _fullest(text, hits)
    start = max(0, first[0] - BEFORE)
    end = max(start + BEFORE + AFTER, first[1])
    if whole_words and start and (into := _INTO_A_WORD.match(text, start, first[0])):
        start = into.end()
    if whole_words and end < len(text) and (out := _OUT_OF_A_WORD.search(text[:end], first[1])):
        end = out.start()
    return _pieces(text, hits, start, min(end, len(text)))


def _fullest(text: str, hits: Sequence[Stretch]) -> Stretch:
    """The first of those hits that have most different words after them in the same piece."""
    best, most, last = (0, 0), 0, 0
    counts: dict[str, int] = {}
    for first in hits:
        while last < len(hits) and hits[last][1] <= max(first[0] + AFTER, first[1]):
            word = text[slice(*hits[last])].lower()
            counts[word] = counts.get(word, 0) + 1
            last += 1
        if len(counts) > most:
            best, most = first, len(counts)
        word = text[slice(*first)].lower()
        counts[word] -= 1
        if not counts[word]:
            del counts[word]
    return best


def _pieces(text: str, hits: Sequence[Stretch], start: int, end: int) -> Pieces:
    pieces = [("…", False)] if start else []
    at = start
    for hit in hits:
        if hit[0] < at or hit[1] > end:
            continue
        pieces += [(text[at : hit[0]], False), (text[slice(*hit)], True)]
        at = hit[1]
    pieces.append((text[at:end], False))
    if end < len(text):
        pieces.append(("…", False))
    return tuple((piece, is_hit) for piece, is_hit in pieces if piece)

"""Puts texts into PostgreSQL's full-text vectors, and asks them for what a search looks for, with words of our own: its
parsers cut and fold others than SQLite's FTS5 does. What does not fit is cut and never refused.

A vector holds at most 1 MB, words of 2,046 bytes, 255 places of each and none behind 16,383. Words behind it are still found,
phrases among them are not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.text.sought import CHANGED, AllOf, AnyOf, Phrase, Sought, Within
from rowback.text.spacing import has_unspaced, spaced
from rowback.text.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_PLACE = 16_383
MAX_PLACES = 255  # of one word: PostgreSQL drops the rest
MAX_WORD_BYTES = 2_046
MAX_VECTOR_BYTES = 1_000_000  # words and places; 1,048,575 is refused
_WEIGHTS = dict(zip(CHANGED, "ABCD", strict=True))
# No word has a space: these stand for what is none.
_NOTHING = " "  # a word of nothing: PostgreSQL has no empty one
_UNSPACED = "  "  # in each row that is cut as scripts without spaces are
_NOWHERE = "   "  # in no row
_BESIDE = 8  # bytes beside a new word at most: its first place, how many there are, gaps
_SPREAD = 2  # places between two fields: no phrase begins in one and ends in the next


def vector(*fields: str) -> str:
    """The text of a `tsvector` of one field or, with a weight each, of those of an edit (`CHANGED`). Where one is in a script
    without spaces, all are cut as such: as for the indexes of SQLite."""
    is_unspaced = any(map(has_unspaced, fields))
    places: dict[str, list[str]] = {_UNSPACED: []} if is_unspaced else {}
    begin, left = 1, MAX_VECTOR_BYTES
    for field, weight in zip(fields, _WEIGHTS.values() if len(fields) > 1 else ("",), strict=True):
        its = _cut(spaced(field) if is_unspaced else field, is_unspaced)
        for place, word in enumerate(its, begin):
            left -= 2 if word in places else len(word.encode()) + _BESIDE
            if left < 0:
                break
            at = places.setdefault(word, [])
            if len(at) < MAX_PLACES:
                at.append(f"{min(place, MAX_PLACE)}{weight}")
        begin += len(its) + _SPREAD
    return " ".join(_quoted(word) + (f":{','.join(at)}" if at else "") for word, at in places.items())


def matches(column: str, sought: Sought) -> tuple[str, list[str]]:
    """A condition on a column of vectors, and its values."""
    return f"{column} @@ cast(? as tsquery)", [query(sought)]


def query(sought: Sought) -> str:
    """The text of a `tsquery`."""
    return _inner(sought, "")


def _inner(sought: Sought, weight: str) -> str:
    if isinstance(sought, Phrase):
        return _phrase(sought, weight)
    if isinstance(sought, Within):
        return _inner(sought.what, _WEIGHTS[sought.field])
    if isinstance(sought, AllOf):
        return _joined(" & ", sought.parts, weight)
    if isinstance(sought, AnyOf):
        return _joined(" | ", sought.parts, weight)
    return f"({_inner(sought.wanted, weight)} & !{_inner(sought.unwanted, weight)})"


def _joined(by: str, parts: Sequence[Sought], weight: str) -> str:
    return f"({by.join(_inner(part, weight) for part in parts)})"


def _phrase(phrase: Phrase, weight: str) -> str:
    """As rows are cut, one way or the other: most phrases are the same both ways."""
    plain, marked = (_beside(_cut(phrase.text, marks), phrase.is_prefix, weight) for marks in (False, True))
    if plain == marked:
        return plain
    unspaced = _quoted(_UNSPACED)
    return f"(({plain} & !{unspaced}) | ({marked} & {unspaced}))"


def _beside(its: Sequence[str], is_prefix: bool, weight: str) -> str:
    if is_prefix and its and its[-1] == _NOTHING:
        its = its[:-1]
    if not its:
        return _quoted(_NOWHERE)
    marks = [weight] * (len(its) - 1) + ["*" + weight if is_prefix else weight]
    told = [_quoted(word) + (f":{mark}" if mark else "") for word, mark in zip(its, marks, strict=True)]
    return told[0] if len(told) == 1 else f"({' <-> '.join(told)})"


def _cut(text: str, marks: bool) -> list[str]:
    return [word.encode()[:MAX_WORD_BYTES].decode(errors="ignore") or _NOTHING for word in words(text, marks)]


def _quoted(word: str) -> str:
    """No word has a quotation mark or a backslash: these part words."""
    return f"'{word}'"

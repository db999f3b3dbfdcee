"""Which of an article's blocks are short lines outside its prose: "187 people are reading this", "Edition 12". Pure.

Such a line may be one that only counts; whether it does is learned from many articles (`store/counting.py`). So what could be
the article's own figure is none: a line in a paragraph, a list, a heading or a table of it, a sentence, a score, a price.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from rowback.text.normalize import comparable
from rowback.text.pieces import length_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.text.pieces import Around, Piece

MAX_WORDS = 12
MAX_CHARACTERS = 200
MAX_LINES = 20  # of one article
_DIGIT = regex.compile(r"\p{Nd}")
_ENDS = regex.compile(r"[.!?…。！？।؟۔][\W_]{0,4}(?:\s|$)")
# A score or a span of numbers, an amount of money, a rate: what an editor would write.
_FIGURE = regex.compile(
    r"\p{Nd}\s?[-–—−:]\s?\p{Nd}|\p{Sc}\s?\p{Nd}|\p{Nd}\s?(?:[\p{Sc}%‰٪]|\p{Lu}{3}\b)|\b\p{Lu}{3}\s?\p{Nd}"
)
_NUMBER = regex.compile(r"\p{Nd}++(?:[.,:'’\u00a0\u202f\u066b\u066c]\p{Nd}++)*+(?:\s?[kKmM]\b)?")
_OWN = frozenset({"li", "dd", "dt", "table", "blockquote", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"})


def loose_lines(pieces: Sequence[Piece]) -> tuple[int, ...]:
    """The places of such lines among an article's pieces. One stands in an element that holds no prose and is unlike those
    that do."""
    prose = [piece for piece in pieces if not is_short(piece.text)]
    forms = {_form(piece) for piece in prose}
    holders = {element.number for piece in prose for element in piece.around}
    apart = (n for n, piece in enumerate(pieces) if piece.home not in holders and _form(piece) not in forms)
    found = (n for n in apart if _may_count(pieces[n]))
    return tuple(n for n, _ in zip(found, range(MAX_LINES), strict=False))


def masked(text: str) -> str:
    """A line with each of its numbers as 0: equal for two that differ in nothing else. May be given any text."""
    return _NUMBER.sub("0", comparable(text))


def has_number(text: str) -> bool:
    """Whether there is anything to mask, in any script's digits, beside words."""
    return _DIGIT.search(text) is not None and any(character.isalpha() for character in text)


def is_short(text: str) -> bool:
    """Whether a text is no longer than such a line, and no sentence."""
    return len(text) <= MAX_CHARACTERS and length_in_words(text) <= MAX_WORDS and _ENDS.search(text) is None


def _may_count(piece: Piece) -> bool:
    if piece.kind != "p" or not is_short(piece.text) or not has_number(piece.text):
        return False
    return _FIGURE.search(piece.text) is None and not any(element.tag in _OWN for element in piece.around)


def _form(piece: Piece) -> tuple[str, frozenset[str], str]:
    """How the element looks that holds a piece."""
    holder: Around | None = next((element for element in piece.around if element.number == piece.home), None)
    return ("", frozenset(), "") if holder is None else (holder.tag, holder.words, holder.itemprop)

"""How much of a block is still there in another that stands in its place, written anew.

What is asked here is weaker than likeness: a block alone opposite another is the likeliest to be itself, and writing anew
changes endings, order and length. So words count by how they begin, those that hold sentences together not at all, and a
third of the answer is how much stands in the same order.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import regex

from rowback.diff.blocks.similarity import MAX_JUDGED_WORDS
from rowback.diff.labels.lexicon import FREQUENT
from rowback.diff.words.tokens import SPACELESS
from rowback.text.lines.calendar import CALENDARS
from rowback.text.normalize import comparable

if TYPE_CHECKING:
    from collections.abc import Iterator

# Words that begin alike are forms of one: close, closed, closing.
STEM_LETTERS = 4
# Longer texts are judged by their beginning: as many words of five letters as likeness looks at.
MAX_JUDGED_CHARACTERS = 6 * MAX_JUDGED_WORDS
_DATES = frozenset(word for calendar in CALENDARS.values() for word in f"{calendar.months} {calendar.weekdays}".split())
_WORD = regex.compile(r"\w+")
_LETTERS = regex.compile(r"[\p{L}\p{M}]+")
# In Korean, too, words are short and grow by what is joined to them.
_BY_PAIRS = regex.compile(rf"[{SPACELESS}\p{{Hangul}}]")


@dataclass(frozen=True, slots=True)
class _Said:
    """What a text says: in pieces that stay when it is written anew, and in all its words but figures and dates."""

    pieces: Counter[str]
    size: int
    undated: tuple[str, ...]


class Gists:
    """Looks at each text once, however many others it is held against."""

    def __init__(self) -> None:
        self._said: dict[str, _Said] = {}

    def share(self, old: str, new: str) -> float:
        """How much of what two texts say is in both, whatever the order, from 0 to 1."""
        one, other = self._of(old), self._of(new)
        both = sum(min(one.pieces[piece], other.pieces[piece]) for piece in one.pieces.keys() & other.pieces.keys())
        return 2 * both / max(1, one.size + other.size)

    def differ_in_figures(self, old: str, new: str) -> bool:
        """Whether nothing but figures and dates differ: a score, a price, "Updated: 3 May"."""
        return self._of(old).undated == self._of(new).undated

    def _of(self, text: str) -> _Said:
        said = self._said.get(text)
        if said is None:
            judged = comparable(text[:MAX_JUDGED_CHARACTERS]).lower()
            pieces = Counter(islice(_pieces(judged), MAX_JUDGED_WORDS))
            said = self._said[text] = _Said(pieces, pieces.total(), _undated(judged))
        return said


def _pieces(text: str) -> Iterator[str]:
    """The beginnings of words; where words have no spaces between them or few letters, each two characters."""
    if text.isascii():
        yield from (word[:STEM_LETTERS] for word in _WORD.findall(text) if word not in FREQUENT)
        return
    for match in _WORD.finditer(text):
        word = match.group()
        if _BY_PAIRS.search(word):
            yield from (word[at : at + 2] for at in range(max(1, len(word) - 1)))
        elif word not in FREQUENT:
            yield word[:STEM_LETTERS]


def _undated(text: str) -> tuple[str, ...]:
    return tuple(word for word in _LETTERS.findall(text) if word not in _DATES)

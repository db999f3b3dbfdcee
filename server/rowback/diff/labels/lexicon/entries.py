"""A language's words, as a value. All in lower case and with straight apostrophes, as `comparable` folds text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

NEVER = re.compile(r"(?!)")
MAX_COMPOUND = 60  # letters: neunhundertneunundneunzigtausend… has no more in any newspaper


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Words of one language, hashed and compared as an object. `numbers` maps a figure in words to its digits, or to itself
    where it has none of its own; `compound` matches figures written as one word of several (einundzwanzig). `decimal_comma`:
    whether decimals stand behind a comma, and groups of digits between points.

    `frequent` are the words the language is known by. `correction` matches at a block's beginning. `capital_nouns`:
    whether a capital inside a sentence says nothing about names.
    """

    frequent: frozenset[str] = frozenset()
    numbers: dict[str, str] = field(default_factory=dict)
    negations: frozenset[str] = frozenset()
    hedges: frozenset[str] = frozenset()
    dates: frozenset[str] = frozenset()
    attributions: frozenset[str] = frozenset()
    correction: re.Pattern[str] = NEVER
    capital_nouns: bool = False
    compound: re.Pattern[str] = NEVER
    decimal_comma: bool = False

    def says_correction(self, text: str) -> bool:
        """Whether a block begins as a correction, an editor's note or a note of an update does."""
        return self.correction.match(text) is not None

    def is_compound_number(self, word: str) -> bool:
        """Whether a word is several figures in words, written as one."""
        return len(word) <= MAX_COMPOUND and self.compound.fullmatch(word) is not None


def words(text: str) -> frozenset[str]:
    """The words of a list written as one string."""
    return frozenset(text.split())


def numbers(counted: str, others: str) -> dict[str, str]:
    """Figures in words: `counted` as `word=digits`, `others` (thousand, half, dozen) for themselves."""
    pairs = (pair.partition("=") for pair in counted.split())
    return {word: digits for word, _, digits in pairs} | {word: word for word in others.split()}


def compound(text: str) -> re.Pattern[str]:
    """A pattern for figures in one word, of the parts of a list: at least two of them."""
    return re.compile(f"(?:{'|'.join(sorted(text.split(), key=len, reverse=True))}){{2,}}")


def ordinals(stems: str, endings: str) -> dict[str, str]:
    """Ordinals in words, `stem=digits`, with each ending."""
    pairs = [pair.partition("=") for pair in stems.split()]
    return {stem + ending: digits for stem, _, digits in pairs for ending in endings.split()}


def opening(alternatives: str) -> re.Pattern[str]:
    """A pattern for how a block begins, whatever signs stand before it."""
    return re.compile(rf"\W*(?:{alternatives})", re.IGNORECASE)

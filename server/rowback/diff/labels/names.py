"""Names in a text: capitals where the language has them for names only.

A capital inside a sentence is a name's; one at the beginning only where the article has the same word inside a sentence
too, and nowhere in lower case. In headlines, where every word may have a capital, likewise.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rowback.diff.labels.figures import MONTHS_BY_CAPITAL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rowback.diff.labels.lexicon import Lexicon

_WORD = r"[^\W\d_](?:[\w'’.-]*\w)?"
_CAPITAL = re.compile(r" ([^\W\d_a-z](?:[\w'’.-]*\w)?)")
_WORDS = re.compile(r"\w+")
# Tried only where a run of letters and the like begins: from each letter of a long one it would be read to the end again.
_BESIDE = re.compile(rf"(?<![\w'’.-])[\d_'’.-]*+({_WORD}) (?=({_WORD}))")
MAX_NAME = 100  # letters; the longest place name that anybody writes has 85
# Headlines and body of an article this long are read for names; more say the same.
MAX_READ_CHARACTERS = 60_000


def known_names(texts: Iterable[str], lexicon: Lexicon) -> frozenset[str]:
    """The words of an article that stand inside sentences with a capital, and nowhere without one."""
    read = "\n".join(texts)[:MAX_READ_CHARACTERS]
    words = set(_WORDS.findall(read))
    return frozenset(name for name in inner_names(read, lexicon) if name.lower() not in words)


def inner_names(text: str, lexicon: Lexicon) -> set[str]:
    """Words with a capital inside a sentence. Where nouns have one too: those of two that stand side by side."""
    text = text[:MAX_READ_CHARACTERS]
    if lexicon.capital_nouns:
        pairs = [(a, b) for a, b in _BESIDE.findall(text) if a[0].isupper() and b[0].isupper()]
        return {word for pair in pairs for word in pair if len(word) <= MAX_NAME}
    found = {match[1] for match in _CAPITAL.finditer(text) if match[1][0].isupper() and _is_inside(text, match.start())}
    months = lexicon.dates | MONTHS_BY_CAPITAL
    return {
        without_genitive(word)
        for word in found
        if 1 < len(word) <= MAX_NAME and months.isdisjoint((word, word.lower()))
    }


def without_genitive(word: str) -> str:
    """The name itself: Ruiz of Ruiz's."""
    return word.removesuffix("'s").removesuffix("'")


def _is_inside(text: str, space: int) -> bool:
    """Whether the sentence began earlier: before the space stands a word, a figure, a comma, or an initial."""
    before = text[space - 1 : space]
    if before == ".":
        return text[space - 2 : space - 1].isupper() and not text[max(0, space - 3) : space - 2].isalpha()
    return before.islower() or before.isdigit() or before in (",", ";")

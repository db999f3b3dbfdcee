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


def read_of(texts: Iterable[str]) -> str:
    """What of an article is read for names."""
    return "\n".join(texts)[:MAX_READ_CHARACTERS]


def is_known_name(word: str, read: str, lexicon: Lexicon) -> bool:
    """Whether a word is among the `known_names`, in the time of finding it: for languages whose nouns have no capitals."""
    return _stands_inside(word, read, lexicon) and not _stands_alone(word.lower(), read)


def _stands_inside(name: str, read: str, lexicon: Lexicon) -> bool:
    space = read.find(f" {name}")
    while space >= 0:
        match = _CAPITAL.match(read, space)
        if match and _inner_name(match, read, lexicon) == name:
            return True
        space = read.find(f" {name}", space + 1)
    return False


def _stands_alone(word: str, read: str) -> bool:
    """Whether a text has a word, not as a part of another one."""
    at = read.find(word) if _WORDS.fullmatch(word) else -1
    while at >= 0:
        beside = read[at - 1 : at] + read[at + len(word) : at + len(word) + 1]
        if not _WORDS.search(beside):
            return True
        at = read.find(word, at + 1)
    return False


def known_names(read: str, lexicon: Lexicon) -> frozenset[str]:
    """The words of an article that stand inside sentences with a capital, and nowhere without one."""
    words = set(_WORDS.findall(read))
    return frozenset(name for name in inner_names(read, lexicon) if name.lower() not in words)


def inner_names(text: str, lexicon: Lexicon) -> set[str]:
    """Words with a capital inside a sentence. Where nouns have one too: those of two that stand side by side."""
    text = text[:MAX_READ_CHARACTERS]
    if lexicon.capital_nouns:
        pairs = [(a, b) for a, b in _BESIDE.findall(text) if a[0].isupper() and b[0].isupper()]
        return {word for pair in pairs for word in pair if len(word) <= MAX_NAME}
    return set(filter(None, (_inner_name(match, text, lexicon) for match in _CAPITAL.finditer(text))))


def _inner_name(match: re.Match[str], text: str, lexicon: Lexicon) -> str:
    """The name that a `_CAPITAL` is, empty where it is none."""
    word = match[1]
    if not word[0].isupper() or not 1 < len(word) <= MAX_NAME or not _is_inside(text, match.start()):
        return ""
    is_month = (
        not MONTHS_BY_CAPITAL.isdisjoint((word, word.lower())) or word in lexicon.dates or word.lower() in lexicon.dates
    )
    return "" if is_month else without_genitive(word)


def without_genitive(word: str) -> str:
    """The name itself: Ruiz of Ruiz's."""
    return word.removesuffix("'s").removesuffix("'")


def _is_inside(text: str, space: int) -> bool:
    """Whether the sentence began earlier: before the space stands a word, a figure, a comma, or an initial."""
    before = text[space - 1 : space]
    if before == ".":
        return text[space - 2 : space - 1].isupper() and not text[max(0, space - 3) : space - 2].isalpha()
    return before.islower() or before.isdigit() or before in (",", ";")

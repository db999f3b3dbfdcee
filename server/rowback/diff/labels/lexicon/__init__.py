"""The words by which labels know a negation, a hedge, a figure in words, a date, an attribution or a correction.

One file a language. Which one an article is in is told from its own most frequent words: pages declare their language
wrongly or not at all, imports and captures in blocks do not say it, and the text is always there. Where no language is
sure there are no words: better no label than a wrong one.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from rowback.diff.labels.lexicon import de, en, es, fr, it, nl, pt
from rowback.diff.labels.lexicon.entries import Lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["FREQUENT", "LEXICONS", "NO_WORDS", "Lexicon", "lexicon_of", "says_correction"]

LEXICONS: dict[str, Lexicon] = {module.LANGUAGE: module.LEXICON for module in (en, de, fr, es, pt, it, nl)}
NO_WORDS = Lexicon()
# The words that hold sentences together, of all languages.
FREQUENT = frozenset(word for lexicon in LEXICONS.values() for word in lexicon.frequent)
_LANGUAGES = {word: [name for name, lexicon in LEXICONS.items() if word in lexicon.frequent] for word in FREQUENT}
# An article's language shows in its first lines.
MAX_READ_CHARACTERS = 6_000
# Two frequent words, a twentieth of all words, and clearly more than in the next language: neighbours such as Spanish
# and Portuguese share many.
MIN_FOUND, MIN_SHARE, MIN_LEAD = 2, 0.05, 1.2
# A note says what it is at once.
MAX_OPENING_CHARACTERS = 160
_WORD = re.compile(r"[^\W\d_]+")


def lexicon_of(texts: Iterable[str]) -> Lexicon:
    """The lexicon of the language that an article's texts are in, `NO_WORDS` where none is sure."""
    read = ""
    for text in texts:
        read += text[: MAX_READ_CHARACTERS - len(read)].lower() + "\n"
        if len(read) >= MAX_READ_CHARACTERS:
            break
    words = _WORD.findall(read)
    counts = Counter(filter(FREQUENT.__contains__, words))
    found = dict.fromkeys(LEXICONS, 0)
    for word, count in counts.items():
        for name in _LANGUAGES[word]:
            found[name] += count
    best, second = sorted(found, key=lambda name: -found[name])[:2]
    is_sure = found[best] >= MIN_LEAD * found[second] and found[best] >= MIN_SHARE * len(words)
    return LEXICONS[best] if found[best] >= MIN_FOUND and is_sure else NO_WORDS


def says_correction(text: str) -> bool:
    """Whether a block is a correction, an editor's note or a note of an update, in any of the languages."""
    return _begins_as_correction(text[:MAX_OPENING_CHARACTERS])


@lru_cache(maxsize=4_096)
def _begins_as_correction(opening: str) -> bool:
    return any(lexicon.says_correction(opening) for lexicon in LEXICONS.values())

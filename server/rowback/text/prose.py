"""Whether a short text is prose that somebody wrote, or what is left of a page whose article did not come: a menu, a word
that it is loading, a copyright line. Pure.

Asked of short texts only, where one sentence is much. In scripts that put no spaces between words two characters count as
one.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import regex

from rowback.text.pieces import elements_of, length_in_words
from rowback.text.shells import NOTICE, SHELL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rowback.text.pieces import Piece

MIN_SENTENCE_WORDS = 4  # "This story was removed."
MIN_LINE_WORDS = 12  # of a line that ends without a mark; the names in a menu rarely run that long in small letters
MIN_SMALL = 0.6  # the share of words in small letters of such a line
MIN_OWN_WORDS = 10  # a page with fewer outside of links and menus, and no sentence among them, has no text
MAX_READ = 20_000  # characters of a block, of which the first sentence is enough
MIN_HEADLINE_WORDS = 6  # of a link that is another story's headline; what a menu names is shorter
MANY_HEADLINES = 3  # of a list of stories, which is no article, and no shell either
_MENUS = frozenset({"nav", "footer", "menu", "aside"})
_ENDS = regex.compile(
    r"(?<![.!?…。！？｡؟۔।॥።։။၊។])[.!?…。！？｡؟۔।॥።։။၊។]++[\"'”’»«“」』)\]]*+(?=\s|$|[\u3040-\u30ff\u3400-\u9fff])"
)
# Scripts that end no sentence with a mark: a run this long without a space is more than a name.
_CLAUSE = regex.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{20,}")


def is_prose(text: str) -> bool:
    """Whether a block holds a sentence of its own."""
    text = text[:MAX_READ]
    if NOTICE.search(text) is not None:
        return True
    if not _ENDS.search(text):
        return SHELL.search(text) is None and (_CLAUSE.search(text) is not None or _is_line(text))
    return any(
        length_in_words(sentence) >= MIN_SENTENCE_WORDS and SHELL.search(sentence) is None
        for sentence in _ENDS.split(text)[:-1]
    )


def has_prose(texts: Iterable[str]) -> bool:
    """Whether one of the blocks is prose."""
    return any(map(is_prose, texts))


def is_shell(pieces: Sequence[Piece]) -> bool:
    """Whether what was found on a page is all links and menus: hardly a word of its own, and no sentence."""
    menus = {number for number, element in elements_of(pieces).items() if element.tag in _MENUS}
    outside = [piece for piece in pieces if piece.numbers.isdisjoint(menus)]
    own = [piece.text for piece in outside if not piece.is_link]
    linked = [piece.words for piece in outside if piece.is_link]
    if sum(words >= MIN_HEADLINE_WORDS for words in linked) >= MANY_HEADLINES:
        return False
    words = accumulate(length_in_words(text) for text in own if SHELL.search(text[:MAX_READ]) is None)
    return all(so_far < MIN_OWN_WORDS for so_far in words) and not has_prose(own)


def _is_line(text: str) -> bool:
    words = text.split()
    return len(words) >= MIN_LINE_WORDS and sum(word[0].islower() for word in words) >= MIN_SMALL * len(words)

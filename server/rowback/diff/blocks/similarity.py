"""How alike two blocks are, as a number from 0 (nothing shared) to 1 (the same words in the same order)."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import chain, islice
from typing import TYPE_CHECKING

import regex
from rapidfuzz import process
from rapidfuzz.distance import Indel, LCSseq

from rowback.diff.words.tokens import SPACELESS, is_word, tokenize
from rowback.text.normalize import MAX_KEPT_CHARACTERS, comparable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rowback.diff.words.fixed_points import Pair
    from rowback.model import Block

# Blocks of one class may become one another; across classes only when they are nearly the same text.
_CLASSES = {"li": "item", "figcaption": "caption", "tr": "row"} | dict.fromkeys(
    ("h1", "h2", "h3", "h4", "h5", "h6"), "heading"
)
OTHER_CLASS_LIKENESS = 0.8
# Longer blocks are judged by their first words: alignment needs no more, and time stays bounded.
MAX_JUDGED_WORDS = 4_000
# A block that holds nearly all words of a shorter one is likely its longer self.
MIN_HELD_WORDS = 6
HELD_SHARE = 0.8
HELD_LIKENESS = 0.6
# Up to this many times the length, such a block is as alike as that anyway: 1.6 / (1 + 1.6) > 0.6.
MIN_LONGER_SELF = 1.6
_SURROGATES, _SURROGATES_SIZE = 0xD800, 0x800
_WORD = re.compile(r"\w+")
# Where words are not runs of what `re` calls letters: they have no spaces between them, or vowels that are marks (Hindi).
_BY_TOKENS = regex.compile(rf"[{SPACELESS}\p{{M}}]")
# A figure in East Asian numerals is one token, and half of another one.
_PIECES = regex.compile(r"\p{Han}|\P{Han}+")


class Wordbook:
    """Texts as strings in which each distinct word is one character: what rapidfuzz compares fastest.

    One book serves all versions of an article: most blocks stay, and each text is spelled once.
    """

    def __init__(self) -> None:
        self._letters = _Letters()
        self._spelled: dict[str, str] = {}

    def spell(self, text: str) -> str:
        """The first `MAX_JUDGED_WORDS` words, lower case, without punctuation and white space, one character each."""
        spelled = self._spelled.get(text)
        if spelled is None:
            words = islice(_words(comparable(text).lower()), MAX_JUDGED_WORDS)
            spelled = self._spelled[text] = "".join(map(self._letters.__getitem__, words))
        return spelled


class _Letters(dict[str, str]):
    """The character that stands for each word."""

    def __missing__(self, word: str) -> str:
        place = len(self) + 1
        found = self[word] = chr(place if place < _SURROGATES else min(place + _SURROGATES_SIZE, 0x10FFFF))
        return found


def _words(text: str) -> Iterable[str]:
    """Words for judging likeness, where it matters little what is one: runs of letters, else whatever is a token."""
    if not text.isascii() and _BY_TOKENS.search(text):
        return chain.from_iterable(map(_PIECES.findall, filter(is_word, tokenize(text))))
    if len(text) <= MAX_KEPT_CHARACTERS:
        return _WORD.findall(text)
    return (match.group() for match in _WORD.finditer(text))


def likeness(old: str, new: str, cutoff: float = 0.0) -> float:
    """Of two spelled texts; 0 where it is below `cutoff`."""
    return _held(old, new, Indel.normalized_similarity(old, new, score_cutoff=cutoff), cutoff)


def alike(ones: Mapping[int, str], others: Mapping[int, str], cutoff: float) -> dict[Pair, float]:
    """The likeness of each of some spelled texts to each of others, by their places; those below `cutoff` are left out."""
    scorer = Indel.normalized_similarity
    found = {
        (a, b): score
        for a, one in ones.items()
        for _, score, b in process.extract(one, others, scorer=scorer, score_cutoff=cutoff, limit=None)
    }
    if cutoff <= HELD_LIKENESS:
        for a, b in {*_holders(ones, others), *((a, b) for b, a in _holders(others, ones))}:
            held = _held(ones[a], others[b], found.get((a, b), 0.0), cutoff)
            if held:
                found[a, b] = held
    return found


def _holders(shorter: Mapping[int, str], longer: Mapping[int, str]) -> Iterator[Pair]:
    """Places of texts, and of much longer ones that have so many of their words in the same order that they may hold them."""
    by_length = sorted(longer.items(), key=lambda item: -len(item[1]))
    places, texts = [place for place, _ in by_length], [text for _, text in by_length]
    lengths = [-len(text) for text in texts]
    for place, text in shorter.items():
        much_longer = texts[: bisect_left(lengths, -MIN_LONGER_SELF * len(text))]
        if much_longer and len(text) >= MIN_HELD_WORDS:
            least = int(HELD_SHARE * len(text))
            scorer = LCSseq.similarity
            for _, _, at in process.extract(text, much_longer, scorer=scorer, score_cutoff=least, limit=None):
                yield place, places[at]


def _held(old: str, new: str, whole: float, cutoff: float) -> float:
    """The likeness as a whole, or more where the longer text holds the shorter one."""
    shorter, longer = sorted((len(old), len(new)))
    if (
        whole >= HELD_LIKENESS
        or shorter < MIN_HELD_WORDS
        or cutoff > HELD_LIKENESS
        or longer <= MIN_LONGER_SELF * shorter
    ):
        return whole
    held = LCSseq.similarity(old, new, score_cutoff=int(HELD_SHARE * shorter))
    return HELD_LIKENESS if held >= HELD_SHARE * shorter and _stands_together(old, new) else whole


def _stands_together(old: str, new: str) -> bool:
    """Whether the shorter text's words stand in the longer one without being scattered over it."""
    shorter, longer = sorted((old, new), key=len)
    blocks = [block for block in LCSseq.editops(shorter, longer).as_matching_blocks() if block.size]
    return sum(block.size for block in blocks if block.size >= 3) >= HELD_SHARE * 0.8 * len(shorter)


def may_pair(old: Block, new: Block, alike: float) -> bool:
    """Whether the kinds of two blocks allow them to be one block: like with like, or nearly the same words."""
    return alike >= OTHER_CLASS_LIKENESS or _CLASSES.get(old.kind, "text") == _CLASSES.get(new.kind, "text")

"""How well marked articles read, by their markup alone: islands, cuts, and how many words are marked."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

import regex
from rapidfuzz.distance import Indel

from rowback.diff.words.compare import DELETE, EQUAL, INSERT, Segment
from tests.evaluation.readability import Readability

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.benchmark.histories import Text, Texts

WORD = regex.compile(r"\w+")
_BLOCK = regex.compile(r"<(\w+)>(.*?)</\1>", regex.DOTALL)
_SEGMENT = regex.compile(r"<(ins|del)>(.*?)</\1>|([^<]+)", regex.DOTALL)
_OPS = {"ins": INSERT, "del": DELETE, None: EQUAL}


@dataclass(frozen=True)
class Marks:
    """A mean an article: unchanged runs of at most two words between two changes of a block, borders of changes inside a
    word, and words marked."""

    islands: float
    cuts: float
    words: float


def read_marks(articles: Sequence[Sequence[str]]) -> Marks:
    """Of the markups of each article's edits."""
    counts, words = Readability(), 0
    for markups in articles:
        for markup in markups:
            for block in _BLOCK.finditer(markup):
                segments = [_segment(*found.groups()) for found in _SEGMENT.finditer(block[2])]
                counts.add(segments)
                words += sum(len(WORD.findall(each.text)) for each in segments if each.op != EQUAL)
    return Marks(counts.islands / len(articles), counts.cuts / len(articles), words / len(articles))


def _segment(tag: str | None, changed: str | None, equal: str | None) -> Segment:
    return Segment(_OPS[tag], html.unescape(changed or equal or ""))


def fewest_words(articles: Sequence[Texts]) -> float:
    """How many words the shortest edit script from the first to the last version would mark, a mean an article."""
    found = [Indel.distance(_words(texts[0]), _words(texts[-1])) for texts in articles]
    return sum(found) / len(found)


def _words(text: Text) -> list[str]:
    headline, paragraphs = text
    return WORD.findall("\n".join([headline, *paragraphs]))

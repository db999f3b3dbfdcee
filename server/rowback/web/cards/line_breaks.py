"""Breaks the segments of an edit into lines of a given width, and cuts what there is no room for.

Lines break at spaces and beside East Asian characters (a small part of Unicode Standard Annex 14); a word that is longer than
a line is broken between its characters. It knows nothing of how lines are drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import regex

from rowback.diff.words.compare import DELETE, EQUAL, INSERT, Segment
from rowback.text.plain import visible
from rowback.web.cards.glyph_widths import is_wide, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ELLIPSIS = "…"
LEAD_CHARACTERS = 44  # before the first change: less than a line, so that the change is in the first
BETWEEN_CHARACTERS = 90  # that stay between two changes; of more only both ends are kept
END_CHARACTERS = 36
MOST_CHARACTERS = 1_200  # of a text: more than a card holds in the narrowest letters
# What no line begins with, and what none ends with (JIS X 4051, the common part).
_CLOSING = frozenset("、。，．・：；？！）］｝〉》」』】〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…,.!?:;)]}»”’")
_OPENING = frozenset("（［｛〈《「『【〔([{«“‘")
_SPACES = regex.compile(r"\s+")
_CLUSTERS = regex.compile(r"\X")

CardLine = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class _Cluster:
    """What a reader takes for one character, and the operation of its segment."""

    text: str
    op: int
    width: float


def sides(segments: Sequence[Segment]) -> tuple[list[Segment], list[Segment]]:
    """What an edit's block said before and after, each cut to what stands around the changed words. A side without a word is
    empty."""
    kept = _around([Segment(each.op, _SPACES.sub(" ", visible(each.text))) for each in segments])
    old, new = ([each for each in kept if each.op in (EQUAL, op)] for op in (DELETE, INSERT))
    return _with_words(old), _with_words(new)


def _with_words(side: list[Segment]) -> list[Segment]:
    return side if any(each.text.strip(f" {ELLIPSIS}") for each in side) else []


def _around(segments: Sequence[Segment]) -> list[Segment]:
    changed = [n for n, each in enumerate(segments) if each.op != EQUAL]
    if not changed:
        return [Segment(EQUAL, _beginning("".join(each.text for each in segments), MOST_CHARACTERS))]
    kept = []
    for n, each in enumerate(segments):
        if each.op != EQUAL:
            kept.append(Segment(each.op, _beginning(each.text, MOST_CHARACTERS)))
        elif n < changed[0]:
            kept.append(Segment(EQUAL, _end(each.text, LEAD_CHARACTERS)))
        elif n > changed[-1] or len(each.text) <= BETWEEN_CHARACTERS:
            kept.append(Segment(EQUAL, _beginning(each.text, MOST_CHARACTERS)))
        else:
            ends = f"{_beginning(each.text, END_CHARACTERS)} {_end(each.text, END_CHARACTERS)}"
            kept.append(Segment(EQUAL, ends.replace(f"{ELLIPSIS} {ELLIPSIS}", f" {ELLIPSIS} ")))
    return kept


def _beginning(text: str, most: int) -> str:
    """A text up to so many characters, and to the end of a word where there is one."""
    if len(text) <= most:
        return text
    kept = text[:most]
    return (kept.rpartition(" ")[0] or kept) + ELLIPSIS


def _end(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    kept = text[-most:]
    return ELLIPSIS + (kept.partition(" ")[2] or kept)


def lines(segments: Iterable[Segment], room: float, most: int) -> list[CardLine]:
    """The segments in at most so many lines, none wider than `room` (in sizes of the font). What is left over is told by an
    ellipsis."""
    made: list[list[_Cluster]] = [[]]
    for word in _words(segments):
        if len(made) > most:
            break
        _add(made, word, room)
    found = [_without_ends(line) for line in made]
    found = [line for line in found if line]
    if len(found) > most:
        found = [*found[: most - 1], _ended(found[most - 1], room)]
    return [_joined(line) for line in found]


def _add(made: list[list[_Cluster]], word: Sequence[_Cluster], room: float) -> None:
    """Puts a word into the last line, or begins another; one that no line has room for is broken."""
    needed = sum(each.width for each in _without_ends(word))
    filled = sum(each.width for each in made[-1])
    if made[-1] and filled + needed > room:
        made.append([])
        filled = 0.0
    for each in word:
        if made[-1] and filled + each.width > room and needed > room:
            made.append([])
            filled = 0.0
        made[-1].append(each)
        filled += each.width


def _words(segments: Iterable[Segment]) -> Iterator[list[_Cluster]]:
    """What is not broken, with the spaces behind it."""
    word: list[_Cluster] = []
    for each in _clusters(segments):
        if word and _may_break(word[-1].text, each.text):
            yield word
            word = []
        word.append(each)
    if word:
        yield word


def _clusters(segments: Iterable[Segment]) -> Iterator[_Cluster]:
    for segment in segments:
        for found in _CLUSTERS.finditer(segment.text):
            yield _Cluster(found[0], segment.op, width(found[0]))


def _may_break(before: str, after: str) -> bool:
    if after.isspace():
        return False
    if before.isspace():
        return True
    return (is_wide(before[0]) or is_wide(after[0])) and after not in _CLOSING and before not in _OPENING


def _without_ends(line: Sequence[_Cluster]) -> list[_Cluster]:
    """Without white space at either end."""
    seen = [n for n, each in enumerate(line) if not each.text.isspace()]
    return list(line[seen[0] : seen[-1] + 1]) if seen else []


def _ended(line: list[_Cluster], room: float) -> list[_Cluster]:
    """A line with an ellipsis at its end, for which its last characters make room."""
    sign = _Cluster(ELLIPSIS, EQUAL, width(ELLIPSIS))
    kept = list(line)
    while kept and (kept[-1].text in (" ", ELLIPSIS) or sum(each.width for each in kept) + sign.width > room):
        kept.pop()
    return [*kept, sign]


def _joined(line: Iterable[_Cluster]) -> CardLine:
    return tuple(Segment(op, "".join(each.text for each in run)) for op, run in groupby(line, key=lambda each: each.op))

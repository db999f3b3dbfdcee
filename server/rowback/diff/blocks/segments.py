"""The segments of an edit, one run for each block that its markup holds.

Without insertions they read as the old blocks exactly, without deletions as the new ones. In a split the break between two
new blocks was a space in the old text (or nothing): it is a deleted space, so that both sides stay exact.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rowback.diff.words.compare import DELETE, EQUAL, INSERT, Segment, compare
from rowback.diff.words.effort import FULL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.model import Block

SegmentsByBlock = tuple[tuple[Segment, ...], ...]
BREAK = " "


class Segments:
    """Compares blocks by their words. One serves all versions of an article: most edits of a long stretch of time are those
    of some step, and the same texts are compared once."""

    def __init__(self) -> None:
        self._kept: dict[tuple[tuple[str, ...], tuple[str, ...], int], SegmentsByBlock] = {}

    def between(self, old: Sequence[Block], new: Sequence[Block], effort: int = FULL) -> SegmentsByBlock:
        """The segments of each block to be written: one run per new block (or per old one, where there is no new one).

        One old block and several new ones are a split; several old and one new a merge.
        """
        asked = tuple(block.text for block in old), tuple(block.text for block in new), effort
        if asked not in self._kept:
            self._kept[asked] = _by_block(*asked)
        return self._kept[asked]


def _by_block(old: tuple[str, ...], new: tuple[str, ...], effort: int) -> SegmentsByBlock:
    segments = compare(BREAK.join(old), BREAK.join(new), effort)
    if len(new) > 1:
        return tuple(_cut(segments, new, newer=True))
    if len(old) > 1:
        return (_neighbours_joined([segment for block in _cut(segments, old, newer=False) for segment in block]),)
    return (tuple(segments),)


def _cut(segments: Sequence[Segment], texts: Sequence[str], *, newer: bool) -> list[tuple[Segment, ...]]:
    """Cuts segments at the breaks that joined `texts` on one side. A break that the other side has as a character stays
    there, deleted or inserted; one that it lacks goes."""
    other, mine = (DELETE, INSERT) if newer else (INSERT, DELETE)
    blocks: list[list[Segment]] = [[]]
    left = len(texts[0])
    for segment in segments:
        text, start = segment.text, 0
        if segment.op == other:
            blocks[-1].append(segment)
            continue
        while len(text) - start > left and len(blocks) < len(texts):
            blocks[-1].append(Segment(segment.op, text[start : start + left]))
            if segment.op != mine:
                blocks[-1].append(Segment(other, BREAK))
            start += left + len(BREAK)
            left = len(texts[len(blocks)])
            blocks.append([])
        blocks[-1].append(Segment(segment.op, text[start:]))
        left -= len(text) - start
    return [_neighbours_joined(block) for block in blocks]


def _neighbours_joined(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The same without empty segments, neighbours of one kind joined. A word that was torn by a break says the same on both
    sides once that is gone."""
    joined: list[Segment] = []
    for segment in _alike_joined(segments):
        before = joined[-1] if joined else None
        if before and {before.op, segment.op} == {DELETE, INSERT} and before.text == segment.text:
            joined[-1] = Segment(EQUAL, segment.text)
        else:
            joined.append(segment)
    return tuple(_alike_joined(joined))


def _alike_joined(segments: Sequence[Segment]) -> list[Segment]:
    solid = (segment for segment in segments if segment.text)
    runs = groupby(solid, key=lambda segment: segment.op)
    return [Segment(op, "".join(segment.text for segment in run)) for op, run in runs]

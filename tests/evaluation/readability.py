"""Figures of how well marked text reads, for any engine: what a person stumbles over, counted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import regex
from diff_match_patch import diff_match_patch

from rowback.diff.words.compare import DELETE, EQUAL, INSERT, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Fewer characters than this are hard to see and hard to hit.
SHORT_CHARACTERS = 3
# Unchanged words between two changes, up to which they are an island.
ISLAND_WORDS = 2


@dataclass
class Readability:
    """Counts over many changed blocks."""

    blocks: int = 0
    edits: int = 0
    fragments: int = 0
    short: int = 0
    islands: int = 0
    cuts: int = 0

    def add(self, segments: Sequence[Segment]) -> None:
        """Counts one changed block."""
        changed = [segment for segment in segments if segment.op != EQUAL]
        self.blocks += 1
        self.fragments += len(changed)
        self.short += sum(len(segment.text.strip()) < SHORT_CHARACTERS for segment in changed)
        self.edits += sum(a.op == EQUAL or b.op == EQUAL for a, b in pairwise(_framed(segments)) if b.op != EQUAL)
        self.islands += sum(_is_island(segment) for segment in segments[1:-1])
        self.cuts += cuts(segments)

    def rows(self) -> dict[str, float]:
        """The figures by name."""
        return {
            "edits per changed block": self.edits / self.blocks,
            "fragments under 3 characters, %": 100 * self.short / self.fragments,
            "islands per changed block": self.islands / self.blocks,
            "cuts of a word or number per changed block": self.cuts / self.blocks,
        }


def _framed(segments: Sequence[Segment]) -> list[Segment]:
    return [Segment(EQUAL, ""), *segments]


def _is_island(segment: Segment) -> bool:
    return segment.op == EQUAL and len(regex.findall(r"\w+", segment.text)) <= ISLAND_WORDS


def cuts(segments: Sequence[Segment]) -> int:
    """Borders of changes inside a word or number, on either side."""
    return sum(_cuts_side([s for s in segments if s.op != dropped]) for dropped in (DELETE, INSERT))


def _cuts_side(segments: Iterable[Segment]) -> int:
    return sum(
        regex.search(r"\p{Latin}$|\d$", a.text) is not None and regex.match(r"\p{Latin}|\d", b.text) is not None
        for a, b in pairwise(segments)
    )


def semantic(old: str, new: str) -> list[Segment]:
    """What diff-match-patch says of two texts after its own semantic clean-up."""
    engine = diff_match_patch()
    engine.Diff_Timeout = 0  # no clock: the same on every machine
    found = engine.diff_main(old, new)
    engine.diff_cleanupSemantic(found)
    return [Segment(op, text) for op, text in found]

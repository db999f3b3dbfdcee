"""Where an old text's blocks stand on a page: as whole stretches between edges, however the page is cut now.

A block of which something was taken, or to which something was added, does not stand: its end is then within a run of text.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_PLACES = 16  # of one text on a page; a line that stands there more often is no article's
MAX_ROUNDS = 50  # after each, fewer stand beside one another; real texts take two or three
Where = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Ground:
    """A page's texts, folded and joined; `edges` are the places where one ends and the next begins, in order."""

    text: str
    edges: tuple[int, ...]

    @classmethod
    def of(cls, folded: Sequence[str]) -> Ground:
        """The ground of texts in folded form."""
        edges, at = [0], 0
        for each in folded:
            at += len(each)
            edges.append(at)
        return cls("".join(folded), tuple(edges))

    def places(self, folded: str) -> list[Where]:
        """Where a text is found, whether or not between edges."""
        found: list[Where] = []
        at = self.text.find(folded) if folded else -1
        while at >= 0 and len(found) < MAX_PLACES:
            found.append((at, at + len(folded)))
            at = self.text.find(folded, at + 1)
        return found

    def standing(self, blocks: Sequence[str]) -> dict[int, list[Where]]:
        """The folded blocks that stand on the page, by their places in the sequence, with where. One may begin where another
        ends: the page's text was cut there once."""
        found = {place: self.places(each) for place, each in enumerate(blocks)}
        for _ in range(MAX_ROUNDS):
            starts = {start for spans in found.values() for start, _ in spans}
            ends = {end for spans in found.values() for _, end in spans}
            kept = {
                place: [
                    (start, end)
                    for start, end in spans
                    if (self._is_edge(start) or start in ends) and (self._is_edge(end) or end in starts)
                ]
                for place, spans in found.items()
            }
            if kept == found:
                break
            found = kept
        return {place: spans for place, spans in found.items() if spans}

    def _is_edge(self, at: int) -> bool:
        place = bisect_left(self.edges, at)
        return place < len(self.edges) and self.edges[place] == at

"""Which of the pieces taken for an article's are furniture, by their words and by the place where they stand. Pure.

A heading over the article's text and an item of a list of it stay, whatever they say, unless nothing else can be meant. What
falls takes the heading of its box along.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rowback.text.blocks import HEADINGS
from rowback.text.lines.line import line_of
from rowback.text.lines.promotions import promotions_among
from rowback.text.lines.sorts import Sort

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from rowback.text.lines.sorts import Line
    from rowback.text.pieces import Piece

MIN_PROSE_WORDS = 12
MAX_STANDFIRST_WORDS = 45  # prose this short may stand above the date of its article
_CELLS = frozenset({"li", "dd", "dt", "tr", "td", "th"})
_LISTS = frozenset({"ul", "ol", "dl", "table"})


def lines_among(pieces: Sequence[Piece], taken: Collection[int]) -> set[int]:
    """The numbers of those taken that are furniture."""
    order = sorted(taken)
    found = {n: line for n in order if (line := line_of(pieces[n].text, pieces[n].links)) is not None}
    dates = {n for n, line in found.items() if line.sort is Sort.DATE}
    others = {n: line for n, line in found.items() if n not in dates}
    cells = _Cells(pieces, order)
    fallen = {n for n, line in others.items() if _falls(n, line, pieces, order, others, cells)}
    fallen |= _above_the_text(pieces, order, dates, fallen)
    return fallen | promotions_among(pieces, order, {n: found[n] for n in fallen})


def _falls(
    n: int, line: Line, pieces: Sequence[Piece], order: Sequence[int], lines: Mapping[int, Line], cells: _Cells
) -> bool:
    piece = pieces[n]
    if piece.kind in HEADINGS:
        return not (line.is_open or line.sort is Sort.COUNTER) or not _heads_text(n, pieces, order, lines)
    if piece.kind in ("figcaption", "blockquote", "pre"):
        return not line.is_open
    if cells.is_alone(n):
        return 2 * sum(other in lines for other in cells.beside(n)) >= len(cells.beside(n))
    return not line.is_open or not cells.is_in_one(n)


def _heads_text(n: int, pieces: Sequence[Piece], order: Sequence[int], lines: Mapping[int, Line]) -> bool:
    """Whether the piece after a heading is of the article, and no furniture."""
    after = n + 1
    return after < len(pieces) and after in set(order) and after not in lines and pieces[after].kind not in HEADINGS


def _above_the_text(pieces: Sequence[Piece], order: Sequence[int], dates: set[int], fallen: set[int]) -> set[int]:
    """The dates that stand above an article. Where more stand below, the article is a chronicle and all are its own."""
    above: set[int] = set()
    prose = 0
    for n in order:
        words = pieces[n].words
        if n in dates and pieces[n].kind == "p" and not prose:
            above.add(n)
        elif n in dates:
            return set()
        elif n not in fallen and words >= MIN_PROSE_WORDS:
            prose += 0 if not above and words <= MAX_STANDFIRST_WORDS and not prose else 1
    return above


class _Cells:
    """The items of lists and the cells of tables that pieces stand in."""

    def __init__(self, pieces: Sequence[Piece], order: Sequence[int]) -> None:
        self._cell: dict[int, int] = {}
        self._list: dict[int, int] = {}
        self._in_cell: dict[int, int] = defaultdict(int)
        self._in_list: dict[int, list[int]] = defaultdict(list)
        for n in order:
            for element in pieces[n].around:
                if element.tag in _CELLS:
                    self._cell[n] = element.number
                elif element.tag in _LISTS:
                    self._list[n] = element.number
            if n in self._cell:
                self._in_cell[self._cell[n]] += 1
                self._in_list[self._list.get(n, 0)].append(n)

    def is_in_one(self, n: int) -> bool:
        """Whether a piece stands in a cell."""
        return n in self._cell

    def is_alone(self, n: int) -> bool:
        """Whether a piece is all of its cell."""
        return n in self._cell and self._in_cell[self._cell[n]] == 1

    def beside(self, n: int) -> Sequence[int]:
        """The pieces of the list that a piece stands in, with itself."""
        return self._in_list[self._list.get(n, 0)]

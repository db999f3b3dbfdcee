"""Elements of a page that hold paragraphs of an article and may be named like furniture: trafilatura would leave them out for
their names before anything is weighed. Pure.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from rowback.text.choice.amounts import FEW, bodies, is_prose
from rowback.text.choice.boxes import box_names, is_body

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rowback.text.pieces import Around, Piece


def with_text(pieces: Sequence[Piece]) -> set[int]:
    """The numbers of such elements."""
    around = {element.number: element for piece in pieces for element in piece.around}
    whole = {n for n, home in bodies(pieces, around).items() if is_body(n, home, box_names(around[n]))}
    return whole | _one_by_one(pieces)


def _one_by_one(pieces: Sequence[Piece]) -> set[int]:
    """The elements around one paragraph each, where several with the same names follow each other."""
    held = Counter(element.number for piece in pieces for element in piece.around)
    found: set[int] = set()
    for words, group in groupby((_box_of(piece, held) for piece in pieces), key=lambda box: box and box.words):
        boxes = [box.number for box in group if box]
        if words and len(boxes) > FEW:
            found.update(boxes)
    return found


def _box_of(piece: Piece, held: Mapping[int, int]) -> Around | None:
    """The outermost element that holds this paragraph and nothing else."""
    if not is_prose(piece):
        return None
    return next((element for element in piece.around if held[element.number] == 1), None)

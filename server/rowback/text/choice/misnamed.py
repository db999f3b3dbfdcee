"""Elements of a page that hold paragraphs of an article and may be named like furniture: trafilatura would leave them out for
their names before anything is weighed. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.text.choice.amounts import bodies, one_by_one
from rowback.text.choice.boxes import is_body, named_for_headings, names_of_boxes

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from rowback.text.pieces import Piece


def misnamed(pieces: Sequence[Piece]) -> tuple[Set[int], Set[int]]:
    """The numbers of such elements, and of those whose id is their heading."""
    names = names_of_boxes(pieces)
    whole = {number for number, home in bodies(pieces, names).items() if is_body(number, home, names[number])}
    return whole | one_by_one(pieces), named_for_headings(pieces)

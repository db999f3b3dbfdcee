"""Which of the pieces taken for an article's are furniture by their words and their place. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.text.lines.line import is_line

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rowback.text.pieces import Piece


def lines_among(pieces: Sequence[Piece], taken: Collection[int]) -> set[int]:
    """The numbers of those taken that are furniture."""
    return {n for n in taken if is_line(pieces[n].text, pieces[n].links)}

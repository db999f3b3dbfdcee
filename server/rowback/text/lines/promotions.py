"""Boxes between an article's paragraphs that no name tells: told by the offers that are all they hold. Pure."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from rowback.text.lines.offers import is_letter
from rowback.text.lines.sorts import Sort
from rowback.text.lines.vocabulary import plain
from rowback.text.pieces import length_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rowback.text.lines.sorts import Line
    from rowback.text.pieces import Piece

MAX_BOX_PIECES = 6
MAX_BOX_WORDS = 80
MAX_HEADINGS = 2  # of a box, with the short lines that stand for one
MAX_HEADING_WORDS = 10
_OFFERING = (Sort.OFFER, Sort.METER)
_SENTENCE = regex.compile(r"[.;。।]\s*$")


def promotions_among(pieces: Sequence[Piece], order: Sequence[int], fallen: Mapping[int, Line]) -> set[int]:
    """The headings and short lines that stand in a box with an offer and nothing else, or right above an offer."""
    offers = {n for n, line in fallen.items() if line.sort in _OFFERING}
    if not offers:
        return set()
    inside = defaultdict(list)
    for n in order:
        for element in pieces[n].around:
            inside[element.number].append(n)
    found: set[int] = set()
    for number in {element.number for n in offers for element in pieces[n].around}:
        rest = [n for n in inside[number] if n not in fallen]
        if len(inside[number]) < len(order) and _is_box(pieces, inside[number], rest):
            found.update(rest)
    above = pairwise(order)
    return found | {
        n for n, below in above if below in offers and _is_heading(pieces[n]) and is_letter(plain(pieces[n].text))
    }


def _is_box(pieces: Sequence[Piece], held: Sequence[int], rest: Sequence[int]) -> bool:
    return (
        len(held) <= MAX_BOX_PIECES
        and len(rest) <= MAX_HEADINGS
        and sum(length_in_words(pieces[n].text) for n in held) <= MAX_BOX_WORDS
        and all(_is_heading(pieces[n]) for n in rest)
    )


def _is_heading(piece: Piece) -> bool:
    return length_in_words(piece.text) <= MAX_HEADING_WORDS and (
        piece.kind.startswith("h") or (piece.kind == "p" and not _SENTENCE.search(piece.text))
    )

"""Boxes between an article's paragraphs that no name tells: told by the offers that are all they hold. Pure."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from rowback.text.lines.offers import is_letter
from rowback.text.lines.phrases import hints_at_a_letter
from rowback.text.lines.sorts import Sort
from rowback.text.lines.vocabulary import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rowback.text.lines.sorts import Line
    from rowback.text.pieces import Around, Piece

MAX_BOX_PIECES = 6
MAX_BOX_WORDS = 80
MAX_HEADINGS = 2  # of a box, with the short lines that stand for one
MAX_HEADING_WORDS = 10
MAX_HINT_WORDS = 45
_OFFERING = (Sort.OFFER, Sort.METER)
_SENTENCE = regex.compile(r"[.;。।]\s*$")


def promotions_among(pieces: Sequence[Piece], order: Sequence[int], fallen: Mapping[int, Line]) -> set[int]:
    """The pieces that stand in a box with an offer and nothing else but headings, and the heading right above an offer."""
    offers = {n for n, line in fallen.items() if line.sort in _OFFERING}
    hints = {n for n in order if n not in fallen and _is_hint(pieces[n])}
    if not offers and not hints:
        return set()
    inside = defaultdict(list)
    for n in order:
        for element in pieces[n].around:
            inside[element.number].append(n)
    small = {number: held for number, held in inside.items() if len(held) <= MAX_BOX_PIECES and len(held) < len(order)}
    found: set[int] = set()
    for number in {element.number for n in offers for element in pieces[n].around} & small.keys():
        rest = [n for n in small[number] if n not in fallen]
        if _is_box(pieces, small[number], rest):
            found.update(rest)
    found |= _hinted(pieces, small, hints, {*fallen, *found})
    return found | {
        n
        for n, below in pairwise(order)
        if below in offers and _is_heading(pieces[n]) and is_letter(plain(pieces[n].text))
    }


def _hinted(pieces: Sequence[Piece], small: Mapping[int, list[int]], hints: set[int], fallen: set[int]) -> set[int]:
    """Boxes that only hint at a letter: a heading, and sentences that do. Where the text speaks of such things elsewhere,
    too, they are what it is about."""
    found: set[int] = set()
    for element in {element for n in hints for element in pieces[n].around if element.number in small}:
        held = small[element.number]
        rest = [n for n in held if n not in fallen and n not in hints]
        if (
            rest
            and pieces[held[0]].kind.startswith("h")
            and _is_box(pieces, held, rest)
            and not _has_twin(pieces, element)
        ):
            found.update(held)
    return found - fallen if hints <= found else set()


def _has_twin(pieces: Sequence[Piece], box: Around) -> bool:
    """Whether an element beside a box is made as it is: then both are parts of the article."""
    return any(
        element.number != box.number and (element.tag, element.words) == (box.tag, box.words)
        for piece in pieces
        if box not in piece.around
        for element in piece.around
    )


def _is_hint(piece: Piece) -> bool:
    return piece.kind in ("p", "blockquote") and piece.words <= MAX_HINT_WORDS and hints_at_a_letter(plain(piece.text))


def _is_box(pieces: Sequence[Piece], held: Sequence[int], rest: Sequence[int]) -> bool:
    return (
        len(held) <= MAX_BOX_PIECES
        and len(rest) <= MAX_HEADINGS
        and sum(pieces[n].words for n in held) <= MAX_BOX_WORDS
        and all(_is_heading(pieces[n]) for n in rest)
    )


def _is_heading(piece: Piece) -> bool:
    return piece.words <= MAX_HEADING_WORDS and (
        piece.kind.startswith("h") or (piece.kind == "p" and not _SENTENCE.search(piece.text))
    )

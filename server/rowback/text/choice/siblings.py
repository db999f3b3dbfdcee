"""Paragraphs in elements like those that the article's stand in: where a page is built of components, each with some of the
text, trafilatura may take the first for all of it. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from rowback.text.blocks import HEADINGS
from rowback.text.choice.amounts import is_prose, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

    from rowback.text.pieces import Piece

    Kind = tuple[int, str, frozenset[str]]  # an element's parent, its tag and its names

MOST_PROSE = 0.7  # of what stands in such an element
_TAGS = frozenset({"div", "section"})


def alike(pieces: Sequence[Piece], found: Set[int], title: str) -> set[int]:
    """The pieces in brothers, of the same names, of the elements with the found text. They stand below the headline in one
    element with it, and have none of their own; `title` is the headline, folded."""
    top = max((n for n in range(min(found)) if pieces[n].folded == title), default=None)
    if top is None:
        return set()
    with_headline = pieces[top].numbers
    kinds = {kind for n in found for kind, _ in _kinds(pieces[n]) if kind[0] in with_headline}
    brothers: dict[int, set[int]] = defaultdict(set)
    for n in range(top + 1, len(pieces)):
        for kind, number in _kinds(pieces[n]):
            if kind in kinds:
                brothers[number].add(n)
    return {
        n
        for members in brothers.values()
        if members.isdisjoint(found) and _is_text([pieces[n] for n in sorted(members)])
        for n in members
    }


def _kinds(piece: Piece) -> Iterator[tuple[Kind, int]]:
    for parent, child in pairwise(piece.around):
        if child.tag in _TAGS and child.words and parent.tag != "body":
            yield (parent.number, child.tag, child.words), child.number


def _is_text(pieces: Sequence[Piece]) -> bool:
    if any(piece.kind in HEADINGS and piece.links > 0 for piece in pieces):
        return False
    if any(element.tag == "h1" for piece in pieces for element in piece.around):
        return False
    whole = sum(len(piece.folded) for piece in pieces)
    return total(piece for piece in pieces if is_prose(piece)) >= MOST_PROSE * whole

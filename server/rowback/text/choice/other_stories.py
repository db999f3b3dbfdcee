"""Lists of other stories among an article's pieces: cards beside each other, each with a heading that is a link, and lines of
nothing but a link at the end. They are told by how they stand, whatever they are called. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from rowback.text.blocks import HEADINGS
from rowback.text.choice.amounts import is_prose, total

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from rowback.text.pieces import Piece

MIN_CARDS = 3
MAX_CARD_PIECES = 5
MAX_CARD_WORDS = 80
PARTLY_LINK = 0.3  # of a card's heading, which may have a label in it
ALL_LINK = 0.95
MAX_SHARE = 0.25  # of the text found; a list of things with a link each that has more of it is the article
MIN_LINES = 2
_TAGS = frozenset({"div", "li", "article", "section", "a"})


@dataclass(slots=True)
class _Element:
    parent: int
    tag: str
    members: list[int] = field(default_factory=list)


def other_stories(pieces: Sequence[Piece], found: Set[int]) -> set[int]:
    """Those of the found pieces that are in such a list, or the heading right above it."""
    listed = _cards(pieces, found) | _last_lines(pieces, found)
    above = {n - 1 for n in listed if n - 1 not in listed and n - 1 in found and pieces[n - 1].kind in HEADINGS}
    return (listed & found) | above


def _cards(pieces: Sequence[Piece], found: Set[int]) -> set[int]:
    elements: dict[int, _Element] = {}
    for n, piece in enumerate(pieces):
        for parent, child in pairwise(piece.around):
            if child.tag in _TAGS:
                element = elements.get(child.number)
                if element is None:
                    element = elements[child.number] = _Element(parent.number, child.tag)
                element.members.append(n)
    groups: dict[tuple[int, str], list[list[int]]] = defaultdict(list)
    for element in elements.values():
        if _is_card([pieces[n] for n in element.members]):
            groups[element.parent, element.tag].append(element.members)
    whole = total(pieces[n] for n in found)
    taken: set[int] = set()
    for cards in groups.values():
        members = {n for card in cards for n in card}
        links = {pieces[card[0]].href for card in cards}
        if len(links) >= MIN_CARDS and total(pieces[n] for n in members & found) <= MAX_SHARE * whole:
            taken |= members
    return taken


def _is_card(pieces: Sequence[Piece]) -> bool:
    head = pieces[0]
    if len(pieces) > MAX_CARD_PIECES or head.href in ("", "#") or head.href.startswith("#"):
        return False
    is_headed = head.links >= PARTLY_LINK if head.kind in HEADINGS else head.links >= ALL_LINK and len(pieces) > 1
    return is_headed and sum(piece.words for piece in pieces) <= MAX_CARD_WORDS


def _last_lines(pieces: Sequence[Piece], found: Set[int]) -> set[int]:
    """The lines of nothing but a link below the last sentence."""
    last = max((n for n in found if is_prose(pieces[n])), default=None)
    if last is None:
        return set()
    below = sorted((n for n in found if n > last), reverse=True)
    lines = set(takewhile(lambda n: pieces[n].links >= ALL_LINK and pieces[n].kind in {"p", *HEADINGS}, below))
    return lines if len(lines) >= MIN_LINES else set()

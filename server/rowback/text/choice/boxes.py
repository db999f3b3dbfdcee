"""Which elements of a page are boxes of furniture. Their names say so, and are weighed: all that one name would take from the
found text together, and what would be left. A name that takes much of an article is none on that page. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rowback.text.blocks import HEADINGS
from rowback.text.choice.amounts import bodies, is_prose, one_by_one, total
from rowback.text.choice.slides import slideshows
from rowback.text.class_names import PARTS, read_words
from rowback.text.furniture import COMMENTS, POST, TAGS, holds_labels, is_text_level, names_of
from rowback.text.page_pieces import found_once
from rowback.text.pieces import elements_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence, Set

    from rowback.text.pieces import Around, Piece

MAX_NAME = 0.2  # of the found text; on real pages boxes hold up to 0.12
MAX_BOX = 0.35  # the same for a single paragraph, for a part of the site, and for all boxes together
LABEL_LINKS = 0.3  # of a line that a text-level element names


def boxes(pieces: Sequence[Piece], found: Set[int]) -> set[int]:
    """The numbers of the elements that hold furniture."""
    around = elements_of(pieces)
    no_boxes = named_for_headings(pieces)
    named = {number: names for number, names in names_of_boxes(pieces).items() if names and number not in no_boxes}
    inside = _inside(pieces, found, named)
    whole = max(1.0, total(pieces[n] for n in found))
    left = {number for number, names in named.items() if not _is_article(pieces, inside[number], names, whole)}
    left -= {number for number, home in bodies(pieces, left).items() if is_body(number, home, named[number])}
    if left:
        left -= {number for number in one_by_one(pieces) & left if named[number].isdisjoint(TAGS | COMMENTS | {POST})}
    _spare(pieces, whole, left, named, inside)
    return left | slideshows(pieces, found, left, around)


def is_label(piece: Piece) -> bool:
    """Whether a piece by its own names is furniture: not for these alone, but for being links, too."""
    if piece.links < LABEL_LINKS or (not piece.is_link and is_prose(piece)):
        return False
    return any(is_text_level(element) and names_of(element) for element in piece.around[-2:])


def box_names(element: Around) -> frozenset[str]:
    """What names a box; of a text only that it is another site's."""
    names = names_of(element)
    if is_text_level(element):
        return names & {POST} if element.tag in ("blockquote", "figure") else frozenset()
    return names


@found_once
def names_of_boxes(pieces: Sequence[Piece]) -> Mapping[int, frozenset[str]]:
    """What names each element that pieces stand in, if anything does."""
    return {number: box_names(element) for number, element in elements_of(pieces).items()}


@found_once
def named_for_headings(pieces: Sequence[Piece]) -> frozenset[int]:
    """The elements whose id is no more than the heading they begin with: `related-costs` over "Related costs"."""
    around, named = elements_of(pieces), names_of_boxes(pieces)
    seen: set[int] = set()
    found = set()
    for piece in pieces:
        first_in = piece.numbers - seen
        seen |= first_in
        if piece.kind in HEADINGS and piece.links == 0:
            for number in first_in:
                words = around[number].words
                if words == read_words(piece.text) and words - named[number] - PARTS:
                    found.add(number)
    return frozenset(found)


def _inside(pieces: Sequence[Piece], found: Set[int], named: Collection[int]) -> dict[int, set[int]]:
    """Which found pieces stand in which named element."""
    inside: dict[int, set[int]] = {number: set() for number in named}
    for n in found:
        for number in pieces[n].numbers & inside.keys():
            inside[number].add(n)
    return inside


def _is_article(pieces: Sequence[Piece], held: set[int], names: frozenset[str], whole: float) -> bool:
    """Whether what one element holds is the article's, whatever its names; `whole` is what the found text weighs."""
    prose = sum(is_prose(pieces[n]) for n in held)
    if prose and holds_labels(names):
        return True
    return total(pieces[n] for n in held) / whole > _limit(names, prose)


def _limit(names: frozenset[str], prose: int) -> float:
    return MAX_BOX if prose <= 1 or not names.isdisjoint(TAGS) else MAX_NAME


def is_body(number: int, home: int, names: frozenset[str]) -> bool:
    """Whether paragraphs that stand in a box, as direct children of `home`, are an article's: a comment has such, too."""
    return names.isdisjoint(TAGS) and (number == home or names.isdisjoint(COMMENTS))


def _spare(
    pieces: Sequence[Piece],
    whole: float,
    left: set[int],
    named: Mapping[int, frozenset[str]],
    inside: Mapping[int, set[int]],
) -> None:
    """Takes out of `left` the elements with a name that takes too much, all of them together."""
    bearers: dict[str, set[int]] = defaultdict(set)
    for number in left:
        for name in named[number]:
            bearers[name].add(number)
    taken = {name: set[int]().union(*(inside[number] for number in group)) for name, group in bearers.items()}
    for name in sorted(taken, key=lambda name: -total(pieces[n] for n in taken[name])):
        prose = sum(is_prose(pieces[n]) for n in taken[name])
        every = set[int]().union(*(inside[number] for number in left))
        is_much = total(pieces[n] for n in taken[name]) / whole > _limit(frozenset({name}), prose)
        if is_much or total(pieces[n] for n in every) / whole > MAX_BOX:
            left -= bearers[name]

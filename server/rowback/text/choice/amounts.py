"""How much of an article stands where. A link's words weigh nothing: they lead elsewhere. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain, groupby, pairwise
from typing import TYPE_CHECKING

from rowback.text.blocks import HEADINGS
from rowback.text.furniture import is_text_level
from rowback.text.page_pieces import found_once

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from rowback.text.pieces import Piece

MIN_PROSE_WORDS = 8
MAX_PROSE_LINKS = 0.4
FEW = 2  # more paragraphs that stand in one element beside each other are a text: no box has so many


def weight(piece: Piece) -> float:
    """Its characters, without those of links; none for a caption."""
    return 0.0 if piece.kind == "figcaption" else len(piece.folded) * (1 - min(1.0, piece.links))


def total(pieces: Iterable[Piece]) -> float:
    """What pieces weigh."""
    return sum(map(weight, pieces))


def is_prose(piece: Piece) -> bool:
    """Whether a piece is a whole sentence or more, and no list of links."""
    return piece.links < MAX_PROSE_LINKS and piece.words >= MIN_PROSE_WORDS and piece.is_sentence


def shares(pieces: Sequence[Piece], found: Collection[int], among: Collection[int]) -> dict[int, float]:
    """How much of the found text each of these elements holds, in characters of all."""
    held = dict.fromkeys(among, 0)
    for n in found:
        for number in pieces[n].numbers & held.keys():
            held[number] += len(pieces[n].folded)
    whole = sum(len(pieces[n].folded) for n in found)
    return {number: characters / whole for number, characters in held.items()}


def holders(pieces: Sequence[Piece], found: Collection[int], share: float) -> set[int]:
    """The elements, less than the whole page, that hold so much of the article."""
    inner = {element.number for n in found for element in pieces[n].around if element.tag != "body"}
    return {number for number, held in shares(pieces, found, inner).items() if held >= share}


def bodies(pieces: Sequence[Piece], among: Collection[int]) -> dict[int, int]:
    """Of these elements those that hold paragraphs of prose beside each other, and little else that is prose; and the
    element where these stand."""
    if not among:
        return {}
    held: dict[int, Counter[int]] = defaultdict(Counter)
    asked = frozenset(among)
    texts = _paragraphs(pieces)
    for piece in texts:
        for number in piece.numbers & asked:
            held[number][piece.home] += len(piece.folded)
    full = _full(pieces)
    most = {number: (*homes.most_common(1)[0], homes.total()) for number, homes in held.items()}
    return {number: home for number, (home, best, whole) in most.items() if home in full and 2 * best >= whole}


@found_once
def _paragraphs(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.kind == "p" and is_prose(piece))


@found_once
def _full(pieces: Sequence[Piece]) -> frozenset[int]:
    """The elements with several paragraphs; with two where there is nothing else, between others of the same text."""
    texts = _paragraphs(pieces)
    counts = Counter(piece.home for piece in texts)
    few = {home for home, count in counts.items() if count == FEW}
    for piece in pieces:
        is_plain = piece.links == 0 and (piece.kind in HEADINGS or is_prose(piece))
        if few and not is_plain:
            few -= piece.numbers
    beside = {
        piece.home
        for piece in texts
        if piece.home in few
        for outer, inner in pairwise(piece.around)
        if inner.number == piece.home and counts[outer.number]
    }
    return frozenset(beside | {home for home, count in counts.items() if count > FEW})


@found_once
def one_by_one(pieces: Sequence[Piece]) -> frozenset[int]:
    """The elements around one paragraph each, where several in the same element follow each other."""
    held = Counter(chain.from_iterable(piece.numbers for piece in pieces))
    found: set[int] = set()
    for parent, group in groupby((_box_of(piece, held) for piece in pieces), key=lambda box: box[0]):
        boxes = {number for _, number in group}
        if parent and len(boxes) > FEW:
            found |= boxes
    return frozenset(found)


def _box_of(piece: Piece, held: Mapping[int, int]) -> tuple[int, int]:
    """The box that holds this paragraph and nothing else, after the element that it is in; zeros where there is none."""
    if is_prose(piece):
        for outer, inner in pairwise(piece.around):
            if held[inner.number] == 1:
                return (0, 0) if is_text_level(inner) else (outer.number, inner.number)
    return 0, 0

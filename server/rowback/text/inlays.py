"""What stands in small boxes between an article's paragraphs: a letter that is offered, another story, a list of links. Pure.

Such a box may be the article's own, as a fact box is; whether it only rotates is learned (`store/rotating.py`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from rowback.model import Inlay
from rowback.text.furniture import names_of
from rowback.text.normalize import comparable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rowback.text.pieces import Around, Piece

MAX_WORDS = 80  # of all boxes that look alike, besides links; what holds more is the text itself
MAX_LINKED = 200  # the same with links
MAX_LINES = 40  # of one article
MAX_CHARACTERS = 1_000  # of one line
_IN_TEXT = frozenset(
    "p h1 h2 h3 h4 h5 h6 li ul ol menu dl dt dd blockquote table tbody thead tfoot tr td th pre caption".split()
)
_OWN = frozenset({"figure", "figcaption", "blockquote", "pre"})  # a caption, a quote


def inlays(pieces: Sequence[Piece], chosen: Iterable[Piece]) -> tuple[Inlay, ...]:
    """The lines of such boxes among a page's pieces, of which `chosen` are the article's: also of boxes that were left out
    for what they say. What stands above the first paragraph or below the last, such as a standfirst, is in none."""
    places = {id(piece): n for n, piece in enumerate(pieces)}
    taken = [places[id(piece)] for piece in chosen if id(piece) in places]
    body = _body(pieces, taken)
    if not body:
        return ()
    holders = {element.number for n in body for element in pieces[n].around}
    own = {pieces[n].folded for n in taken if _root(pieces[n], holders) is None}
    boxes: dict[int, list[Piece]] = defaultdict(list)
    for n in range(body[0] + 1, body[-1]):
        root = _root(pieces[n], holders)
        if root is not None and pieces[n].folded not in own:
            boxes[root].append(pieces[n])
    found = _lines(boxes, frozenset(id(pieces[n]) for n in taken))
    return tuple(found) if len(found) <= MAX_LINES else ()


def _body(pieces: Sequence[Piece], taken: Sequence[int]) -> list[int]:
    """The places of what stands in the boxes that hold the text, or in none."""
    looks = {n: _look(_nearest(pieces[n])) for n in taken}
    words: Counter[str] = Counter()
    for n, look in looks.items():
        words[look] += pieces[n].words
    most = max(words.values(), default=0)
    plain: Counter[str] = Counter()
    for n, look in looks.items():
        plain[look] += 0 if _is_linked(pieces[n]) else pieces[n].words
    return [
        n for n, look in looks.items() if (plain[look] > MAX_WORDS or words[look] == most) and not _is_linked(pieces[n])
    ]


def _lines(boxes: Mapping[int, Sequence[Piece]], taken: frozenset[int]) -> list[Inlay]:
    small: dict[tuple[str, bool, bool], list[Piece]] = defaultdict(list)
    for root, held in boxes.items():
        box = next(element for element in held[0].around if element.number == root)
        inside = [piece.around[piece.around.index(box) :] for piece in held]
        is_taken = any(id(piece) in taken for piece in held)
        if _may_rotate(box, held, inside) and (is_taken or _may_be_offer(held, inside)):
            signs = (any(map(_is_linked, held)), any(element.asks for around in inside for element in around))
            small[_look(box), *signs] += held
    return [
        Inlay(comparable(piece.text), f"{look} {is_linked} {asks}", piece.href if _is_linked(piece) else "", asks)
        for (look, is_linked, asks), held in small.items()
        if _is_little(held)
        for piece in held
        if len(piece.text) <= MAX_CHARACTERS
    ]


def _may_rotate(box: Around, held: Sequence[Piece], inside: Iterable[Iterable[Around]]) -> bool:
    """Whether a box may be another's: one of text, such as a list or a quote, only where it is links."""
    if all(_is_linked(piece) for piece in held):
        return True
    return box.tag not in _IN_TEXT and _OWN.isdisjoint(element.tag for around in inside for element in around)


def _may_be_offer(held: Sequence[Piece], inside: Iterable[Iterable[Around]]) -> bool:
    """Whether a box of which nothing is the article's tells that such boxes rotate: it has no telling name, and no counter.
    Those make no edits, and may change at every look."""
    is_counted = any(character.isdecimal() for piece in held if not _is_linked(piece) for character in piece.text)
    return not is_counted and not any(names_of(element) for around in inside for element in around)


def _is_little(held: Sequence[Piece]) -> bool:
    return (
        sum(piece.words for piece in held if not _is_linked(piece)) <= MAX_WORDS
        and sum(piece.words for piece in held) <= MAX_LINKED
    )


def _is_linked(piece: Piece) -> bool:
    """Whether a line is a link; a row of a table, in which a story and its link are one, where it has any."""
    return piece.is_link or (piece.kind == "tr" and piece.links > 0)


def _root(piece: Piece, holders: set[int]) -> int | None:
    """The outermost element around a piece that holds none of the text."""
    return next((element.number for element in piece.around if element.number not in holders), None)


def _nearest(piece: Piece) -> Around | None:
    return next((element for element in reversed(piece.around) if element.tag not in _IN_TEXT), None)


def _look(box: Around | None) -> str:
    return "" if box is None else f"{box.tag} {' '.join(sorted(box.words))} {box.itemprop}"

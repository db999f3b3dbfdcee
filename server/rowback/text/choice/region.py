"""The region of a page where its article stands: the element that holds its headline and most of its text. A little text in
another region of the page is a banner's or a dialog's, whatever it is called. Pure.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from rowback.text.choice.amounts import total, weight

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from rowback.text.pieces import Around, Piece

MOST = 0.5  # of the text: where this much stands, there is the article
MAX_FAR = 0.1  # of the text, right beside the region; more of it is another part of the article,
APART = 8  # but for what so many other pieces stand before
_NOTICE = regex.compile(
    r"\W*(?:copyright\b|\(c\)|©|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos)|"
    r".*\b(?:cookies?|gdpr|sütik?\w*|çerez\w*|evästei\w*|informasjonskapsler|vafrakök\w*)\b|.*(?:куки|файлы cookie|クッキー)",
    regex.IGNORECASE | regex.DOTALL,
)


def far(pieces: Sequence[Piece], found: Set[int], title: str) -> set[int]:
    """Those of the found pieces that stand elsewhere; `title` is the headline, folded."""
    elsewhere = _elsewhere(pieces, found, title)
    return elsewhere | _twins(pieces, found - elsewhere)


def _twins(pieces: Sequence[Piece], found: Set[int]) -> set[int]:
    """The pieces that stand far from all others and say again what one of those says: a box that recommends this very
    article. What an article itself repeats stands among its text."""
    order = sorted(found)
    places: dict[str, list[int]] = defaultdict(list)
    for n in order:
        places[pieces[n].folded].append(n)
    steps = [APART, *(after - before for before, after in pairwise(order)), APART]
    alone = {n for n, (before, after) in zip(order, pairwise(steps), strict=True) if min(before, after) >= APART}
    return {n for n in alone if not alone.issuperset(places[pieces[n].folded])}


def _elsewhere(pieces: Sequence[Piece], found: Set[int], title: str) -> set[int]:
    """Those in another region of the page."""
    path = _path(pieces, found)
    if not path:
        return set()
    inner = path[-1].number
    first = min(n for n in found if inner in pieces[n].numbers)
    region = _with_headline(pieces, path, title, first)
    outer = _page_levels(pieces, region)
    apart = {n for n in found if _meets(pieces[n], region) in outer}
    near = sorted(found - apart)
    if total(pieces[n] for n in apart) <= MAX_FAR * total(pieces[n] for n in found):
        return apart
    notices = {pieces[n].home for n in apart if _NOTICE.match(pieces[n].text)}
    return {n for n in apart if pieces[n].home in notices or _distance(n, near) >= APART}


def _distance(n: int, places: Sequence[int]) -> int:
    """How many pieces away the nearest of these is, in order."""
    at = bisect_left(places, n)
    return min(abs(n - place) for place in places[max(0, at - 1) : at + 1])


def _path(pieces: Sequence[Piece], found: Set[int]) -> tuple[Around, ...]:
    """The elements with most of the text, the innermost last."""
    weights: Counter[int] = Counter()
    for n in found:
        for number in pieces[n].numbers:
            weights[number] += round(weight(pieces[n]))
    most = MOST * total(pieces[n] for n in found)
    paths = (tuple(element for element in pieces[n].around if weights[element.number] > most) for n in found)
    return max(paths, key=len, default=())


def _with_headline(pieces: Sequence[Piece], path: tuple[Around, ...], title: str, first: int) -> tuple[Around, ...]:
    """As much of a path as the headline is in, too."""
    here = next((n for n in range(first, -1, -1) if pieces[n].folded == title), None)
    if here is None:
        return path
    held = pieces[here].numbers
    return tuple(element for element in path if element.number in held)


def _page_levels(pieces: Sequence[Piece], region: tuple[Around, ...]) -> set[int]:
    """The elements around a region that hold the site's menu or footer too, or all of the page."""
    inside = region[-1].number if region else 0
    outer = {element.number for element in region[:-1]}
    found = set(outer)
    for piece in pieces:
        found &= piece.numbers
    for piece in pieces:
        held = piece.numbers
        if inside not in held and any(element.tag in ("nav", "footer") for element in piece.around):
            found |= outer & held
    return found


def _meets(piece: Piece, region: tuple[Around, ...]) -> int:
    """The innermost element of a region that a piece is in, too; 0 where it is in all of it."""
    held = piece.numbers
    inside = [element.number for element in region if element.number in held]
    return 0 if len(inside) == len(region) or not inside else inside[-1]

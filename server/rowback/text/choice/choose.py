"""Which of a page's pieces are the article. trafilatura says where; here its text is found again in the page's own pieces,
its gaps are filled, furniture is dropped, and the standfirst, captions and editors' notes are brought back. Pure.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.text.blocks import HEADINGS
from rowback.text.choice.amounts import holders, is_prose, total
from rowback.text.choice.boxes import boxes, is_label
from rowback.text.choice.other_stories import other_stories
from rowback.text.choice.parts import is_for_programs, page_parts
from rowback.text.choice.placing import place
from rowback.text.choice.region import far
from rowback.text.choice.siblings import alike
from rowback.text.choice.standfirst import standfirsts
from rowback.text.furniture import is_slideshow
from rowback.text.lines.among import lines_among
from rowback.text.lines.corrections import is_note
from rowback.text.pieces import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence, Set

    from rowback.text.pieces import Piece

MAIN_HOME = 0.2  # a home with this share of the found text is one of the article's own
HOLDS_ARTICLE = 0.5  # an element with this share of the found text holds the article
ALL_LINK = 0.95  # a paragraph in capitals that is one link leads to another article
LONG_WORDS = 12  # a date or the name of a section is shorter
HEADING_AND_HOME = 2  # elements: the innermost that a heading stands in
MIN_CAPTION_WORDS = 5  # below it a caption is a credit


@dataclass(frozen=True, slots=True)
class Subject:
    """The page's headline, and what it says it is about: where that stands under the headline, it is the standfirst."""

    headline: str
    descriptions: Sequence[str]


def choose(pieces: Sequence[Piece], read: Iterable[str], told: Subject) -> list[Piece]:
    """The article's pieces in reading order. `read` are the texts that trafilatura took."""
    title = fold(told.headline)
    found = {n for n in place(pieces, read, title) if pieces[n].folded != title}
    if not found:
        return []
    parts = page_parts(pieces, title)
    if all(pieces[n].numbers & parts for n in found):
        return []
    read_there = frozenset(found)
    found -= far(pieces, found, title)
    found |= alike(pieces, found, title)
    top = _headline_at(pieces, title, found)
    filled = {n for n in found | _gaps(pieces, found) if n > top or _may_stand_above(pieces[n])}
    left = boxes(pieces, filled)
    taken = {n for n in filled if not _is_furniture(pieces[n], left)}
    taken -= other_stories(pieces, taken)
    taken |= _outweighing(pieces, read_there - taken, taken, parts)
    taken |= standfirsts(pieces, (top, min(filled, default=0)), told.descriptions, left)
    taken |= {n for n in range(top + 1, max(filled, default=0)) if _is_caption(pieces[n], left)}
    whole = holders(pieces, found, HOLDS_ARTICLE)
    taken |= {n for n, piece in enumerate(pieces) if not piece.numbers.isdisjoint(whole) and is_note(piece)}
    taken -= lines_among(pieces, taken)
    return [pieces[n] for n in sorted(taken) if pieces[n].folded != title]


def _outweighing(pieces: Sequence[Piece], dropped: Set[int], taken: Set[int], parts: Set[int]) -> set[int]:
    """What was dropped, where it is more than what is left: then it was the article. A slide show may be more."""
    texts = {
        n
        for n in dropped
        if is_prose(pieces[n])
        and pieces[n].numbers.isdisjoint(parts)
        and not any(is_slideshow(element) for element in pieces[n].around)
    }
    return texts if total(pieces[n] for n in texts) > total(pieces[n] for n in taken) else set()


def _gaps(pieces: Sequence[Piece], found: Set[int]) -> set[int]:
    """The pieces that stand in the same element as much of the article: trafilatura skips lists and short paragraphs, and
    headings between paragraphs of it."""
    weights: Counter[int] = Counter()
    for n in found:
        weights[pieces[n].home] += len(pieces[n].folded)
    least = MAIN_HOME * weights.total()
    homes = {home for home, weight in weights.items() if weight >= least}
    gaps = {n for n, piece in enumerate(pieces) if piece.home in homes and not piece.is_link}
    return gaps | {n for n in range(len(pieces)) if _heads(pieces, n, found)}


def _heads(pieces: Sequence[Piece], n: int, found: Set[int]) -> bool:
    """Whether a piece is a heading that stands in one element with a paragraph of the article right below it."""
    piece = pieces[n]
    if piece.kind not in HEADINGS or piece.links > 0 or n + 1 not in found or len(piece.around) < HEADING_AND_HOME:
        return False
    return pieces[n + 1].home == piece.around[-HEADING_AND_HOME].number


def _headline_at(pieces: Sequence[Piece], headline: str, found: Set[int]) -> int:
    """Where the headline stands, the last time before the first sentence; right above the text where it does not."""
    first = min((n for n in found if is_prose(pieces[n])), default=min(found))
    return next((n for n in range(first, -1, -1) if pieces[n].folded == headline), min(found) - 1)


def _may_stand_above(piece: Piece) -> bool:
    """Whether a piece above the headline is of the article: no date of today in the site's header is."""
    is_long = piece.kind != "tr" and piece.links == 0 and piece.words >= LONG_WORDS
    return is_prose(piece) or is_long or piece.kind == "figcaption"


def _is_furniture(piece: Piece, boxes: Collection[int]) -> bool:
    if piece.kind == "figcaption" and piece.words < MIN_CAPTION_WORDS:
        return True
    if piece.kind == "p" and piece.links >= ALL_LINK and piece.text.isupper():
        return True
    return any(element.number in boxes for element in piece.around) or is_label(piece) or is_for_programs(piece)


def _is_caption(piece: Piece, boxes: Collection[int]) -> bool:
    return piece.kind == "figcaption" and not piece.is_link and not _is_furniture(piece, boxes)

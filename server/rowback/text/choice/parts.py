"""The parts of a site's pages that are on all of them: header, menu, margin, footer. A text that is all there is no article,
and a page that has nothing else shows its article only to a browser that runs its scripts. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.text.choice.amounts import bodies, is_prose
from rowback.text.furniture import is_page_part
from rowback.text.pieces import elements_of, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.text.pieces import Piece

# What a page says of itself to programs (https://schema.org/Article), written into it as text that nobody sees: words,
_WORDS_TO_PROGRAMS = frozenset("articleSection copyrightHolder genre inLanguage keywords publisher".split())
# and addresses, dates and numbers.
_VALUES_TO_PROGRAMS = frozenset(
    """
    copyrightYear dateCreated dateModified datePublished height identifier image interactionCount logo mainEntityOfPage
    thumbnailUrl uploadDate url width wordCount
    """.split()
)
MAX_WAITING_WORDS = 4  # "Loading …", "Please wait"


def page_parts(pieces: Sequence[Piece], title: str) -> set[int]:
    """The numbers of such elements. One that holds the headline or, but for menus and footers, a text is none; `title` is
    the headline, folded."""
    around = elements_of(pieces)
    parts = {number for number, element in around.items() if is_page_part(element)}
    parts -= {number for piece in pieces if piece.folded == title for number in piece.numbers}
    return parts - {number for number in bodies(pieces, parts) if around[number].tag in ("header", "aside")}


def is_all_site(pieces: Sequence[Piece], headline: str) -> bool:
    """Whether a page has a headline and parts of the site, and nothing else."""
    title = fold(headline)
    parts = page_parts(pieces, title)
    others = [piece for piece in pieces if piece.folded != title and piece.numbers.isdisjoint(parts)]
    return bool(pieces) and all(piece.words <= MAX_WAITING_WORDS for piece in others)


def is_for_programs(piece: Piece) -> bool:
    """Whether a piece is microdata, and no text."""
    if is_prose(piece) or piece.kind == "figcaption":
        return False
    told = {element.itemprop for element in piece.around}
    is_value = len(piece.text.split()) == 1 and not told.isdisjoint(_VALUES_TO_PROGRAMS)
    return is_value or not told.isdisjoint(_WORDS_TO_PROGRAMS)

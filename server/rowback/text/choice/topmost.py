"""Whether a heading that the page's own titles do not speak of is the article's headline all the same. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.text.choice.amounts import is_prose
from rowback.text.choice.placing import place
from rowback.text.headline import MIN_OWN_WORDS, without_site
from rowback.text.pieces import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rowback.text.pieces import Piece


def stands_above(pieces: Sequence[Piece], read: Iterable[str], heading: str, titles: Iterable[str]) -> bool:
    """Whether it stands above the article's text, leads nowhere, and none of the titles is the headline between the two. A
    title that stands above it is a section's name, in a menu or over the headline."""
    title = fold(heading)
    first = min((n for n in place(pieces, read, title) if is_prose(pieces[n])), default=len(pieces))
    at = max((n for n, piece in enumerate(pieces[:first]) if piece.folded == title and not piece.is_link), default=None)
    if at is None:
        return False
    names = {fold(each) for name in titles for each in (name, without_site(name))}
    between = (piece for piece in pieces[at + 1 : first] if piece.words >= MIN_OWN_WORDS and not piece.is_link)
    return not any(piece.folded in names for piece in between)

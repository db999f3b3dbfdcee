"""Whether a heading that the page's own titles do not speak of is the article's headline all the same. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.text.choice.amounts import is_prose
from rowback.text.choice.placing import place
from rowback.text.headline import without_site
from rowback.text.pieces import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rowback.text.pieces import Piece

MOSTLY_LINKS = 0.6


def stands_above(pieces: Sequence[Piece], read: Iterable[str], heading: str, titles: Iterable[str]) -> bool:
    """Whether it stands above the article's text, leads nowhere, and none of the titles stands there, too."""
    title = fold(heading)
    first = min((n for n in place(pieces, read, title) if is_prose(pieces[n])), default=len(pieces))
    above = pieces[:first]
    names = {fold(each) for name in titles for each in (name, without_site(name))}
    is_told = any(piece.folded in names for piece in above)
    return not is_told and any(piece.folded == title and piece.links < MOSTLY_LINKS for piece in above)

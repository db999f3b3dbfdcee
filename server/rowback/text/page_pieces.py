"""All pieces of a page, with what its rules find in all of them: it is found once, whoever asks for it how often."""

from __future__ import annotations

from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rowback.text.pieces import Piece

_Found = TypeVar("_Found")


class PagePieces(tuple["Piece", ...]):
    """The pieces of a page in reading order. Never changed, and neither is what was found in them."""

    @cached_property
    def found(self) -> dict[Callable[..., Any], Any]:
        """What each rule found in all of them."""
        return {}


def found_once(rule: Callable[[Sequence[Piece]], _Found]) -> Callable[[Sequence[Piece]], _Found]:
    """A rule that looks at all pieces of a page once, and at others each time. Nobody may change what it found."""

    @wraps(rule)
    def found(pieces: Sequence[Piece]) -> _Found:
        if not isinstance(pieces, PagePieces):
            return rule(pieces)
        if rule not in pieces.found:
            pieces.found[rule] = rule(pieces)
        result: _Found = pieces.found[rule]
        return result

    return found

"""All pieces of a page, with what its rules find in all of them: it is found once, whoever asks for it how often."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rowback.text.pieces import Piece

_Found = TypeVar("_Found")


class Once(Generic[_Found]):
    """A property that is found when it is first asked for, and then an attribute like others. `functools.cached_property`
    does the same with a lock before Python 3.12, which takes longer than most of what is found."""

    def __init__(self, find: Callable[[Any], _Found]) -> None:
        self._find = find
        self.__doc__ = find.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, owned: None, owner: type) -> Once[_Found]: ...

    @overload
    def __get__(self, owned: object, owner: type) -> _Found: ...

    def __get__(self, owned: object | None, owner: type) -> Once[_Found] | _Found:
        if owned is None:
            return self
        found = owned.__dict__[self._name] = self._find(owned)
        return found


class PagePieces(tuple["Piece", ...]):
    """The pieces of a page in reading order. Never changed, and neither is what was found in them."""

    @Once
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

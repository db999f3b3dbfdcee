"""The permanent name of an edit: the texts between which it was made, and its own id, all of them digests of what is said.

Numbers of versions grow when older ones are found, instants differ by who is told, and rows change when articles are merged
or split. The name stays true as long as the article has both texts: `3f2a9c1b-77e01d42-e0123456789ab`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rowback.store.versions import Span
    from rowback.told import Edit

DIGITS = 8  # of a text's fingerprint: an article has hundreds of versions, not millions
_NAME = regex.compile(r"([0-9a-f]{8})-([0-9a-f]{8})-(e[0-9a-f]{12}(?:-[1-9][0-9]{0,5})?)")


@dataclass(frozen=True, slots=True)
class EditName:
    """A name in its parts: the beginnings of the two texts' fingerprints, and the edit's id."""

    old: str
    new: str
    edit_id: str

    def __str__(self) -> str:
        return f"{self.old}-{self.new}-{self.edit_id}"


def name_of(old: Span, new: Span, edit: Edit) -> str:
    """The name of an edit between two versions."""
    return _name(old.fingerprint, new.fingerprint, edit)


def name_in(fingerprints: Mapping[int, str], edit: Edit) -> str | None:
    """The name of an edit by the fingerprints of its article's versions; None where it has none that stays true."""
    old, new = (fingerprints.get(number) for number in edit.between or (-1, -1))
    return _name(old, new, edit) if old and new else None


def _name(old: str, new: str, edit: Edit) -> str:
    return str(EditName(old[:DIGITS], new[:DIGITS], edit.id))


def read_name(given: str) -> EditName | None:
    """The parts of a name, None where it is none."""
    found = _NAME.fullmatch(given)
    return EditName(found[1], found[2], found[3]) if found else None


def pair_named(
    spans: Sequence[Span], name: EditName, older_readings: Iterable[tuple[int, str]] = ()
) -> tuple[Span, Span] | None:
    """The versions between which an edit was made, None where the article has not both texts in this order any more.

    Where it had them more than once, the first neighbours count, else the first two. `older_readings` are fingerprints of
    what older rules read of versions, by their rows."""
    read = [(row, printed[:DIGITS]) for row, printed in older_readings]
    olds, news = ({row for row, printed in read if printed == part} for part in (name.old, name.new))

    def is_old(span: Span) -> bool:
        return span.fingerprint.startswith(name.old) or span.id in olds

    def is_new(span: Span) -> bool:
        return span.fingerprint.startswith(name.new) or span.id in news

    neighbours = next((pair for pair in pairwise(spans) if is_old(pair[0]) and is_new(pair[1])), None)
    if neighbours is not None:
        return neighbours
    old = next((span for span in spans if is_old(span)), None)
    new = next((span for span in spans if old and span.number > old.number and is_new(span)), None)
    return (old, new) if old and new else None

"""Says when what an edit tells happened, on pages and terminals: each instant is the one at which it was first seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.told import Happening

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rowback.told import Moment, Times

_SAID = {
    Happening.ADDED: "added",
    Happening.RETURNED: "back",
    Happening.MOVED: "moved",
    Happening.SPLIT: "split",
    Happening.MERGED: "merged",
    Happening.REWORDED: "reworded",
    Happening.ROLLED_OFF: "on to another page",
    Happening.REMOVED: "removed",
}


def dated(times: Sequence[Times]) -> Iterator[str | Moment]:
    """The words in order, with moments where they are to be written: `added on …; reworded on … and on …`."""
    for place, each in enumerate(times):
        yield f"{'; ' if place else ''}{_SAID[each.what]}{_often(each)} on "
        yield each.first
        if each.count > 1:
            yield " and on " if each.count == 2 else ", last on "
            yield each.last


def _often(times: Times) -> str:
    return f" {times.count:,} times, first" if times.count > 2 else ""

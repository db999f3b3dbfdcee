"""Says when what an edit tells happened, on pages and terminals: each instant is the one at which it was first seen, and
where nobody had looked for long before, it happened between the two looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.told import Happening

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from rowback.told import Moment, Times

LONG = timedelta(hours=1)  # an article is looked at more often while it is edited; archives keep it when they come by
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
    """The words in order, with moments where they are to be written: `added on …; reworded on … and between … and …`."""
    for place, each in enumerate(times):
        yield f"{'; ' if place else ''}{_SAID[each.what]}{_often(each)} "
        yield from _when(each.first)
        if each.count > 1:
            yield " and " if each.count == 2 else ", last "
            yield from _when(each.last)


def is_vague(after: datetime, seen_at: datetime) -> bool:
    """Whether what happened between two looks is not to be told as if it had happened at the second."""
    return seen_at - after > LONG


def _when(moment: Moment) -> Iterator[str | Moment]:
    if is_vague(moment.after, moment.seen_at):
        yield "between "
        yield replace(moment, seen_at=moment.after)
        yield " and "
    else:
        yield "on "
    yield moment


def _often(times: Times) -> str:
    return f" {times.count:,} times, first" if times.count > 2 else ""

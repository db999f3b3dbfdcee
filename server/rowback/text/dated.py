"""Says when what an edit tells happened, on pages and terminals: each instant is the one at which it was first seen, and
where nobody had looked for long before, it happened between the two looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import regex

from rowback.text.tongue import grouped, in_context, pgettext
from rowback.told import Happening

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from rowback.told import Moment, Times

LONG = timedelta(hours=1)  # an article is looked at more often while it is edited; archives keep it when they come by
_SAID = {
    Happening.ADDED: in_context("happening", "added"),
    Happening.RETURNED: in_context("happening", "back"),
    Happening.MOVED: in_context("happening", "moved"),
    Happening.SPLIT: in_context("happening", "split"),
    Happening.MERGED: in_context("happening", "merged"),
    Happening.REWORDED: in_context("happening", "reworded"),
    Happening.ROLLED_OFF: in_context("happening", "on to another page"),
    Happening.REMOVED: in_context("happening", "removed"),
}
_PLACE = regex.compile(r"%\((\w+)\)s")


def dated(times: Sequence[Times]) -> Iterator[str | Moment]:
    """The words in order, with moments where they are to be written: `added on …; reworded on … and between … and …`."""
    for place, each in enumerate(times):
        if place:
            yield pgettext("between two happenings", "; ")
        yield from _filled(
            _sentence(each.count),
            {
                "what": [pgettext("happening", _SAID[each.what])],
                "num": [grouped(each.count)],
                "first": _when(each.first),
                "last": _when(each.last),
            },
        )


def _sentence(count: int) -> str:
    if count == 1:
        return pgettext("a happening", "%(what)s %(first)s")
    if count == 2:
        return pgettext("a happening", "%(what)s %(first)s and %(last)s")
    return pgettext("a happening", "%(what)s %(num)s times, first %(first)s, last %(last)s")


def is_vague(after: datetime, seen_at: datetime) -> bool:
    """Whether what happened between two looks is not to be told as if it had happened at the second."""
    return seen_at - after > LONG


def _when(moment: Moment) -> Iterator[str | Moment]:
    if is_vague(moment.after, moment.seen_at):
        between = pgettext("when", "between %(after)s and %(at)s")
        return _filled(between, {"after": [replace(moment, seen_at=moment.after)], "at": [moment]})
    return _filled(pgettext("when", "on %(at)s"), {"at": [moment]})


def _filled(sentence: str, values: Mapping[str, Iterable[str | Moment]]) -> Iterator[str | Moment]:
    """A sentence in pieces: its own words, and what stands in its places."""
    for number, piece in enumerate(_PLACE.split(sentence)):
        if number % 2:
            yield from values[piece]
        elif piece:
            yield piece

"""The instants that strangers are told of an article's versions. Pure: computes, does not store.

When a reader's browser alone saw a version first, that is when somebody read: strangers are told the day in UTC. What
anything else saw (a check, a feed, an import) keeps its instant. That a reader saw the same again is told to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

APART = timedelta(seconds=1)  # what Memento and HTTP dates tell apart
LEAST = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Sights:
    """When a version was seen first, and when first and last by anything but a browser: None where by nothing else."""

    first: datetime
    sure_first: datetime | None
    sure_last: datetime | None


@dataclass(frozen=True, slots=True)
class PublicSpan:
    """What strangers are told of a version; `is_day`: of `seen_at` only the day is so."""

    seen_at: datetime
    last_seen_at: datetime
    is_day: bool


def coarsened(seen: Iterable[Sights]) -> list[PublicSpan]:
    """An article's versions in order of time; each is told to begin after the one before it was last seen."""
    told: list[PublicSpan] = []
    for each in seen:
        is_day = each.sure_first is None or each.sure_first > each.first
        first = day_of(each.first) if is_day else each.first
        if told and first <= told[-1].last_seen_at:
            first = _after(told[-1].last_seen_at, each.first)
        told.append(PublicSpan(first, max(first, each.sure_last or first), is_day))
    return told


def day_of(at: datetime) -> datetime:
    """The beginning of an instant's day; `at` is in UTC."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def _after(end: datetime, seen_at: datetime) -> datetime:
    """Soon after the version before, not when it was really seen, and before what was seen later."""
    return end + (APART if end + APART < seen_at else LEAST)

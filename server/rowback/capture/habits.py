"""When the articles of a source are edited, learned from what is stored. Pure: histories in, a `Habit` out.

The rate of edits falls steeply with an article's age, and each source has its own pace: rates are counted in bins of the
time since the last change (since the first sight, for an article never edited yet), and by the hour of the day. What a
source has not shown enough of is filled in with the usual rates.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.pace import LONG_QUIET_DAYS, QUIET_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

MINUTE_S, HOUR_S, DAY_S = 60.0, 3_600.0, 86_400.0
# The ages, in seconds, at which a bin begins: doubling from five minutes, then from when most articles settle; the last is
# open.
AGES_S = (0.0, *(300.0 * 2**n for n in range(13)), *(QUIET_DAYS * DAY_S * 2**n for n in range(3)))
HOURS = 48  # the hours (UTC) of a working day, then those of a Saturday or Sunday
# How many edits' worth the usual rates weigh in a bin against what the source has shown.
PRIOR_EDITS = 4.0
# The usual rates, edits per 1,000 hours, of an article never edited yet and of one edited before, by bin of `AGES_S`: the
# mean of what six quite different publishers' histories show (news, front pages, guidance, a blog, terms of use), smoothed
# and falling all the way. `tests/evaluation/replay.py` makes them the same way without the publisher it tests them on.
_FIRST = (200.0, 200.0, 200.0, 200.0, 180.0, 130.0, 84.0, 51.0, 24.0, 10.0, 4.6, 2.2, 1.1, 0.6, 0.29, 0.13, 0.07)
_AGAIN = (170.0, 160.0, 150.0, 120.0, 89.0, 55.0, 26.0, 14.0, 6.5, 3.6, 2.1, 1.2, 0.67, 0.31, 0.17, 0.09, 0.04)

# A source is known to edit late where one article in twenty that was quiet for `QUIET_DAYS` was edited afterwards …
LATE_SHARE = 0.05
MIN_LATE_EDITS = 3  # … and not just once or twice


@dataclass(frozen=True, slots=True)
class Past:
    """One article's past: when it was first seen and edited, oldest first, and until when it was watched."""

    changed_at: tuple[datetime, ...]
    watched_until: datetime


@dataclass(frozen=True, slots=True)
class Habit:
    """How often a source edits: `first` and `again` are edits per second by bin of age; `hours` are factors of these."""

    first: tuple[float, ...]
    again: tuple[float, ...]
    hours: tuple[float, ...]
    quiet_days: int
    edits: int

    def rate(self, age_s: float, edited: bool) -> float:
        """Edits per second at an age in seconds, whatever the hour."""
        return (self.again if edited else self.first)[bisect_right(AGES_S, max(age_s, 0.0)) - 1]

    def factor(self, at_s: float) -> float:
        """What the hour of an instant (in seconds since 1970) does to the rate."""
        return self.hours[_hour(at_s)]


USUAL = Habit(
    first=tuple(rate / 1000 / HOUR_S for rate in _FIRST),
    again=tuple(rate / 1000 / HOUR_S for rate in _AGAIN),
    hours=(1.0,) * HOURS,
    quiet_days=QUIET_DAYS,
    edits=0,
)


def learn(pasts: Iterable[Past], prior: Habit = USUAL) -> Habit:
    """The habit that shows in some articles' pasts."""
    counts = _Counts()
    for past in pasts:
        counts.add(past)
    return Habit(
        first=counts.rates(0, prior.first),
        again=counts.rates(1, prior.again),
        hours=counts.factors(),
        quiet_days=counts.quiet_days(),
        edits=sum(map(sum, counts.edits)),
    )


class _Counts:
    """Edits and time at risk by bin, gathered past by past."""

    def __init__(self) -> None:
        self.edits = [[0] * len(AGES_S) for _ in range(2)]
        self.seconds = [[0.0] * len(AGES_S) for _ in range(2)]
        self.by_hour = [0] * HOURS
        self.long_quiet = self.late = 0

    def add(self, past: Past) -> None:
        times = [at.timestamp() for at in past.changed_at]
        until = max(past.watched_until.timestamp(), times[-1])
        for place, (begin, end) in enumerate(zip(times, [*times[1:], until], strict=True)):
            edited, came = min(place, 1), place + 1 < len(times)
            self._at_risk(edited, end - begin)
            self.long_quiet += end - begin >= QUIET_DAYS * DAY_S
            if came:
                self.edits[edited][bisect_right(AGES_S, end - begin) - 1] += 1
                self.by_hour[_hour(end)] += 1
                self.late += end - begin >= QUIET_DAYS * DAY_S

    def _at_risk(self, edited: int, length_s: float) -> None:
        for place, begin in enumerate(AGES_S):
            if length_s <= begin:
                return
            end = AGES_S[place + 1] if place + 1 < len(AGES_S) else length_s
            self.seconds[edited][place] += min(end, length_s) - begin

    def rates(self, edited: int, prior: Sequence[float]) -> tuple[float, ...]:
        return tuple(
            (edits + PRIOR_EDITS) / (seconds + PRIOR_EDITS / usual)
            for edits, seconds, usual in zip(self.edits[edited], self.seconds[edited], prior, strict=True)
        )

    def factors(self) -> tuple[float, ...]:
        """Each hour's share against an even one, smoothed over its neighbours: five working days, two others."""
        total = sum(self.by_hour)
        found = []
        for hour in range(HOURS):
            day, h = divmod(hour, 24)
            near = sum(
                weight * self.by_hour[24 * day + (h + step) % 24] for step, weight in ((-1, 0.25), (0, 0.5), (1, 0.25))
            )
            even = total * (2 if day else 5) / 7 / 24
            found.append((near + 1) / (even + 1))
        return tuple(found)

    def quiet_days(self) -> int:
        is_late = self.late >= MIN_LATE_EDITS and self.late >= LATE_SHARE * self.long_quiet
        return LONG_QUIET_DAYS if is_late else QUIET_DAYS


def _hour(at_s: float) -> int:
    days, rest = divmod(at_s, DAY_S)
    weekend = int(days + 3) % 7 >= 5  # day 0 of the epoch was a Thursday; Monday is 0
    return int(rest // HOUR_S) + 24 * weekend


def quiet_for(habit: Habit) -> timedelta:
    """How long an article of this source stays without an edit until it is settled."""
    return timedelta(days=habit.quiet_days)

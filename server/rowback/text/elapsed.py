"""Says in words how much time lies between two instants.

The wording is the one readers of version histories know (News Sniffer's pages): minutes rounded to whole ones, then
hours, days, months and years in growing steps. `tests/cases/elapsed.json` holds every border.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HOUR_MIN, DAY_MIN, MONTH_MIN, YEAR_MIN = 60, 1_440, 43_200, 525_600


def in_english(one: str, more: str, number: int, /) -> str:
    """A number in its sentence, for programs, whatever language is spoken."""
    return (one if number == 1 else more) % {"num": number}


def apart(earlier_at: datetime, later_at: datetime, *, by_day: bool = False) -> float | None:
    """Seconds from one instant to another. With `by_day` only the days in UTC are compared; None is one day."""
    if by_day:
        earlier_at, later_at = (datetime.combine(at.date(), time.min, UTC) for at in (earlier_at, later_at))
        if earlier_at == later_at:
            return None
    return (later_at - earlier_at).total_seconds()


def later(earlier_at: datetime, later_at: datetime, *, by_day: bool = False) -> str:
    """For example "about 1 hour later"; "about 1 hour earlier" when the second instant lies before the first. With `by_day`
    only the days in UTC are compared: "on the same day", "2 days later". In English, as programs are told it."""
    seconds = apart(earlier_at, later_at, by_day=by_day)
    if seconds is None:
        return "on the same day"
    return f"{in_words(abs(seconds))} {'later' if seconds >= 0 else 'earlier'}"


def in_words(seconds: float, say: Callable[[str, str, int], str] = in_english) -> str:
    """A duration of `seconds` ≥ 0 in words; `say` puts a number into one of two sentences."""
    minutes = int(seconds / 60 + 0.5)
    if minutes == 0:
        return say("less than a minute", "less than %(num)s minutes", 1)
    if minutes < 45:
        return say("%(num)s minute", "%(num)s minutes", minutes)
    if minutes < DAY_MIN:
        return say("about %(num)s hour", "about %(num)s hours", max(1, int(minutes / HOUR_MIN + 0.5)))
    if minutes < 30 * DAY_MIN:
        is_one = minutes < 42 * HOUR_MIN
        return say("%(num)s day", "%(num)s days", 1 if is_one else int(minutes / DAY_MIN + 0.5))
    if minutes < 60 * DAY_MIN:
        return say("about %(num)s month", "about %(num)s months", int(minutes / MONTH_MIN + 0.5))
    if minutes < YEAR_MIN:
        return say("%(num)s month", "%(num)s months", int(minutes / MONTH_MIN + 0.5))
    return _years(minutes, say)


def _years(minutes: int, say: Callable[[str, str, int], str]) -> str:
    years, rest = divmod(minutes, YEAR_MIN)
    if rest < YEAR_MIN // 4:
        return say("about %(num)s year", "about %(num)s years", years)
    if rest < 3 * YEAR_MIN // 4:
        return say("over %(num)s year", "over %(num)s years", years)
    return say("almost %(num)s year", "almost %(num)s years", years + 1)

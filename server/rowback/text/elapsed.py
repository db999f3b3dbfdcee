"""Says in words how much time lies between two instants.

The wording is the one readers of version histories know (News Sniffer's pages): minutes rounded to whole ones, then
hours, days, months and years in growing steps. `tests/cases/elapsed.json` holds every border.
"""

from __future__ import annotations

from datetime import UTC, datetime, time

HOUR_MIN, DAY_MIN, MONTH_MIN, YEAR_MIN = 60, 1_440, 43_200, 525_600


def later(earlier_at: datetime, later_at: datetime, *, by_day: bool = False) -> str:
    """For example "about 1 hour later"; "about 1 hour earlier" when the second instant lies before the first. With `by_day`
    only the days in UTC are compared: "on the same day", "2 days later"."""
    if by_day:
        earlier_at, later_at = (datetime.combine(at.date(), time.min, UTC) for at in (earlier_at, later_at))
        if earlier_at == later_at:
            return "on the same day"
    seconds = (later_at - earlier_at).total_seconds()
    return f"{in_words(abs(seconds))} {'later' if seconds >= 0 else 'earlier'}"


def in_words(seconds: float) -> str:
    """A duration of `seconds` ≥ 0 in words."""
    minutes = int(seconds / 60 + 0.5)
    if minutes == 0:
        return "less than a minute"
    if minutes < 45:
        return _count(minutes, "minute")
    if minutes < DAY_MIN:
        return "about " + _count(max(1, int(minutes / HOUR_MIN + 0.5)), "hour")
    if minutes < 42 * HOUR_MIN:
        return "1 day"
    if minutes < 30 * DAY_MIN:
        return _count(int(minutes / DAY_MIN + 0.5), "day")
    if minutes < 60 * DAY_MIN:
        return "about " + _count(int(minutes / MONTH_MIN + 0.5), "month")
    if minutes < YEAR_MIN:
        return _count(int(minutes / MONTH_MIN + 0.5), "month")
    return _years(minutes)


def _years(minutes: int) -> str:
    years, rest = divmod(minutes, YEAR_MIN)
    if rest < YEAR_MIN // 4:
        return "about " + _count(years, "year")
    if rest < 3 * YEAR_MIN // 4:
        return "over " + _count(years, "year")
    return "almost " + _count(years + 1, "year")


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"

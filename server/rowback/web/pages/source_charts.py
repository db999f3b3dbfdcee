"""Pictures of a source as numbers and paths, which templates draw: the hours of its week, and its days in a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.store.by_source import Day

MAX_DAYS = 366  # drawn, the last ones: a bar of fewer than two pixels is none
WIDTH, BARS, BAND = 732.0, 40.0, 6.0  # a day is 2 wide at least; bars of steps, and the band of checks below
SHADES = 4  # of hours with steps: more are not told apart
DAY_HOURS, CELL, GAP = 24, 20, 2


@dataclass(frozen=True, slots=True)
class WeekdayRow:
    """A day of the week, from Monday, 1, with the steps of its hours."""

    weekday: int
    steps: tuple[int, ...]

    @property
    def total(self) -> int:
        """Of the whole day."""
        return sum(self.steps)


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The hours of a week. `shades` are paths over the cells of as many steps, the fewest first, behind one of the hours
    without any."""

    rows: tuple[WeekdayRow, ...]
    shades: tuple[str, ...]
    most: int

    @property
    def busiest(self) -> tuple[int, int]:
        """The weekday and hour of the first cell with most steps."""
        row = next(row for row in self.rows if self.most in row.steps)
        return row.weekday, row.steps.index(self.most)


def heat_map(hours: Sequence[int]) -> HeatMap:
    """Of the steps in each hour of a week, from Monday at 00:00."""
    most = max(hours)
    paths = [""] * (SHADES + 1)
    for slot, steps in enumerate(hours):
        row, column = divmod(slot, DAY_HOURS)
        side = CELL - GAP
        # A cell with any steps is never as pale as one without.
        shade = -(-SHADES * steps // most) if steps else 0
        paths[shade] += f"M{column * CELL + 1} {row * CELL + 1}h{side}v{side}h-{side}z"
    starts = range(0, len(hours), DAY_HOURS)
    rows = tuple(WeekdayRow(n + 1, tuple(hours[start : start + DAY_HOURS])) for n, start in enumerate(starts))
    return HeatMap(rows, tuple(paths), most)


@dataclass(frozen=True, slots=True)
class DayStrip:
    """Days in a row, up to the last one of a period: `first` to `last`, paths over the steps of each day, over the days that
    had a check, and over those that had none; `most` is what the highest bar stands for. `days` are those with a step or a
    check, the newest first."""

    first: date
    last: date
    steps: str
    checked: str
    unchecked: str
    most: int
    days: tuple[Day, ...]
    is_cut: bool


def day_strip(days: Sequence[Day], first: date, last: date) -> DayStrip:
    """Of the days of a period that had anything, from the day on which the source was first seen."""
    begin = max(first, last - timedelta(days=MAX_DAYS - 1))
    shown = [each for each in days if begin <= each.day <= last]
    width = WIDTH / ((last - begin).days + 1)
    most = max((each.steps for each in shown), default=0)
    steps, checked = [], []
    for each in shown:
        x = width * (each.day - begin).days
        if each.steps:
            height = BARS * each.steps / most
            steps.append(_box(x, BARS - height, width, height))
        if each.checks:
            checked.append(_box(x, BARS + 2, width, BAND))
    unchecked = _box(0, BARS + 2, WIDTH, BAND)  # behind the days that were checked
    return DayStrip(
        begin, last, "".join(steps), "".join(checked), unchecked, most, tuple(reversed(shown)), begin > first
    )


def _box(x: float, y: float, width: float, height: float) -> str:
    return f"M{x:.2f} {y:.1f}h{width:.2f}v{height:.1f}h-{width:.2f}z"

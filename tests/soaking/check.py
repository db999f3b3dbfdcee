"""What a check is: how long it goes on, what it is handed, and the figures that it gives back."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Extent:
    """How long a check goes on: so many times, so many minutes, or whichever is over first."""

    times: int | None = None
    minutes: float | None = None


class Until:
    """Counts the times of an extent down. Safe for threads."""

    def __init__(self, extent: Extent, clock: Callable[[], float] = time.monotonic) -> None:
        self._left = extent.times
        self._clock = clock
        self._ends_at = None if extent.minutes is None else clock() + 60 * extent.minutes
        self._lock = threading.Lock()
        self._done = 0

    def once_more(self) -> bool:
        """Takes one of the times that are left; False when there are none, or the minutes are over."""
        with self._lock:
            if self.is_over() or self._left == 0:
                return False
            self._left = None if self._left is None else self._left - 1
            self._done += 1
            return True

    def is_over(self) -> bool:
        """Whether the minutes are over."""
        return self._ends_at is not None and self._clock() >= self._ends_at

    @property
    def done(self) -> int:
        """How many times were taken."""
        return self._done


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `bound` says what it may be at most; the run fails where one is broken."""

    name: str
    value: str
    bound: str = ""
    is_broken: bool = False


def figure(name: str, value: float | str, unit: str = "", at_most: float | None = None) -> Figure:
    """A figure; numbers are written with separators, those with a fraction with one digit of it."""
    if isinstance(value, str):
        return Figure(name, value)
    bound = "" if at_most is None else f"at most {_written(at_most, unit)}"
    return Figure(name, _written(value, unit), bound, at_most is not None and not value <= at_most)


def _written(value: float, unit: str) -> str:
    number = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
    return f"{number} {unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Run:
    """What a check is handed. `folder` is its own and empty; what goes into `kept` is there after the run. `seed` decides
    what it does, as far as threads and processes let it; `say` shows a line of progress."""

    extent: Extent
    folder: Path
    kept: Path
    seed: int
    say: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Check:
    """A check. `unit` is what `--times` counts; `full`, `quick` and `smallest` are its extents by hand, by hand in a hurry,
    and in `tests/run`."""

    description: str
    unit: str
    run: Callable[[Run], list[Figure]]
    full: Extent
    quick: Extent
    smallest: Extent

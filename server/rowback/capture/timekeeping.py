"""Notices a clock that jumps, and has what it left behind looked at."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.capture.pacing import MAX_PAUSE_S
from rowback.capture.schedule import MAX_FEED_WAIT_S, MAX_WAIT_S
from rowback.command import command
from rowback.store.clocks import Longest

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from rowback.store.clocks import Clocks

JUMP = timedelta(
    minutes=2
)  # more than the clock and what counts seconds drift apart between two looks; a sleep is one, too
EVERY_S = 3_600.0  # also without a jump: another program may have written under a wrong clock
log = logging.getLogger("rowback.clock")


class Timekeeper:
    """The looks of one poller. `seconds` counts on, whatever the clock is set to. Safe for threads."""

    def __init__(self, clocks: Clocks, seconds: Callable[[], float], lease: timedelta) -> None:
        self._clocks = clocks
        self._seconds = seconds
        # The last look: the clock, the seconds, and whether the clock was behind then.
        self._last: tuple[datetime, float, bool] | None = None
        self._mended_s = 0.0
        self._looking = threading.Lock()
        self._longest = Longest(
            check=timedelta(seconds=MAX_WAIT_S),
            pause=timedelta(seconds=1.1 * MAX_PAUSE_S),  # with what chance adds
            lease=lease,
            find=timedelta(days=1),
            feed=timedelta(seconds=MAX_FEED_WAIT_S),
        )

    def may_work(self, now: datetime) -> bool:
        """Looks at the clock. False while it is behind: what is captured by it would be told as the past."""
        with self._looking:
            seconds = self._seconds()
            if self._last is None or self._is_due(self._last, now, seconds):
                is_behind = self._look(now)
                self._mended_s = seconds
            else:
                is_behind = self._last[2]
            self._last = (now, seconds, is_behind)
            return not is_behind

    def _is_due(self, last: tuple[datetime, float, bool], now: datetime, seconds: float) -> bool:
        drift = (now - last[0]) - timedelta(seconds=seconds - last[1])
        return abs(drift) > JUMP or seconds - self._mended_s >= EVERY_S

    def _look(self, now: datetime) -> bool:
        if self._clocks.is_behind(now):
            log.warning("the clock says %s, which is before most of what is stored: nothing is checked by it", now)
            return True
        if self._clocks.is_believed(now):
            log.warning("the clock was ahead: captures that were dated back are %d", self._clocks.date_back(now))
        elif late := self._clocks.ahead(now):
            log.warning(
                "captures dated later than now are %d: if the clock was ahead, `%s doctor --date-back`", late, command()
            )
        found = self._clocks.mend(now, self._longest)
        if found:
            told = ", ".join(f"{count} {name}" for name, count in found.items())
            log.warning("the clock was wrong, or was set: due again are %s", told)
        return False

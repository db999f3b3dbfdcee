"""How long requests took and what they were answered, by kind."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.soaking.check import Figure, figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.server.backend import Answer


@dataclass
class Tally:
    """One thread's requests: seconds by kind, and the statuses of the answers."""

    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: Counter[int] = field(default_factory=Counter)

    def timed(self, kind: str, send: Callable[[], Answer]) -> Answer:
        """Sends a request and notes it."""
        began = time.perf_counter()
        answer = send()
        self.seconds[kind].append(time.perf_counter() - began)
        self.statuses[answer.status] += 1
        return answer

    def failures(self) -> int:
        """How many answers said that the server failed."""
        return sum(count for status, count in self.statuses.items() if status >= 500)

    def status_figures(self) -> list[Figure]:
        """How often each status was answered."""
        return [figure(f"answered {status}", count) for status, count in sorted(self.statuses.items())]

    def slowest(self) -> float:
        """Seconds of the slowest request."""
        return max((max(each) for each in self.seconds.values()), default=0.0)


def together(tallies: Iterable[Tally]) -> Tally:
    """All threads' requests as one."""
    whole = Tally()
    for tally in tallies:
        whole.statuses.update(tally.statuses)
        for kind, seconds in tally.seconds.items():
            whole.seconds[kind] += seconds
    return whole


def percentile(values: list[float], part: float) -> float:
    """The value that so large a part of them does not exceed; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0


def resident_mb(pid: int) -> float:
    """What a process holds in memory (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024

"""What one task may take, and how a process holds itself to it: the system ends it, not its own good will.

Pages can keep Python busy inside a C function that lets nothing else of the process run; a signal with no handler, and a
watchdog that needs no Python, end it there too.
"""

from __future__ import annotations

import faulthandler
import os
import re
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

if sys.platform != "win32":
    import resource

CPU_S = 5.0  # the largest real page measured takes 0.4 s
WALL_S = 60.0  # where the processor's time cannot be told, or is not given: a busy machine is no fault of the page
MEMORY_BYTES = 1 << 30  # 6 MB of HTML, the most that is taken, need 0.4 GB
STATUS = Path("/proc/self/status")
WORN = 0.3  # of the memory: some five times what a process has to begin with
_WATCHDOG = 1  # the exit code of `faulthandler`
_NICE = 5  # look-ups go first


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of the processor's time and of the clock's for one task, bytes of memory for the process."""

    cpu_s: float = CPU_S
    wall_s: float = WALL_S
    memory_bytes: int = MEMORY_BYTES

    def as_arguments(self) -> list[str]:
        """For the command line of a process."""
        return [str(self.cpu_s), str(self.wall_s), str(self.memory_bytes)]

    @classmethod
    def from_arguments(cls, given: list[str]) -> Limits:
        """What `as_arguments` made."""
        return cls(float(given[0]), float(given[1]), int(given[2]))


def settle(limits: Limits) -> None:
    """Holds this process to its memory, behind all others, deaf to what is meant for the one that started it."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    if hasattr(os, "nice"):
        with suppress(OSError):  # where even that is forbidden
            os.nice(_NICE)
    if sys.platform != "win32":
        _lower(resource.RLIMIT_CORE, 0)
        _lower(resource.RLIMIT_DATA, limits.memory_bytes)


def begin(limits: Limits, log: TextIO) -> None:
    """From now on the process has so long; then it is ended, wherever it is."""
    faulthandler.dump_traceback_later(limits.wall_s, exit=True, file=log)
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, limits.cpu_s)


def finish() -> None:
    """The task is done in time."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, 0)
    faulthandler.cancel_dump_traceback_later()


def is_worn(limits: Limits) -> bool:
    """Whether this process took so much memory once that the next page might lack it. Known on Linux only, where there is a
    limit: `getrusage` tells the peak of the one that started it, too."""
    try:
        status = STATUS.read_text(encoding="ascii")
    except OSError:
        return False
    peak_kb = re.search(r"VmHWM:\s*(\d+)", status)
    return peak_kb is not None and int(peak_kb[1]) * 1024 > limits.memory_bytes * WORN


def exceeded(code: int, limits: Limits, *, is_late: bool) -> str | None:
    """In words, the time that a process took too much of, by its exit code; `is_late` where it was ended from outside. None
    where it ended otherwise."""
    if hasattr(signal, "SIGPROF") and code == -signal.SIGPROF:
        return f"{limits.cpu_s:g} seconds of computing"
    return f"{limits.wall_s:g} seconds" if is_late or code == _WATCHDOG else None


def _lower(which: int, to: int) -> None:
    if sys.platform == "win32":
        return
    _, most = resource.getrlimit(which)
    wanted = to if most == resource.RLIM_INFINITY else min(to, most)
    with suppress(OSError, ValueError):  # a system that knows the limit and takes none
        resource.setrlimit(which, (wanted, wanted))

"""Who works apart for whom. What comes in and what readers ask for do not wait for each other: a page that takes its time
must not keep an answer waiting.

Small texts are worked on where they are: whatever they hold, that takes a fraction of a second, and a process would have to
be started for them.
"""

from __future__ import annotations

import atexit
import os
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from rowback.apart.limits import Limits
from rowback.apart.pool import Pool
from rowback.errors import PageTooCostly

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from rowback.model import Content

# Characters of an article's versions. The costliest found, blocks of one character, are told in a third of a second; two
# versions of a short article have as many.
SMALL_HISTORY = 10_000
HISTORY_CPU_S = 10.0  # of all versions of an article, which may be many pages
SMALL = 4_096  # characters or bytes of a document: the costliest found, rows in rows, take 0.05 s
MOST_READING = 4  # processes: what they read has to be recorded, one after the other, in a tenth of the time
MOST_WAIT_S = 5.0  # for an answer: a server's thread waits, too
MAX_REFUSED = 1_000  # keys in memory
P = ParamSpec("P")
R = TypeVar("R")


class Lane:
    """A pool, and what is too small for it. Safe for threads."""

    def __init__(self, pool: Pool, small: int) -> None:
        self.pool = pool
        self._small = small
        self._refused: dict[Hashable, str] = {}

    def run(self, weight: int, task: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
        """What a function gives for arguments that hold so many characters of hostile text. Raises what it raises, and
        `PageTooCostly`."""
        if weight <= self._small:
            return task(*args, **named)
        return self.pool.run(task, *args, **named)

    def run_unless_refused(
        self, key: Hashable, weight: int, task: Callable[P, R], *args: P.args, **named: P.kwargs
    ) -> R:
        """The same for what is asked for again and again: what was too costly once, by its key, is not tried again."""
        refused = self._refused.get(key)
        if refused is not None:
            raise PageTooCostly(refused)
        try:
            return self.run(weight, task, *args, **named)
        except PageTooCostly as error:
            if len(self._refused) >= MAX_REFUSED:
                self._refused.clear()
            self._refused[key] = str(error)
            raise


def processors() -> int:
    """How many processors this process may run on: `taskset`, a service's or a container's set of them leaves it fewer than
    there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


INCOMING = Lane(Pool(min(MOST_READING, processors())), SMALL)
ASKED = Lane(Pool(2, Limits(cpu_s=HISTORY_CPU_S), most_wait_s=MOST_WAIT_S), SMALL_HISTORY)


def weight_of(*contents: Content) -> int:
    """How much text there is to compare: characters."""
    return sum(len(block.text) for content in contents for block in content.all_blocks())


def end() -> None:
    """Ends all processes."""
    for lane in (INCOMING, ASKED):
        lane.pool.end()


atexit.register(end)

"""Who works apart for whom. What comes in and what readers ask for do not wait for each other: a page that takes its time
must not keep an answer waiting.

Small texts are worked on where they are: whatever they hold, that takes a fraction of a second, and a process would have to
be started for them.
"""

from __future__ import annotations

import atexit
import os
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from rowback.apart.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL = 4_096  # characters or bytes of a document: the costliest found, tags full of attributes, take 0.2 s
P = ParamSpec("P")
R = TypeVar("R")


class Lane:
    """A pool, and what is too small for it. Safe for threads."""

    def __init__(self, pool: Pool, small: int) -> None:
        self.pool = pool
        self._small = small

    def run(self, weight: int, task: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
        """What a function gives for arguments that hold so many characters of hostile text. Raises what it raises, and
        `PageTooCostly`."""
        if weight <= self._small:
            return task(*args, **named)
        return self.pool.run(task, *args, **named)


INCOMING = Lane(Pool(max(1, min(4, os.cpu_count() or 1))), SMALL)
ASKED = Lane(Pool(1), SMALL)


def end() -> None:
    """Ends all processes."""
    for lane in (INCOMING, ASKED):
        lane.pool.end()


atexit.register(end)

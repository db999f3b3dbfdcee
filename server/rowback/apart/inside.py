"""The program of a process that works apart: `python -m rowback.apart.inside CPU_S WALL_S MEMORY_BYTES`.

Reads tasks from its standard input and writes what came of each to its standard output, until the input ends: that happens
too when the one that started it is killed.
"""

from __future__ import annotations

import os
import pickle
import sys
import traceback
from itertools import count
from typing import IO

from rowback.apart import frames, limits
from rowback.apart.limits import Limits
from rowback.errors import RowbackError

READY = frames.packed("ready")
DONE, RAISED, BROKE, MEMORY = "done", "raised", "broke", "memory"
TASKS = 500  # of one process: what libraries keep does not pile up for ever


def main(arguments: list[str]) -> None:
    """Works until there is nothing more to come."""
    bounds = Limits.from_arguments(arguments)
    limits.settle(bounds)
    asked, told = _pipes()
    try:
        frames.send(told, READY)
        for done in count(1):
            frame = frames.receive(asked)
            if frame is None:
                break
            frames.send(told, _answer(frame, bounds, is_last=done >= TASKS))
    except OSError:
        pass  # nobody listens any more
    os._exit(0)


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Input and output, which no library that reads or prints can then get at."""
    asked, told = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return asked, told


def _answer(frame: bytes, bounds: Limits, *, is_last: bool) -> bytes:
    """What came of a task, its value, and whether this process has done enough."""
    task, args, named = pickle.loads(frame)  # noqa: S301 (from the one that started this)
    limits.begin(bounds, sys.__stderr__ or sys.stderr)
    try:
        return frames.packed((DONE, task(*args, **named), is_last or limits.is_worn(bounds)))
    except MemoryError:
        return frames.packed((MEMORY, None, True))
    except RowbackError as error:
        return frames.packed((RAISED, error, is_last or limits.is_worn(bounds)))
    except Exception as error:  # noqa: BLE001 (told to the one that asked, who knows what to do about it)
        return frames.packed((BROKE, (f"{type(error).__name__}: {error}"[:500], traceback.format_exc()), True))
    finally:
        limits.finish()


if __name__ == "__main__":
    main(sys.argv[1:])

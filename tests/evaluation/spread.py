"""Work on many pages, spread over the machine's processors."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TYPE_CHECKING, TypeVar

from rowback.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

R = TypeVar("R")


def spread(folder: Path, task: Callable[..., R], arguments: Iterable[tuple[object, ...]]) -> Iterator[R]:
    """What a module's function gives for each of the arguments, in no order; before them it gets the path of an empty
    database, to be copied: to make one anew takes longer than to read a page."""
    template = folder / "empty.db"
    store = Store(template)
    store.probe()
    store.end()
    # Processes of their own, not forks: a browser's driver may run in this one.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=context) as pool:
        running = [pool.submit(task, template, *each) for each in arguments]
        for done in as_completed(running):
            yield done.result()

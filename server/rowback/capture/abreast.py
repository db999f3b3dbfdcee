"""Pages read several at a time, each apart (`rowback.apart`), and handed on in the order in which they came."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from rowback.apart.lanes import INCOMING
from rowback.apart.pool import BrokeApart
from rowback.errors import RowbackError
from rowback.waits import result

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

AHEAD = 3  # items that wait for each that is worked on: what is large holds the others up for so long
T = TypeVar("T")
R = TypeVar("R")


def abreast(
    found: Iterable[T], work: Callable[[T], R | None], hands: int | None = None
) -> Generator[tuple[T, R | RowbackError | None]]:
    """Each item with what `work` makes of it, or the error that it raised, in order; at most `hands` are worked on at a time,
    and so many are in memory as wait for them. Whoever ends early does not wait for the rest."""
    most = hands or INCOMING.pool.most
    waiting: deque[tuple[T, Future[R | RowbackError | None]]] = deque()
    workers = ThreadPoolExecutor(most, "abreast")
    is_done = False
    try:
        for each in found:
            waiting.append((each, workers.submit(_tried, work, each)))
            if len(waiting) >= most * (1 + AHEAD):
                yield _first(waiting)
        while waiting:
            yield _first(waiting)
        is_done = True
    finally:
        workers.shutdown(wait=False, cancel_futures=True)
        if not is_done:
            INCOMING.pool.end()


def _first(waiting: deque[tuple[T, Future[R | RowbackError | None]]]) -> tuple[T, R | RowbackError | None]:
    each, future = waiting.popleft()
    return each, result(future)


def _tried(work: Callable[[T], R | None], each: T) -> R | RowbackError | None:
    try:
        return work(each)
    except RowbackError as error:
        return error
    except BrokeApart as error:
        return RowbackError(f"Reading it failed: {error}.")

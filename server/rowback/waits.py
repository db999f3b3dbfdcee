"""Waits of a command's own thread that Ctrl-C ends everywhere: Windows ends none that a thread is in, so each is short."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, wait
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future

T = TypeVar("T")

LOOKS_S = 1.0  # how long after Ctrl-C the end may begin: nobody has pressed it a second time by then


def until_set(event: threading.Event) -> None:
    """Waits for an event."""
    while not event.wait(LOOKS_S):
        pass


def until_over(thread: threading.Thread) -> None:
    """Waits for the end of a thread."""
    while thread.is_alive():
        thread.join(LOOKS_S)


def result(future: Future[T]) -> T:
    """What a future comes to, once it is there."""
    while not wait([future], LOOKS_S).done:
        pass
    return future.result()


def each_over(futures: Iterable[Future[T]]) -> Iterator[Future[T]]:
    """Futures, as they come to something."""
    going_on = set(futures)
    while going_on:
        over, going_on = wait(going_on, LOOKS_S, FIRST_COMPLETED)
        yield from over


def changed(condition: threading.Condition, within_s: float | None) -> bool:
    """Waits once for a condition, which the caller holds, or for a moment: the caller looks again, whatever woke it. False
    when the `within_s` seconds are over."""
    if within_s is None or within_s > LOOKS_S:
        condition.wait(LOOKS_S)
        return True
    return condition.wait(within_s)

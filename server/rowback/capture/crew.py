"""Threads that do one thing again and again. One that ends by an error, or is at one thing for much too long, is replaced:
else the others had its work, and in the end nobody.
"""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LOOKS_EVERY_S = 30.0
log = logging.getLogger("rowback.poller")


class Crew:
    """So many threads that run `work(number)` until `stopping` is set; `work` says with `beat` that it goes on, and ends
    where that says so. `lost` is told of each that is lost, in words."""

    def __init__(
        self,
        work: Callable[[int], None],
        stopping: threading.Event,
        lost: Callable[[str], None],
        *,
        seconds: Callable[[], float],
        longest_s: float,
        looks_every_s: float = LOOKS_EVERY_S,
    ) -> None:
        self._work = work
        self._stopping = stopping
        self._lost = lost
        self._seconds = seconds
        self._longest_s = longest_s
        self._looks_every_s = looks_every_s
        self._threads: dict[int, threading.Thread] = {}
        self._beats: dict[int, float] = {}
        self._next = 0
        self._watch: threading.Thread | None = None

    def start(self, count: int) -> None:
        """Starts the threads, and one that looks after them."""
        for _ in range(count):
            self._add()
        self._watch = threading.Thread(target=self._look_after, name="poll watch", daemon=True)
        self._watch.start()

    def beat(self, number: int) -> bool:
        """A thread says that it goes on; False when it was given up and has to end."""
        if number not in self._threads:
            return False
        self._beats[number] = self._seconds()
        return True

    def join(self, seconds: float) -> None:
        """Waits for the threads to end, for so long in all."""
        threads = list(self._threads.values())
        for thread in threads:
            thread.join(seconds / max(1, len(threads)))

    def look(self) -> None:
        """Replaces the threads that are lost."""
        for number, thread in list(self._threads.items()):
            idle_s = self._seconds() - self._beats[number]
            if not thread.is_alive():
                told = "a thread of the poller ended by an error"
            elif idle_s > self._longest_s:
                told = f"a thread of the poller is at one thing for {idle_s / 60:.0f} minutes"
            else:
                continue
            del self._threads[number]
            self._add()
            log.error("%s; another took its place", told)
            self._lost(f"{told}; another took its place")

    def _add(self) -> None:
        number = self._next
        self._next += 1
        self._beats[number] = self._seconds()
        thread = threading.Thread(target=self._run, args=(number,), name=f"poll {number}", daemon=True)
        self._threads[number] = thread
        thread.start()

    def _run(self, number: int) -> None:
        try:
            self._work(number)
        except Exception:
            log.exception("a thread of the poller broke")

    def _look_after(self) -> None:
        while not self._stopping.wait(self._looks_every_s):
            self.look()

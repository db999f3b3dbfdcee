"""A few processes that work apart: started when they are needed, kept while there is work, ended when there is none.

A task that takes too long, needs too much memory or ends its process raises `PageTooCostly`, and the next one gets a new
process. Where none can be started tasks are done here, without bounds, and the log says so once.
"""

from __future__ import annotations

import logging
import os
import pickle
import threading
import time
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from rowback.apart import frames
from rowback.apart.hand import CannotStart, Hand, Lost
from rowback.apart.inside import DONE, MEMORY, RAISED
from rowback.apart.limits import Limits
from rowback.errors import Busy, PageTooCostly
from rowback.waits import changed

if TYPE_CHECKING:
    from collections.abc import Callable

IDLE_S = 60.0  # a poller that has anything to do has it more often
START_AGAIN_S = 600.0  # after a process could not be started
P = ParamSpec("P")
R = TypeVar("R")
log = logging.getLogger("rowback.apart")


class BrokeApart(Exception):
    """An error in a task that nobody foresaw. Its notes say where."""


class Ended(Exception):
    """The processes were ended while one was at work: it is no fault of the page, and has to be done again."""


class Pool:
    """At most `most` processes. Whoever waits for one longer than `most_wait_s` gets `Busy`. Safe for threads."""

    def __init__(
        self,
        most: int,
        limits: Limits | None = None,
        *,
        idle_s: float = IDLE_S,
        most_wait_s: float | None = None,
        start: Callable[[Limits], Hand] = Hand,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self.most = most
        self._limits = limits or Limits()
        self._idle_s = idle_s
        self._most_wait_s = most_wait_s
        self._start = start
        self._seconds = seconds
        self._has_said = False
        self._begin_anew()
        if hasattr(os, "register_at_fork"):  # a copy of this process has no part in these
            os.register_at_fork(after_in_child=self._begin_anew)

    def _begin_anew(self) -> None:
        self._changed = threading.Condition()
        self._free: list[tuple[Hand, float]] = []  # and since when
        self._busy: set[Hand] = set()
        self._starting = 0
        self._ends = 0
        self._without_until: float | None = None
        self._is_watched = False

    def run(self, task: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
        """What a function that is found by its name gives, computed apart. Raises what it raises, `PageTooCostly`,
        and `Ended`."""
        ends = self._ends
        hand = self._borrowed()
        if hand is None:
            return task(*args, **named)
        try:
            answer = hand.ask(frames.packed((task, args, named)))
        except Lost as error:
            raise self._why(hand, error, is_end=ends != self._ends) from None
        found: R = self._told(hand, answer)
        return found

    def _told(self, hand: Hand, answer: bytes) -> Any:
        """The value in an answer, or the error."""
        try:
            name, value, is_last = frames.unpacked_safely(answer)
        except (pickle.UnpicklingError, ValueError, TypeError, EOFError, AttributeError, ImportError) as error:
            self._drop(hand)
            raise BrokeApart("What came back from the process of a page is no value.") from error
        if is_last:
            self._drop(hand)
        else:
            self._give_back(hand)
        if name == DONE:
            return value
        if name == RAISED:
            raise value
        if name == MEMORY:
            log.warning("a page needed more memory than is given to one; its process was ended")
            raise PageTooCostly("Reading it takes more memory than is given to one page.")
        broken = BrokeApart(value[0])
        broken.add_note(value[1])
        raise broken

    def pids(self) -> list[int]:
        """The numbers of its processes."""
        with self._changed:
            return [hand.pid for hand in (*self._busy, *(free for free, _ in self._free))]

    def end(self) -> None:
        """Ends all processes; whoever still waits for one gets `Ended`. The next task starts another."""
        with self._changed:
            self._ends += 1
            free, self._free = self._free, []
            busy = list(self._busy)
        for hand in busy:
            hand.kill()
        for hand, _ in free:
            hand.let_go()

    def _borrowed(self) -> Hand | None:
        """A process to work with, None where none can be had."""
        until = None if self._most_wait_s is None else self._seconds() + self._most_wait_s
        with self._changed:
            while True:
                hand = self._found()
                if hand is not None or self._is_without():
                    return hand
                if len(self._busy) + self._starting < self.most:
                    break
                if not changed(self._changed, None if until is None else until - self._seconds()):
                    raise Busy("Much is being read and compared just now. Try again in a moment.")
            self._starting += 1
            ends = self._ends
        started = self._started()
        if started is not None and ends != self._ends:
            started.kill()
        return started

    def _found(self) -> Hand | None:
        while self._free:
            hand, _ = self._free.pop()
            if hand.is_there:
                self._busy.add(hand)
                return hand
            hand.let_go()
        return None

    def _is_without(self) -> bool:
        return self._without_until is not None and self._seconds() < self._without_until

    def _started(self) -> Hand | None:
        hand = None
        try:
            hand = self._start(self._limits)
        except CannotStart as error:
            if not self._has_said:
                self._has_said = True
                log.warning("pages are read without bounds of time and memory: no process can be started (%s)", error)
        finally:
            with self._changed:
                self._starting -= 1
                if hand is not None:
                    self._busy.add(hand)
                else:
                    self._without_until = self._seconds() + START_AGAIN_S
                self._changed.notify_all()
        return hand

    def _give_back(self, hand: Hand) -> None:
        with self._changed:
            self._busy.discard(hand)
            self._free.append((hand, self._seconds()))
            if not self._is_watched:
                self._is_watched = True
                threading.Thread(target=self._end_idle, name="apart", daemon=True).start()
            self._changed.notify()

    def _drop(self, hand: Hand) -> None:
        hand.let_go()
        self._forget(hand)

    def _forget(self, hand: Hand) -> None:
        with self._changed:
            self._busy.discard(hand)
            self._changed.notify()

    def _why(self, hand: Hand, lost: Lost, *, is_end: bool) -> PageTooCostly | Ended:
        self._forget(hand)
        if is_end:
            return Ended("Rowback is being stopped.")
        if lost.exceeded is not None:
            log.warning("a page took longer than %s; its process was ended", lost.exceeded)
            return PageTooCostly(f"Reading it takes longer than {lost.exceeded}.")
        log.warning("the process that read a page ended in the middle of it, with code %d", lost.code)
        return PageTooCostly("The program that read it did not survive it.")

    def _end_idle(self) -> None:
        """Lets processes go that had nothing to do for so long; ends with the last."""
        while True:
            with self._changed:
                stale = [each for each in self._free if self._seconds() - each[1] >= self._idle_s]
                self._free = [each for each in self._free if each not in stale]
                if not self._free and not self._busy and not stale:
                    self._is_watched = False
                    return
                oldest = min((since for _, since in self._free), default=self._seconds())
            for hand, _ in stale:
                hand.let_go()
            if not stale:
                time.sleep(max(0.05, oldest + self._idle_s - self._seconds()))

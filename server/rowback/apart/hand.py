"""One process that works apart, as it is seen from here: started, asked, ended."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import suppress
from typing import IO

from rowback.apart import frames
from rowback.apart.inside import READY
from rowback.apart.limits import Limits, exceeded

STARTS_WITHIN_S = 60.0  # Python and Rowback's own modules: 0.2 s on an idle machine
ENDS_WITHIN_S = 2.0
GRACE_S = 5.0  # beyond the time at which a process ends itself


class CannotStart(Exception):
    """No process can be had on this machine, and why."""


class Lost(Exception):
    """A process ended in the middle of a task. `code` as `subprocess` tells it; `exceeded` is the time that it took too much
    of, in words, where that is why."""

    def __init__(self, code: int, exceeded: str | None) -> None:
        super().__init__(f"ended with code {code}")
        self.code = code
        self.exceeded = exceeded


class Hand:
    """A process. Not for two threads at a time."""

    def __init__(self, limits: Limits) -> None:
        """Starts it. Raises `CannotStart`."""
        self._limits = limits
        # A program of its own, not a fork: what threads hold locked would stay locked. Nothing is inherited but the pipes.
        command = [sys.executable or "python", "-P", "-m", "rowback.apart.inside", *limits.as_arguments()]
        try:
            self._process = subprocess.Popen(  # noqa: S603 (Python itself, and numbers)
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        except (OSError, ValueError) as error:
            raise CannotStart(str(error)) from error
        try:
            if self._exchange(None, STARTS_WITHIN_S) != READY:
                raise CannotStart("it says something else than was expected")
        except Lost as error:
            raise CannotStart(f"it ended at once, with code {error.code}") from error

    @property
    def is_there(self) -> bool:
        """Whether the process runs."""
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def ask(self, frame: bytes) -> bytes:
        """What comes of a task. Raises `Lost`: the process is over then."""
        return self._exchange(frame, self._limits.wall_s + GRACE_S)

    def let_go(self) -> None:
        """Ends a process that has nothing to do."""
        with suppress(OSError):
            self._in.close()
        self._over()

    def kill(self) -> None:
        """Ends it whatever it does: whoever waits for an answer gets `Lost`."""
        self._process.kill()

    def _exchange(self, frame: bytes | None, within_s: float) -> bytes:
        late = threading.Event()

        def end() -> None:
            late.set()
            self._process.kill()

        watch = threading.Timer(within_s, end)
        watch.daemon = True
        watch.start()
        answer = None
        try:
            with suppress(OSError, ValueError):  # it is over, or was let go
                if frame is not None:
                    frames.send(self._in, frame)
                answer = frames.receive(self._out)
        finally:
            watch.cancel()
        if answer is None:
            code = self._over()
            raise Lost(code, exceeded(code, self._limits, is_late=late.is_set()))
        return answer

    @property
    def _in(self) -> IO[bytes]:
        return _pipe(self._process.stdin)

    @property
    def _out(self) -> IO[bytes]:
        return _pipe(self._process.stdout)

    def _over(self) -> int:
        """Sees to the end, so that nothing of it stays in the system's lists, and gives back the pipes."""
        try:
            code = self._process.wait(ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        for pipe in (self._in, self._out):
            with suppress(OSError):
                pipe.close()
        return code


def _pipe(found: IO[bytes] | None) -> IO[bytes]:
    if found is None:
        raise CannotStart("it has no pipes")
    return found

"""Processes that need not import the program first: one has imported it (`original`), and each is a copy of that one.

What runs is a process of its own, with streams, an environment, an exit code and a death of its own, and ends as Python
ends. It differs from one that is started anew in what Python settles at its start: encodings, the seed of hashes. Tests
of those, and of the installed command itself, start one anew.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from . import original

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

IS_POSSIBLE = sys.platform == "linux"  # macOS's own libraries break in copies, Windows has none
MAIN = "from rowback.cli import main; main()"
SETTLED_AT_START = ("PYTHON", "LC_", "LANG")


class Copy:
    """A running copy, to be asked, told and waited for as a `subprocess.Popen`. `stdout` is given where it is a pipe."""

    def __init__(self, argv: list[str], reading: int, stdout: IO[str] | None = None) -> None:
        """`reading` is where its number comes from now, and its end later."""
        self.args = argv
        self.pid = int(os.read(reading, original.PID))
        self.returncode: int | None = None
        self.stdout = stdout
        self._reading = reading

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Waits for the end."""
        if self.stdout is not None:
            self.stdout.close()
        self.wait()

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Waits for the end; the exit code. Raises `TimeoutExpired`."""
        if self.returncode is None:
            if not select.select([self._reading], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
            self.returncode = int(os.read(self._reading, original.STATUS))
            os.close(self._reading)
        return self.returncode

    def communicate(self, timeout: float | None = None) -> tuple[str, None]:
        """Waits for the end; what it has still printed, which must be little."""
        self.wait(timeout)
        if self.stdout is None or self.stdout.closed:
            return "", None
        with self.stdout:
            return self.stdout.read(), None

    def send_signal(self, how: int) -> None:
        """Sends a signal, if it still runs."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):  # it has ended, and its code is on the way
                os.kill(self.pid, how)

    def terminate(self) -> None:
        """Asks it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Ends it."""
        self.send_signal(signal.SIGKILL)


Process = subprocess.Popen[str] | Copy


def start(
    code: str,
    arguments: Sequence[str | Path] = (),
    environment: Mapping[str, str] | None = None,
    *,
    name: str = "-c",
    out: IO[bytes] | None = None,
    err: IO[str] | IO[bytes] | None = None,
) -> Process:
    """Starts code as `python -c CODE ARGUMENTS` does, with nothing to read. What it prints comes through a pipe, unless a
    file is named; its errors go the same way, unless one is named for them."""
    argv, given_environment = [name, *map(str, arguments)], os.environ if environment is None else environment
    if not IS_POSSIBLE:
        return subprocess.Popen(
            [sys.executable, "-c", code, *argv[1:]],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if out is None else out,
            stderr=subprocess.STDOUT if err is None else err,
            text=True,
            env=dict(given_environment),
        )
    with contextlib.ExitStack() as stack:
        given = stack.enter_context(Path(os.devnull).open("rb")).fileno()
        stdout = None
        if out is None:
            reading, written = os.pipe()
            stack.callback(os.close, written)
            stdout = os.fdopen(reading, encoding="utf-8")
        else:
            written = out.fileno()
        streams = [given, written, written if err is None else err.fileno()]
        return _copied(code, argv, given_environment, streams, stdout)


def run(
    code: str,
    arguments: Sequence[str | Path] = (),
    environment: Mapping[str, str] | None = None,
    *,
    name: str = "-c",
    stdin: str = "",
    within_s: float | None = None,
) -> subprocess.CompletedProcess[str]:
    """Runs code to its end, as `python -c CODE ARGUMENTS` does; `name` is what it finds itself called by. Raises
    `TimeoutExpired`. Where nothing can be copied, it is started anew."""
    argv, given_environment = [name, *map(str, arguments)], os.environ if environment is None else environment
    if not IS_POSSIBLE:
        return subprocess.run(
            [sys.executable, "-c", code, *argv[1:]],
            input=stdin,
            capture_output=True,
            text=True,
            env=dict(given_environment),
            timeout=within_s,
        )
    with contextlib.ExitStack() as stack:
        files = [stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8")) for _ in range(original.STREAMS)]
        given, out, err = files
        given.write(stdin)
        given.seek(0)
        copy = _copied(code, argv, given_environment, [file.fileno() for file in files])
        try:
            copy.wait(within_s)
        except subprocess.TimeoutExpired:
            copy.kill()
            copy.wait()
            raise
        for file in (out, err):
            file.seek(0)
        return subprocess.CompletedProcess(argv, copy.wait(), out.read(), err.read())


def end() -> None:
    """Ends the process that is copied, if there is one: what it and its copies computed counts as this process's then."""
    if _original.cache_info().currsize:
        line, process = _original()
        line.close()
        process.wait()
        _original.cache_clear()


def _copied(
    code: str, argv: list[str], environment: Mapping[str, str], streams: list[int], stdout: IO[str] | None = None
) -> Copy:
    with tempfile.TemporaryFile("w+", encoding="utf-8") as job:
        json.dump([code, argv, dict(environment), str(Path.cwd()), _umask()], job)
        job.seek(0)
        reading, writing = os.pipe()
        try:
            socket.send_fds(_original()[0], [b"+"], [job.fileno(), *streams, writing])
        finally:
            os.close(writing)
        return Copy(argv, reading, stdout)


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now


@functools.cache
def _original() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """A line to the process that is copied, and itself. It ends when the line does."""
    ours, its = socket.socketpair()
    with its:
        process = subprocess.Popen(
            [sys.executable, "-P", original.__file__, str(its.fileno())],
            pass_fds=[its.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=os.environ | {"PYTHONUTF8": "1"},
        )
    return ours, process

"""Processes that need not import the program first: one has imported it, and each is a copy of that one.

What runs is a process of its own, with streams, an environment, an exit code and a death of its own, and ends as Python
ends. It differs from one that is started anew in what Python settles at its start: encodings, the seed of hashes. Tests
of those, and of the installed command itself, start one anew. Run as a program this file is the one that is copied; it
must not import the tests.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

IS_POSSIBLE = sys.platform == "linux"  # macOS's own libraries break in copies, Windows has none
MAIN = "from rowback.cli import main; main()"
STREAMS = 3  # standard input, output and error
SETTLED_AT_START = ("PYTHON", "LC_", "LANG")
_PID, _STATUS = 8, 12  # bytes of a number that the parent reads


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
        files = [stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8")) for _ in range(STREAMS + 1)]
        job, given, out, err = files
        json.dump([code, argv, dict(given_environment), str(Path.cwd()), _umask()], job)
        given.write(stdin)
        for file in (job, given):
            file.seek(0)
        reading, writing = os.pipe()
        stack.callback(os.close, reading)
        try:
            socket.send_fds(_original(), [b"+"], [*(file.fileno() for file in files), writing])
        finally:
            os.close(writing)
        status = _ended(reading, within_s, argv)
        for file in (out, err):
            file.seek(0)
        return subprocess.CompletedProcess(argv, status, out.read(), err.read())


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now


def _ended(reading: int, within_s: float | None, argv: list[str]) -> int:
    """Waits for the end; the exit code, negative for a signal."""
    pid = int(os.read(reading, _PID))
    if not select.select([reading], [], [], within_s)[0]:
        os.kill(pid, signal.SIGKILL)
        os.read(reading, _STATUS)
        raise subprocess.TimeoutExpired(argv, within_s or 0)
    return int(os.read(reading, _STATUS))


@functools.cache
def _original() -> socket.socket:
    """A line to the process that is copied. It ends when the line does."""
    ours, its = socket.socketpair()
    command = [sys.executable, "-P", __file__, str(its.fileno())]
    subprocess.Popen(
        command,
        pass_fds=[its.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    its.close()
    return ours


def _job_of_a_copy(line: socket.socket) -> list[Any]:
    """Imports the program and copies itself as often as it is asked to. Returns in the copies alone: what each is to do."""
    rowback = importlib.import_module("rowback")
    for module in pkgutil.walk_packages(rowback.__path__, "rowback."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    gc.freeze()  # what is never freed stays shared
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        _, fds, _, _ = socket.recv_fds(line, 1, STREAMS + 2)
        if not fds:
            os._exit(0)
        if os.fork() == 0:
            line.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            return _begun(*fds)
        for fd in fds:
            os.close(fd)


def _begun(job: int, given: int, out: int, err: int, writing: int) -> list[Any]:
    """Starts the process that does the job, and tells how it ended. Returns in that process alone."""
    pid = os.fork()
    if pid:
        os.write(writing, str(pid).rjust(_PID).encode())
        _, status = os.waitpid(pid, 0)
        os.write(writing, str(os.waitstatus_to_exitcode(status)).rjust(_STATUS).encode())
        os._exit(0)
    os.close(writing)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, stream in enumerate((given, out, err)):
        os.dup2(stream, number)
        os.close(stream)
    with os.fdopen(job, encoding="utf-8") as file:
        found: list[Any] = json.load(file)
    return found


if __name__ == "__main__":
    _code, sys.argv, _environment, _folder, _mask = _job_of_a_copy(socket.socket(fileno=int(sys.argv[1])))
    os.environ.clear()
    os.environ.update(_environment)
    os.chdir(_folder)
    os.umask(_mask)
    time.tzset()
    exec(_code, {"__name__": "__main__"})  # noqa: S102 - it is the tests' own

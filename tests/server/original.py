"""The process that has the program imported and copies itself: see `forked`. It is run by its path, and imports no tests.

Each copy is given a job: code, arguments, environment, folder and mask as JSON in a file, its three streams, and how it is
told of to whoever asked: its number first, and its end once it is over.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import select
import signal
import socket
import sys
import threading
import time
from typing import Any

STREAMS = 3  # standard input, output and error
PID, STATUS = 8, 12  # bytes of a number that the parent reads


def _job_of_a_copy(line: socket.socket) -> list[Any]:
    """Copies itself as often as it is asked to, and tells of each copy's end. Returns in the copies alone: what each is to
    do."""
    copies: dict[int, tuple[int, int]] = {}  # by what becomes readable at the end: the process, and where that is told
    while True:
        for ready in select.select([line.fileno(), *copies], [], [])[0]:
            if ready in copies:
                _tell_the_end(ready, *copies.pop(ready))
                continue
            _, fds, _, _ = socket.recv_fds(line, 1, STREAMS + 2)
            if not fds:
                os._exit(0)
            *given, writing = fds
            pid = os.fork()
            if not pid:
                for each in (line.fileno(), writing, *copies, *(at for _, at in copies.values())):
                    os.close(each)
                line.detach()
                return _begun(*given)
            os.write(writing, str(pid).rjust(PID).encode())
            copies[os.pidfd_open(pid)] = pid, writing
            for each in given:
                os.close(each)


def _tell_the_end(watched: int, pid: int, writing: int) -> None:
    _, status = os.waitpid(pid, 0)
    os.close(watched)
    try:
        os.write(writing, str(os.waitstatus_to_exitcode(status)).rjust(STATUS).encode())
    except BrokenPipeError:
        pass  # nobody waits any more
    finally:
        os.close(writing)


def _begun(job: int, given: int, out: int, err: int) -> list[Any]:
    """Takes the streams, and reads the job."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, stream in enumerate((given, out, err)):
        os.dup2(stream, number)
        os.close(stream)
    with os.fdopen(job, encoding="utf-8") as file:
        found: list[Any] = json.load(file)
    return found


def _do(code: str) -> int | None:
    """Runs the code; the exit code where it came to its end, by itself or by `sys.exit`. Else it raises."""
    try:
        exec(code, {"__name__": "__main__"})  # noqa: S102 - it is the tests' own
    except SystemExit as end:
        if end.code is not None and not isinstance(end.code, int):
            raise
        return (end.code or 0) & 0xFF
    return 0


def _end(status: int) -> None:
    """Ends as Python does: waits for threads, does what is to be done at the end, closes what nobody holds any more and
    writes what is not written yet. Left out is taking all modules apart, which takes longer than most commands. Returns
    where something cannot be written: Python tells that."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    gc.collect()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        return
    os._exit(status)


def _load() -> None:
    """Imports all of the program."""
    rowback = importlib.import_module("rowback")
    for module in pkgutil.walk_packages(rowback.__path__, "rowback."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    gc.collect()
    gc.freeze()  # what is never freed stays shared


if __name__ == "__main__":
    _load()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _code, sys.argv, _environment, _folder, _mask = _job_of_a_copy(socket.socket(fileno=int(sys.argv[1])))
    os.environ.clear()
    os.environ.update(_environment)
    os.chdir(_folder)
    os.umask(_mask)
    time.tzset()
    _ended = _do(_code)
    if _ended is not None:
        _end(_ended)
        sys.exit(_ended)

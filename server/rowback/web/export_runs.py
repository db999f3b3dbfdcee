"""An export as a download: `rowback export` runs in a process of its own, at low priority, and what it writes is passed on as
it comes. So telling every edit anew costs those who ask for pages nothing, and no more is held than what is on its way.

It knows nothing of tables; one export runs at a time.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from typing import IO, TYPE_CHECKING

from rowback.clock import format_instant
from rowback.errors import Busy
from rowback.text.tongue import gettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rowback.store.latest import Filters

PIECE_BYTES = 64 * 1024  # a pipe holds as many: the export waits while nobody takes them
NICENESS = 10  # readers go first
END_S = 5.0
MAX_LOGGED = 2_000  # characters of what a broken export said
log = logging.getLogger("rowback.web")


class ExportBroke(Exception):
    """The process ended before all was written. What was sent is a part, and the connection says so by breaking off."""


class ExportRun:
    """What a process writes, piece by piece. Closing it, at whatever place, ends the process."""

    def __init__(self, command: Sequence[str], seat: threading.Semaphore) -> None:
        self._seat = seat
        self._is_over = False
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # as long as the process
        self._process = subprocess.Popen(  # noqa: S603  # our own program; what the query says is no option's name
            command, stdout=subprocess.PIPE, stderr=self._said, stdin=subprocess.DEVNULL, env=_environment()
        )
        if hasattr(os, "setpriority"):
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, NICENESS)

    def __iter__(self) -> ExportRun:
        return self

    def __next__(self) -> bytes:
        piece = self._read()
        if piece:
            return piece
        with suppress(subprocess.TimeoutExpired):  # whoever has written all ends at once
            self._process.wait(END_S)
        if self._process.returncode != 0:
            self._said.seek(0)
            said = self._said.read().decode("utf-8", "replace")[-MAX_LOGGED:]
            raise ExportBroke(f"the export ended with code {self._process.returncode}: {said}")
        self.close()
        raise StopIteration

    def close(self) -> None:
        """Ends the process, and lets the next export begin."""
        if self._is_over:
            return
        self._is_over = True
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._said.close()
        self._seat.release()

    def _read(self) -> bytes:
        if self._is_over or self._process.stdout is None:
            return b""
        return self._process.stdout.read(PIECE_BYTES)


class ExportRuns:
    """The exports of a store's file, one at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seat = threading.Semaphore(1)

    def begin(self, table: str, form: str, filters: Filters) -> ExportRun:
        """Begins the export of a table as text. Raises `Busy`."""
        if not self._seat.acquire(blocking=False):
            raise Busy(gettext("Another export is under way. Ask again when it is done."))
        try:
            return ExportRun(self._command(table, form, filters), self._seat)
        except OSError as error:
            self._seat.release()
            log.warning("no export can be started: %s", error)
            raise Busy(gettext("No export can be started just now. Try again, or use the command.")) from error

    def _command(self, table: str, form: str, filters: Filters) -> list[str]:
        asked = [f"--{table}", f"--format={form}", f"--db={self._path.resolve()}"]
        asked += [f"--source={name}" for name in filters.sources]
        asked += [f"--label={name}" for name in filters.labels]
        asked += [f"--after={format_instant(filters.after)}"] if filters.after else []
        asked += [f"--before={format_instant(filters.before)}"] if filters.before else []
        return [sys.executable, "-P", "-m", "rowback", "export", *asked]


def _environment() -> dict[str, str]:
    """Ours, with text as UTF-8 whatever the country."""
    return {**os.environ, "PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8"}

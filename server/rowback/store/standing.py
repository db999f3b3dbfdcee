"""Whether the file under a database's name is still the one that was opened.

SQLite goes on with what it has in memory, and writes it into whatever it finds. So before each use: a file that is gone, that
is another one, or that was copied over in place is not used any more.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from rowback.errors import StoreError
from rowback.store.family import HEADER_BYTES
from rowback.store.lineage import SPAN, header_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ADVICE = "Stop Rowback, then put a backup in its place: `rowback restore FILE`."

REPLACED = "The database was replaced by something else."

# One descriptor for each file, whatever opens it how often: a process that closes a file gives up all its locks on it, and
# SQLite's are among them. So none is closed while anything else here has the file open.
_open: dict[tuple[int, int], list[int]] = {}
_opening = threading.Lock()


class OpenFile:
    """What is known of the file at `path`. `acknowledged` tells the number of the last write known to be done."""

    def __init__(self, path: Path, acknowledged: Callable[[], int | None]) -> None:
        """Raises `OSError`."""
        self.path = path
        self._name = os.fspath(path)
        self.is_spoiled = False
        self._acknowledged = acknowledged
        self._is, self._descriptor = _descriptor_of(path)
        self._looking = threading.Lock()
        self._looked = (-1, -1)
        self._number = 0

    def check(self) -> None:
        """Raises `StoreError` when the file is not to be used."""
        try:
            found = os.stat(self._name)  # noqa: PTH116  # before each query: a Path would take as long again
        except FileNotFoundError as error:
            raise StoreError(
                f"{self.path} is there no more. Stop Rowback, and bring back the file, or a backup of it with "
                "`rowback restore FILE`.",
                "The database is gone.",
            ) from error
        if (found.st_dev, found.st_ino) != self._is:
            raise StoreError(f"{self.path} was replaced by another file while Rowback runs. {ADVICE}", REPLACED)
        looked = (found.st_size, found.st_mtime_ns)
        if looked != self._looked and not self.is_spoiled:
            with self._looking:
                self._look_into(looked)
        if self.is_spoiled:
            raise StoreError(f"Something was written over {self.path} while Rowback runs. {ADVICE}", REPLACED)

    def _look_into(self, looked: tuple[int, int]) -> None:
        """The file changes whenever SQLite brings its log in: to a later state of the same database, never to another."""
        header = header_of(self._first_bytes())
        known = self._acknowledged()
        is_later = header is not None and header.number >= self._number
        is_known = header is not None and (known is None or not known or header.number <= known + SPAN)
        if header is None and not looked[0] and not self._number:
            return  # a new database is empty at first
        if header is None or not is_later or not is_known:
            self.is_spoiled = True
            return
        self._looked, self._number = looked, header.number

    def _first_bytes(self) -> bytes:
        with _opening:
            if self._descriptor is None:
                raise StoreError(f"{self.path} is closed.")
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            return os.read(self._descriptor, HEADER_BYTES)

    def close(self) -> None:
        """To be called when SQLite has closed the file."""
        if self._descriptor is None:
            return
        with _opening:
            held = _open[self._is]
            held[1] -= 1
            if not held[1]:
                os.close(held[0])
                del _open[self._is]
        self._descriptor = None

    def __del__(self) -> None:
        if hasattr(self, "_descriptor"):
            self.close()


def _descriptor_of(path: Path) -> tuple[tuple[int, int], int | None]:
    """A file's identity, and what to read it by."""
    with _opening:
        found = path.stat()
        is_ = (found.st_dev, found.st_ino)
        if is_ not in _open:
            _open[is_] = [os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0)), 0]
        _open[is_][1] += 1
        return is_, _open[is_][0]

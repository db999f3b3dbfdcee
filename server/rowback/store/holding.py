"""The lock beside a database, held by every process that has it open, and the number of the last write acknowledged there.

The system lets go of it when a process ends, however it ends. Where no file can be made (a read-only folder), nothing is
held: there nothing can be put in the database's place either.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from rowback import files
from rowback.errors import StoreError
from rowback.store.family import beside

if TYPE_CHECKING:
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = "-lock"
WAITS_S, LOOKS_S = 5.0, 0.05
_DIGITS = 20
_AS_IT_IS = getattr(os, "O_NOFOLLOW", 0) | getattr(
    os, "O_NONBLOCK", 0
)  # what no link leads to, and no pipe to wait for
_SLOTS, _SLOTS_AT = 64, 1_000  # Windows knows no shared locks: each process locks a byte of these, or one all of them


class Hold:
    """A process's hold of the database at `path`. `is_first`: no other had it, and none gets it before `share`."""

    def __init__(self, path: Path, *, alone: bool = False) -> None:
        """Waits for a moment where the database is being replaced, or with `alone` for others to end. Raises `StoreError`."""
        self._writing = threading.Lock()
        self._descriptor: int | None = None
        self.is_first = False
        lock = beside(path, LOCK)
        until = time.monotonic() + WAITS_S
        while not self._take(path, lock, alone=alone):
            if time.monotonic() > until:
                raise StoreError(_busy(path, alone=alone))
            time.sleep(LOOKS_S)

    def _take(self, path: Path, lock: Path, *, alone: bool) -> bool:
        try:
            is_new = files.make_file(lock)
            self._descriptor = os.open(lock, os.O_RDWR | _AS_IT_IS)
        except OSError as error:
            _check_none(lock, error)
            return True
        if not stat.S_ISREG(os.fstat(self._descriptor).st_mode):
            self.release()
            raise StoreError(_something_else(lock))
        if is_new:
            files.give_as(self._descriptor, path)
        self.is_first = _locked(self._descriptor, alone=True)
        is_ours = self.is_first or (not alone and _locked(self._descriptor, alone=False))
        if is_ours and _is_at(self._descriptor, lock):
            return True
        self.release()
        return False

    def share(self) -> None:
        """Lets others in."""
        if self._descriptor is not None and self.is_first:
            _locked(self._descriptor, alone=False)

    def release(self) -> None:
        """Lets go."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def number(self) -> int | None:
        """The number of the last write that was acknowledged; None where it is not known."""
        if self._descriptor is None:
            return None
        with self._writing:
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            found = os.read(self._descriptor, _DIGITS)
        return int(found) if found.isdigit() else None

    def note(self, number: int) -> None:
        """Notes a write that is acknowledged now."""
        if number > (self.number() or 0):
            self.begin(number)

    def begin(self, number: int) -> None:
        """Notes what the database is at, whatever was known before."""
        if self._descriptor is None:
            return
        with self._writing, suppress(OSError):  # an older number is only less strict
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, f"{number:0{_DIGITS}}".encode())

    def __del__(self) -> None:
        self.release()


def number_beside(path: Path) -> int | None:
    """The number of the last write that was acknowledged of a database that nobody here holds; None where it is not known."""
    try:
        found = beside(path, LOCK).read_bytes()[:_DIGITS]
    except OSError:
        return None
    return int(found) if found.isdigit() else None


def _is_at(descriptor: int, lock: Path) -> bool:
    """Whether the lock was not taken away meanwhile."""
    try:
        return os.path.samestat(os.fstat(descriptor), lock.stat())
    except FileNotFoundError:
        return False


def _check_none(lock: Path, error: OSError) -> None:
    """Raises `StoreError` where something else is in the lock's place: in a folder of others, a link may lead anywhere."""
    if lock.is_symlink() or error.errno in (errno.ELOOP, errno.EISDIR):
        raise StoreError(_something_else(lock)) from error


def _something_else(lock: Path) -> str:
    return f"{lock} is no lock of Rowback's, but a link or something else. Take it away, and see who put it there."


def _busy(path: Path, *, alone: bool) -> str:
    if alone:
        return f"{path} is in use by another Rowback. Stop it first (`rowback serve`, `rowback poll`)."
    return f"A backup is being put in the place of {path}, or it is brought up to date just now. Try again in a moment."


if sys.platform == "win32":

    def _locked(descriptor: int, *, alone: bool) -> bool:
        places = [(_SLOTS_AT, _SLOTS)] if alone else [(_SLOTS_AT + slot, 1) for slot in range(_SLOTS)]
        if not alone:
            _unlocked(descriptor)
        for at, length in places:
            os.lseek(descriptor, at, os.SEEK_SET)
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, length)
            except OSError:
                continue
            return True
        return False

    def _unlocked(descriptor: int) -> None:
        os.lseek(descriptor, _SLOTS_AT, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, _SLOTS)
        except OSError:
            return

else:

    def _locked(descriptor: int, *, alone: bool) -> bool:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

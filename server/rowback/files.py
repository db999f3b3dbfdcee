"""Files and folders for their owner alone: what holds a reading history or a secret is nobody else's on the machine.

They are made that way, whatever the umask, so that there is no moment in which others can open them. On Windows the folders
in which they lie decide who may read them, and nothing here changes that.
"""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

FILE, FOLDER = 0o600, 0o700
_HAS_MODES = os.name == "posix"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def make_folder(folder: Path) -> None:
    """Makes a folder and those above it that are missing; one that is there stays as it is. Raises `OSError`."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        with suppress(FileExistsError):
            each.mkdir(FOLDER)
            each.chmod(FOLDER)  # a umask can only have taken away
    if not folder.is_dir():
        raise NotADirectoryError(20, "something else has that name", str(folder))


def make_file(path: Path) -> bool:
    """Makes an empty file; False where there is one. Raises `OSError`."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE)
    except FileExistsError:
        return False
    try:
        if _HAS_MODES:
            os.fchmod(descriptor, FILE)
    finally:
        os.close(descriptor)
    return True


def open_to_write(path: Path) -> IO[str]:
    """A text file opened to be written from its beginning. An older file there that is our own is closed to others first;
    what is no file (a pipe, a terminal), or is behind a link, is only written to. Raises `OSError`."""

    def opener(name: str, flags: int) -> int:
        descriptor = os.open(name, flags & ~os.O_TRUNC, FILE)
        try:
            found = os.fstat(descriptor)
            if _HAS_MODES and _is_own(found) and not path.is_symlink():
                os.fchmod(descriptor, FILE)
            if stat.S_ISREG(found.st_mode):
                os.truncate(descriptor, 0)
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    return open(path, "w", encoding="utf-8", opener=opener)


def write(path: Path, text: str) -> None:
    """Puts a whole file in place, or leaves the old one. Raises `OSError`."""
    with Replacement(path) as part:
        part.path.write_text(text, encoding="utf-8")
        part.put()


class Replacement:
    """A new file in the folder of `target`, gone at the end of the block unless it was `put` in the target's place."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __enter__(self) -> Replacement:
        descriptor, name = tempfile.mkstemp(prefix=f".{self.target.name}.", suffix=".part", dir=self.target.parent)
        if _HAS_MODES:
            os.fchmod(descriptor, FILE)
        os.close(descriptor)
        self.path = Path(name)
        return self

    def put(self) -> None:
        """Replaces the target, on disk as well as in name. Raises `OSError`."""
        sync(self.path)
        self.path.replace(self.target)
        sync(self.target.parent)

    def __exit__(self, *_: object) -> None:
        self.path.unlink(missing_ok=True)


def give_as(made: Path | int, like: Path) -> None:
    """What root makes (a file, or its descriptor) beside somebody's file, or in somebody's folder, is theirs; as SQLite does
    with its helper files."""
    if _HAS_MODES and os.geteuid() == 0:
        found = (like if like.exists() else like.parent).stat()
        with suppress(OSError):
            os.chown(made, found.st_uid, found.st_gid)


def sync(path: Path) -> None:
    """Waits until a file, or the list of names in a folder, is on disk."""
    if path.is_dir() and not _HAS_MODES:
        return  # Windows opens no folders
    descriptor = os.open(path, os.O_RDONLY if _HAS_MODES else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_open_to_others(path: Path) -> bool:
    """Whether others on the machine may do anything with a file or folder of ours. False for a link, and for what is
    somebody else's: neither is ours to change."""
    try:
        found = path.lstat()
    except OSError:
        return False
    return _HAS_MODES and _is_own(found, folder=True) and bool(found.st_mode & _OTHERS)


def is_reachable(path: Path) -> bool:
    """Whether the folders above a file let others on the machine through to it."""
    return all(each.stat().st_mode & (stat.S_IXGRP | stat.S_IXOTH) for each in path.resolve().parents)


def close_to_others(path: Path) -> bool:
    """Takes from others what they may do with a file or folder of ours; True when there was anything to take.

    By its name, not opened: a program that closes a file gives up its locks on it (POSIX), and SQLite's may be among them.
    """
    if not is_open_to_others(path):
        return False
    try:
        path.chmod(stat.S_IMODE(path.lstat().st_mode) & ~_OTHERS)
    except OSError:
        return False  # a file system without modes, or one that is read-only
    return not is_open_to_others(path)


def _is_own(found: os.stat_result, *, folder: bool = False) -> bool:
    if found.st_uid != os.geteuid():
        return False
    return stat.S_ISREG(found.st_mode) or (folder and stat.S_ISDIR(found.st_mode))

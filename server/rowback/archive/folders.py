"""Files of a folder that somebody else made: never a link, never what lies outside, never more than a limit."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import brotli

from rowback.capture.decoding import unpacked
from rowback.errors import BadInput, FetchFailed, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_FOLDERS = 8  # deep: ArchiveBox has seven


def inside(folder: Path, *names: str) -> Path | None:
    """The file of these names below a folder; None where there is none, or a link leads to it, or a name leads out."""
    path = folder
    for name in names:
        if name in ("", ".", "..") or any(char in name for char in "/\\\0"):
            return None
        path = path / name
        if path.is_symlink():
            return None
    return path if path.is_file() else None


def read_whole(path: Path, most: int) -> bytes:
    """A file's bytes. Raises `TooLarge` for more than so many, `BadInput` for what cannot be read or is no file."""
    try:
        with open(path, "rb", opener=_opened) as file:
            found = file.read(most + 1)
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read: {error.strerror}.") from error
    if len(found) > most:
        raise TooLarge(f"{path.name} has more than {most // 1024 // 1024} MB.")
    return found


def read_unpacked(path: Path, most: int) -> bytes:
    """The same, unpacked where its name says that brotli packed it. Raises also `BadInput` for what is broken."""
    found = read_whole(path, most)
    if path.suffix != ".br":
        return found
    try:
        return unpacked([found], "br", most)
    except (FetchFailed, brotli.error) as error:
        raise BadInput(f"{path.name} is broken.") from error


def folders_below(folder: Path, most: int = MOST_FOLDERS) -> Iterator[tuple[Path, frozenset[str]]]:
    """A folder and those in it, at most so many deep, each before those in it and in the order of their names, with the names
    of their files. Links are not followed, and what git keeps for itself is left out."""
    for top, inner, names in os.walk(folder, followlinks=False):
        depth = len(Path(top).relative_to(folder).parts)
        kept = sorted(name for name in inner if name != ".git" and not Path(top, name).is_symlink())
        inner[:] = kept if depth < most else []
        yield Path(top), frozenset(names)


def _opened(name: str, flags: int) -> int:
    """Without waiting for what is no file but, say, a pipe."""
    descriptor = os.open(name, flags | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(0, "it is no file", name)
    return descriptor

"""How large a collection is, and a mark by which the same one is known again."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rowback.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOOKED_AT = 65_536  # bytes at either end of a file
MOST_FILES = 1_000_000


@dataclass(frozen=True, slots=True)
class Measured:
    """Bytes of a file, or of all files in a folder, and 32 hex digits: others once one of them was changed."""

    size: int
    mark: str


def measured(path: Path) -> Measured:
    """Measures a file or folder; links in it are not followed. Raises `BadInput` for one that cannot be read."""
    seen, size = hashlib.blake2b(digest_size=16), 0
    try:
        for name, file in _files(path):
            about = file.stat()
            size += about.st_size
            seen.update(repr((name, about.st_size, about.st_mtime_ns)).encode("utf-8", "replace"))
        if path.is_file():
            seen.update(_ends(path, size))
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    return Measured(size, seen.hexdigest())


def _ends(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        begin = file.read(_LOOKED_AT)
        file.seek(max(size - _LOOKED_AT, 0))
        return begin + file.read(_LOOKED_AT)


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    if path.is_file():
        yield path.name, path
        return
    left = MOST_FILES
    for top, inner, names in os.walk(path, followlinks=False):
        inner.sort()
        for name in sorted(names):
            file = Path(top, name)
            if left > 0 and not file.is_symlink() and file.is_file():
                left -= 1
                yield str(file.relative_to(path)), file

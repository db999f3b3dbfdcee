"""Which kind of collection a file or folder is. A new kind is a module with a `KIND`, and a row here."""

from __future__ import annotations

import zipfile
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

from rowback.archive import (
    archivebox,
    changedetection,
    diffengine,
    har,
    mhtml,
    newsdiffs,
    newssniffer,
    openterms,
    peer_lines,
    singlefile,
    urlwatch,
    wacz,
    warc,
)
from rowback.archive.folders import MOST_FOLDERS
from rowback.archive.held import Glance
from rowback.errors import BadInput
from rowback.store.foreign import table_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rowback.archive.held import HeldKind

# The surest first: of a folder with many things in it the first that fits is taken.
KINDS: tuple[HeldKind, ...] = tuple(
    module.KIND
    for module in (
        *(warc, wacz, singlefile, mhtml, har, peer_lines),
        *(newsdiffs, newssniffer, diffengine, urlwatch),
        *(changedetection, archivebox, openterms),
    )
)
LOOKED_AT = 16_384  # bytes, unpacked
_GZIP, _ZIP, _SQLITE = b"\x1f\x8b\x08", b"PK\x03\x04", b"SQLite format 3\0"
_WRAPPED = 31  # `wbits` of zlib for gzip alone


def kind_of(path: Path) -> HeldKind | None:
    """The kind that a file or folder looks like, None for none of them. Raises `BadInput` where nothing can be read."""
    try:
        glance = glanced(path)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    return next((kind for kind in KINDS if kind.fits(glance)), None)


def found_in(path: Path, deep: int = MOST_FOLDERS) -> Iterator[tuple[HeldKind, Path]]:
    """The collections in a folder, or the one that a file is, in the order of their names. Links in it are not followed, and
    what is none is passed over. Raises `BadInput` where nothing can be read."""
    kind = kind_of(path)
    if kind is not None:
        yield kind, path
    elif path.is_dir() and deep > 0:
        for each in sorted(path.iterdir()):
            if not each.is_symlink() and (each.is_file() or (each.is_dir() and each.name != ".git")):
                with suppress(BadInput):  # it can be named by itself, and is then told of
                    yield from found_in(each, deep - 1)


def kind_named(name: str) -> HeldKind:
    """The kind of a name. Raises `BadInput`."""
    for kind in KINDS:
        if kind.name == name.lower():
            return kind
    raise BadInput(f"{name[:40]!r} is no kind of collection: say {', '.join(kind.name for kind in KINDS)}.")


def glanced(path: Path) -> Glance:
    """The first look at a file or folder. Raises `OSError`."""
    if path.is_dir():
        return Glance(path, names=frozenset(each.name for each in path.iterdir() if not each.is_symlink()))
    if not path.is_file():
        raise OSError(0, "it is no file and no folder", str(path))
    with path.open("rb") as file:
        begin = file.read(LOOKED_AT)
    if begin.startswith(_GZIP):
        begin = _unzipped(begin)
    return Glance(
        path,
        begin,
        _members(path) if begin.startswith(_ZIP) else frozenset(),
        table_names(path) if begin.startswith(_SQLITE) else frozenset(),
    )


def _unzipped(begin: bytes) -> bytes:
    try:
        return zlib.decompressobj(_WRAPPED).decompress(begin, LOOKED_AT)
    except zlib.error:
        return begin


def _members(path: Path) -> frozenset[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError):
        return frozenset()

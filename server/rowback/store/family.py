"""The files of a database: its own, SQLite's helpers beside it, and copies of it in the same folder."""

from __future__ import annotations

import glob
from typing import TYPE_CHECKING

from rowback import files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APPLICATION_ID = 0x526F7762  # "Rowb" in the file's header: see `PRAGMA application_id`
MAGIC = b"SQLite format 3\0"  # https://sqlite.org/fileformat.html, section 1.3: the header is the first 100 bytes
HEADER_BYTES = 100
WAL, SHM, JOURNAL = "-wal", "-shm", "-journal"
REPLACED = ".replaced-"  # and when: what a backup was put in the place of


def beside(path: Path, ending: str) -> Path:
    """A helper file of a database."""
    return path.with_name(path.name + ending)


def own_files(path: Path) -> list[Path]:
    """The database with its helper files, of those that are there."""
    return [each for each in (path, *(beside(path, ending) for ending in (WAL, SHM, JOURNAL))) if each.exists()]


def remove_second_names(path: Path) -> None:
    """Takes away the other name, and its log, that a killed restore left of a database: it was to be kept once something else
    has its place. By two names, SQLite would write into it with two logs. Raises `OSError`."""
    if not path.exists() or path.stat().st_nlink == 1:
        return
    for each in list(path.parent.glob(f"{glob.escape(path.name)}{REPLACED}*[0-9]")):
        if each.samefile(path) and not each.is_symlink():
            for name in (beside(each, WAL), beside(each, SHM), each):
                name.unlink(missing_ok=True)


def is_rowback(path: Path) -> bool:
    """Whether a file is a database of Rowback by its header. Not to be asked of one that this process has open: closing it
    gives up SQLite's locks."""
    try:
        with path.open("rb") as file:
            header = file.read(HEADER_BYTES)
    except OSError:
        return False
    return header.startswith(MAGIC) and header[68:72] == APPLICATION_ID.to_bytes(4, "big")


def copies(path: Path) -> Iterator[Path]:
    """Other databases of Rowback in the same folder, by name and header: backups, and what was replaced by one."""
    own = {each.name for each in own_files(path)}
    try:
        found = sorted(path.parent.iterdir())
    except OSError:
        return
    for each in found:
        is_named_so = each.suffix == path.suffix or each.name.startswith(path.name)
        if is_named_so and each.name not in own and not each.is_symlink() and each.is_file() and is_rowback(each):
            yield each


def open_to_others(path: Path, folder: Path | None = None) -> list[Path]:
    """What of a store others on this machine may open; with `folder`, one that Rowback makes for itself, where the
    database lies in it."""
    ours = [folder] if folder is not None and path.parent == folder else []
    file = path.resolve()  # through a link as SQLite, which makes its helpers there
    return [each for each in (*ours, *own_files(file), *copies(file)) if files.is_open_to_others(each)]

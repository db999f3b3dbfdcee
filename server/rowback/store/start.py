"""How a database was found when nobody else had it open: was it left in order, and is it what it was?

This is looked at before SQLite opens the file, which writes any log that lies beside it into it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.errors import StoreError
from rowback.store.family import WAL, beside
from rowback.store.lineage import fits, follows, read_header, read_log

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Start:
    """`number` is that of the last write in it. `is_doubtful`: whoever had it open last did not close it, or it is too short.
    `notice`: it is not what was last stored in it, told in words."""

    number: int = 0
    is_doubtful: bool = False
    notice: str | None = None


def look_at(path: Path, known: int | None, *, is_new: bool) -> Start:
    """The start of a database whose last acknowledged write had the number `known`. Raises `StoreError` when file and log
    do not belong together: then neither is touched."""
    if is_new:
        return Start(notice=_NEW if known else None)
    log_path, size = beside(path, WAL), path.stat().st_size
    log, header = read_log(log_path), read_header(path)
    if not fits(header, log, known):
        raise StoreError(
            f"{path} does not belong with {log_path.name} beside it, which holds what was stored last: it is damaged, or "
            "another file was copied over it. Nothing was changed. `rowback restore FILE` puts a backup in its place and "
            "keeps both."
        )
    number = header.number if header else 0
    if log is not None and log.last is not None:
        number = max(number, log.last)
    is_short = header is not None and log is None and size < header.pages * header.page_size
    notice = None if not known or follows(number, known) else _OTHER
    return Start(number, log_path.exists() or is_short, notice)


_NEW = "The database was taken away, with what was stored in it, and a new one begun. A backup: `rowback restore FILE`."
_OTHER = "The database is not what Rowback last stored in it: another file, or an older state, was put in its place."

"""What a write-ahead log still holds behind the part that is in use: pages of earlier rounds.

SQLite begins its log anew once all of it stands in the database, and leaves the rest of the file as it is
(https://sqlite.org/fileformat.html, section 4). Where another program always reads, the log is begun anew now and then, but
never emptied. Knows nothing of what is deleted, nor why. The log is only read here; what is written goes through SQLite.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.store.lineage import FRAME_HEADER, LOG_HEADER, LOG_MAGIC

if TYPE_CHECKING:
    from pathlib import Path

    from rowback.store.database import Connection

MOST_WRITTEN = 64 << 20  # bytes that are written over at once, in half a second; a log has some megabytes as a rule
_FILLER = "filler"  # in `settings`, for a moment


@dataclass(frozen=True, slots=True)
class LogEnd:
    """Which round a log is in (another one: all that stood in it before is in the database), and how many bytes of earlier
    rounds lie behind what is used of it."""

    round: str
    behind: int


def end_of(log: Path) -> LogEnd | None:
    """Where a log ends; None where there is none, or nothing in it."""
    try:
        file = log.open("rb")
    except FileNotFoundError:
        return None
    with file:
        begin = file.read(LOG_HEADER.size)
        if len(begin) < LOG_HEADER.size:
            return None
        magic, _, page_size, _, *salts, _, _ = LOG_HEADER.unpack(begin)
        if magic not in LOG_MAGIC:
            return None
        at = LOG_HEADER.size
        while len(head := file.read(FRAME_HEADER.size)) == FRAME_HEADER.size:
            _, _, *own_salts, _, _ = FRAME_HEADER.unpack(head)
            if own_salts != salts:
                break
            at += FRAME_HEADER.size + page_size
            file.seek(at)
        return LogEnd("{:08x}{:08x}".format(*salts), max(0, file.seek(0, 2) - at))


def write_over(connection: Connection) -> bool:
    """Writes over what lies behind a log's end; False where it is too much, or the log was begun anew meanwhile."""
    end = end_of(connection.log)
    if end is not None and 0 < end.behind <= MOST_WRITTEN:
        with connection.write() as db:  # one transaction: the log is begun anew between two
            db.execute("insert or replace into settings (name, value) values (?, zeroblob(?))", [_FILLER, end.behind])
        with connection.write() as db:
            db.execute("delete from settings where name = ?", [_FILLER])
        end = end_of(connection.log)
    return end is None or not end.behind

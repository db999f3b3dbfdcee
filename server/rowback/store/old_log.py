"""What a write-ahead log still holds behind the part that is in use: pages of earlier rounds.

SQLite begins its log anew once all of it stands in the database, and leaves the rest of the file as it is
(https://sqlite.org/fileformat.html, section 4). Where another program always reads, the log is begun anew now and then, but
never emptied. Knows nothing of what is deleted, nor why. The log is only read here; what is written goes through SQLite.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.store.lineage import opened_log

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
    with opened_log(log) as used:
        if used is None:
            return None
        end = used.begins
        for _, _, at in used.frames():
            end = at
        return LogEnd("{:08x}{:08x}".format(*used.salts), max(0, used.file.seek(0, 2) - end))


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

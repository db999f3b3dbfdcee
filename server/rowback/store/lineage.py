"""Which state of a database a file holds: each write gives it a number, and file and write-ahead log must fit together.

The number is the header's user version. It begins at a random place, so that two databases do not meet, and grows by one
with every write: a copy made earlier has a smaller one. A log that is left behind by a crash begins one above what its own
database held; SQLite itself would write the pages of any log into any database
(https://sqlite.org/fileformat.html, sections 1.3 and 4.1).
"""

from __future__ import annotations

import secrets
import struct
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.store.family import APPLICATION_ID, HEADER_BYTES, MAGIC

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from sqlite_utils import Database

LOG_MAGIC = (0x377F0682, 0x377F0683)
LOG_HEADER, FRAME_HEADER = struct.Struct(">8L"), struct.Struct(">6L")
# Databases begin this far apart, more or less; so many writes may be missing from what we know of another process's.
BEGINS, SPAN = 1 << 20, 100_000


@dataclass(frozen=True, slots=True)
class Header:
    """Of a database: its page size in bytes, its pages, and the number of its last write (0: not numbered yet)."""

    page_size: int
    pages: int
    number: int


@dataclass(frozen=True, slots=True)
class Log:
    """Of a write-ahead log: its page size, and the numbers of the first and the last write that are whole in it; None where
    there is none."""

    page_size: int
    first: int | None
    last: int | None


def header_of(raw: bytes) -> Header | None:
    """The header in a file's first bytes; None where they are no database of Rowback."""
    if len(raw) < HEADER_BYTES or not raw.startswith(MAGIC):
        return None
    page_size, pages, number, application = (
        int.from_bytes(raw[at : at + length], "big") for at, length in ((16, 2), (28, 4), (60, 4), (68, 4))
    )
    if application not in (0, APPLICATION_ID):  # 0: killed before its first write was done
        return None
    return Header(65_536 if page_size == 1 else page_size, pages, number)


def read_header(path: Path) -> Header | None:
    """As `header_of`. Not to be asked of a database that this process has open: see `family.is_rowback`."""
    with path.open("rb") as file:
        return header_of(file.read(HEADER_BYTES))


def read_log(path: Path) -> Log | None:
    """What a write-ahead log holds; None where there is none, or it holds nothing."""
    with opened_log(path) as log:
        if log is None:
            return None
        first = last = pending = None
        for page, commits, _ in log.frames():
            if page == 1:
                found = header_of(log.file.read(HEADER_BYTES))
                pending = found.number if found else pending
            if commits and pending is not None:
                first, last = pending if first is None else first, pending
        return Log(log.page_size, first, last)


@dataclass(frozen=True, slots=True)
class LogRound:
    """What a write-ahead log is used for now: it is written from its beginning again and again, each time with other salts.
    `begins` is where its first frame stands."""

    file: BinaryIO
    page_size: int
    salts: tuple[int, int]
    begins: int = LOG_HEADER.size

    def frames(self) -> Iterator[tuple[int, int, int]]:
        """Of each frame its page, the database's pages after it where it ends a write (else 0), and where it ends. The file
        stands at the page's bytes meanwhile."""
        at = self.begins
        self.file.seek(at)
        while len(head := self.file.read(FRAME_HEADER.size)) == FRAME_HEADER.size:
            page, commits, *salts, _, _ = FRAME_HEADER.unpack(head)
            if tuple(salts) != self.salts:
                return  # of an earlier round
            at += FRAME_HEADER.size + self.page_size
            yield page, commits, at
            self.file.seek(at)


@contextmanager
def opened_log(path: Path) -> Iterator[LogRound | None]:
    """The log at `path`, to be read; None where there is none, or nothing in it."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        yield None
        return
    with file:
        begin = file.read(LOG_HEADER.size)
        if len(begin) < LOG_HEADER.size:
            yield None
            return
        magic, _, page_size, _, one, two, _, _ = LOG_HEADER.unpack(begin)
        yield LogRound(file, page_size, (one, two)) if magic in LOG_MAGIC else None


def fits(header: Header | None, log: Log | None, known: int | None = None) -> bool:
    """Whether a log is a database's own. `known`: the number of the last write that was acknowledged beside it; one that has
    none in its file and got its first with this log has none there either."""
    if log is None or log.first is None or log.last is None:
        return True
    if header is None or header.page_size != log.page_size:
        return False
    is_first_number = header.number == 0 and log.first == log.last and not known
    return is_first_number or log.first - 1 <= header.number <= log.last


def follows(number: int, known: int) -> bool:
    """Whether a database with a number can be what became of one with another."""
    return known <= number <= known + SPAN


def fresh() -> int:
    """A number to begin with."""
    return BEGINS + secrets.randbelow((1 << 30) - BEGINS)


def number_of(db: Database) -> int:
    """The number of the last write that a connection sees."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def set_number(db: Database, number: int) -> None:
    """Gives the write under way its number."""
    db.execute(f"PRAGMA user_version = {number}")

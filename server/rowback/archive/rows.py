"""What tables of an export hold: a row an edit, a version, a block. Values alone; `tabulated` makes them of articles.

The fields are the columns, in this order, in every format and for good: new ones come at the end. server/docs/data.md
says what each means. Ids begin with a letter: a spreadsheet would make a number or a date of "7.2" and "7-2".
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum
from typing import TypeAlias

Value: TypeAlias = str | int | bool | datetime | tuple[str, ...] | None


class Holds(Enum):
    """What a column's cells hold, where they are not empty."""

    TEXT = "text"
    NUMBER = "number"
    TRUTH = "truth"
    INSTANT = "instant"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class ExportedEdit:
    """What happened to one block in one step, from a version to the next."""

    id: str
    article_id: int
    version: int
    edit_id: str
    url: str
    source: str
    title: str
    published_at: datetime | None
    previous_seen_at: datetime
    seen_at: datetime
    is_day: bool
    origin: str | None
    kind: str
    block_kind: str
    block_index: int
    moved_from: int | None
    labels: tuple[str, ...]
    minor: bool
    unannounced: bool
    before: str | None
    after: str | None
    markup: str
    listed: bool


@dataclass(frozen=True, slots=True)
class ExportedVersion:
    """What an article said while it stayed the same, and in short the step that led there."""

    id: str
    article_id: int
    version: int
    url: str
    source: str
    title: str
    published_at: datetime | None
    seen_at: datetime
    last_seen_at: datetime
    is_day: bool
    origin: str | None
    archive: str | None
    memento: str | None
    fingerprint: str
    restores: int | None
    flapping: bool
    edit_count: int | None
    words_inserted: int | None
    words_deleted: int | None
    labels: tuple[str, ...] | None
    minor: bool | None
    unannounced: bool | None
    block_count: int
    text: str
    listed: bool


@dataclass(frozen=True, slots=True)
class ExportedBlock:
    """One block of one version; the headline is block 0."""

    id: str
    article_id: int
    version: int
    block_index: int
    url: str
    source: str
    seen_at: datetime
    is_day: bool
    kind: str
    text: str


Row: TypeAlias = ExportedEdit | ExportedVersion | ExportedBlock

_HELD = {
    "str": Holds.TEXT,
    "int": Holds.NUMBER,
    "bool": Holds.TRUTH,
    "datetime": Holds.INSTANT,
    "tuple[str, ...]": Holds.WORDS,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name; `may_be_empty`: not every row has a value there."""

    name: str
    holds: Holds
    may_be_empty: bool


@dataclass(frozen=True, slots=True)
class RowTable:
    """A table by its name, with the columns of its rows and those of them that people search for words."""

    name: str
    columns: tuple[Column, ...]
    searched: tuple[str, ...]


def cells(row: Row) -> dict[str, Value]:
    """A row's values by the names of their columns."""
    return {name: getattr(row, name) for name in row.__slots__}


def _columns(row: type) -> tuple[Column, ...]:
    found = []
    for field in fields(row):
        said, _, empty = str(field.type).partition(" | ")
        found.append(Column(field.name, _HELD[said], empty == "None"))
    return tuple(found)


EDITS = RowTable("edits", _columns(ExportedEdit), ("title", "before", "after"))
VERSIONS = RowTable("versions", _columns(ExportedVersion), ("title", "text"))
BLOCKS = RowTable("blocks", _columns(ExportedBlock), ("text",))
TABLES = {table.name: table for table in (EDITS, VERSIONS, BLOCKS)}

"""Rows of an export as tables of a SQLite file: instants are text in RFC 3339, truths 0 and 1, labels a JSON list."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

from rowback.archive.rows import Holds, cells
from rowback.clock import format_instant
from rowback.store.flat_file import FlatTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rowback.archive.rows import Row, RowTable, Value

_TYPES = {Holds.TEXT: str, Holds.NUMBER: int, Holds.TRUTH: int, Holds.INSTANT: str, Holds.WORDS: str}
_INDEXED = ("article_id", "source", "seen_at", "edit_id", "fingerprint", "kind")  # what facets and links look up


def flat_table(table: RowTable, rows: Iterable[Row]) -> FlatTable:
    """A table with its rows to come."""
    names = [column.name for column in table.columns]
    return FlatTable(
        name=table.name,
        columns={column.name: _TYPES[column.holds] for column in table.columns},
        not_null=frozenset(column.name for column in table.columns if not column.may_be_empty),
        indexed=[name for name in _INDEXED if name in names],
        searched=table.searched,
        rows=({name: _flat(value) for name, value in cells(row).items()} for row in rows),
    )


def _flat(value: Value) -> str | int | None:
    if isinstance(value, datetime):
        return format_instant(value)
    if isinstance(value, tuple):
        return json.dumps(value)
    return int(value) if isinstance(value, bool) else value

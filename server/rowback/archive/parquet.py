"""Rows of an export as a Parquet file, some at a time. Alone in needing pyarrow: import it where it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow
import pyarrow.parquet

from rowback.archive.rows import Holds, cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rowback.archive.rows import Row, RowTable

# A row group is written when it has so many rows, or characters: what is held until then.
GROUP_ROWS = 20_000
GROUP_CHARACTERS = 8_000_000
_TYPES = {
    Holds.TEXT: pyarrow.string(),
    Holds.NUMBER: pyarrow.int64(),
    Holds.TRUTH: pyarrow.bool_(),
    Holds.INSTANT: pyarrow.timestamp("us", tz="UTC"),
    Holds.WORDS: pyarrow.list_(pyarrow.string()),
}


def write(path: Path, table: RowTable, rows: Iterable[Row]) -> int:
    """Writes a file; returns how many rows are in it."""
    schema = pyarrow.schema(
        [pyarrow.field(column.name, _TYPES[column.holds], nullable=column.may_be_empty) for column in table.columns]
    )
    count = 0
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(rows):
            count += len(group)
            writer.write_batch(pyarrow.RecordBatch.from_pylist([cells(row) for row in group], schema=schema))
    return count


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    group: list[Row] = []
    characters = 0
    for row in rows:
        group.append(row)
        characters += sum(len(value) for value in cells(row).values() if isinstance(value, str))
        if len(group) >= GROUP_ROWS or characters >= GROUP_CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group

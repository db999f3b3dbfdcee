"""Rows of an export as text: CSV for spreadsheets (RFC 4180), JSON Lines for programs. One piece a row, as it comes.

A spreadsheet takes a cell for a formula by its first sign, whoever wrote it: such cells get an apostrophe before
them, and all are cleaned of what nobody sees (`text.plain`). JSON Lines hold texts as they are stored.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import TYPE_CHECKING

import regex

from rowback.archive.rows import cells
from rowback.clock import format_instant
from rowback.text.plain import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rowback.archive.rows import Row, RowTable, Value

# https://owasp.org/www-community/attacks/CSV_Injection, with the wide forms that Japanese and Chinese keyboards write.
# Spaces before a sign are no safety: programs drop them. What has an apostrophe already gets another, so that one can
# be dropped.
_SIGNS = tuple("=+-@＝＋－＠")
_UNSEEN = regex.compile(r"[\p{Z}\p{C}]*+")


def safe_cell(text: str) -> str:
    """A text as no spreadsheet takes it for a formula."""
    return f"'{text}" if _may_begin_formula(text) else text


def unsafe_cell(cell: str) -> str:
    """The text that `safe_cell` was given."""
    return cell[1:] if cell.startswith("'") and _may_begin_formula(cell) else cell


def _may_begin_formula(text: str) -> bool:
    """Whether one of the signs comes first, but for spaces, or a tab or line break is among these."""
    rest = text.lstrip("'")
    unseen = _UNSEEN.match(rest)
    begin = unseen[0] if unseen else ""
    return any(sign in begin for sign in "\t\r\n") or rest.startswith(_SIGNS, len(begin))


def csv_texts(table: RowTable, rows: Iterable[Row]) -> Iterator[str]:
    """The names of the columns, then a row a record, with a line feed at its end."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow(column.name for column in table.columns)
    yield line.getvalue()
    for row in rows:
        line.seek(0)
        line.truncate()
        writer.writerow(_cell(value) for value in cells(row).values())
        yield line.getvalue()


def json_texts(rows: Iterable[Row]) -> Iterator[str]:
    """An object a row, with its line break."""
    for row in rows:
        told = {name: _plain(value) for name, value in cells(row).items()}
        yield json.dumps(told, ensure_ascii=False) + "\n"


def _cell(value: Value) -> str | int | None:
    if isinstance(value, str):
        return safe_cell(visible(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return " ".join(value)
    return format_instant(value) if isinstance(value, datetime) else value


def _plain(value: Value) -> str | int | list[str] | None:
    """A value as JSON has it; instants are RFC 3339."""
    if isinstance(value, datetime):
        return format_instant(value)
    return list(value) if isinstance(value, tuple) else value

"""Rows put into tables, by names of columns. Runs in others' transactions, in SQL that any engine reads.

Names of tables and columns are the program's own, never anybody's words: they stand in the statements as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rowback.store.engine import Db

_OR_NOT = " on conflict do nothing"
IDS = "select cast(value as bigint) from json_each(?)"  # a query of the numbers in a JSON list, which is its one value


def insert(db: Db, table: str, row: Mapping[str, Any], *, ignore: bool = False) -> None:
    """Adds a row; with `ignore`, only where no row of its key is there yet."""
    db.execute(_statement(table, row) + (_OR_NOT if ignore else ""), list(row.values()))


def insert_all(db: Db, table: str, rows: Iterable[Mapping[str, Any]], *, ignore: bool = False) -> None:
    """Adds rows, each as `insert` does."""
    for row in rows:
        insert(db, table, row, ignore=ignore)


def inserted(db: Db, table: str, row: Mapping[str, Any]) -> int:
    """Adds a row, and gives the `id` that it got."""
    return int(db.execute(f"{_statement(table, row)} returning id", list(row.values())).fetchone()[0])


def put(db: Db, table: str, row: Mapping[str, Any], *, key: str) -> None:
    """Adds a row, or changes the one there is: `key` names the column, or the columns (`"import, mark"`), that no two rows
    share."""
    changed = ", ".join(f"{name} = excluded.{name}" for name in row if name not in key.split(", "))
    db.execute(f"{_statement(table, row)} on conflict ({key}) do update set {changed}", list(row.values()))


def _statement(table: str, row: Mapping[str, Any]) -> str:
    return f"insert into {table} ({', '.join(row)}) values ({', '.join('?' * len(row))})"

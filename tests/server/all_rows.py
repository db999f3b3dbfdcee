"""All that a database file holds, to compare two of them. `iterdump` cannot: an index without texts of its own has no rows to
read (what it holds stands in its shadow tables, which are read here)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from sqlite_utils import Database

if TYPE_CHECKING:
    from pathlib import Path


def all_rows(path: Path) -> list[str]:
    """The statements by which everything was made, then each row of each table, a line each, in order."""
    with closing(sqlite3.connect(path)) as db:
        made = db.execute(
            "select type, name, sql from sqlite_master where sql is not null order by type, name"
        ).fetchall()
        lines = [sql for _, _, sql in made]
        for kind, name, sql in made:
            if kind == "table" and not sql.lower().startswith("create virtual"):
                lines += sorted(f"{name} {row!r}" for row in Database(db).table(name).rows)
    return lines

"""Databases such as peers keep, of our own making."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def made(path: Path, script: str, **filled: Iterable[tuple[object, ...]]) -> Path:
    """A SQLite file with the tables of a script, and rows in them."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript(script)
        for table, values in filled.items():
            for row in values:
                db.execute(f"insert into {table} values ({', '.join('?' * len(row))})", row)  # noqa: S608 (names of our own)
        db.commit()
    return path

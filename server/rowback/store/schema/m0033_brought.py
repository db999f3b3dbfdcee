"""Migrations: what the last reading of a feed brought. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0033_brought")
def _brought(db: Database) -> None:
    """`feeds.brought`: how much the last reading of a feed named, how much of it was new, and what was left out, by why: a
    JSON object of numbers (`store/brought.py`). Null before its first reading, and for readings from before."""
    db.execute("alter table feeds add column brought text")

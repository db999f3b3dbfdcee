"""Migrations: what a person had stored although it looked like no article. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0026_anyway")
def _anyway(db: Database) -> None:
    """`articles.is_anyway`: a person said that it is to be stored although it looks like a list, so that it may go on looking
    like one."""
    db.execute("alter table articles add column is_anyway integer not null default 0")

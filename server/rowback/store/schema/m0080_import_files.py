"""Migrations: how far files were imported. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0080_import_files")
def _import_files(db: Database) -> None:
    """`import_files`: of each collection of an import, by its mark, how many records are stored; `is_whole` where that is
    all. `counts` is what was left out of it so far, as JSON."""
    db.execute(
        "create table import_files (import integer not null, mark text not null, done integer not null default 0, "
        "is_whole integer not null default 0, counts text not null default '{}', primary key (import, mark)) "
        "without rowid"
    )

"""Migrations: where pages go on. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0027_paging")
def _paging(db: Database) -> None:
    """`versions.paging`: whether the page said that its text goes on on another one. Of versions from before nobody knows."""
    db.execute("alter table versions add column paging text not null default ''")

"""Migrations: what other backends tell. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0060_read_there")
def _read_there(db: Database) -> None:
    """`read_there`: instants at which a reader of another backend had an article open, which strangers are not told."""
    db.execute(
        "create table read_there (article_id integer not null references articles(id) on delete cascade, "
        "seen_at text not null, primary key (article_id, seen_at)) without rowid"
    )

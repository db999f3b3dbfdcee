"""Migrations: what was removed and can be brought back for a while. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0250_removals")
def _removals(db: Database) -> None:
    """`removals`: saved searches and alerts that a reader removed, with their rows as JSON in `kept`: whoever looks for
    searches, alerts or messages finds none of them. `search_id` is of an alert's search, which is there still."""
    db.execute(
        "create table removals (id integer primary key, reader_id integer not null references readers(id) "
        "on delete cascade, search_id integer references searches(id) on delete cascade, at text not null, "
        "kind text not null, name text not null, kept text not null)"
    )
    db.execute("create index removals_reader on removals (reader_id, id)")
    db.execute("create index removals_search on removals (search_id) where search_id is not null")
    db.execute("create index removals_at on removals (at)")

"""Migrations: what is none by today's rules. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0028_set_aside")
def _set_aside(db: Database) -> None:
    """`set_aside`: articles and versions that are none by today's rules, with all that brings them back. `fronts`: articles
    whose page read like the front of a section when it was last captured."""
    db.execute(
        "create table set_aside (id integer primary key, "
        "article_id integer not null references articles(id) on delete cascade, "
        "kind text not null, why text not null, at text not null, kept text not null)"
    )
    db.execute("create index set_aside_article on set_aside (article_id)")
    db.execute(
        "create table fronts (article_id integer primary key references articles(id) on delete cascade, "
        "seen_at text not null)"
    )

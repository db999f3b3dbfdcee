"""Migrations: archive copies as they were read. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0041_copies")
def _copies(db: Database) -> None:
    """`copies`: each copy of an article that an archive kept, believed or not; `copy_texts`: what they say, each text once,
    its blocks as in `bodies`. Which versions they make is told by all of them together (`store/arranging.py`)."""
    db.execute(
        "create table copy_texts (article_id integer not null references articles(id) on delete cascade, "
        "fingerprint text not null, title text not null, paging text not null, reading integer, blocks text not null, "
        "primary key (article_id, fingerprint)) without rowid"
    )
    db.execute(
        "create table copies (article_id integer not null references articles(id) on delete cascade, "
        "seen_at text not null, fingerprint text not null, received_at text not null, origin text not null, key text, "
        "is_free integer not null, is_front integer not null, primary key (article_id, seen_at, fingerprint)) without rowid"
    )

"""Migrations: headlines of articles elsewhere. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0140_other_headlines")
def _other_headlines(db: Database) -> None:
    """`other_headlines`: what the front page or a feed of its own site called an article, where it was another headline than
    the article's; `article_id` is null, and `key` its address, while the article is not captured yet."""
    db.execute(
        "create table other_headlines (id integer primary key, article_id integer references articles(id) on delete cascade, "
        "key text, place text not null, headline text not null, first_seen_at text not null, last_seen_at text not null, "
        "times integer not null default 1)"
    )
    db.execute("create index other_headlines_of on other_headlines (article_id) where article_id is not null")
    db.execute("create index other_headlines_waiting on other_headlines (key) where article_id is null")

"""Migrations: copies that an archive is asked to make. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0071_saves")
def _saves(db: Database) -> None:
    """`saves`: what web.archive.org is asked to keep, and what came of it; `saved_at` is the instant of its copy at `href`.
    `articles.is_followed`: somebody asked for this article to be watched."""
    db.execute("alter table articles add column is_followed integer not null default 0")
    db.execute(
        "create table saves (id integer primary key, "
        "article_id integer not null references articles(id) on delete cascade, state text not null, "
        "wanted_at text not null, next_at text, job text, tries integer not null default 0, saved_at text, href text, "
        "reason text)"
    )
    db.execute("create index saves_next on saves (next_at) where next_at is not null")
    db.execute("create index saves_article on saves (article_id, wanted_at)")

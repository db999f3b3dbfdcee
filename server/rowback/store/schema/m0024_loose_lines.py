"""Migrations: lines that only count. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0024_loose_lines")
def _loose_lines(db: Database) -> None:
    """`loose_lines`: short lines outside the prose of a source's articles, by what they say besides their numbers. `text` is
    how one was last seen, `changed` says that its numbers were seen to differ, `times` how often."""
    db.execute(
        """
        create table loose_lines (
            source text not null, hash text not null, article_id integer not null references articles(id) on delete cascade,
            text text not null, changed integer not null, times integer not null,
            seen_at text not null, origin text not null,
            primary key (source, hash, article_id)
        ) without rowid
        """
    )
    db.execute("create index loose_lines_article on loose_lines (article_id)")

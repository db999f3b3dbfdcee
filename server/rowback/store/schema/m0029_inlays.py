"""Migrations: boxes that rotate in articles. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0029_inlays")
def _inlays(db: Database) -> None:
    """`inlays`: of an article, by what the small boxes between its paragraphs look like, how often they were exchanged, what
    stands in them and what stood in them lately (JSON)."""
    db.execute(
        """
        create table inlays (
            article_id integer primary key references articles(id) on delete cascade,
            seen_at text not null, boxes text not null
        )
        """
    )

"""Migrations: indexes that another one stands in for. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

_ASKED = "minor, headline, unannounced, labels, edit_count"


@migrations(name="0230_trimmed")
def _trimmed(db: Database) -> None:
    """Steps by time leave out their source: `changes_source` has all that is asked of the steps of a source. Articles of a
    source are found by `articles_source`, which begins with it, and finds of a feed by `finds_waiting`."""
    db.execute("drop index if exists changes_newest")
    db.execute(f"create index changes_newest on changes (seen_us, id, {_ASKED})")
    db.execute("drop index if exists changes_public")
    db.execute(f"create index changes_public on changes (public_seen_us, id, {_ASKED}, article_id) where listed = 1")
    for name in ("idx_articles_source", "idx_finds_feed_id"):
        db.execute(f"drop index if exists {name}")

"""Migrations: what is counted of sources. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

_COUNTED = "id, article_id, edit_count, minor, headline, unannounced, labels"


@migrations(name="0190_by_source")
def _by_source(db: Database) -> None:
    """Indexes that alone say what is counted of a source in a period: its articles, the steps of these, and when an article
    was checked. Those of steps and captures take the place of narrower ones; `id` stands where a list's order has it."""
    seen = "id, first_seen_at, status, listed"
    db.execute(f"create index articles_source on articles (source, last_checked_at, {seen})")
    seen = seen.replace("first_seen_at", "public_first_seen_at")
    db.execute(
        f"create index articles_public_source on articles (source, public_last_checked_at, {seen}) where listed = 1"
    )
    db.execute("drop index if exists changes_source")
    db.execute(f"create index changes_source on changes (source, seen_us, {_COUNTED}, listed)")
    db.execute("drop index if exists changes_public_source")
    db.execute(
        f"create index changes_public_source on changes (source, public_seen_us, {_COUNTED}, version_id) where listed = 1"
    )
    db.execute("drop index if exists captures_article")
    db.execute("create index captures_article on captures (article_id, seen_at, origin)")

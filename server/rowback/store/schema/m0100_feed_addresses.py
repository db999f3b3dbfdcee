"""Migrations: secret addresses of feeds. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0100_feed_addresses")
def _feed_addresses(db: Database) -> None:
    """`feed_addresses`: under which a feed reader elsewhere reads one feed without a token. Of the secret only the digest is
    kept; `feed` is the feed's own address on this backend, without its format, and `article_id` whose it is, for one of an
    article: ids of articles that were forgotten are given again."""
    db.execute(
        "create table feed_addresses (id integer primary key, hash text not null, feed text not null, "
        "article_id integer, created_at text not null, last_used_at text)"
    )

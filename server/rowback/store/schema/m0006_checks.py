"""Migrations: how articles are watched, feeds, doubts, merged articles. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations
from rowback.text.urls import identify

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0006_checks")
def _checks(db: Database) -> None:
    db.table("articles").create_index(["next_check_at"])
    db.table("articles").create_index(["source"])
    db.table("checks").create(
        {
            "article_id": int,
            "host": str,
            "etag": str,
            "last_modified": str,
            "failures": int,
            "misses": int,
            "outcome": str,
            "reason": str,
            "checked_at": str,
        },
        pk="article_id",
        not_null={"host", "failures", "misses"},
        defaults={"failures": 0, "misses": 0},
        foreign_keys=[("article_id", "articles", "id")],
    )
    db.table("hosts").create(
        {"host": str, "free_at": str, "holder": str, "blocks": int, "reason": str},
        pk="host",
        not_null={"free_at", "blocks"},
        defaults={"blocks": 0},
    )
    for article_id, url in db.execute("select id, url from articles where next_check_at is not null").fetchall():
        db.table("checks").insert({"article_id": article_id, "host": identify(url).host})


@migrations(name="0007_feeds")
def _feeds(db: Database) -> None:
    db.table("feeds").create(
        {
            "id": int,
            "url": str,
            "host": str,
            "kind": str,
            "title": str,
            "include": str,
            "exclude": str,
            "added_at": str,
            "next_check_at": str,
            "checked_at": str,
            "etag": str,
            "last_modified": str,
            "failures": int,
            "wait_s": int,
            "outcome": str,
            "reason": str,
        },
        pk="id",
        not_null={"url", "host", "kind", "title", "include", "exclude", "added_at", "failures"},
        defaults={"failures": 0},
    )
    db.table("feeds").create_index(["url"], unique=True)
    db.table("feeds").create_index(["next_check_at"])
    # What feeds named and is not captured yet; once captured (or given up) the row stays, so that it is not taken twice.
    db.table("finds").create(
        {
            "key": str,
            "url": str,
            "host": str,
            "feed_id": int,
            "found_at": str,
            "next_check_at": str,
            "failures": int,
            "outcome": str,
            "reason": str,
        },
        pk="key",
        not_null={"url", "host", "feed_id", "found_at", "failures"},
        defaults={"failures": 0},
        foreign_keys=[("feed_id", "feeds", "id")],
    )
    db.table("finds").create_index(["next_check_at"])
    db.table("finds").create_index(["feed_id"])


@migrations(name="0008_doubts")
def _doubts(db: Database) -> None:
    """`failed_captures`: pages that were not believed. `captures.aside`: why a capture lies outside its version's span.
    `passing_texts`: texts that came and went in a source's articles."""
    db.table("failed_captures").create(
        {
            "id": int,
            "key": str,
            "url": str,
            "seen_at": str,
            "received_at": str,
            "origin": str,
            "reason": str,
            "detail": str,
            "fingerprint": str,
        },
        pk="id",
        not_null={"key", "url", "seen_at", "received_at", "origin", "reason", "detail"},
    )
    db.table("failed_captures").create_index(["key", "seen_at"])
    db.table("captures").add_column("aside", str)
    db.table("captures").create_index(["article_id", "seen_at"])
    db.table("passing_texts").create(
        {"source": str, "hash": str, "article_id": int, "came": int, "went": int},
        pk=("source", "hash", "article_id"),
        not_null={"came", "went"},
        foreign_keys=[("article_id", "articles", "id")],
    )


@migrations(name="0009_moved_articles")
def _moved_articles(db: Database) -> None:
    """Ids of articles that were merged into others: they keep answering."""
    db.table("moved_articles").create(
        {"id": int, "article_id": int},
        pk="id",
        not_null={"article_id"},
        foreign_keys=[("article_id", "articles", "id")],
    )

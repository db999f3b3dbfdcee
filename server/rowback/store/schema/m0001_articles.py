"""Migrations: articles, versions, captures, who may use the API, search. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0001_articles")
def _articles(db: Database) -> None:
    db.table("articles").create(
        {
            "id": int,
            "url": str,
            "source": str,
            "title": str,
            "published_at": str,
            "first_seen_at": str,
            "last_checked_at": str,
            "last_changed_at": str,
            "next_check_at": str,
            "status": str,
            "version_count": int,
            "edit_count": int,
            "revision": int,
        },
        pk="id",
        not_null={
            "url", "source", "title", "first_seen_at", "last_checked_at", "last_changed_at", "status",
            "version_count", "revision",
        },
    )  # fmt: skip
    db.table("articles").create_index(["last_changed_at"])
    db.table("aliases").create(
        {"key": str, "article_id": int},
        pk="key",
        not_null={"article_id"},
        foreign_keys=[("article_id", "articles", "id")],
    )
    db.table("aliases").create_index(["article_id"])


@migrations(name="0002_versions")
def _versions(db: Database) -> None:
    db.table("versions").create(
        {
            "id": int,
            "article_id": int,
            "seen_at": str,
            "last_seen_at": str,
            "title": str,
            "origin": str,
            "fingerprint": str,
        },
        pk="id",
        not_null={"article_id", "seen_at", "last_seen_at", "title", "origin", "fingerprint"},
        foreign_keys=[("article_id", "articles", "id")],
    )
    db.table("versions").create_index(["article_id", "seen_at"])
    db.table("blocks").create(
        {"id": int, "article_id": int, "hash": str, "kind": str, "text": str},
        pk="id",
        not_null={"article_id", "hash", "kind", "text"},
        foreign_keys=[("article_id", "articles", "id")],
    )
    db.table("blocks").create_index(["article_id", "hash"], unique=True)
    db.table("version_blocks").create(
        {"version_id": int, "position": int, "block_id": int},
        pk=("version_id", "position"),
        not_null={"block_id"},
        foreign_keys=[("version_id", "versions", "id"), ("block_id", "blocks", "id")],
    )
    db.table("captures").create(
        {"id": int, "article_id": int, "version_id": int, "seen_at": str, "received_at": str, "origin": str},
        pk="id",
        not_null={"article_id", "version_id", "seen_at", "received_at", "origin"},
        foreign_keys=[("article_id", "articles", "id"), ("version_id", "versions", "id")],
    )
    db.table("captures").create_index(["version_id", "seen_at"])


@migrations(name="0003_access")
def _access(db: Database) -> None:
    db.table("tokens").create(
        {"name": str, "hash": str, "origin": str, "created_at": str, "last_used_at": str},
        pk="name",
        not_null={"hash", "created_at"},
    )
    db.table("tokens").create_index(["hash"], unique=True)
    db.table("settings").create({"name": str, "value": str}, pk="name", not_null={"value"})


@migrations(name="0004_views")
def _views(db: Database) -> None:
    db.create_view(
        "version_list",
        """
        select versions.article_id,
               row_number() over (partition by versions.article_id order by versions.seen_at, versions.id) - 1 as number,
               versions.id as version_id, versions.seen_at, versions.last_seen_at, versions.title, versions.origin,
               articles.url
        from versions join articles on articles.id = versions.article_id
        """,
    )
    db.create_view(
        "version_text",
        """
        select version_list.url, version_list.number, version_list.seen_at, version_blocks.position, blocks.kind,
               blocks.text, version_list.article_id, version_list.version_id
        from version_list
        join version_blocks on version_blocks.version_id = version_list.version_id
        join blocks on blocks.id = version_blocks.block_id
        """,
    )


@migrations(name="0005_search")
def _search(db: Database) -> None:
    db.table("blocks").enable_fts(["text"], fts_version="FTS5", create_triggers=True, tokenize="unicode61")
    db.table("versions").enable_fts(["title"], fts_version="FTS5", create_triggers=True, tokenize="unicode61")

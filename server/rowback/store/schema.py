"""The tables, as numbered migrations. A migration that has been released is never edited; the next one changes it.

Plain text and foreign keys, so that the file reads well in the sqlite3 shell or Datasette:

    articles ─┬─ aliases          every address (in key form) that leads to the article
              ├─ versions ─── version_blocks ─── blocks     a block's text is stored once per article
              └─ captures         every observation, and the version it saw
              └─ checks           how an article is watched: its host, validators, failures, the last outcome
    feeds ─── finds               where new articles are found, and those found but not captured yet
    hosts                         when a host may be asked again, and who is asking it now
    failed_captures               pages that were not taken for the article, by address
    passing_texts                 texts that came and went in a source's articles
    moved_articles                ids of articles that were merged into others
    tokens, settings              who may use the API

Instants are UTC text of fixed width (`2026-01-31T09:30:00.000000Z`), so that they sort. A version's number is its rank by
`seen_at` in its article: the view `version_list` shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

from rowback.text.urls import identify

if TYPE_CHECKING:
    from sqlite_utils import Database

migrations = Migrations("rowback")


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


@migrations(name="0012_hidden")
def _hidden(db: Database) -> None:
    db.table("articles").add_column("hidden_reason", str)


@migrations(name="0010_changes")
def _changes(db: Database) -> None:
    """What lists say of each step between neighbouring versions: derived, rebuilt from the versions when need be.

    Triggers note in `changes_due` which articles' rows may no longer fit their versions, whoever wrote those.
    """
    db.execute(
        """
        create table changes (
            id integer primary key,
            article_id integer not null references articles(id) on delete cascade,
            previous_id integer not null references versions(id) on delete cascade,
            version_id integer not null unique references versions(id) on delete cascade,
            number integer not null, seen_at text not null, source text not null, rules integer not null,
            edit_count integer not null, words_inserted integer not null, words_deleted integer not null,
            labels text not null, kinds text not null,
            minor integer not null, headline integer not null, unannounced integer not null,
            excerpt text not null, deleted text not null, inserted text not null,
            before text not null, after text not null
        )
        """
    )
    # All that the front page filters by: whatever is asked, only this index is walked.
    db.execute(
        "create index changes_newest on changes (seen_at, id, minor, headline, unannounced, source, labels, edit_count)"
    )
    db.execute("create index changes_source on changes (source, seen_at, id)")
    db.execute("create index changes_article on changes (article_id, number)")
    db.execute("create index changes_previous on changes (previous_id)")
    db.execute("create index version_blocks_block on version_blocks (block_id)")
    db.execute("create index articles_hidden on articles (id) where hidden_reason is not null")
    db.table("changes").enable_fts(
        ["deleted", "inserted", "before", "after"], fts_version="FTS5", create_triggers=True, tokenize="unicode61"
    )
    db.execute("create table changes_due (article_id integer primary key references articles(id) on delete cascade)")
    for name, when, which in (
        ("inserted", "insert", "new"),
        ("moved", "update of seen_at, article_id", "new"),
        ("left", "update of article_id", "old"),
        ("deleted", "delete", "old"),
    ):
        db.execute(
            f"""
            create trigger changes_version_{name} after {when} on versions begin
                insert into changes_due (article_id) select {which}.article_id
                where {which}.article_id not in (select article_id from changes_due)
                and exists (select 1 from articles where id = {which}.article_id)
                and exists (select 1 from versions
                            where article_id = {which}.article_id and id <> {which}.id);
            end
            """
        )
    db.execute("insert into changes_due select article_id from versions group by article_id having count(*) > 1")

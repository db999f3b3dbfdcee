"""Migrations: what is counted as it is written, so that no page counts rows. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

_STATUSES = ("watching", "settled", "gone", "paused")


@migrations(name="0016_totals")
def _totals(db: Database) -> None:
    """`totals`: articles by status, versions, captures. `feeds.found`: what each feed named so far. Kept by triggers."""
    db.execute("create table totals (name text primary key, value integer not null) without rowid")
    for status in _STATUSES:
        db.execute(
            "insert into totals select 'articles ' || :status, count(*) from articles where status = :status",
            {"status": status},
        )
    _count(db, "articles_came", "insert on articles", "name = 'articles ' || new.status", "+ 1")
    _count(db, "articles_went", "delete on articles", "name = 'articles ' || old.status", "- 1")
    moved = "update of status on articles when old.status <> new.status"
    _count(db, "articles_joined", moved, "name = 'articles ' || new.status", "+ 1")
    _count(db, "articles_left", moved, "name = 'articles ' || old.status", "- 1")
    for table in ("versions", "captures"):
        db.execute(f"insert into totals select '{table}', count(*) from {table}")
        _count(db, f"{table}_came", f"insert on {table}", f"name = '{table}'", "+ 1")
        _count(db, f"{table}_went", f"delete on {table}", f"name = '{table}'", "- 1")
    db.execute("alter table feeds add column found integer not null default 0")
    db.execute("update feeds set found = (select count(*) from finds where feed_id = feeds.id)")
    for name, when, row, by in (("came", "insert", "new", "+ 1"), ("went", "delete", "old", "- 1")):
        db.execute(
            f"create trigger totals_finds_{name} after {when} on finds begin "
            f"update feeds set found = found {by} where id = {row}.feed_id; end"
        )
    db.execute("create index finds_waiting on finds (feed_id, next_check_at)")
    db.execute("create index finds_failing on finds (key) where failures > 0 and outcome <> 'captured'")
    db.execute("create index checks_failing on checks (article_id) where failures > 0")
    db.execute("create index checks_checked on checks (checked_at)")


def _count(db: Database, name: str, when: str, which: str, by: str) -> None:
    db.execute(
        f"create trigger totals_{name} after {when} begin update totals set value = value {by} where {which}; end"
    )

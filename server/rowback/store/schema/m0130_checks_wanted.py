"""Migrations: checks that somebody asked for. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0130_checks_wanted")
def _checks_wanted(db: Database) -> None:
    """`checks_wanted`: articles that somebody wants to have checked out of turn. `next_at` is empty when the check is over;
    `outcome`, `reason` and `ended_at` are what it came to."""
    db.execute(
        "create table checks_wanted (article_id integer primary key references articles(id), asked_at text not null, "
        "next_at text, ended_at text, outcome text, reason text)"
    )
    db.execute("create index idx_checks_wanted_next_at on checks_wanted (next_at) where next_at is not null")

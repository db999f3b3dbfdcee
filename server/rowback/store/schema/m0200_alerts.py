"""Migrations: saved searches and alerts. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0200_alerts")
def _alerts(db: Database) -> None:
    """`searches`: queries that readers named. `alerts`: where edits that fit one are told, and when; `cursor` is the last
    step that was looked at, and whoever holds the lease sends. `deliveries`: messages with the ids of the steps in them, so
    that nothing of a forgotten article is kept here; those with a `next_at` wait."""
    db.execute(
        "create table searches (id integer primary key, reader_id integer not null references readers(id) "
        "on delete cascade, name text not null, query text not null, created_at text not null, unique (reader_id, name))"
    )
    db.execute(
        """
        create table alerts (
            id integer primary key, search_id integer not null references searches(id) on delete cascade,
            kind text not null, shown text not null, address text not null, secret text not null,
            rhythm text not null, hour integer not null, zone text not null, quiet_from integer, quiet_until integer,
            is_listed_only integer not null, created_at text not null, paused_at text,
            cursor integer not null, gather_at text not null, is_held integer not null default 0,
            next_at text not null, holder text, lease_until text
        )
        """
    )
    db.execute("create index alerts_search on alerts (search_id)")
    db.execute(
        """
        create table deliveries (
            id integer primary key, alert_id integer not null references alerts(id) on delete cascade,
            key text not null unique, steps text not null, state text not null, made_at text not null,
            tries integer not null default 0, failing_since text, reason text, ended_at text
        )
        """
    )
    db.execute("create index deliveries_alert on deliveries (alert_id, state, id)")
    db.execute("create index deliveries_ended on deliveries (ended_at) where ended_at is not null")

"""Migrations: what a feed and a day may cost. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations
from rowback.text.urls import site_of

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0021_requests")
def _requests(db: Database) -> None:
    """`requests`: how many were made on a day, by purse. `feed_days`: what each feed named on the day it was last read, and
    the marks of what was left out at the last reading. `finds.elsewhere`: it is on another site than the feed's."""
    db.execute(
        """
        create table requests (
            day text not null, purse text not null, asked integer not null, primary key (day, purse)
        ) without rowid
        """
    )
    db.execute(
        """
        create table feed_days (
            feed_id integer primary key references feeds (id) on delete cascade, day text not null,
            taken integer not null, taken_elsewhere integer not null, left_out integer not null, missed text not null
        )
        """
    )
    db.execute("alter table finds add column elsewhere integer not null default 0")
    db.execute("alter table finds add column dropped_at text")
    db.execute("create index finds_found on finds (found_at) where next_check_at is not null")
    db.execute("create index finds_dropped on finds (feed_id, dropped_at) where dropped_at is not null")
    waiting = db.execute(
        "select key, finds.host, feeds.host from finds join feeds on feeds.id = feed_id where finds.next_check_at > ''"
    ).fetchall()
    for key, host, home in waiting:
        if site_of(host) != site_of(home):
            db.execute("update finds set elsewhere = 1 where key = ?", [key])

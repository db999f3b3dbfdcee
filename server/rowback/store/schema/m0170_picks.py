"""Migrations: what readers want to follow. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0170_picks")
def _picks(db: Database) -> None:
    """What a reader chose on the page of sites to follow, and what was found there. `found` is a text that those who read the
    address write and read; `feed` is the address that is followed, `brought` whether it was not followed before."""
    db.execute(
        "create table picks (id integer primary key, reader_id integer not null references readers(id) on delete cascade, "
        "url text not null, kind text not null, site text not null, name text not null, host text not null, "
        "state text not null, asked_at text not null, begun_at text, tries integer not null default 0, found text, "
        "feed text, brought integer not null default 0, unique (reader_id, url))"
    )
    db.execute("create index picks_state on picks (state, id)")

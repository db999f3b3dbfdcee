"""Migrations: pasts of articles that are fetched from archives. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0050_backfills")
def _backfills(db: Database) -> None:
    """`backfills`: what an archive was asked about an address, of which `key_hash` is a keyed hash; the address itself stands
    there only while there is something left to do. `backfill_copies`: the copies that the archive has. `mementos`: from which
    copy an article's capture at an instant was read."""
    db.execute("insert into settings (name, value) values ('backfill_key', lower(hex(randomblob(32))))")
    db.execute(
        "create table backfills (id integer primary key, key_hash text not null, source text not null, "
        "name text not null, title text not null, host text not null, "
        "article_id integer references articles(id) on delete cascade, url text, asked_by text not null, "
        "state text not null, reason text, to_list text not null, lists integer not null default 0, "
        "most integer not null, listed integer not null default 0, read integer not null default 0, "
        "versions integer not null default 0, looks integer not null default 0, "
        "failures integer not null default 0, began_at text not null, next_at text, expires_at text, "
        "unique (key_hash, source))"
    )
    db.execute("create index backfills_next on backfills (next_at) where next_at is not null")
    db.execute("create index backfills_article on backfills (article_id)")
    db.execute("create index backfills_expire on backfills (expires_at) where expires_at is not null")
    db.execute(
        "create table backfill_copies (id integer primary key, "
        "backfill_id integer not null references backfills(id) on delete cascade, seen_at text not null, "
        "original text not null, digest text not null, address text not null, state text not null default 'waiting', "
        "fingerprint text, tries integer not null default 0, unique (backfill_id, seen_at, original))"
    )
    db.execute(
        "create table mementos (article_id integer not null references articles(id) on delete cascade, "
        "seen_at text not null, archive text not null, href text not null, primary key (article_id, seen_at)) "
        "without rowid"
    )

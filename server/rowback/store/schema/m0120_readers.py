"""Migrations: more than one reader. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0120_readers")
def _readers(db: Database) -> None:
    """`readers`: who reads here, the owner as number 1, and with which scope; `invitations`: codes that make a device one of
    a reader's, once, of which the digest is kept. Tokens, sessions and links from before are the owner's.

    `reader_articles`: who brought an article that is not listed. One without rows is the owner's alone, so that a backend
    with one reader has none.
    """
    db.execute(
        "create table readers (id integer primary key, name text not null unique, scope text not null, created_at text)"
    )
    db.execute("insert into readers (id, name, scope) values (1, 'owner', 'owner')")
    db.execute(
        "create table invitations (hash text primary key, reader_id integer not null references readers(id) "
        "on delete cascade, created_at text not null, expires_at text not null) without rowid"
    )
    db.execute(
        "create table reader_articles (article_id integer not null references articles(id) on delete cascade, "
        "reader_id integer not null references readers(id) on delete cascade, primary key (article_id, reader_id)) "
        "without rowid"
    )
    db.execute("create index reader_articles_reader on reader_articles (reader_id)")
    for table in ("tokens", "sessions", "sign_in_links"):
        db.execute(f"alter table {table} add column reader_id integer not null default 1")

"""Migrations: who may do what. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0017_access")
def _access(db: Database) -> None:
    """Scopes and ends of tokens; `sessions` of signed-in browsers, `sign_in_links` that open one, `pairings` that wait.

    Of every secret only the digest is kept. Tokens from before may do everything, as they could.
    """
    db.execute("alter table tokens add column scope text not null default 'owner'")
    db.execute("alter table tokens add column expires_at text")
    db.execute(
        """
        create table sessions (
            id integer primary key, hash text not null unique, scope text not null, token text,
            agent text not null, created_at text not null, last_seen_at text not null, expires_at text not null
        )
        """
    )
    db.execute("create index sessions_token on sessions (token)")
    db.execute(
        """
        create table sign_in_links (
            hash text primary key, scope text not null, token text, target text not null, expires_at text not null
        ) without rowid
        """
    )
    db.execute(
        """
        create table pairings (
            hash text primary key, user_code text not null unique, name text not null, origin text,
            asked_from text not null, created_at text not null, expires_at text not null,
            decision text, scope text, polled_at text
        ) without rowid
        """
    )

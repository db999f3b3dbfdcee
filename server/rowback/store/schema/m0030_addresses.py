"""Migrations: at which address a capture was made, and what was told of addresses. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0030_addresses")
def _addresses(db: Database) -> None:
    """`captures.key`: the address at which a capture was made, in key form; null for those from before. `aliases.link`: an
    address as a person opens it. `parted`: articles that were one until their owner parted them, which no canonical
    address joins again. `visit_parameters`: parameters that a site writes anew at each visit. `settings.rekey`: that
    addresses are to be told by today's rules, which is done when the store is opened next (see `store/rekeying.py`)."""
    db.execute("alter table captures add column key text")
    db.execute("alter table aliases add column link text")
    db.execute(
        "create table parted (id integer primary key, "
        "article_id integer not null references articles(id) on delete cascade, "
        "other_id integer not null references articles(id) on delete cascade, "
        "key text not null, url text not null, at text not null, unique (article_id, other_id))"
    )
    db.execute("create index parted_other on parted (other_id)")
    db.execute(
        "create table visit_parameters (site text not null, name text not null, at text not null, "
        "primary key (site, name)) without rowid"
    )
    db.execute("create index finds_url on finds (url)")
    db.execute(
        "insert or replace into settings (name, value) select 'rekey', '1' where exists (select 1 from articles)"
    )

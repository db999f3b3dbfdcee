"""Migrations: by whose word an address leads to an article. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0018_given_aliases")
def _given_aliases(db: Database) -> None:
    """`aliases.is_given`: the owner said that the address is the article's, so that what is read there may be a version of
    it. Addresses from before keep leading where they led; on another host they bring no versions any more."""
    db.execute("alter table aliases add column is_given integer not null default 0")

"""Migrations: jobs that were begun. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database


@migrations(name="0020_begun")
def _begun(db: Database) -> None:
    """`begun`: who is at which job (a digest), and how many began it without an end."""
    db.table("begun").create({"job": str, "times": int, "holder": str}, pk="job", not_null={"times", "holder"})

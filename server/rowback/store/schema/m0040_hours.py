"""Migrations: what falls into an hour, counted as it is written. A released one is never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.schema.registry import migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

_COUNTED = (
    ("articles due", "articles", "next_check_at", ""),
    ("finds due", "finds", "next_check_at", ""),
    ("articles checked", "checks", "checked_at", ""),
    ("articles edited", "articles", "last_changed_at", "version_count"),
)


@migrations(name="0040_hours")
def _hours(db: Database) -> None:
    """`hours`: how many articles and finds are due in an hour (`2026-01-31T09`), and how many articles were checked last or
    edited last in one. Kept by triggers; hours of which nothing is told are not there."""
    db.execute(
        "create table hours (name text not null, hour text not null, value integer not null, primary key (name, hour)) "
        "without rowid"
    )
    for name, table, column, more in _COUNTED:
        told = {
            row: f"{row}.{column} is not null" + (f" and {row}.{more} > 1" if more else "") for row in ("new", "old")
        }
        came = (
            f"insert into hours select '{name}', substr(new.{column}, 1, 13), 0 where {told['new']} "
            f"and not exists (select 1 from hours where name = '{name}' and hour = substr(new.{column}, 1, 13)); "
            f"update hours set value = value + 1 where name = '{name}' and hour = substr(new.{column}, 1, 13) "
            f"and {told['new']}; "
        )
        went = (
            f"update hours set value = value - 1 where name = '{name}' and hour = substr(old.{column}, 1, 13) "
            f"and {told['old']}; "
            f"delete from hours where name = '{name}' and hour = substr(old.{column}, 1, 13) and value = 0; "
        )
        columns = f"{column}, {more}" if more else column
        differs = f"old.{column} is not new.{column}" + (f" or ({told['old']}) <> ({told['new']})" if more else "")
        trigger = f"hours_{name.replace(' ', '_')}"
        db.execute(f"create trigger {trigger}_came after insert on {table} when {told['new']} begin {came} end")
        db.execute(f"create trigger {trigger}_went after delete on {table} when {told['old']} begin {went} end")
        db.execute(
            f"create trigger {trigger}_moved after update of {columns} on {table} when {differs} begin {went} {came} end"
        )
        where = f"{column} is not null" + (f" and {more} > 1" if more else "")
        db.execute(
            f"insert into hours select '{name}', substr({column}, 1, 13), count(*) from {table} where {where} group by 2"
        )

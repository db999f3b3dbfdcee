"""How many rows lie before or after an instant: whole hours are kept in `hours`, rows are counted in one hour alone. Runs in
the transactions of others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.instants import to_text

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store.engine import Db

_HOUR = 13  # characters of an instant as text: `2026-01-31T09`
_AFTER_COLON = ";"  # behind an hour, what sorts after all of its instants


def due_by(db: Db, at: datetime) -> int:
    """How many checks of articles and feeds, and captures of finds, are due."""
    feeds = "select count(*) from feeds where next_check_at <= ?"
    return (
        _until(db, "articles due", "articles", at)
        + _until(db, "finds due", "finds", at)
        + int(db.execute(feeds, [to_text(at)]).fetchone()[0])
    )


def finds_waiting(db: Db) -> int:
    """How many finds will be tried, now or later."""
    return _sum(db, "name = 'finds due'")


def checked_since(db: Db, at: datetime) -> int:
    """How many articles were checked after an instant."""
    return _since(db, "articles checked", "select count(*) from checks where checked_at > ? and checked_at < ?", at)


def edited_since(db: Db, at: datetime) -> int:
    """How many articles got their latest version after an instant, which was not their first."""
    query = "select count(*) from articles where version_count > 1 and last_changed_at > ? and last_changed_at < ?"
    return _since(db, "articles edited", query, at)


def _until(db: Db, name: str, table: str, at: datetime) -> int:
    hour = to_text(at)[:_HOUR]
    query = f"select count(*) from {table} where next_check_at >= ? and next_check_at <= ?"
    return _sum(db, "name = ? and hour < ?", name, hour) + int(db.execute(query, [hour, to_text(at)]).fetchone()[0])


def _since(db: Db, name: str, query: str, at: datetime) -> int:
    hour = to_text(at)[:_HOUR]
    in_hour = int(db.execute(query, [to_text(at), hour + _AFTER_COLON]).fetchone()[0])
    return _sum(db, "name = ? and hour > ?", name, hour) + in_hour


def _sum(db: Db, where: str, *values: str) -> int:
    return int(db.execute(f"select coalesce(sum(value), 0) from hours where {where}", values).fetchone()[0])

"""Saved searches and alerts that were removed: kept aside for an hour with all that was theirs, so that it can be undone.

What is kept stands in one row apart: nothing finds it meanwhile, nothing is sent for it, and its address is told to nobody.
An alert that is brought back goes on where it was, with its messages and their keys.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rowback.errors import BadInput, NotFound
from rowback.store.alerts import MAX_ALERTS
from rowback.store.instants import from_text, to_text
from rowback.store.putting import insert, inserted
from rowback.store.searches import MAX_SEARCHES
from rowback.text.tongue import gettext

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rowback.store.alerts import Alert
    from rowback.store.database import Connection
    from rowback.store.engine import Db
    from rowback.store.searches import SavedSearch

    KeptRows = list[dict[str, Any]]

KEPT_FOR = timedelta(hours=1)  # to notice a slip; the address of a target is a secret, and not to lie about for long
_SEARCH = "id, reader_id, name, query, created_at"
_ALERT = (
    "id, search_id, kind, shown, address, secret, rhythm, hour, zone, quiet_from, quiet_until, is_listed_only, "
    "created_at, paused_at, cursor, gather_at, is_held, next_at"  # no lease: whoever held it is at it no more
)
_DELIVERY = "alert_id, key, steps, state, made_at, tries, failing_since, reason, ended_at"
_OLD = "at <= :until or at > :ahead"  # what lies ahead, a clock that was wrong has left


class Removed(StrEnum):
    """What was removed."""

    SEARCH = "search"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Removal:
    """That something was removed, which can be undone. `name` is what is told of it: of an alert as much of its address as
    may be shown."""

    id: int
    at: datetime
    kind: Removed
    name: str


class Removals:
    """What was removed from a store and can be brought back."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def remove_search(self, search: SavedSearch, at: datetime) -> None:
        """Removes a search, with its alerts. What of these was removed before is gone for good with it."""
        with self._connection.write() as db:
            searches = _rows(db, "searches", _SEARCH, "id = ?", search.id)
            if searches:
                alerts = _rows(db, "alerts", _ALERT, "search_id = ? order by id", search.id)
                _keep(db, search.reader, None, at, Removed.SEARCH, search.name, searches, alerts)
                db.execute("delete from searches where id = ?", [search.id])

    def remove_alert(self, alert: Alert, at: datetime) -> None:
        """Removes an alert with its address and its log."""
        search = alert.search
        with self._connection.write() as db:
            alerts = _rows(db, "alerts", _ALERT, "id = ?", alert.id)
            if alerts:
                _keep(db, search.reader, search.id, at, Removed.ALERT, alert.target.shown, [], alerts)
                db.execute("delete from alerts where id = ?", [alert.id])

    def last_search(self, reader: int, now: datetime) -> Removal | None:
        """The search that a reader removed last, while that can be undone."""
        return self._last("reader_id = :which and search_id is null", reader, now)

    def last_alert(self, search: SavedSearch, now: datetime) -> Removal | None:
        """The alert of a search that was removed last, while that can be undone."""
        return self._last("search_id = :which", search.id, now)

    def undo(self, removal: Removal) -> None:
        """Brings back what was removed. Raises `BadInput` where there is no room for it any more, `NotFound` where it is
        gone for good or was brought back already."""
        with self._connection.write() as db:
            row = db.execute("select kept from removals where id = ? and at = ?", _key(removal)).fetchone()
            if row is None:
                raise NotFound(gettext("That can be undone no more."))
            kept: dict[str, KeptRows] = json.loads(row[0])
            ids = {each["id"]: _search_back(db, each) for each in kept["searches"]}
            if kept["alerts"]:
                _check_alerts(db, len(kept["alerts"]))
            for alert in kept["alerts"]:
                own = alert | {"search_id": ids.get(alert["search_id"], alert["search_id"])}
                number = _put_back(db, "alerts", own)
                for each in kept["deliveries"]:
                    if each["alert_id"] == alert["id"]:
                        insert(db, "deliveries", each | {"alert_id": number})
            db.execute("delete from removals where id = ?", [removal.id])

    def forget(self, now: datetime) -> None:
        """Removes for good what was removed long enough ago."""
        if self._connection.row(f"select 1 from removals where {_OLD} limit 1", _bounds(now)) is not None:
            with self._connection.write() as db:
                db.execute(f"delete from removals where {_OLD}", _bounds(now))

    def _last(self, which: str, number: int, now: datetime) -> Removal | None:
        row = self._connection.row(
            f"select id, at, kind, name from removals where {which} and not ({_OLD}) order by id desc limit 1",
            {"which": number, **_bounds(now)},
        )
        return None if row is None else Removal(row[0], from_text(row[1]), Removed(row[2]), row[3])


def _keep(
    db: Db,
    reader: int,
    search_id: int | None,
    at: datetime,
    kind: Removed,
    name: str,
    searches: KeptRows,
    alerts: KeptRows,
) -> None:
    deliveries = [
        row for alert in alerts for row in _rows(db, "deliveries", _DELIVERY, "alert_id = ? order by id", alert["id"])
    ]
    kept = {"searches": searches, "alerts": alerts, "deliveries": deliveries}
    about = {"reader_id": reader, "search_id": search_id, "at": to_text(at), "kind": kind.value, "name": name}
    insert(db, "removals", about | {"kept": json.dumps(kept, ensure_ascii=False)})


def _search_back(db: Db, row: dict[str, Any]) -> int:
    reader, name = row["reader_id"], row["name"]
    if db.execute("select 1 from searches where reader_id = ? and name = ?", [reader, name]).fetchone():
        raise BadInput(gettext("You have a search named %(name)s already. Remove it first, then undo.", name=name))
    (count,) = db.execute("select count(*) from searches where reader_id = ?", [reader]).fetchone()
    if count >= MAX_SEARCHES:
        raise BadInput(gettext("A reader saves up to %(most)s searches. Remove one first.", most=MAX_SEARCHES))
    return _put_back(db, "searches", row)


def _check_alerts(db: Db, more: int) -> None:
    (count,) = db.execute("select count(*) from alerts").fetchone()
    if count + more > MAX_ALERTS:
        raise BadInput(gettext("There are up to %(most)s alerts. Remove one first.", most=MAX_ALERTS))


def _put_back(db: Db, table: str, row: dict[str, Any]) -> int:
    """Puts a row back under its own number; under a new one where another has that by now."""
    taken = db.execute(f"select 1 from {table} where id = ?", [row["id"]]).fetchone()
    return inserted(db, table, {name: value for name, value in row.items() if name != "id" or not taken})


def _rows(db: Db, table: str, columns: str, which: str, value: int) -> KeptRows:
    found: Sequence[Sequence[Any]] = db.execute(f"select {columns} from {table} where {which}", [value]).fetchall()
    return [dict(zip(columns.split(", "), row, strict=True)) for row in found]


def _key(removal: Removal) -> list[object]:
    return [removal.id, to_text(removal.at)]


def _bounds(now: datetime) -> dict[str, str]:
    return {"until": to_text(now - KEPT_FOR), "ahead": to_text(now + KEPT_FOR)}

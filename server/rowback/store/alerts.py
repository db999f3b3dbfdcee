"""Alerts: where edits that fit a saved search are told, and when. Only the owner sets them.

The address is a secret, as it holds a password or is one: it stands in the database file, which nobody else may read, and
leaves this module only for whoever sends. Which steps were told is a cursor over the order in which they became known; what
is to be sent stands in `deliveries`. Whoever holds an alert's lease gathers and sends for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from rowback.errors import BadInput, NotFound
from rowback.store.clocks import SLACK
from rowback.store.instants import from_text, maybe_from_text, to_text
from rowback.store.putting import inserted
from rowback.store.searches import COLUMNS, SavedSearch, as_search

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from rowback.store.database import Connection
    from rowback.store.engine import Db

MAX_ALERTS = 50  # each may have a thread of its own at work, so that none waits for another's server
_ALERTS = (
    f"select {COLUMNS}, alerts.id, kind, shown, address, secret, rhythm, hour, zone, quiet_from, quiet_until, "
    "is_listed_only, alerts.created_at, paused_at, cursor, gather_at, is_held, next_at "
    "from alerts join searches on searches.id = search_id"
)
LONGEST = timedelta(hours=50)  # that anything is put off: a day of 25 hours, and quiet hours as long
# What lies further ahead than it is ever put off, a clock that was wrong has left.
_FREE = "paused_at is null and (coalesce(lease_until, '') <= :now or lease_until > :longest_lease)"
_BEHIND = """
    not (gather_at > :now and gather_at <= case when is_held = 1 or rhythm = 'daily' then :longest when rhythm = 'hourly'
    then :hour else :now end) and cursor < (select coalesce(max(id), 0) from changes)
"""
_WAITS = "exists (select 1 from deliveries where alert_id = alerts.id and state = 'waiting')"
# `next_at` is heeded while a message could not be sent, and in quiet hours.
MAY_SEND = """(
    next_at <= :now or next_at > :longest or (is_held = 0 and not exists (select 1 from deliveries
    where alert_id = alerts.id and state = 'waiting' and failing_since is not null))
)"""
# Something waits to be sent and may be tried, or a step that was not looked at became known.
_DUE = f"{_FREE} and (({MAY_SEND} and {_WAITS}) or ({_BEHIND}))"


class Rhythm(StrEnum):
    """When edits are told: each as it becomes known, or many in a digest."""

    AT_ONCE = "at-once"
    HOURLY = "hourly"
    DAILY = "daily"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When an alert tells. `hour` is that of a daily digest, on the clocks of `zone`; nothing is sent from the hour
    `quiet_from` until the hour `quiet_until`."""

    rhythm: Rhythm = Rhythm.AT_ONCE
    hour: int = 8
    zone: str = "UTC"
    quiet_from: int | None = None
    quiet_until: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """Where messages go: `shown` is as much of the address as may be told, `secret` what webhooks are signed with."""

    kind: str
    shown: str
    address: str = field(repr=False)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Alert:
    """See the module. `gather_at` is when steps after `cursor` are looked at next, `next_at` when what waits may be tried;
    `is_held`: quiet hours held something, which one digest tells."""

    id: int
    search: SavedSearch
    target: Target
    schedule: Schedule
    is_listed_only: bool
    created_at: datetime
    paused_at: datetime | None
    cursor: int
    gather_at: datetime
    is_held: bool
    next_at: datetime

    def may_gather(self, now: datetime) -> bool:
        """Whether it looks for steps now: its time has come, or lies further ahead than it is ever put off."""
        longest = {Rhythm.AT_ONCE: timedelta(0), Rhythm.HOURLY: timedelta(hours=1), Rhythm.DAILY: LONGEST}
        most = LONGEST if self.is_held else longest[self.schedule.rhythm]
        return not now < self.gather_at <= now + most


class Alerts:
    """The alerts of a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, search: SavedSearch, target: Target, schedule: Schedule, at: datetime, *, listed_only: bool) -> Alert:
        """A new alert, which tells what becomes known from now on. Raises `BadInput`."""
        with self._connection.write() as db:
            if db.execute("select count(*) from alerts").fetchone()[0] >= MAX_ALERTS:
                raise BadInput(f"There are up to {MAX_ALERTS} alerts. Remove one first.")
            row = {
                "search_id": search.id,
                "kind": target.kind,
                "shown": target.shown,
                "address": target.address,
                "secret": target.secret,
                "rhythm": schedule.rhythm.value,
                "hour": schedule.hour,
                "zone": schedule.zone,
                "quiet_from": schedule.quiet_from,
                "quiet_until": schedule.quiet_until,
                "is_listed_only": int(listed_only),
                "created_at": to_text(at),
                "cursor": _last_step(db),
                "gather_at": to_text(at),
                "next_at": to_text(at),
            }
            number = inserted(db, "alerts", row)
        return self.get(number)

    def all(self) -> list[Alert]:
        """All alerts, by their searches."""
        with self._connection.read() as db:
            return [_as_alert(row) for row in db.execute(f"{_ALERTS} order by name, alerts.id").fetchall()]

    def of_search(self, search_id: int) -> list[Alert]:
        """The alerts of a search, the first made first."""
        with self._connection.read() as db:
            rows = db.execute(f"{_ALERTS} where search_id = ? order by alerts.id", [search_id]).fetchall()
        return [_as_alert(row) for row in rows]

    def get(self, alert_id: int) -> Alert:
        """The alert with a number. Raises `NotFound`."""
        row = self._connection.row(f"{_ALERTS} where alerts.id = ?", [alert_id])
        if row is None:
            raise NotFound(f"There is no alert {alert_id}.")
        return _as_alert(row)

    def pause(self, alert_id: int, at: datetime) -> None:
        """Tells nothing any more until `resume`; what waited is dropped. Raises `NotFound`."""
        self.get(alert_id)
        with self._connection.write() as db:
            db.execute("update alerts set paused_at = coalesce(paused_at, ?) where id = ?", [to_text(at), alert_id])
            db.execute(
                "update deliveries set state = 'dropped', ended_at = ? where alert_id = ? and state = 'waiting'",
                [to_text(at), alert_id],
            )

    def resume(self, alert_id: int, at: datetime) -> None:
        """Tells what becomes known from now on. Raises `NotFound`."""
        self.get(alert_id)
        with self._connection.write() as db:
            db.execute(
                "update alerts set paused_at = null, cursor = ?, gather_at = ?, next_at = ?, is_held = 0 "
                "where id = ? and paused_at is not null",
                [_last_step(db), to_text(at), to_text(at), alert_id],
            )

    def remove(self, alert_id: int) -> None:
        """Removes an alert with its address and its log. Raises `NotFound`."""
        self.get(alert_id)
        with self._connection.write() as db:
            db.execute("delete from alerts where id = ?", [alert_id])

    def behind(self, now: datetime, until: datetime) -> list[Alert]:
        """The alerts that have nothing to do but to look at what became known, and that nobody has leased. Leases last from
        `now` until `until`."""
        query = f"{_ALERTS} where {_FREE} and is_held = 0 and {_BEHIND} and not {_WAITS}"
        with self._connection.read() as db:
            return [_as_alert(row) for row in db.execute(query, _bounds(now, until)).fetchall()]

    def pass_over(self, alerts: Sequence[tuple[Alert, datetime]], cursor: int, now: datetime, until: datetime) -> None:
        """Notes of alerts that nothing up to `cursor` is to be told of, and of each when it looks next; not of one that
        another has looked after meanwhile."""
        with self._connection.write() as db:
            for alert, gather_at in alerts:
                db.execute(
                    "update alerts set cursor = max(cursor, :cursor), gather_at = :gather_at "
                    f"where id = :id and cursor = :before and is_held = 0 and {_FREE}",
                    {
                        "id": alert.id,
                        "before": alert.cursor,
                        "cursor": cursor,
                        "gather_at": to_text(gather_at),
                        **_bounds(now, until),
                    },
                )

    def take(self, now: datetime, holder: str, until: datetime, but: Sequence[int] = ()) -> list[Alert]:
        """Leases all alerts with something to do that nobody else has leased, but some."""
        values = _bounds(now, until)
        if self._connection.row(f"select 1 from alerts where {_DUE} limit 1", values) is None:
            return []
        taken = []
        with self._connection.write() as db:
            for (alert_id,) in db.execute(f"select id from alerts where {_DUE}", values).fetchall():
                if alert_id not in but:
                    _lease(db, alert_id, holder, until)
                    taken.append(alert_id)
            return [_as_alert(db.execute(f"{_ALERTS} where alerts.id = ?", [each]).fetchone()) for each in taken]

    def keep(self, alert_id: int, holder: str, until: datetime) -> bool:
        """Begins the lease anew; False where it is another's by now, or the alert is paused or gone."""
        with self._connection.write() as db:
            return bool(
                db.execute(
                    "update alerts set lease_until = ? where id = ? and holder = ? and paused_at is null",
                    [to_text(until), alert_id, holder],
                ).rowcount
            )

    def release(self, alert_id: int, holder: str) -> None:
        """Gives the lease back."""
        with self._connection.write() as db:
            db.execute(
                "update alerts set holder = null, lease_until = null where id = ? and holder = ?", [alert_id, holder]
            )

    def hold(self, alert_id: int, until: datetime) -> None:
        """Quiet hours: nothing is gathered or sent before an instant, and one digest tells it then."""
        with self._connection.write() as db:
            db.execute(
                "update alerts set gather_at = max(gather_at, :until), next_at = :until, is_held = 1 where id = :id",
                {"until": to_text(until), "id": alert_id},
            )


def _last_step(db: Db) -> int:
    return int(db.execute("select coalesce(max(id), 0) from changes").fetchone()[0])


def _bounds(now: datetime, until: datetime) -> dict[str, str]:
    """What instants of alerts are held against. `until` is the end of a lease that begins now."""
    return {
        "now": to_text(now),
        "hour": to_text(now + timedelta(hours=1)),
        "longest": to_text(now + LONGEST),
        "longest_lease": to_text(until + SLACK),
    }


def _lease(db: Db, alert_id: int, holder: str, until: datetime) -> None:
    db.execute("update alerts set holder = ?, lease_until = ? where id = ?", [holder, to_text(until), alert_id])


def _as_alert(row: Sequence[Any]) -> Alert:
    id_, kind, shown, address, secret, rhythm, hour, zone, quiet_from, quiet_until, *rest = row[5:]
    listed_only, created_at, paused_at, cursor, gather_at, is_held, next_at = rest
    return Alert(
        id=id_,
        search=as_search((row[0], row[1], row[2], row[3], row[4])),
        target=Target(kind, shown, address, secret),
        schedule=Schedule(Rhythm(rhythm), hour, zone, quiet_from, quiet_until),
        is_listed_only=bool(listed_only),
        created_at=from_text(created_at),
        paused_at=maybe_from_text(paused_at),
        cursor=cursor,
        gather_at=from_text(gather_at),
        is_held=bool(is_held),
        next_at=from_text(next_at),
    )

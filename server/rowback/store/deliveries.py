"""What alerts have to send, and what became of it. Each delivery has a key that stays the same however often it is tried: a
target that heeds it takes a message once.

Of a step only its id is kept, so that nothing of an article stays here that was forgotten; what a message says is written
when it is sent.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from rowback.errors import NotFound
from rowback.store.alerts import LONGEST, MAY_SEND
from rowback.store.instants import from_text, maybe_from_text, to_text
from rowback.store.putting import insert
from rowback.store.work import MAX_REASON
from rowback.text.plain import line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any

    from rowback.store.alerts import Alert
    from rowback.store.database import Connection

KEPT = timedelta(days=90)  # a delivery in the log
TOLD_FOR = timedelta(days=7)  # on the page of the status, that one was given up
_COLUMNS = "id, alert_id, key, steps, state, made_at, tries, failing_since, reason, ended_at"


class DeliveryState(StrEnum):
    """What became of a delivery. `dropped`: its edits were gone before it was sent, or its alert was paused."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message about some steps; about none, a test. `failing_since`: when it could not be sent for the first time."""

    id: int
    alert_id: int
    key: str
    steps: tuple[int, ...]
    state: DeliveryState
    made_at: datetime
    tries: int
    failing_since: datetime | None
    reason: str | None
    ended_at: datetime | None

    @property
    def is_test(self) -> bool:
        """Whether the owner tried the target out."""
        return not self.steps


@dataclass(frozen=True, slots=True)
class AlertTrouble:
    """An alert that could not send: since when, why, how many messages wait, and how many were given up in the last days."""

    search: str
    shown: str
    waiting: int
    given_up: int
    reason: str


class Deliveries:
    """The deliveries of a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def gather(
        self,
        alert: Alert,
        holder: str,
        messages: Sequence[Sequence[int]],
        cursor: int,
        gather_at: datetime,
        at: datetime,
    ) -> bool:
        """Notes what is to be sent of the steps up to `cursor`, in one transaction with it: none is skipped, and none noted
        twice. False, and nothing is noted, where another holds the alert by now."""
        with self._connection.write() as db:
            moved = db.execute(
                "update alerts set cursor = ?, gather_at = ?, is_held = 0 "
                "where id = ? and holder = ? and cursor = ? and paused_at is null",
                [cursor, to_text(gather_at), alert.id, holder, alert.cursor],
            ).rowcount
            if not moved:
                return False
            for steps in messages:
                insert(db, "deliveries", _new(alert.id, steps, at))
            db.execute("delete from deliveries where ended_at < ?", [to_text(at - KEPT)])
        return True

    def next(self, alert_id: int, now: datetime) -> Delivery | None:
        """What an alert has to send next, the oldest first; None where it waits for its time, or is gone."""
        query = (
            f"select {_COLUMNS} from deliveries where alert_id = :alert and state = 'waiting' and exists "
            f"(select 1 from alerts where id = :alert and {MAY_SEND}) order by id limit 1"
        )
        bounds = {"alert": alert_id, "now": to_text(now), "longest": to_text(now + LONGEST)}
        row = self._connection.row(query, bounds)
        return None if row is None else _as_delivery(row)

    def end(self, delivery: Delivery, state: DeliveryState, at: datetime, reason: str | None = None) -> None:
        """Notes what became of a delivery at last."""
        with self._connection.write() as db:
            db.execute(
                "update deliveries set state = ?, ended_at = ?, reason = ?, tries = tries + 1 where id = ?",
                [state.value, to_text(at), _reason(reason), delivery.id],
            )

    def retry(self, delivery: Delivery, at: datetime, next_at: datetime, reason: str) -> None:
        """Notes that a delivery could not be sent, and when the alert tries again."""
        with self._connection.write() as db:
            db.execute(
                "update deliveries set tries = tries + 1, reason = ?, failing_since = coalesce(failing_since, ?) "
                "where id = ?",
                [_reason(reason), to_text(at), delivery.id],
            )
            db.execute("update alerts set next_at = ? where id = ?", [to_text(next_at), delivery.alert_id])

    def give_up(self, delivery: Delivery, at: datetime, since: datetime, next_at: datetime, reason: str) -> None:
        """Gives a delivery up, and with it those of its alert that have waited since an instant or longer."""
        failed, waiting = DeliveryState.FAILED.value, DeliveryState.WAITING.value
        with self._connection.write() as db:
            db.execute("update deliveries set tries = tries + 1 where id = ?", [delivery.id])
            db.execute(
                "update deliveries set state = ?, ended_at = ?, reason = ?, failing_since = coalesce(failing_since, made_at) "
                "where alert_id = ? and state = ? and (id = ? or made_at <= ?)",
                [failed, to_text(at), _reason(reason), delivery.alert_id, waiting, delivery.id, to_text(since)],
            )
            # Those that came later could not be sent either since they were made.
            db.execute(
                "update deliveries set failing_since = coalesce(failing_since, made_at) where alert_id = ? and state = ?",
                [delivery.alert_id, waiting],
            )
            db.execute("update alerts set next_at = ? where id = ?", [to_text(next_at), delivery.alert_id])

    def tried_out(self, alert_id: int, key: str, at: datetime, reason: str | None) -> None:
        """Notes a test, and why it failed if it did. Raises `NotFound` where the alert was removed meanwhile."""
        state = DeliveryState.SENT if reason is None else DeliveryState.FAILED
        ended = {"state": state.value, "ended_at": to_text(at), "tries": 1, "reason": _reason(reason), "key": key}
        with self._connection.write() as db:
            if db.execute("select 1 from alerts where id = ?", [alert_id]).fetchone() is None:
                raise NotFound(f"There is no alert {alert_id}.")
            insert(db, "deliveries", _new(alert_id, (), at) | ended)
            if reason is None:  # it is there again: what waits need not wait longer
                db.execute("update alerts set next_at = min(next_at, ?) where id = ?", [to_text(at), alert_id])

    def log(self, alert_id: int | None = None, limit: int = 50) -> list[Delivery]:
        """The newest deliveries, of one alert or of all."""
        which, values = ("", []) if alert_id is None else ("where alert_id = ?", [alert_id])
        with self._connection.read() as db:
            rows = db.execute(
                f"select {_COLUMNS} from deliveries {which} order by id desc limit ?", [*values, limit]
            ).fetchall()
        return [_as_delivery(row) for row in rows]

    def troubles(self, now: datetime) -> list[AlertTrouble]:
        """The alerts that could not send just now, or gave something up in the last days."""
        with self._connection.read() as db:
            rows = db.execute(
                "select name, shown, count(*) filter (where state = 'waiting'), count(*) filter (where state = 'failed'), "
                "(select reason from deliveries as last where last.alert_id = alerts.id and reason is not null "
                "and steps <> '[]' order by last.id desc limit 1) "
                "from deliveries join alerts on alerts.id = alert_id join searches on searches.id = search_id "
                "where steps <> '[]' and (state = 'waiting' or (state = 'failed' and ended_at > ?)) "
                "group by alerts.id, name, shown "
                "having count(*) filter (where state = 'failed' or failing_since is not null) > 0 order by name, alerts.id",
                [to_text(now - TOLD_FOR)],
            ).fetchall()
        return [AlertTrouble(name, shown, wait, failed, reason or "") for name, shown, wait, failed, reason in rows]


def new_key() -> str:
    """A key for one delivery."""
    return secrets.token_hex(16)


def _new(alert_id: int, steps: Sequence[int], at: datetime) -> dict[str, object]:
    return {
        "alert_id": alert_id,
        "key": new_key(),
        "steps": json.dumps(list(steps)),
        "state": DeliveryState.WAITING.value,
        "made_at": to_text(at),
    }


def _reason(told: str | None) -> str | None:
    return None if told is None else line(told, MAX_REASON)


def _as_delivery(row: Sequence[Any]) -> Delivery:
    id_, alert_id, key, steps, state, made_at, tries, failing_since, reason, ended_at = row
    return Delivery(
        id_,
        alert_id,
        key,
        tuple(json.loads(steps)),
        DeliveryState(state),
        from_text(made_at),
        tries,
        maybe_from_text(failing_since),
        reason,
        maybe_from_text(ended_at),
    )

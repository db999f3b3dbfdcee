"""Captures that were not believed: kept for people to see, in bounded number. One that comes again and again is believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.model import Capture, Content, FailedCapture, Reason
from rowback.store.audience import Audience
from rowback.store.instants import from_text, to_text
from rowback.store.leads import leading_key
from rowback.store.origins import as_origin
from rowback.store.putting import insert
from rowback.text.urls import identify

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.model import Doubt, Origin
    from rowback.store.database import Connection
    from rowback.store.engine import Db

KEPT_PER_ADDRESS = 20
KEPT = 5_000


class Failures:
    """The captures of a store that were not believed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self, article_id: int | None = None, limit: int = 50) -> list[FailedCapture]:
        """The newest, of one article or of all addresses."""
        with self._connection.read() as db:
            return read_failures(db, article_id, limit)

    def note(self, url: str, doubt: Doubt, origin: Origin, at: datetime) -> None:
        """Keeps that a page could not be captured at all."""
        with self._connection.write() as db:
            write_failure(db, Capture(url, Content("", ()), at, origin), doubt, None, at)


def write_failure(
    db: Db,
    capture: Capture,
    doubt: Doubt,
    fingerprint: str | None,
    received_at: datetime,
    key: str | None = None,
) -> None:
    """Keeps a capture that is not believed, and drops the oldest beyond the bounds. `key` is its address's, where that was
    asked already (see `leads.Led`)."""
    key = leading_key(db, identify(capture.url)) if key is None else key
    insert(
        db,
        "failed_captures",
        {
            "key": key,
            "url": capture.url,
            "seen_at": to_text(capture.seen_at),
            "received_at": to_text(received_at),
            "origin": capture.origin.value,
            "reason": doubt.reason.value,
            "detail": doubt.detail,
            "fingerprint": fingerprint,
            "brought_by": capture.brought_by,
        },
    )
    db.execute(
        "delete from failed_captures where id in "
        "(select id from failed_captures where key = ? order by id desc limit 9223372036854775807 offset ?)",
        [key, KEPT_PER_ADDRESS],
    )
    db.execute("delete from failed_captures where id <= (select max(id) from failed_captures) - ?", [KEPT])


def refused_since(db: Db, key: str, fingerprint: str, since: datetime) -> list[datetime]:
    """When this same text was refused at an address (in key form) after an instant, oldest first."""
    rows = db.execute(
        "select seen_at from failed_captures where key = ? and fingerprint = ? and seen_at > ? order by seen_at",
        [key, fingerprint, to_text(since)],
    )
    return [from_text(row[0]) for row in rows.fetchall()]


def read_failures(
    db: Db, article_id: int | None, limit: int, audience: Audience = Audience.TRUSTED
) -> list[FailedCapture]:
    """The newest, of one article or of all addresses; to strangers none that a reader's browser made."""
    where, values = ("where true ", []) if article_id is None else ("where aliases.article_id = ? ", [article_id])
    where += "and failed_captures.origin not in ('browser', 'rowback') " if not audience.is_owner else ""
    rows = db.execute(
        "select failed_captures.url, aliases.article_id, seen_at, origin, reason, detail from failed_captures "
        f"left join aliases on aliases.key = failed_captures.key {where}order by failed_captures.id desc limit ?",
        [*values, limit],
    )
    return [
        FailedCapture(url, found, from_text(seen_at), as_origin(origin), Reason(reason), detail)
        for url, found, seen_at, origin, reason, detail in rows.fetchall()
    ]

"""Checks that somebody asked for: an article is looked at now, out of turn, and they are told what came of it.

One of an article is asked for at a time: whoever asks while it waits, or soon after it ended, gets that one. It goes through
the queue like any job, so that its host is asked no faster for it; a check that was due anyway ends it as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rowback.store.articles import article_of, resolve
from rowback.store.begun import is_begun
from rowback.store.instants import from_text, maybe_from_text, to_text
from rowback.store.presence import is_running
from rowback.store.putting import insert
from rowback.store.shares import ARTICLES
from rowback.store.spending import closed_purses, turn
from rowback.store.work import MAX_REASON, JobKind, Outcome
from rowback.text.plain import line
from rowback.text.urls import identify

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store.database import Connection
    from rowback.store.engine import Db

AGAIN_AFTER = timedelta(minutes=1)  # within it an article's page is not fetched again, whoever asks
LOOKED = frozenset({Outcome.EDITED, Outcome.UNCHANGED})
USED_UP = "today's requests are used up"
_ROW = """
    select asked_at, next_at, ended_at, checks_wanted.outcome, checks_wanted.reason, free_at, holder, blocks, hosts.reason
    from checks_wanted join checks using (article_id) left join hosts using (host) where article_id = ?
"""


class CheckState(StrEnum):
    """How far a check is: `WAITING` until its host or the day's requests allow it, `DONE` when the page was read."""

    QUEUED = "queued"
    CHECKING = "checking"
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class WantedCheck:
    """A check and how far it is. `next_at` is when it may be done, while it waits; `is_attended` whether a poller runs that
    will do it."""

    state: CheckState
    asked_at: datetime
    next_at: datetime | None
    ended_at: datetime | None
    outcome: Outcome | None
    reason: str | None
    is_attended: bool

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.ended_at is not None


class ChecksWanted:
    """The checks that somebody asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, article_id: int, now: datetime) -> WantedCheck:
        """Asks for one, or for the one that is asked for already. Raises `UnknownArticle`."""
        with self._connection.write() as db:
            article_id = resolve(db, article_id)
            article = article_of(db, article_id)
            # What was stored before there were checks has no row of its own yet.
            insert(db, "checks", {"article_id": article_id, "host": identify(article.url).host}, ignore=True)
            db.execute(
                "insert into checks_wanted (article_id, asked_at, next_at) values (:id, :now, :now) "
                "on conflict (article_id) do update set asked_at = :now, next_at = :now, ended_at = null, outcome = null, "
                "reason = null where checks_wanted.next_at is null "
                "and (checks_wanted.ended_at <= :before or checks_wanted.ended_at > :now)",
                {"id": article_id, "now": to_text(now), "before": to_text(now - AGAIN_AFTER)},
            )
            return _as_check(db, article_id, db.execute(_ROW, [article_id]).fetchone(), now)

    def standing(self, article_id: int, now: datetime) -> WantedCheck | None:
        """How far the one that was asked for last is; None where nobody asked for any."""
        with self._connection.read() as db:
            article_id = resolve(db, article_id)
            row = db.execute(_ROW, [article_id]).fetchone()
            return None if row is None else _as_check(db, article_id, row, now)

    def fail(self, article_id: int, at: datetime, outcome: Outcome, reason: str) -> None:
        """Ends one that brought nothing, and leaves it at that: when the article is checked next is no matter of it."""
        with self._connection.write() as db:
            end_wanted(db, article_id, at, outcome, reason)


def end_wanted(db: Db, article_id: int, at: datetime, outcome: Outcome, reason: str) -> None:
    """What a check of an article came to, for those who asked for one."""
    db.execute(
        "update checks_wanted set next_at = null, ended_at = ?, outcome = ?, reason = ? "
        "where article_id = ? and next_at is not null",
        [to_text(at), outcome.value, line(reason, MAX_REASON), article_id],
    )


def _as_check(db: Db, article_id: int, row: tuple[Any, ...], now: datetime) -> WantedCheck:
    asked_at, next_at, ended_at, outcome, reason, *host = row
    is_attended = is_running(db, now)
    if next_at is None:
        came_to = Outcome(outcome)
        state = CheckState.DONE if came_to in LOOKED else CheckState.FAILED
        return WantedCheck(state, from_text(asked_at), None, from_text(ended_at), came_to, reason, is_attended)
    state, until, why = _waiting(db, article_id, from_text(next_at), host, now)
    return WantedCheck(state, from_text(asked_at), until, None, None, why, is_attended)


def _waiting(
    db: Db, article_id: int, due_at: datetime, host: list[Any], now: datetime
) -> tuple[CheckState, datetime | None, str | None]:
    """How far one is that is not over; until when it waits, and why."""
    free_at, holder, blocks, rest = host
    free = maybe_from_text(free_at)
    if due_at > now:
        return CheckState.WAITING, due_at, USED_UP
    if free is not None and free > now:
        if holder is None:
            return CheckState.WAITING, free, rest if blocks else None
        kinds = (JobKind.CHECK, JobKind.ARTICLE)
        is_at_it = any(is_begun(db, kind, str(article_id), holder) for kind in kinds)
        return CheckState.CHECKING if is_at_it else CheckState.QUEUED, None, None
    if ARTICLES in closed_purses(db, now):
        return CheckState.WAITING, turn(now), USED_UP
    return CheckState.QUEUED, None, None

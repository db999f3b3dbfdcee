"""What the poller is at, at one look: how much is watched and due, what goes wrong, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.model import Status
from rowback.store import hours
from rowback.store.archive_work import archive_work
from rowback.store.instants import maybe_from_text, to_text
from rowback.store.presence import Presence
from rowback.store.queue import Queue
from rowback.store.silence import SilentSite, silent_sites
from rowback.store.spending import Spent, standing_of
from rowback.store.work import MAX_REASON, HostNote
from rowback.text.plain import line

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store.archive_work import ArchiveWork
    from rowback.store.database import Connection
    from rowback.store.engine import Db

MAX_TROUBLES = 50


@dataclass(frozen=True, slots=True)
class Note:
    """An article, a feed or a find with its latest outcome; `next_check_at` is None when it is not tried again."""

    kind: str
    url: str
    outcome: str
    reason: str
    failures: int
    next_check_at: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """See the module. `is_running` says whether a poller runs, `alive_at` when one was last known to; `leased` counts hosts
    asked just now."""

    is_running: bool
    alive_at: datetime | None
    articles: dict[str, int]
    checked_last_day: int
    edited_last_day: int
    due: int
    next_due_at: datetime | None
    feeds: int
    finds_waiting: int
    paused_hosts: tuple[HostNote, ...]
    troubles: tuple[Note, ...]
    leased: int
    requests: Spent
    archives: ArchiveWork
    lost: tuple[datetime, str] | None = None
    """When a poller lost one of its threads last, and in words."""
    silent_sites: tuple[SilentSite, ...] = ()
    """Sites most of whose articles come without their text to the server."""


_TROUBLES = """
    select 'article', url, outcome, reason, failures, next_check_at
    from checks join articles on id = article_id where failures > 0 and status in ('watching', 'gone')
    union all
    select 'feed', url, outcome, reason, failures, next_check_at from feeds where failures > 0
    union all
    select 'find', url, outcome, reason, failures, next_check_at from finds where failures > 0 and outcome <> 'captured'
    order by failures desc, url limit ?
"""
_LEASED = "select count(*) from hosts where holder is not null and free_at > ?"


def overview(connection: Connection, now: datetime) -> Overview:
    """The state of things now."""
    queue, presence = Queue(connection), Presence(connection)
    day_ago = now - timedelta(days=1)
    with connection.read() as db:
        totals = totals_of(db)
        due = hours.due_by(db, now)
        troubles = tuple(
            Note(kind, url, outcome or "", line(reason or "", MAX_REASON), failures, maybe_from_text(due_at))
            for kind, url, outcome, reason, failures, due_at in db.execute(_TROUBLES, [MAX_TROUBLES]).fetchall()
        )
        return Overview(
            is_running=presence.is_running(now),
            alive_at=presence.seen_at(),
            lost=presence.lost(now),
            articles={status.value: totals[f"articles {status.value}"] for status in Status},
            checked_last_day=hours.checked_since(db, day_ago),
            edited_last_day=hours.edited_since(db, day_ago),
            due=due,
            next_due_at=queue.next_due_at(),
            feeds=db.execute("select count(*) from feeds").fetchone()[0],
            finds_waiting=hours.finds_waiting(db),
            paused_hosts=tuple(queue.held_hosts(now)),
            troubles=troubles,
            leased=int(db.execute(_LEASED, [to_text(now)]).fetchone()[0]),
            requests=standing_of(db, now),
            archives=archive_work(db, now),
            silent_sites=silent_sites(db, now),
        )


def totals_of(db: Db) -> dict[str, int]:
    """What the store counts as it writes."""
    return dict(db.execute("select name, value from totals").fetchall())

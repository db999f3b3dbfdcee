"""Backfills that somebody stopped: what they had read stays, and they go on where they are asked for again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.instants import to_text
from rowback.store.pasts_wanted import BackfillState

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from rowback.store.engine import Db
    from rowback.store.pasts_wanted import Backfill

REASON = "It was stopped. Ask again to go on."


def stop(db: Db, found: Backfill, article_id: int | None, now: datetime, kept: timedelta) -> None:
    """Stops one that goes on. Without an article (`article_id`) nothing stays that tells the address."""
    db.execute(
        "update backfills set state = ?, reason = ?, next_at = null, expires_at = ?, failures = 0, article_id = ? "
        "where id = ?",
        [BackfillState.STOPPED.value, REASON, to_text(now + kept), article_id, found.id],
    )
    if article_id is None:
        db.execute("delete from backfill_copies where backfill_id = ?", [found.id])
        db.execute("update backfills set url = null, to_list = '[]' where id = ?", [found.id])


def begins_anew(found: Backfill) -> bool:
    """Whether asking again begins anew: after a failure, or where nothing is known that could be gone on with."""
    return found.state is BackfillState.FAILED or (found.state is BackfillState.STOPPED and found.url is None)


def go_on(db: Db, found: Backfill, now: datetime) -> None:
    """Lets one that was stopped, and whose address is known still, go on where it was."""
    state = BackfillState.READING if found.lists and not found.to_list else BackfillState.QUEUED
    db.execute(
        "update backfills set state = ?, reason = null, next_at = ?, expires_at = null where id = ?",
        [state.value, to_text(now), found.id],
    )

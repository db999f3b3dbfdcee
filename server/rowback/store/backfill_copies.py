"""Rows of `backfill_copies`: what a copy came to, and which are known without being asked for. Runs inside the transactions
of others.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rowback.model import Origin, Recorded
from rowback.store.instants import to_text
from rowback.store.mementos import note_memento
from rowback.store.pasts_wanted import BackfillState, CopyState
from rowback.store.putting import IDS
from rowback.store.version_rows import note_first_sight

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.model import Capture, Doubt
    from rowback.store.engine import Db
    from rowback.store.pasts_wanted import ReadCopy


_SEEN_ELSEWHERE = (
    "select 1 from captures where article_id = ? and seen_at = ? and origin <> ? and aside is null limit 1"
)


def note_read(db: Db, capture: Capture, came_of_it: Recorded | Doubt, copy: ReadCopy, now: datetime) -> None:
    """Notes what the capture of a copy came to, in the transaction that stores it."""
    found = came_of_it if isinstance(came_of_it, Recorded) else None
    printed = None
    if found is not None:
        article_id = found.article.id
        is_shown = note_shown(db, article_id, capture, copy)
        version_id, printed = db.execute(
            "select version_id, fingerprint from version_list join versions on versions.id = version_id "
            "where version_list.article_id = ? and number = ?",
            [article_id, found.version],
        ).fetchone()
        if is_shown:
            note_first_sight(db, version_id, capture.seen_at, capture.origin)
        db.execute(
            "update backfills set article_id = coalesce(article_id, ?) where id = ?", [article_id, copy.backfill_id]
        )
    state = CopyState.REFUSED if found is None else CopyState.READ
    db.execute(
        f"update backfill_copies set state = ?, fingerprint = ? where id in ({IDS})",
        [state.value, printed, json.dumps(copy.copy_ids)],
    )
    for copy_id in copy.missing:
        db.execute("update backfill_copies set state = ? where id = ?", [CopyState.REFUSED.value, copy_id])
    is_new = found is not None and found.new_version
    if copy.is_asked:
        count_request(db, copy.backfill_id, now, is_look=copy.is_look, is_new=is_new)
    elif is_new:
        db.execute("update backfills set versions = versions + 1 where id = ?", [copy.backfill_id])


def note_shown(db: Db, article_id: int, capture: Capture, copy: ReadCopy) -> bool:
    """Notes by which copy a capture was shown; not, and False, for another backend's version at an instant at which something
    else showed the page: two that imported the same, or asked the same archive, have the same instants."""
    at = [article_id, to_text(capture.seen_at), Origin.ROWBACK.value]
    if capture.origin is Origin.ROWBACK and db.execute(_SEEN_ELSEWHERE, at).fetchone() is not None:
        return False
    note_memento(db, article_id, capture.seen_at, copy.memento, capture.brought_by)
    return True


def count_request(db: Db, backfill_id: int, now: datetime, *, is_look: bool, is_new: bool = False) -> None:
    """Notes that a copy was asked for, and whether it made a version. One that was stopped meanwhile stays so."""
    db.execute(
        "update backfills set read = read + 1, versions = versions + ?, looks = max(0, looks - ?) where id = ?",
        [int(is_new), int(is_look), backfill_id],
    )
    db.execute(
        "update backfills set state = ?, reason = null, failures = 0, next_at = ? where id = ? and next_at is not null",
        [BackfillState.READING.value, to_text(now), backfill_id],
    )


def note_known(db: Db, backfill_id: int) -> None:
    """Marks copies that the article was captured from before."""
    db.execute(
        """
        update backfill_copies set state = 'read', fingerprint = known.fingerprint from (
            select captures.seen_at, versions.fingerprint from backfills
            join captures on captures.article_id = backfills.article_id
            left join mementos on mementos.article_id = captures.article_id and mementos.seen_at = captures.seen_at
            join versions on versions.id = version_id where backfills.id = :id
            and (archive = backfills.title or (source like 'rowback+%' and captures.origin = 'rowback'))
        ) as known where backfill_id = :id and state = 'waiting' and known.seen_at = backfill_copies.seen_at
        """,
        {"id": backfill_id},
    )


def count_copies(db: Db, backfill_id: int) -> int:
    """How many are listed."""
    return int(db.execute("select count(*) from backfill_copies where backfill_id = ?", [backfill_id]).fetchone()[0])

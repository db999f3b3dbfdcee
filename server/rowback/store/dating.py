"""Captures that a clock ahead dated later than now: each gets an instant that can be true, and its place among the versions.

In the order of their rows, in which they were made: before the next capture of the article that was made by a right clock, or
else just now. What was made later by a right clock came before them until then, and may have split what they saw.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.store.articles import refresh_article
from rowback.store.instants import from_text
from rowback.store.merging import move_capture
from rowback.store.origins import as_origin
from rowback.store.recording import Seen
from rowback.store.version_rows import shrink_version
from rowback.store.versions import read_text

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store.engine import Db

_STEP = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class _Late:
    id: int
    version_id: int
    seen: Seen


def date_back(db: Db, article_id: int, now: datetime, soon: datetime) -> None:
    """Dates an article's captures that lie after `soon` back to `now` at the latest. Runs inside a write transaction."""
    late = _late(db, article_id, now, soon)
    texts = {each: read_text(db, each) for each in {each.version_id for each in late}}
    for each in late:
        db.execute("delete from captures where id = ?", [each.id])
    for version_id in texts:
        shrink_version(db, version_id)
    for each in late:
        move_capture(db, article_id, texts[each.version_id], each.seen)
    refresh_article(db, article_id, now)


def _late(db: Db, article_id: int, now: datetime, soon: datetime) -> list[_Late]:
    """Those captures as they are to be, in order."""
    rows = db.execute(
        "select id, version_id, seen_at, received_at, origin, aside, brought_by from captures where article_id = ? "
        "order by id desc",
        [article_id],
    ).fetchall()
    found, at = [], now
    for id_, version_id, seen_text, received_text, origin, aside, by in rows:
        seen_at, received_at = from_text(seen_text), from_text(received_text)
        if max(seen_at, received_at) <= soon:
            at = min(at, received_at)
            continue
        at -= _STEP
        dated = Seen(min(seen_at, at), min(received_at, at), as_origin(origin), aside, brought_by=by)
        found.append(_Late(id_, version_id, dated))
    return found[::-1]

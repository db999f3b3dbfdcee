"""What archives are asked today, at one look: how many backfills there are in each state, and how many requests were made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.store.instants import to_text
from rowback.store.pasts_wanted import BackfillState
from rowback.store.shares import ARCHIVES
from rowback.store.spending import archive_limit, asked_on

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store.engine import Db

_COUNTED = "select state, count(*) from backfills where expires_at is null or expires_at > ? group by state"


@dataclass(frozen=True, slots=True)
class ArchiveWork:
    """`backfills` counts them by state, every state being there; what is over counts until it may be asked again. `limit` is
    that of a day, None where there is none."""

    asked: int
    limit: int | None
    backfills: dict[str, int]


def archive_work(db: Db, now: datetime) -> ArchiveWork:
    """See `ArchiveWork`."""
    counts = dict(db.execute(_COUNTED, [to_text(now)]).fetchall())
    states = {state.value: int(counts.get(state.value, 0)) for state in BackfillState}
    return ArchiveWork(asked_on(db, now).get(ARCHIVES, 0), archive_limit(db), states)

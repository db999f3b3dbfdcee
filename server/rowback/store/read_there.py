"""When readers of other backends read, as far as these told us: strangers hear no more of that than of our own readers.

Runs inside the transactions of others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.store.instants import to_text
from rowback.store.public import refresh_public
from rowback.store.putting import insert

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from rowback.store.engine import Db


def note_read_there(db: Db, article_id: int, seen_at: Iterable[datetime]) -> None:
    """Notes that another backend's captures of an article at some instants were made by a reader's browser."""
    for at in seen_at:
        insert(db, "read_there", {"article_id": article_id, "seen_at": to_text(at)}, ignore=True)
    refresh_public(db, article_id)


def share_read_there(db: Db, article_id: int, other_id: int) -> None:
    """Gives an article that was parted from another what is noted of the other's captures."""
    db.execute(
        "insert into read_there select ?, seen_at from read_there where article_id = ? on conflict do nothing",
        [other_id, article_id],
    )

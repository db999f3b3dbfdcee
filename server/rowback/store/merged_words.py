"""Merges the segments of the full-text indexes, a little at a time: merged, each word of a text takes less room.

FTS5 does so by itself where four segments have gathered (https://www.sqlite.org/fts5.html#the_merge_command); then the terms
stand there up to four times. Here two are merged, as part of a write now and then. Runs inside the transactions of others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rowback.store.engine import Db

EVERY, PAGES = (
    32,
    128,
)  # with one article in so many, up to so many pages of each index: 10 ms each, most of the time less
_INDEXES = ("blocks_fts", "changes_fts", "versions_fts")


def merge_now_and_then(db: Db, article_id: int) -> None:
    """Merges a few pages where it is an article's turn."""
    if article_id % EVERY == 0:
        for index in _INDEXES:
            db.execute(f"insert into {index} ({index}, rank) values ('merge', {PAGES})")

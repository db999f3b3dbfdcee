"""Rows of captures: each is counted with a version, which it makes, prolongs or splits where it belongs there in time.

Runs inside the write transactions of others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.model import PAST_ORIGINS
from rowback.store.articles import refresh_article
from rowback.store.instants import to_text
from rowback.store.placement import place
from rowback.store.public import refresh_public
from rowback.store.putting import insert
from rowback.store.version_rows import add_version, note_reading, prolong_version, split_version
from rowback.text.urls import identify

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rowback.model import Capture, Origin
    from rowback.store.engine import Db
    from rowback.store.versions import Span, Text


@dataclass(frozen=True, slots=True)
class Seen:
    """A row of `captures`. `aside` says why it lies outside its version's span; `key` is the address at which it was made,
    None where nobody remembers; `brought_by` the number of the import that it came by."""

    seen_at: datetime
    received_at: datetime
    origin: Origin
    aside: str | None = None
    key: str | None = None
    brought_by: int | None = None

    @classmethod
    def of(cls, capture: Capture, received_at: datetime, aside: str | None = None) -> Seen:
        """The row that a capture makes."""
        return cls(
            capture.seen_at, received_at, capture.origin, aside, identify(capture.url).keys[0], capture.brought_by
        )


@dataclass(frozen=True, slots=True)
class Written:
    """The version's row id, and whether it is new."""

    version_id: int
    is_new: bool


def place_capture(db: Db, article_id: int, spans: Sequence[Span], text: Text, seen: Seen) -> Written:
    """Gives a capture its place among its article's versions, which are `spans`."""
    where = place(spans, text.fingerprint, seen.seen_at)
    if where.same is None:
        version_id = add_version(db, article_id, text, seen.seen_at, seen.origin)
        if where.split is not None:
            split_version(db, article_id, where.split, seen.seen_at)
    else:
        version_id = where.same.id
        prolong_version(db, version_id, seen.seen_at)
        if text.reading is not None:
            note_reading(db, version_id, text.reading)
    count_capture(db, article_id, version_id, seen)
    return Written(version_id, where.same is None)


def count_capture(db: Db, article_id: int, version_id: int, seen: Seen) -> None:
    """Adds a row of `captures`, whose version is as it should be already."""
    insert(
        db,
        "captures",
        {
            "article_id": article_id,
            "version_id": version_id,
            "seen_at": to_text(seen.seen_at),
            "received_at": to_text(seen.received_at),
            "origin": seen.origin.value,
            "aside": seen.aside,
            "key": seen.key,
            "brought_by": seen.brought_by,
        },
    )
    refresh_article(db, article_id, seen.seen_at)
    refresh_public(db, article_id)


def stood_already(db: Db, article_id: int, capture: Capture, fingerprint: str) -> int | None:
    """The version that says a text of the past at its instant already, because the same import brought it before."""
    if capture.origin not in PAST_ORIGINS:
        return None
    row = db.execute(
        "select version_id from captures join versions on versions.id = version_id where captures.article_id = ? "
        "and captures.seen_at = ? and captures.origin = ? and coalesce(brought_by, 0) = ? and fingerprint = ? "
        "and aside is null limit 1",
        [article_id, to_text(capture.seen_at), capture.origin.value, capture.brought_by or 0, fingerprint],
    ).fetchone()
    return None if row is None else int(row[0])

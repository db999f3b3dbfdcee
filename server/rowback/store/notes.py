"""What is known of an article besides its versions: its other addresses, and the captures that made no version, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.model import FailedCapture, Reason, SeenAside
from rowback.store.instants import from_text
from rowback.store.rows import aside_of
from rowback.text.urls import identify

if TYPE_CHECKING:
    from sqlite_utils import Database

MAX_ALIASES = 50
MAX_FAILED = 10


@dataclass(frozen=True, slots=True)
class Notes:
    """See the module. `aliases` are addresses in key form, without the article's own."""

    aliases: tuple[str, ...]
    aside: tuple[SeenAside, ...]
    failed: tuple[FailedCapture, ...]


def notes_of(db: Database, article_id: int) -> Notes:
    """The notes on an article; the failed captures are the newest."""
    url = db.execute("select url from articles where id = ?", [article_id]).fetchone()
    own = identify(url[0]).key if url else ""
    aliases = db.execute(
        "select key from aliases where article_id = ? and key <> ? order by key limit ?", [article_id, own, MAX_ALIASES]
    ).fetchall()
    return Notes(tuple(row[0] for row in aliases), tuple(aside_of(db, article_id)), _failed(db, article_id))


def _failed(db: Database, article_id: int) -> tuple[FailedCapture, ...]:
    rows = db.execute(
        "select failed_captures.url, seen_at, origin, reason, detail from aliases "
        "join failed_captures on failed_captures.key = aliases.key where article_id = ? "
        "order by failed_captures.id desc limit ?",
        [article_id, MAX_FAILED],
    ).fetchall()
    return tuple(
        FailedCapture(url, article_id, from_text(seen_at), origin, Reason(reason), detail)
        for url, seen_at, origin, reason, detail in rows
    )

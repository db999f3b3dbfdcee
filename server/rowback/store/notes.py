"""What is known of an article besides its versions: its other addresses, and the captures that made no version, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.model import FailedCapture, Reason
from rowback.store.instants import from_text
from rowback.store.sights import Aside
from rowback.text.urls import identify

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

MAX_ALIASES = 50
MAX_FAILED = 10


@dataclass(frozen=True, slots=True)
class PutAside:
    """Captures that saw the text of version `number` again, outside its span, and were put aside."""

    number: int
    reason: Aside
    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Notes:
    """See the module. `aliases` are addresses in key form, without the article's own."""

    aliases: tuple[str, ...]
    put_aside: tuple[PutAside, ...]
    failed: tuple[FailedCapture, ...]


def notes_of(db: Database, article_id: int) -> Notes:
    """The notes on an article; the failed captures are the newest."""
    url = db.execute("select url from articles where id = ?", [article_id]).fetchone()
    own = identify(url[0]).key if url else ""
    aliases = db.execute(
        "select key from aliases where article_id = ? and key <> ? order by key limit ?", [article_id, own, MAX_ALIASES]
    ).fetchall()
    return Notes(tuple(row[0] for row in aliases), _put_aside(db, article_id), _failed(db, article_id))


def _put_aside(db: Database, article_id: int) -> tuple[PutAside, ...]:
    rows = db.execute(
        "select (select count(*) from versions as earlier where earlier.article_id = versions.article_id "
        "and (earlier.seen_at, earlier.id) < (versions.seen_at, versions.id)) as number, "
        "aside, count(*), max(captures.seen_at) from captures join versions on versions.id = version_id "
        "where captures.article_id = ? and aside is not null group by version_id, aside order by number, aside",
        [article_id],
    ).fetchall()
    return tuple(PutAside(number, Aside(aside), count, from_text(at)) for number, aside, count, at in rows)


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

"""What is known of an article besides its versions: its other addresses, and the captures that made no version, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.deferred import Deferred
from rowback.store.articles import resolve
from rowback.store.audience import Audience
from rowback.store.called_elsewhere import headlines_aside
from rowback.store.counting import lines_aside
from rowback.store.failures import read_failures
from rowback.store.instants import from_text
from rowback.text.urls import identify
from rowback.told import SeenAside

if TYPE_CHECKING:
    from rowback.model import FailedCapture
    from rowback.store import parting
    from rowback.store.database import Connection
    from rowback.store.engine import Db
else:
    parting = Deferred("rowback.store.parting")

MAX_ALIASES = 50
MAX_FAILED = 10


@dataclass(frozen=True, slots=True)
class ArticleNotes:
    """See the module. `aliases` are addresses in key form, without the article's own; `read_at` those at which it was read,
    as they are opened, where these are several, and `parted_from` the article that it was parted from last: the
    owner's alone."""

    aliases: tuple[str, ...]
    read_at: tuple[str, ...]
    parted_from: int | None
    aside: tuple[SeenAside, ...]
    failed: tuple[FailedCapture, ...]


class Notes:
    """The notes on a store's articles, also on those that were merged into others, as an audience is told of them."""

    def __init__(self, connection: Connection, audience: Audience = Audience.TRUSTED) -> None:
        self._connection = connection
        self._audience = audience

    def of_article(self, article_id: int) -> ArticleNotes:
        """What is known of an article besides its versions; of its failed captures the newest."""
        with self._connection.read() as db:
            return _notes_of(db, resolve(db, article_id), self._audience)

    def asides(self, article_id: int) -> list[SeenAside]:
        """Texts that were seen again without being edits: headlines on trial, another copy for readers than for servers."""
        with self._connection.read() as db:
            return read_asides(db, resolve(db, article_id), self._audience)


def _notes_of(db: Db, article_id: int, audience: Audience) -> ArticleNotes:
    url = db.execute("select url from articles where id = ?", [article_id]).fetchone()
    own = identify(url[0]).keys if url else ("",)
    aliases = db.execute(
        "select key from aliases where article_id = ? and key not in (?, ?) order by key limit ?",
        [article_id, own[0], own[-1], MAX_ALIASES],
    ).fetchall()
    return ArticleNotes(
        aliases=tuple(row[0] for row in aliases),
        read_at=_read_at(db, article_id) if audience.is_owner else (),
        parted_from=parting.parted_from(db, article_id) if audience.is_owner else None,
        aside=tuple(read_asides(db, article_id, audience)),
        failed=tuple(read_failures(db, article_id, MAX_FAILED, audience)),
    )


def _read_at(db: Db, article_id: int) -> tuple[str, ...]:
    """The addresses at which an article was read, the latest first. Of captures from before that was noted, each that leads
    to it may be one."""
    rows = db.execute(
        "select key, max(seen_at) as seen_at from captures where article_id = :id and key is not null group by key "
        "union all select key, '' from aliases where article_id = :id and exists "
        "(select 1 from captures where article_id = :id and key is null) order by seen_at desc, key limit :most",
        {"id": article_id, "most": MAX_ALIASES},
    ).fetchall()
    found = dict.fromkeys(f"https://{key}" for key, _ in rows)
    return tuple(found) if len(found) > 1 else ()


def read_asides(db: Db, article_id: int, audience: Audience) -> list[SeenAside]:
    """What was seen of an article's texts outside their versions' spans, by version and reason; to
    strangers nothing of what a reader's browser saw."""
    sure = "and captures.origin <> 'browser' " if audience.is_strangers else ""
    is_any = (
        "select exists (select 1 from captures where article_id = :id and aside is not null), "
        "exists (select 1 from other_headlines where article_id = :id)"
    )
    has_captures, has_headlines = db.execute(is_any, {"id": article_id}).fetchone()
    rows = (
        has_captures
        and db.execute(
            "select number, aside, count(*), max(captures.seen_at) from captures "
            "join version_list on version_list.version_id = captures.version_id "
            "where captures.article_id = ? and version_list.article_id = ? and aside is not null "
            f"{sure}group by number, aside order by number, aside",
            [article_id, article_id],
        ).fetchall()
    )
    found = [SeenAside(number, reason, times, from_text(last)) for number, reason, times, last in rows or ()]
    counting = lines_aside(db, article_id, sure_only=audience.is_strangers)
    elsewhere = headlines_aside(db, article_id) if has_headlines else []
    return sorted([*found, *counting, *elsewhere], key=lambda each: (each.version, each.reason))

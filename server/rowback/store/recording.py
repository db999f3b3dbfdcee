"""Writes a capture: finds or makes its article, and its version. Runs inside one write transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.model import Status
from rowback.store.belief import doubt_of, judge_aside
from rowback.store.boilerplate import note_passing
from rowback.store.failures import write_failure
from rowback.store.instants import maybe_to_text, to_text
from rowback.store.known import addresses, known_to
from rowback.store.placement import place
from rowback.store.versions import Text, add_version, prolong_version, read_content, read_spans, split_version
from rowback.text.normalize import fingerprint
from rowback.text.urls import site_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from rowback.model import Capture, Content, Doubt


@dataclass(frozen=True, slots=True)
class Written:
    """The article's and the version's row ids, and whether that version is new."""

    article_id: int
    version_id: int
    is_new: bool


def write_capture(db: Database, capture: Capture, received_at: datetime) -> Written | Doubt:
    """Stores a capture; one that is not believed is kept as a failed one, and the doubt is returned."""
    doubt = capture.doubt or doubt_of(db, capture)
    if doubt is not None:
        printed = None if capture.doubt else fingerprint(capture.content)
        write_failure(db, capture, doubt, printed, received_at)
        return doubt
    article_id = _article_of(db, capture)
    aside, version_id = judge_aside(db, article_id, capture) if capture.is_page else (None, None)
    sight = Seen(capture.seen_at, received_at, capture.origin, aside)
    if version_id is None:
        return place_capture(db, article_id, capture.content, sight, learns_from=capture.is_page)
    add_capture(db, article_id, version_id, sight)
    refresh_article(db, article_id, sight.seen_at)
    return Written(article_id, version_id, is_new=False)


@dataclass(frozen=True, slots=True)
class Seen:
    """A row of `captures`. `aside` says why it lies outside its version's span."""

    seen_at: datetime
    received_at: datetime
    origin: str
    aside: str | None = None


def place_capture(db: Database, article_id: int, content: Content, seen: Seen, *, learns_from: bool = False) -> Written:
    """Gives a capture its place among the article's versions."""
    spans = read_spans(db, article_id)
    text = Text.of(content)
    where = place(spans, text.fingerprint, seen.seen_at)
    if where.same is None:
        if learns_from and spans and seen.seen_at > spans[-1].last_seen_at:
            note_passing(db, article_id, read_content(db, spans[-1].id), content)
        version_id = add_version(db, article_id, text, seen.seen_at, seen.origin)
        if where.split is not None:
            split_version(db, article_id, where.split, seen.seen_at)
    else:
        version_id = where.same.id
        prolong_version(db, version_id, seen.seen_at)
    add_capture(db, article_id, version_id, seen)
    refresh_article(db, article_id, seen.seen_at)
    return Written(article_id, version_id, where.same is None)


def add_capture(db: Database, article_id: int, version_id: int, seen: Seen) -> None:
    """A row of `captures`."""
    db.table("captures").insert(
        {
            "article_id": article_id,
            "version_id": version_id,
            "seen_at": to_text(seen.seen_at),
            "received_at": to_text(seen.received_at),
            "origin": seen.origin,
            "aside": seen.aside,
        }
    )


def _article_of(db: Database, capture: Capture) -> int:
    """The article that one of the capture's addresses leads to, else a new one; all its addresses become aliases."""
    page, canonical = addresses(capture)
    article_id = known_to(db, capture)
    if article_id is None:
        seen_at = to_text(capture.seen_at)
        article_id = _last_id(
            db,
            "articles",
            {
                "id": _free_article_id(db),
                "url": canonical.link,
                "source": site_of(canonical.host),
                "title": capture.content.title,
                "published_at": maybe_to_text(capture.published_at),
                "first_seen_at": seen_at,
                "last_checked_at": seen_at,
                "last_changed_at": seen_at,
                "status": Status.PAUSED.value,
                "version_count": 0,
                "revision": 0,
            },
        )
    rows = [{"key": key, "article_id": article_id} for key in dict.fromkeys((page.key, canonical.key))]
    db.table("aliases").insert_all(rows, ignore=True)
    if capture.published_at is not None:
        db.execute(
            "update articles set published_at = ? where id = ? and published_at is null",
            [to_text(capture.published_at), article_id],
        )
    return article_id


def _free_article_id(db: Database) -> int:
    """SQLite would give the id of an article that was merged into another to the next one."""
    row = db.execute("select max(id) from (select id from articles union all select id from moved_articles)").fetchone()
    return int(row[0] or 0) + 1


def _last_id(db: Database, table: str, row: dict[str, object]) -> int:
    inserted = db.table(table).insert(row).last_pk
    if not isinstance(inserted, int):
        raise TypeError(f"{table} has no integer key")
    return inserted


def refresh_article(db: Database, article_id: int, seen_at: datetime) -> None:
    """What an article tells of its versions, after one more capture."""
    db.execute(
        """
        update articles set
            title = (select title from versions where article_id = :id order by seen_at desc, id desc limit 1),
            first_seen_at = (select min(seen_at) from versions where article_id = :id),
            last_changed_at = (select max(seen_at) from versions where article_id = :id),
            version_count = (select count(*) from versions where article_id = :id),
            last_checked_at = max(last_checked_at, :seen_at),
            edit_count = null,
            revision = revision + 1
        where id = :id
        """,
        {"id": article_id, "seen_at": to_text(seen_at)},
    )

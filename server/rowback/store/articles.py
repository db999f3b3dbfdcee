"""Rows of articles, read and written. Runs inside the transactions of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rowback.errors import UnknownArticle
from rowback.model import Article, Status
from rowback.store.instants import from_text, maybe_from_text, maybe_to_text, to_text
from rowback.text.urls import site_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlite_utils import Database

    from rowback.model import Capture
    from rowback.text.urls import PageURL

ARTICLE = (
    "articles.id, articles.url, articles.source, articles.title, articles.published_at, articles.first_seen_at, "
    "articles.last_checked_at, articles.last_changed_at, articles.next_check_at, articles.status, "
    "articles.version_count, articles.revision, articles.hidden_reason"
)


def article_of(db: Database, article_id: int) -> Article:
    """The article with an id. Raises `UnknownArticle`."""
    row = db.execute(f"select {ARTICLE} from articles where id = ?", [article_id]).fetchone()
    if row is None:
        raise UnknownArticle(f"There is no article {article_id}.")
    return as_article(row)


def as_article(row: Sequence[Any]) -> Article:
    """The article that a row of `ARTICLE` holds."""
    (
        id_,
        url,
        source,
        title,
        published_at,
        first,
        checked,
        changed,
        next_check_at,
        status,
        versions,
        revision,
        hidden,
    ) = row
    return Article(
        id=int(id_),
        url=url,
        source=source,
        title=title,
        published_at=maybe_from_text(published_at),
        first_seen_at=from_text(first),
        last_checked_at=from_text(checked),
        last_changed_at=from_text(changed),
        next_check_at=maybe_from_text(next_check_at),
        status=Status(status),
        version_count=int(versions),
        revision=int(revision),
        hidden_reason=hidden,
    )


def add_article(db: Database, capture: Capture, address: PageURL) -> int:
    """An article without versions, at an address of its own. Returns its id."""
    article_id, seen_at = _free_id(db), to_text(capture.seen_at)
    row = {
        "id": article_id,
        "url": address.link,
        "source": site_of(address.host),
        "title": capture.content.title,
        "published_at": maybe_to_text(capture.published_at),
        "first_seen_at": seen_at,
        "last_checked_at": seen_at,
        "last_changed_at": seen_at,
        "status": Status.PAUSED.value,
        "version_count": 0,
        "revision": 0,
    }
    db.table("articles").insert(row)
    return article_id


def _free_id(db: Database) -> int:
    """SQLite would give the id of an article that was merged into another to the next one."""
    row = db.execute("select max(id) from (select id from articles union all select id from moved_articles)").fetchone()
    return int(row[0] or 0) + 1


def note_capture(db: Database, article_id: int, keys: Sequence[str], published_at: datetime | None) -> None:
    """What a capture says of its article besides the text: addresses (in key form) that lead to it, where none did before,
    and when it was published, where that is not known yet."""
    db.table("aliases").insert_all([{"key": key, "article_id": article_id} for key in keys], ignore=True)
    if published_at is not None:
        db.execute(
            "update articles set published_at = ? where id = ? and published_at is null",
            [to_text(published_at), article_id],
        )


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

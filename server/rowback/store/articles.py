"""Rows of articles as values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rowback.errors import UnknownArticle
from rowback.model import Article, Status
from rowback.store.instants import from_text, maybe_from_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

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

"""The articles that a number of a source counts, in pages, the last checked first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from rowback.store import source_scope
from rowback.store.articles import article_columns, as_article
from rowback.store.audience import Audience
from rowback.store.instants import to_text
from rowback.store.source_scope import values_of

if TYPE_CHECKING:
    from rowback.model import Article
    from rowback.store.database import Connection
    from rowback.store.latest import Cursor
    from rowback.store.source_scope import Period


class Which(StrEnum):
    """Which of a source's articles: each is counted by the number of that name in `by_source.SourceTally`."""

    ALL = "all"
    AGAIN = "again"
    FOLLOWED = "followed"
    EDITED = "edited"
    FIRST = "first"
    TURNS = "turns"


@dataclass(frozen=True, slots=True)
class ArticleList:
    """A page of articles; `older` leads to the next one."""

    articles: tuple[Article, ...]
    older: Cursor | None


class SourceArticles:
    """The lists of a store, as an audience sees them."""

    def __init__(self, connection: Connection, audience: Audience = Audience.TRUSTED) -> None:
        self._connection = connection
        self._audience = audience
        self._chosen = {
            Which.ALL: "true",
            Which.AGAIN: source_scope.seen_again(audience),
            Which.FOLLOWED: "articles.status = 'watching'",
            Which.EDITED: f"articles.id in (select article_id from changes where {source_scope.of_steps(audience)})",
            Which.FIRST: f"articles.id in (select article_id from ({source_scope.first_edits(audience)}) as first)",
            Which.TURNS: f"articles.id in ({source_scope.headline_turns(audience)})",
        }

    def page(
        self, source: str, period: Period, which: Which, limit: int, older_than: Cursor | None = None
    ) -> ArticleList:
        """Up to `limit` articles behind a cursor."""
        checked = self._audience.instant("articles.last_checked_at")
        values = values_of(source, period) | {"limit": limit + 1}
        where = [source_scope.of_articles(self._audience), self._chosen[which]]
        if older_than is not None:
            where.append(f"({checked}, articles.id) < (:at, :id)")
            values |= {"at": to_text(older_than[0]), "id": older_than[1]}
        with self._connection.read() as db:
            rows = db.execute(
                f"select {article_columns(self._audience)} from articles where {' and '.join(where)} "
                f"order by {checked} desc, articles.id desc limit :limit",
                values,
            ).fetchall()
        found = tuple(map(as_article, rows[:limit]))
        return ArticleList(found, (found[-1].last_checked_at, found[-1].id) if len(rows) > limit else None)

"""Rows of the database as values: articles, and versions with their texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rowback.diff.telling.returns import returns
from rowback.errors import UnknownArticle
from rowback.model import Article, Block, Content, SeenAside, Status, Version
from rowback.store.instants import from_text, maybe_from_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

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


def versions_of(db: Database, article_id: int) -> list[Version]:
    """All versions of an article with their texts, numbered from 0."""
    blocks = {
        id_: Block(kind, text)
        for id_, kind, text in db.execute("select id, kind, text from blocks where article_id = ?", [article_id])
    }
    rows = db.execute(
        "select version_id, number, seen_at, last_seen_at, title, origin from version_list where article_id = ? "
        "order by number",
        [article_id],
    ).fetchall()
    bodies: dict[int, list[Block]] = {row[0]: [] for row in rows}
    for version_id, block_id in _bodies(db, article_id):
        bodies[version_id].append(blocks[block_id])
    return [
        Version(number, from_text(seen_at), from_text(last_seen_at), origin, Content(title, tuple(bodies[version_id])))
        for version_id, number, seen_at, last_seen_at, title, origin in rows
    ]


def _bodies(db: Database, article_id: int) -> Iterable[tuple[int, int]]:
    rows: Iterable[tuple[int, int]] = db.execute(
        "select version_id, block_id from version_blocks join versions on versions.id = version_id "
        "where article_id = ? order by version_id, position",
        [article_id],
    )
    return rows


@dataclass(frozen=True, slots=True)
class Span:
    """A version without its text. `id` is its row, which stays when numbers shift; the rest as in `VersionNote`."""

    id: int
    number: int
    seen_at: datetime
    last_seen_at: datetime
    title: str
    origin: str
    restores: int | None = None
    flapping: bool = False

    def with_content(self, content: Content) -> Version:
        """The version with its text."""
        return Version(self.number, self.seen_at, self.last_seen_at, self.origin, content)


def spans_of(db: Database, article_id: int) -> list[Span]:
    """All versions of an article without their texts."""
    rows = db.execute(
        "select id, seen_at, last_seen_at, title, origin, fingerprint from versions where article_id = ? "
        "order by seen_at, id",
        [article_id],
    ).fetchall()
    returned = returns([row[-1] for row in rows])
    return [
        Span(id_, number, from_text(seen_at), from_text(last_seen_at), title, origin, back.restores, back.flapping)
        for (number, (id_, seen_at, last_seen_at, title, origin, _)), back in zip(
            enumerate(rows), returned, strict=True
        )
    ]


def aside_of(db: Database, article_id: int) -> list[SeenAside]:
    """What was seen of an article's texts outside their versions' spans, by version and reason."""
    rows = db.execute(
        "select number, aside, count(*), max(captures.seen_at) from captures "
        "join version_list on version_list.version_id = captures.version_id "
        "where captures.article_id = ? and version_list.article_id = ? and aside is not null "
        "group by number, aside order by number, aside",
        [article_id, article_id],
    ).fetchall()
    return [SeenAside(number, reason, times, from_text(last)) for number, reason, times, last in rows]

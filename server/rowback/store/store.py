"""The store: captures in, articles and versions out. Each method is one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.errors import NotAnArticle, UnknownArticle
from rowback.model import Article, Block, Content, Found, Recorded, Status, Version
from rowback.store.access import Access
from rowback.store.checks import Checks
from rowback.store.connection import Connection
from rowback.store.failures import read_failures
from rowback.store.feeds import Feeds
from rowback.store.instants import from_text, maybe_from_text, to_text
from rowback.store.merging import merge_articles, merge_joined, resolve
from rowback.store.overview import Overview, overview
from rowback.store.owner import Owner
from rowback.store.recording import Written, write_capture
from rowback.store.watching import follow, watch
from rowback.text.urls import identify

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from sqlite_utils import Database

    from rowback.model import Capture, FailedCapture

_ARTICLE = (
    "select articles.id, url, source, title, published_at, first_seen_at, last_checked_at, last_changed_at, "
    "next_check_at, status, version_count, revision, hidden_reason from articles "
)


class Store:
    """The SQLite file at `path`. Every method may raise `StoreError`."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        self._connection = Connection(path, create=create)
        self.path = path
        self.access = Access(self._connection)
        self.owner = Owner(self._connection)
        self.checks = Checks(self._connection)
        self.feeds = Feeds(self._connection)

    def close(self) -> None:
        """Closes this thread's connection; the next call opens another."""
        self._connection.close()

    def backup(self, target: Path) -> None:
        """Copies everything to a new file, while the store stays in use."""
        self._connection.backup(target)

    def record(self, capture: Capture, received_at: datetime) -> Recorded:
        """Stores a capture; when this returns, it is on disk.

        Raises `BadURL`; `NotAnArticle` for a page that is not believed, which is kept among the failed captures.
        """
        with self._connection.write() as db:
            merge_joined(db, capture)
            written = write_capture(db, capture, received_at)
            if isinstance(written, Written):
                watch(db, written.article_id, received_at, is_new=written.is_new)
                number = db.execute(
                    "select number from version_list where article_id = ? and version_id = ?",
                    [written.article_id, written.version_id],
                ).fetchone()[0]
                return Recorded(_article(db, written.article_id), number, written.is_new)
        raise NotAnArticle(written.detail, written.reason)

    def failed_captures(self, article_id: int | None = None, limit: int = 50) -> list[FailedCapture]:
        """Pages that were captured and not believed, newest first: one article's, or all."""
        with self._connection.read() as db:
            return read_failures(db, article_id, limit)

    def find(self, url: str) -> Article | None:
        """The article that an address leads to. Raises `BadURL`."""
        key = identify(url).key
        with self._connection.read() as db:
            row = db.execute(_ARTICLE + "join aliases on article_id = articles.id where key = ?", [key]).fetchone()
        return None if row is None else _as_article(row)

    def article(self, article_id: int) -> Article | None:
        """The article with an id, also where that was merged into another."""
        with self._connection.read() as db:
            row = db.execute(_ARTICLE + "where id = ?", [resolve(db, article_id)]).fetchone()
        return None if row is None else _as_article(row)

    def articles(self, limit: int, before: tuple[datetime, int] | None = None) -> list[Article]:
        """Articles that are shown, by their last change, newest first; `before` is (last change, id) of the last one seen."""
        where = "where hidden_reason is null " + ("and (last_changed_at, id) < (?, ?) " if before else "")
        bounds = [to_text(before[0]), before[1]] if before else []
        with self._connection.read() as db:
            rows = db.execute(
                f"{_ARTICLE}{where}order by last_changed_at desc, id desc limit ?", [*bounds, limit]
            ).fetchall()
        return [_as_article(row) for row in rows]

    def versions(self, article_id: int) -> list[Version]:
        """All of an article's versions with their text, numbered from 0."""
        with self._connection.read() as db:
            return _versions(db, resolve(db, article_id))

    def merge(self, kept_id: int, other_id: int) -> Article:
        """Makes two articles one, without losing a version; both ids lead to it. Raises `UnknownArticle`."""
        with self._connection.write() as db:
            kept, other = (_article(db, resolve(db, each)).id for each in (kept_id, other_id))
            if kept != other:
                merge_articles(db, kept, other)
            return _article(db, kept)

    def known(self, urls: Mapping[str, str]) -> dict[str, tuple[Article, int | None]]:
        """Of addresses (`{url: key}`), those that lead to an article that is shown, with its count of edits where noted."""
        with self._connection.read() as db:
            found = {}
            for url, key in urls.items():
                row = db.execute(
                    _ARTICLE.replace("hidden_reason from", "hidden_reason, edit_count from")
                    + "join aliases on article_id = articles.id where key = ? and hidden_reason is null",
                    [key],
                ).fetchone()
                if row is not None:
                    found[url] = (_as_article(row[:-1]), row[-1])
        return found

    def note_edit_count(self, article: Article, edit_count: int) -> None:
        """Keeps the number of an article's edits, as long as nothing new was recorded meanwhile."""
        with self._connection.write() as db:
            db.execute(
                "update articles set edit_count = ? where id = ? and revision = ?",
                [edit_count, article.id, article.revision],
            )

    def set_followed(self, article_id: int, followed_at: datetime | None) -> Article:
        """Follows an article from an instant on (it is due at once), or with None stops. Raises `UnknownArticle`."""
        with self._connection.write() as db:
            article_id = resolve(db, article_id)
            follow(db, article_id, followed_at)
            return _article(db, article_id)

    def search(self, words: str, limit: int) -> list[Found]:
        """Blocks and headlines that hold all of the words, in any version, best first."""
        query = " ".join(f'"{word}"' for word in words.replace('"', " ").split())
        if not query:
            return []
        with self._connection.read() as db:
            rows = db.execute(_SEARCH, {"query": query, "limit": limit}).fetchall()
            return [Found(_article(db, row[0]), row[1], row[2], row[3]) for row in rows]

    def overview(self, now: datetime) -> Overview:
        """What the poller is at, and what goes wrong."""
        return overview(self._connection, now)

    def damage(self) -> str | None:
        """What SQLite's own check finds wrong with the file, None when nothing is."""
        with self._connection.read() as db:
            found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        return None if found == "ok" else str(found)

    def counts(self) -> dict[str, int]:
        """How many articles, versions and captures there are."""
        with self._connection.read() as db:
            return {name: db.table(name).count for name in ("articles", "versions", "captures")}


_SEARCH = """
    select article_id, text, min(number), max(number) from (
        select version_text.article_id, version_text.text, number, blocks_fts.rank as likely
        from blocks_fts
        join blocks on blocks.id = blocks_fts.rowid
        join version_text on version_text.article_id = blocks.article_id and version_text.text = blocks.text
        where blocks_fts match :query
        union all
        select version_list.article_id, version_list.title, number, versions_fts.rank
        from versions_fts join version_list on version_list.version_id = versions_fts.rowid
        where versions_fts match :query
    ) where article_id not in (select id from articles where hidden_reason is not null)
    group by article_id, text order by min(likely) limit :limit
"""


def _article(db: Database, article_id: int) -> Article:
    row = db.execute(_ARTICLE + "where id = ?", [article_id]).fetchone()
    if row is None:
        raise UnknownArticle(f"There is no article {article_id}.")
    return _as_article(row)


def _as_article(row: tuple[str, ...]) -> Article:
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


def _versions(db: Database, article_id: int) -> list[Version]:
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

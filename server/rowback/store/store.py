"""The store: captures in, articles and versions out. Each method is one transaction."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from rowback.diff.words.compare import DELETE, EQUAL, INSERT
from rowback.errors import NotAnArticle, StoreError
from rowback.model import Found, Recorded, Status
from rowback.store.access import Access
from rowback.store.articles import ARTICLE, article_of, as_article
from rowback.store.database import Connection
from rowback.store.failures import read_failures
from rowback.store.feeds import Feeds
from rowback.store.instants import to_text
from rowback.store.intake import write_capture
from rowback.store.latest import Latest
from rowback.store.merging import merge_articles, resolve
from rowback.store.notes import Notes, notes_of, read_asides
from rowback.store.overview import Overview, overview, totals_of
from rowback.store.owner import Owner
from rowback.store.presence import Presence
from rowback.store.queue import Queue
from rowback.store.search import Search, filters_of
from rowback.store.steps import KeptSteps
from rowback.store.versions import read_spans, read_versions
from rowback.store.watching import follow
from rowback.text.query import parse
from rowback.text.urls import identify

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from rowback.model import Article, Capture, FailedCapture, SeenAside, Version
    from rowback.store.latest import Listed
    from rowback.store.versions import Span
    from rowback.text.query import Query

_ARTICLE = f"select {ARTICLE} from articles "


class Store:
    """The SQLite file at `path`. Every method may raise `StoreError`."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        self._connection = Connection(path, create=create)
        self.path = path
        self.access = Access(self._connection)
        self.owner = Owner(self._connection)
        self.queue = Queue(self._connection)
        self.presence = Presence(self._connection)
        self.feeds = Feeds(self._connection)
        self.steps = KeptSteps(self._connection)
        self.latest = Latest(self._connection)
        self.texts = Search(self._connection)

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
            recorded = write_capture(db, capture, received_at)
        if not isinstance(recorded, Recorded):
            raise NotAnArticle(recorded.detail, recorded.reason)
        self._tell(recorded.article.id)
        return recorded

    def _tell(self, article_id: int) -> None:
        """Keeps what the capture just stored changed. It is noted as due: when this fails, the next reader does it."""
        with suppress(StoreError):
            self.steps.refresh(article_id)

    def failed_captures(self, article_id: int | None = None, limit: int = 50) -> list[FailedCapture]:
        """Pages that were captured and not believed, newest first: one article's, or all."""
        with self._connection.read() as db:
            return read_failures(db, article_id, limit)

    def find(self, url: str) -> Article | None:
        """The article that an address leads to. Raises `BadURL`."""
        key = identify(url).key
        with self._connection.read() as db:
            row = db.execute(_ARTICLE + "join aliases on article_id = articles.id where key = ?", [key]).fetchone()
        return None if row is None else as_article(row)

    def article(self, article_id: int) -> Article | None:
        """The article with an id, also where that was merged into another."""
        with self._connection.read() as db:
            row = db.execute(_ARTICLE + "where id = ?", [resolve(db, article_id)]).fetchone()
        return None if row is None else as_article(row)

    def kept_id(self, article_id: int) -> int:
        """The id of the article into which an article was merged; any other id itself."""
        with self._connection.read() as db:
            return resolve(db, article_id)

    def articles(self, limit: int, before: tuple[datetime, int] | None = None) -> list[Article]:
        """Articles that are shown, by their last change, newest first; `before` is (last change, id) of the last one seen."""
        where = "where hidden_reason is null " + ("and (last_changed_at, id) < (?, ?) " if before else "")
        bounds = [to_text(before[0]), before[1]] if before else []
        with self._connection.read() as db:
            rows = db.execute(
                f"{_ARTICLE}{where}order by last_changed_at desc, id desc limit ?", [*bounds, limit]
            ).fetchall()
        return [as_article(row) for row in rows]

    def articles_by_id(self, limit: int, after: int = 0) -> list[Article]:
        """Articles by their ids, also hidden ones; `after` is the last id seen."""
        with self._connection.read() as db:
            rows = db.execute(f"{_ARTICLE}where id > ? order by id limit ?", [after, limit]).fetchall()
        return [as_article(row) for row in rows]

    def hidden_count(self) -> int:
        """How many articles are hidden from readers."""
        with self._connection.read() as db:
            return int(db.execute("select count(*) from articles where hidden_reason is not null").fetchone()[0])

    def versions(self, article_id: int) -> list[Version]:
        """All of an article's versions with their text, numbered from 0."""
        with self._connection.read() as db:
            return read_versions(db, resolve(db, article_id))

    def version_spans(self, article_id: int) -> list[Span]:
        """All of an article's versions without their text, numbered from 0."""
        with self._connection.read() as db:
            return read_spans(db, resolve(db, article_id))

    def seen_aside(self, article_id: int) -> list[SeenAside]:
        """Texts that were seen again without being edits: headlines on trial, another copy for readers than for servers."""
        with self._connection.read() as db:
            return read_asides(db, resolve(db, article_id))

    def notes(self, article_id: int) -> Notes:
        """What is known of an article besides its versions."""
        with self._connection.read() as db:
            return notes_of(db, resolve(db, article_id))

    def merge(self, kept_id: int, other_id: int) -> Article:
        """Makes two articles one, without losing a version; both ids lead to it. Raises `UnknownArticle`."""
        with self._connection.write() as db:
            kept, other = (article_of(db, resolve(db, each)).id for each in (kept_id, other_id))
            if kept != other:
                merge_articles(db, kept, other)
            merged = article_of(db, kept)
        self._tell(kept)
        return merged

    def known(self, urls: Mapping[str, str]) -> dict[str, tuple[Article, int | None]]:
        """Of addresses (`{url: key}`), those that lead to an article that is shown, with its count of edits where noted."""
        with self._connection.read() as db:
            found = {}
            for url, key in urls.items():
                row = db.execute(
                    f"select {ARTICLE}, edit_count from articles "
                    "join aliases on article_id = articles.id where key = ? and hidden_reason is null",
                    [key],
                ).fetchone()
                if row is not None:
                    found[url] = (as_article(row[:-1]), row[-1])
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
            return article_of(db, article_id)

    def search(self, words: str, limit: int) -> list[Found]:
        """Texts that fit a query (see `rowback.text.query`), newest first; for a query about edits, the edited words as
        they stood before (where it looks for what was removed) or after. Raises `BadInput`."""
        query = parse(words)
        if not query.is_about_edits:
            return self.texts.found(query, limit)
        return [_found(listed, query) for listed in self.latest.page(filters_of(query), limit).items]

    def overview(self, now: datetime) -> Overview:
        """What the poller is at, and what goes wrong."""
        return overview(self._connection, now)

    def size(self) -> int:
        """Bytes of the file."""
        return self._connection.size()

    def damage(self) -> str | None:
        """What SQLite's own check finds wrong with the file, None when nothing is."""
        with self._connection.read() as db:
            found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        return None if found == "ok" else str(found)

    def counts(self) -> dict[str, int]:
        """How many articles, versions and captures there are."""
        with self._connection.read() as db:
            totals = totals_of(db)
        articles = sum(totals[f"articles {status.value}"] for status in Status)
        return {"articles": articles, "versions": totals["versions"], "captures": totals["captures"]}


def _found(listed: Listed, query: Query) -> Found:
    """An edit as the text that it left or made, and the version that had it."""
    step = listed.step
    side, number = (DELETE, step.number - 1) if query.removed else (INSERT, step.number)
    text = "".join(segment.text for segment in step.excerpt if segment.op in (EQUAL, side))
    return Found(listed.article, text, ((number, number),))

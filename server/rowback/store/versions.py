"""Versions and their texts: what is asked about them. Their rows are written in `version_rows.py`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rowback.deferred import Deferred
from rowback.errors import UnknownVersion
from rowback.model import Block, Content, Origin, Paging, Version
from rowback.store.articles import resolve
from rowback.store.audience import Audience
from rowback.store.bodies import bodies_of, read_blocks
from rowback.store.instants import from_text
from rowback.store.mementos import credits_of, mementos_of
from rowback.store.origins import as_origin
from rowback.store.own_sights import without_peers
from rowback.store.public_spans import PublicSpan
from rowback.text.normalize import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from rowback.diff.telling import returns
    from rowback.model import Attribution
    from rowback.store.database import Connection
    from rowback.store.engine import Db
    from rowback.store.mementos import Credit
else:
    returns = Deferred("rowback.diff.telling.returns")


MAX_EARLIER = 8  # a post that comes back is mostly one that went lately
_EARLIER = """
    select earlier.id from versions join versions as earlier on earlier.article_id = versions.article_id
    and (earlier.seen_at, earlier.id) < (versions.seen_at, versions.id)
    where versions.id = ? order by earlier.seen_at desc, earlier.id desc limit ?
"""


@dataclass(frozen=True, slots=True)
class Span:
    """A version without its text. `id` is its row, which stays when numbers shift; `fingerprint` is equal for equal texts;
    `reading` numbers the rules that read it (None: none did); the rest as in `VersionNote`."""

    id: int
    number: int
    seen_at: datetime
    last_seen_at: datetime
    title: str
    origin: Origin | None
    fingerprint: str
    reading: int | None = None
    restores: int | None = None
    flapping: bool = False
    is_day: bool = False
    paging: Paging = Paging.NONE
    memento: Attribution | None = None

    def with_content(self, content: Content) -> Version:
        """The version with its text."""
        seen = (self.seen_at, self.last_seen_at, self.origin)
        return Version(self.number, *seen, content, self.is_day, self.reading, self.memento, self.fingerprint)


@dataclass(frozen=True, slots=True)
class Text:
    """What a capture says, its fingerprint, which takes some time for a long one, and the number of the rules that read
    it."""

    content: Content
    fingerprint: str
    reading: int | None = None

    @classmethod
    def of(cls, content: Content, reading: int | None = None) -> Text:
        """A content with its fingerprint."""
        return cls(content, fingerprint(content), reading)


class Versions:
    """The versions of a store's articles, also of those that were merged into others, as an audience is told of them. Each
    method is one transaction."""

    def __init__(self, connection: Connection, audience: Audience = Audience.TRUSTED) -> None:
        self._connection = connection
        self._audience = audience

    def of_article(self, article_id: int) -> list[Version]:
        """All versions of an article with their texts, numbered from 0."""
        with self._connection.read() as db:
            return read_versions(db, resolve(db, article_id), self._audience)

    def own(self, article_id: int) -> list[Version]:
        """The same without what only another backend brought."""
        with self._connection.read() as db:
            article_id = resolve(db, article_id)
            return without_peers(db, article_id, read_versions(db, article_id, self._audience))

    def spans(self, article_id: int) -> list[Span]:
        """All without their texts."""
        with self._connection.read() as db:
            article_id = resolve(db, article_id)
            return with_mementos(db, article_id, read_spans(db, article_id, self._audience))

    def credits(self, version_ids: Iterable[int]) -> dict[int, Credit]:
        """Which versions, by their row ids, copies showed first: there are few."""
        with self._connection.read() as db:
            return credits_of(db, version_ids)

    def contents(self, *version_ids: int) -> list[Content]:
        """The texts of versions by their row ids; no other version is read. Raises `UnknownVersion`."""
        with self._connection.read() as db:
            return [read_content(db, version_id) for version_id in version_ids]

    def of_step(self, old_id: int, new_id: int) -> list[Content]:
        """The texts of two neighbouring versions; where the page goes on on others, also those of some versions before
        them, oldest first: they tell what had gone there. Raises `UnknownVersion`."""
        with self._connection.read() as db:
            new = read_content(db, new_id)
            earlier = [] if new.paging is Paging.NONE else db.execute(_EARLIER, [old_id, MAX_EARLIER]).fetchall()
            ids = [row[0] for row in reversed(earlier)]
            return [read_content(db, old_id), new, *(read_content(db, version_id) for version_id in ids)]


def read_spans(db: Db, article_id: int, audience: Audience = Audience.TRUSTED) -> list[Span]:
    """An article's versions in order of time, numbered from 0."""
    rows = db.execute(
        "select id, seen_at, last_seen_at, title, origin, paging, reading, fingerprint from versions where article_id = ? "
        "order by seen_at, id",
        [article_id],
    ).fetchall()
    back = returns.returns([row[-1] for row in rows])
    spans = [
        Span(
            id_,
            n,
            from_text(first),
            from_text(last),
            title,
            as_origin(origin),
            printed,
            reading,
            back[n].restores,
            back[n].flapping,
            paging=Paging(paging),
        )
        for n, (id_, first, last, title, origin, paging, reading, printed) in enumerate(rows)
    ]
    return _for_strangers(db, article_id, spans) if audience.is_strangers else spans


def _for_strangers(db: Db, article_id: int, spans: Sequence[Span]) -> list[Span]:
    """The same without a word of who read when."""
    rows = db.execute(
        "select version_id, public_times.seen_at, public_times.last_seen_at, is_day from public_times "
        "join versions on versions.id = version_id where article_id = ?",
        [article_id],
    ).fetchall()
    told = {id_: PublicSpan(from_text(first), from_text(last), bool(is_day)) for id_, first, last, is_day in rows}
    return [
        replace(
            span,
            origin=None if span.origin is Origin.BROWSER else span.origin,
            seen_at=told[span.id].seen_at if span.id in told else span.seen_at,
            last_seen_at=told[span.id].last_seen_at if span.id in told else span.last_seen_at,
            is_day=span.id in told and told[span.id].is_day,
        )
        for span in spans
    ]


def with_mementos(db: Db, article_id: int, spans: list[Span]) -> list[Span]:
    """The same with the copies that showed them first: few have any."""
    found = mementos_of(db, article_id)
    return [replace(span, memento=found.get(span.id)) for span in spans] if found else spans


def number_of(db: Db, article_id: int, version_id: int) -> int:
    """The number of a version, by its row."""
    query = "select number from version_list where article_id = ? and version_id = ?"
    return int(db.execute(query, [article_id, version_id]).fetchone()[0])


def read_versions(db: Db, article_id: int, audience: Audience = Audience.TRUSTED) -> list[Version]:
    """The same with their texts."""
    return with_texts(db, article_id, with_mementos(db, article_id, read_spans(db, article_id, audience)))


def with_texts(db: Db, article_id: int, spans: Sequence[Span]) -> list[Version]:
    """All of an article's versions with their texts. A block that stands in many of them is in memory once."""
    blocks = {
        id_: Block(kind, text)
        for id_, kind, text in db.execute("select id, kind, text from blocks where article_id = ?", [article_id])
    }
    bodies = bodies_of(db, article_id)
    texts = (tuple(blocks[id_] for id_ in bodies.get(span.id, ())) for span in spans)
    return [span.with_content(Content(span.title, text, span.paging)) for span, text in zip(spans, texts, strict=True)]


def read_content(db: Db, version_id: int) -> Content:
    """The text of one version. Raises `UnknownVersion` for one that is not there any more."""
    row = db.execute("select title, paging from versions where id = ?", [version_id]).fetchone()
    if row is None:
        raise UnknownVersion("This version is stored no more: its article was merged into another, or forgotten.")
    return Content(row[0], tuple(block for _, block in read_blocks(db, version_id)), Paging(row[1]))


def read_text(db: Db, version_id: int) -> Text:
    """The same with its fingerprint and the rules that read it."""
    content = read_content(db, version_id)
    printed, reading = db.execute("select fingerprint, reading from versions where id = ?", [version_id]).fetchone()
    return Text(content, printed, reading)

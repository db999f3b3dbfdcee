"""Answers kept from when a version was recorded, for whoever asks first: one an article, from first version to latest.

What an answer says is not known here: it comes packed, and goes as it came. It is given only while the article has the very
texts, in the order, of which it was told, and to whoever tells by the same rules. `told_due` lists the articles of which one
may have to be told anew (a version added, moved, rewritten or gone; triggers note that). What it says stands in the texts
mostly: they are given beside it, and it is packed as what differs from them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rowback.model import Origin
from rowback.store.articles import resolve
from rowback.store.audience import Audience
from rowback.store.bodies import bodies_of
from rowback.store.instants import to_text
from rowback.store.mementos import mementos_of
from rowback.store.notes import read_asides
from rowback.store.origins import as_origin
from rowback.store.putting import put
from rowback.store.versions import read_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.model import Article, Attribution
    from rowback.store.database import Connection
    from rowback.store.engine import Db
    from rowback.store.versions import Span
    from rowback.told import SeenAside

_ORIGINS = frozenset(origin.value for origin in Origin)
MAX_SAID_BLOCKS, MAX_SAID_BYTES = 500, 28 * 1024  # zlib looks back 32 KB, and what every answer says takes 4
MAX_PACKED_BYTES = 512 * 1024  # a row; an answer of 4 MB packs to about a quarter, most to some KB


_ROWS = (
    "select id, fingerprint, paging, title, seen_at, last_seen_at, origin, 0 from versions where article_id = ? "
    "order by seen_at, id"
)


class SeenVersion(NamedTuple):
    """What a row says of a version besides its text, as an audience is told of it; instants as they are stored, which is no
    work to read: an answer has many."""

    id: int
    fingerprint: str
    paging: str
    title: str
    seen_at: str
    last_seen_at: str
    origin: str | None
    is_day: bool
    memento: Attribution | None = None


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What is known of an article's answer, at one moment: the packed part, None where none is kept that holds, with the
    number of its edits; and what is told beside it. `texts` names the texts that it is of, and `said` is what it can be
    unpacked by: the same for the same name."""

    texts: str
    versions: tuple[SeenVersion, ...]
    aside: tuple[SeenAside, ...]
    edit_count: int | None = None
    packed: bytes | None = None
    said: bytes = b""


class KeptAnswers:
    """The kept answers of a store, as an audience is told of them."""

    def __init__(self, connection: Connection, audience: Audience = Audience.TRUSTED) -> None:
        self._connection = connection
        self._audience = audience

    def of_article(self, article_id: int, rules: str) -> KeptAnswer:
        """What is kept of an article by rules."""
        with self._connection.read() as db:
            article_id = resolve(db, article_id)
            versions = _seen_versions(db, article_id, self._audience)
            aside = read_asides(db, article_id, self._audience)
            texts = _texts(versions)
            row = db.execute(
                "select edit_count, packed from told where article_id = ? and versions = ? and rules = ?",
                [article_id, texts, rules],
            ).fetchone()
            edit_count, packed = row or (None, None)
            said = b"" if packed is None else _said(db, article_id)
        return KeptAnswer(texts, tuple(versions), tuple(aside), edit_count, packed, said)

    def said(self, article_id: int) -> bytes:
        """What an answer about an article is to be packed by."""
        with self._connection.read() as db:
            return _said(db, resolve(db, article_id))

    def is_kept(self, article_id: int, rules: str) -> bool:
        """Whether all was told of an article that is to be told by rules, be it kept or too much for that."""
        with self._connection.read() as db:
            return _is_told(db, article_id, rules)

    def due(self, limit: int, rules: str | None = None) -> list[int]:
        """Up to so many articles of which something may have to be told. With `rules` those, too, of which other rules told:
        that is to be asked once, when a program begins."""
        with self._connection.read() as db:
            is_old = rules is not None and db.execute("select 1 from told where rules <> ? limit 1", [rules]).fetchone()
        if is_old:
            with self._connection.write() as db:
                db.execute(
                    "insert into told_due select article_id from told where rules <> ? on conflict do nothing",
                    [rules],
                )
        with self._connection.read() as db:
            return [row[0] for row in db.execute("select article_id from told_due limit ?", [limit]).fetchall()]

    def keep(self, article: Article, texts: str, rules: str, edit_count: int | None, packed: bytes | None) -> bool:
        """Keeps what was told of an article, or with None that it is told when it is asked for. Keeps nothing, and returns
        False, where the article is another by now."""
        if packed is not None and len(packed) > MAX_PACKED_BYTES:
            packed = None
        with self._connection.write() as db:
            row = db.execute("select revision from articles where id = ?", [article.id]).fetchone()
            if row is None or row[0] != article.revision or _texts(_seen_versions(db, article.id)) != texts:
                return False
            row = {"versions": texts, "rules": rules, "edit_count": edit_count, "packed": packed}
            put(db, "told", {"article_id": article.id} | row, key="article_id")
            db.execute("delete from told_due where article_id = ?", [article.id])
        return True

    def settle(self, article_ids: Sequence[int], rules: str) -> None:
        """Notes of articles that nothing is to be told, where that is so."""
        with self._connection.write() as db:
            for article_id in article_ids:
                if _is_told(db, article_id, rules):
                    db.execute("delete from told_due where article_id = ?", [article_id])


def _is_told(db: Db, article_id: int, rules: str) -> bool:
    versions = _seen_versions(db, article_id)
    query = "select 1 from told where article_id = ? and versions = ? and rules = ?"
    return len(versions) < 2 or db.execute(query, [article_id, _texts(versions), rules]).fetchone() is not None


def _seen_versions(db: Db, article_id: int, audience: Audience = Audience.TRUSTED) -> list[SeenVersion]:
    """An article's versions in order of time."""
    if audience.is_strangers:
        found = mementos_of(db, article_id)
        spans = read_spans(db, article_id, audience)
        return [_of_span(span)._replace(memento=found.get(span.id)) for span in spans]
    rows = [SeenVersion(*row) for row in db.execute(_ROWS, [article_id]).fetchall()]
    if found := mementos_of(db, article_id):
        rows = [row._replace(memento=found.get(row.id)) for row in rows]
    return [row if row.origin in _ORIGINS else row._replace(origin=as_origin(str(row.origin)).value) for row in rows]


def _of_span(span: Span) -> SeenVersion:
    return SeenVersion(
        span.id,
        span.fingerprint,
        span.paging.value,
        span.title,
        to_text(span.seen_at),
        to_text(span.last_seen_at),
        span.origin and span.origin.value,
        span.is_day,
    )


def _texts(versions: Sequence[SeenVersion]) -> str:
    """Names the texts of an article's versions, in order: another text under the same row id has another fingerprint, or
    was written by a statement that dropped what was told."""
    said = "\x1e".join([f"{each.id} {each.fingerprint} {each.paging}" for each in versions])
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


def _said(db: Db, article_id: int) -> bytes:
    """An article's blocks, each once: what changed last, as far as there is use for it."""
    bodies = [set(ids) for ids in bodies_of(db, article_id).values()]
    everywhere = set.intersection(*bodies) if bodies else set()
    changed = set[int]().union(*bodies) - everywhere
    ids = [*sorted(everywhere), *sorted(changed)][-MAX_SAID_BLOCKS:]
    query = (
        "select text from json_each(?) as said join blocks on blocks.id = cast(said.value as bigint) order by said.key"
    )
    return "".join(row[0] for row in db.execute(query, [json.dumps(ids)]))[-MAX_SAID_BYTES:].encode()[-MAX_SAID_BYTES:]

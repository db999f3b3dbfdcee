"""Writes a capture: finds or makes its article, and its version. Runs inside one write transaction."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from rowback.model import Status
from rowback.store.instants import to_text
from rowback.store.timeline import Span, place
from rowback.text.normalize import fingerprint
from rowback.text.urls import believable_canonical, identify, site_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

    from rowback.model import Block, Capture, Content


def write_capture(db: Database, capture: Capture, received_at: datetime) -> tuple[int, int, bool]:
    """Stores a capture. Returns the article's id, the version's row id, and whether that version is new."""
    article_id = _article_of(db, capture)
    seen_at = to_text(capture.seen_at)
    spans = _spans(db, article_id)
    where = place(spans, fingerprint(capture.content), seen_at)
    version_id = where.same
    if version_id is None:
        version_id = _add_version(db, article_id, capture.content, seen_at, capture.origin)
        if where.split is not None:
            _split_version(db, where.split, seen_at)
    else:
        _prolong(db, version_id, seen_at)
    db.table("captures").insert(
        {
            "article_id": article_id,
            "version_id": version_id,
            "seen_at": seen_at,
            "received_at": to_text(received_at),
            "origin": capture.origin,
        }
    )
    _refresh_article(db, article_id, seen_at)
    return article_id, version_id, where.same is None


def _article_of(db: Database, capture: Capture) -> int:
    """The article that one of the capture's addresses leads to, else a new one; all its addresses become aliases."""
    page = identify(capture.url)
    canonical_link = believable_canonical(capture.url, capture.canonical_url)
    canonical = identify(canonical_link) if canonical_link else page
    article_id = _known(db, page.key)
    if article_id is None:
        article_id = _known(db, canonical.key)
    if article_id is None:
        seen_at = to_text(capture.seen_at)
        article_id = _last_id(
            db,
            "articles",
            {
                "url": canonical.link,
                "source": site_of(canonical.host),
                "title": capture.content.title,
                "published_at": to_text(capture.published_at) if capture.published_at else None,
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
    return article_id


def _known(db: Database, key: str) -> int | None:
    row = db.execute("select article_id from aliases where key = ?", [key]).fetchone()
    return None if row is None else int(row[0])


def _last_id(db: Database, table: str, row: dict[str, object]) -> int:
    inserted = db.table(table).insert(row).last_pk
    if not isinstance(inserted, int):
        raise TypeError(f"{table} has no integer key")
    return inserted


def _spans(db: Database, article_id: int) -> list[Span]:
    rows = db.execute(
        "select id, fingerprint, seen_at, last_seen_at from versions where article_id = ? order by seen_at, id",
        [article_id],
    )
    return [Span(*row) for row in rows.fetchall()]


def _add_version(db: Database, article_id: int, content: Content, seen_at: str, origin: str) -> int:
    version_id = _last_id(
        db,
        "versions",
        {
            "article_id": article_id,
            "seen_at": seen_at,
            "last_seen_at": seen_at,
            "title": content.title,
            "origin": origin,
            "fingerprint": fingerprint(content),
        },
    )
    hashes = [_hash(block) for block in content.blocks]
    db.table("blocks").insert_all(
        (
            {"article_id": article_id, "hash": digest, "kind": block.kind, "text": block.text}
            for digest, block in dict(zip(hashes, content.blocks, strict=True)).items()
        ),
        ignore=True,
    )
    rows = db.execute("select hash, id from blocks where article_id = ?", [article_id]).fetchall()
    ids = dict(rows)
    db.table("version_blocks").insert_all(
        {"version_id": version_id, "position": position, "block_id": ids[digest]}
        for position, digest in enumerate(hashes)
    )
    return version_id


def _hash(block: Block) -> str:
    return hashlib.blake2b(f"{block.kind}\x1e{block.text}".encode(), digest_size=16).hexdigest()


def _split_version(db: Database, version_id: int, seen_at: str) -> None:
    """Gives the captures of a version that lie after `seen_at` a version of their own with the same text."""
    first, last = db.execute(
        "select min(seen_at), max(seen_at) from captures where version_id = ? and seen_at > ?", [version_id, seen_at]
    ).fetchone()
    new_id = db.execute(
        "insert into versions (article_id, seen_at, last_seen_at, title, origin, fingerprint) "
        "select article_id, ?, ?, title, origin, fingerprint from versions where id = ?",
        [first, last, version_id],
    ).lastrowid
    db.execute(
        "insert into version_blocks (version_id, position, block_id) "
        "select ?, position, block_id from version_blocks where version_id = ?",
        [new_id, version_id],
    )
    db.execute("update captures set version_id = ? where version_id = ? and seen_at > ?", [new_id, version_id, seen_at])
    db.execute(
        "update versions set last_seen_at = (select max(seen_at) from captures where version_id = versions.id) "
        "where id = ?",
        [version_id],
    )


def _prolong(db: Database, version_id: int, seen_at: str) -> None:
    db.execute(
        "update versions set seen_at = min(seen_at, ?), last_seen_at = max(last_seen_at, ?) where id = ?",
        [seen_at, seen_at, version_id],
    )


def _refresh_article(db: Database, article_id: int, seen_at: str) -> None:
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
        {"id": article_id, "seen_at": seen_at},
    )

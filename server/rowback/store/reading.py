"""What recording, believing and merging need to know of the store. Runs inside their transactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.model import Block, Content
from rowback.store.placement import Span
from rowback.text.urls import believable_canonical, identify

if TYPE_CHECKING:
    from sqlite_utils import Database

    from rowback.model import Capture
    from rowback.text.urls import PageURL


def known_article(db: Database, key: str) -> int | None:
    """The article that an address leads to."""
    row = db.execute("select article_id from aliases where key = ?", [key]).fetchone()
    return None if row is None else int(row[0])


def read_spans(db: Database, article_id: int) -> list[Span]:
    """An article's versions in order."""
    rows = db.execute(
        "select id, fingerprint, seen_at, last_seen_at from versions where article_id = ? order by seen_at, id",
        [article_id],
    )
    return [Span(*row) for row in rows.fetchall()]


def read_content(db: Database, version_id: int) -> Content:
    """A version's text."""
    title = db.execute("select title from versions where id = ?", [version_id]).fetchone()[0]
    rows = db.execute(
        "select kind, text from version_blocks join blocks on blocks.id = block_id where version_id = ? order by position",
        [version_id],
    )
    return Content(title, tuple(Block(kind, text) for kind, text in rows.fetchall()))


def addresses(capture: Capture) -> tuple[PageURL, PageURL]:
    """The address a capture was made at, and the article's canonical one."""
    page = identify(capture.url)
    canonical_link = believable_canonical(capture.url, capture.canonical_url)
    return page, identify(canonical_link) if canonical_link else page


def known_to(db: Database, capture: Capture) -> int | None:
    """The article that one of the capture's addresses leads to."""
    page, canonical = addresses(capture)
    found = known_article(db, page.key)
    return known_article(db, canonical.key) if found is None else found

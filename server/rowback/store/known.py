"""Which article a capture is of, by its addresses. Runs inside the transactions of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.text.urls import believable_canonical, identify

if TYPE_CHECKING:
    from sqlite_utils import Database

    from rowback.model import Capture
    from rowback.text.urls import PageURL


def known_article(db: Database, key: str) -> int | None:
    """The article that an address leads to."""
    row = db.execute("select article_id from aliases where key = ?", [key]).fetchone()
    return None if row is None else int(row[0])


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

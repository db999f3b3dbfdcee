"""What collections say of texts that are stored already: that they were seen again, or that newer rules read them otherwise.

Runs inside the transactions of others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.model import Capture, Origin
from rowback.store.arranging import brought_at, take_away
from rowback.store.kept_copies import read_copies
from rowback.store.leads import lead_of
from rowback.text.normalize import fingerprint
from rowback.text.urls import identify

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store.engine import Db


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A page that an import stored, by where and when it was seen, and by its text where that is known."""

    url: str
    seen_at: datetime
    fingerprint: str | None = None


def seen_again(db: Db, page: PageSeen, url: str, seen_at: datetime) -> Capture | None:
    """The capture of the very page at another instant, and perhaps another address; None where it is not kept, or the address
    is another host's. Raises `BadURL`."""
    first, own = identify(page.url), identify(url)
    lead = lead_of(db, first)
    if lead is None or first.site != own.site:
        return None
    known = [copy for copy in read_copies(db, lead.article_id) if copy.seen.seen_at == page.seen_at]
    same = [copy for copy in known if page.fingerprint in (None, copy.text.fingerprint)]
    copy = next((copy for copy in same if copy.seen.key == first.keys[0]), next(iter(same), None))
    if copy is None:
        return None
    return Capture(
        url,
        copy.text.content,
        seen_at,
        Origin.IMPORT,
        canonical_url=lead.url,
        is_page=True,
        is_free=copy.is_free,
        is_front=copy.is_front,
        reading=copy.text.reading,
    )


def drop_replaced(db: Db, capture: Capture) -> None:
    """Takes away what imports said of an article at a capture's instant, where that is another text: the capture is what
    newer rules read in the same page. Raises `BadURL`."""
    lead = lead_of(db, identify(capture.url))
    if lead is not None:
        said = fingerprint(capture.content)
        brought = brought_at(db, lead.article_id, capture.seen_at)
        take_away(db, lead.article_id, [row for row in brought if row.fingerprint != said])

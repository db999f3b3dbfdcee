"""What the store knows of a capture's article: read once, before anything is written, and handed to all that judge the
capture and give it its place. Runs inside the transactions of others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rowback.store.articles import is_stored_anyway
from rowback.store.leads import Led, led_of
from rowback.store.sayings import has_own, has_said
from rowback.store.versions import Span, Text, read_content, read_spans
from rowback.text.canonicals import believable_canonical, foreign_canonical
from rowback.text.urls import PageURL, identify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.model import Capture, Content
    from rowback.store.engine import Db


@dataclass(frozen=True, slots=True)
class Addresses:
    """The address a capture was made at and the article's canonical one, which may be the same."""

    page: PageURL
    canonical: PageURL


@dataclass(frozen=True, slots=True)
class Leads:
    """Where the address of a capture leads, and where the canonical one."""

    page: Led
    canonical: Led

    @property
    def both(self) -> tuple[Led, ...]:
        """The two, without repeating one."""
        return (self.page,) if self.page.page.key == self.canonical.page.key else (self.page, self.canonical)


@dataclass(frozen=True, slots=True)
class Known:
    """See the module. `key` is the capture's address as it leads to the article, `text` is the capture's own.

    `article_id` is None, and there are no `spans`, where no address leads to an article. `standing` is the version that
    stood when the capture was made. `said` is its text, read only for a page that says something else now: only pages are
    doubted; `following` the text that stood next, where the page was captured before it and after `standing`. Of copies
    neither is read: they are judged together (`store/arranging.py`). `is_latest`: every version's span had ended when the
    capture was made. `is_anyway`: a person had it stored although it looks like no article. `is_shared`: an import has a
    part in the article, and where `is_brought` imports alone do.
    """

    key: str
    text: Text
    article_id: int | None = None
    spans: Sequence[Span] = ()
    standing: Span | None = None
    said: Content | None = None
    following: Content | None = None
    is_latest: bool = False
    is_anyway: bool = False
    is_shared: bool = False
    is_brought: bool = False


def addresses_of(capture: Capture) -> Addresses:
    """Where a capture was made, and where it says to belong as far as that is believed. Raises `BadURL`."""
    page = identify(capture.url)
    canonical_link = believable_canonical(capture.url, capture.canonical_url)
    if canonical_link is None and capture.is_given:
        canonical_link = foreign_canonical(capture.url, capture.canonical_url)
    return Addresses(page, identify(canonical_link) if canonical_link else page)


def known_articles(db: Db, addresses: Addresses) -> Leads:
    """Where the addresses of a capture lead."""
    page = led_of(db, addresses.page)
    return Leads(page, page if addresses.canonical.key == page.page.key else led_of(db, addresses.canonical))


def know(db: Db, capture: Capture, leads: Leads, article_id: int | None) -> Known:
    """All that is asked of the store about a capture of an article, which is None for a new one."""
    text = Text.of(capture.content, capture.reading)
    if article_id is None:
        return Known(leads.page.key, text)
    spans = read_spans(db, article_id)
    standing = next((span for span in reversed(spans) if span.seen_at <= capture.seen_at), None)
    is_shared = has_said(db, article_id)
    may_be_doubted = capture.is_page and not capture.is_copy

    def read(span: Span | None) -> Content | None:
        is_other = may_be_doubted and span is not None and span.fingerprint != text.fingerprint
        return read_content(db, span.id) if span is not None and is_other else None

    is_inside = standing is not None and capture.seen_at <= standing.last_seen_at
    after = None if is_inside else next((span for span in spans if span.seen_at > capture.seen_at), None)
    return Known(
        leads.page.key,
        text,
        article_id,
        spans,
        standing,
        said=read(standing),
        following=read(after),
        is_latest=standing is not None and standing is spans[-1] and capture.seen_at > standing.last_seen_at,
        is_anyway=is_stored_anyway(db, article_id),
        is_shared=is_shared,
        is_brought=is_shared and not has_own(db, article_id),
    )

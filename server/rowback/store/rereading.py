"""Reads an article's stored texts again when a page of it is captured under newer rules: what only these make of the page is
told as no edit.

What is found out takes its time, and is found out before the transaction that stores the capture; there it counts only if the
versions are still those that were read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rowback.apart.lanes import INCOMING, weight_of
from rowback.errors import PageTooCostly
from rowback.reread.lift import lift_all
from rowback.store.kept_copies import drop_older_copies, reread_copies
from rowback.store.known import addresses_of, known_articles
from rowback.store.readings import keep_reading
from rowback.store.version_rows import rewrite_version
from rowback.store.versions import Text, read_content, read_spans

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from rowback.model import Capture, Content, PageText
    from rowback.store.database import Connection
    from rowback.store.engine import Db
    from rowback.store.known import Known
    from rowback.store.versions import Span

MAX_CHARACTERS = 4_000_000  # of all versions of an article; beyond it, what newer rules read is told as it comes


class Outdated(Exception):
    """The article has other versions by now than were looked at."""


@dataclass(frozen=True, slots=True)
class ReadAnew:
    """What an article's texts are by the rules of a capture: by their row ids, those that change. `before` are the versions
    that were looked at."""

    before: tuple[Span, ...]
    texts: Mapping[int, Text]
    reading: int

    def over(self, known: Known) -> Known:
        """What is known of the article, as if its texts had been read so from the start. Raises `Outdated`."""
        if [_identity(span) for span in known.spans] != [_identity(span) for span in self.before]:
            raise Outdated
        spans = [self._span(span) for span in known.spans]
        if known.standing is None:
            return replace(known, spans=spans)
        standing = spans[known.standing.number]
        is_other = standing.fingerprint != known.text.fingerprint
        said = self.texts[standing.id].content if standing.id in self.texts else known.said
        return replace(known, spans=spans, standing=standing, said=said if is_other else None)

    def _span(self, span: Span) -> Span:
        text = self.texts.get(span.id)
        if text is None:
            return span
        return replace(span, title=text.content.title, fingerprint=text.fingerprint, reading=self.reading)


def _identity(span: Span) -> tuple[int, str, int | None]:
    return span.id, span.fingerprint, span.reading


def reread(connection: Connection, capture: Capture) -> ReadAnew | None:
    """What a capture makes of what is stored of its article; None where nothing was read by older rules, or the page does not
    say."""
    if capture.reading is None or capture.page is None or capture.doubt is not None:
        return None
    with connection.read() as db:
        spans = _spans(db, capture)
        at = max((span.number for span in spans if span.seen_at <= capture.seen_at), default=0)
        if not spans or not _is_older(spans[at], capture.reading):
            return None
        contents = [read_content(db, span.id) for span in spans]
    texts = _texts(spans, contents, at, capture.content, capture.page)
    if texts is None:
        return None
    changed = {
        span.id: text
        for span, content in zip(spans, texts, strict=True)
        if _is_older(span, capture.reading)
        and (text := Text.of(content, capture.reading)).fingerprint != span.fingerprint
    }
    return ReadAnew(tuple(spans), changed, capture.reading)


def _spans(db: Db, capture: Capture) -> list[Span]:
    """The versions of the one article that a capture's addresses lead to."""
    addresses = addresses_of(capture)
    leads = [each.lead for each in known_articles(db, addresses).both if each.lead is not None]
    found = {lead.article_id for lead in leads if capture.is_given or lead.takes(addresses.page)}
    return read_spans(db, found.pop()) if len(found) == 1 else []


def _is_older(span: Span, reading: int) -> bool:
    return span.reading is not None and span.reading < reading


def _texts(
    spans: Sequence[Span], contents: Sequence[Content], at: int, new: Content, page: PageText
) -> Sequence[Content] | None:
    if spans[at].fingerprint == Text.of(new).fingerprint:
        return contents
    weight = weight_of(*contents, new)
    if weight > MAX_CHARACTERS:
        return None
    try:
        return INCOMING.run(weight, lift_all, contents, at, new, page)
    except PageTooCostly:
        return None


def write_reread(db: Db, article_id: int, found: ReadAnew, at: datetime) -> None:
    """Puts the texts in the place of those that older rules read, which are kept beside."""
    printed = {span.id: span.fingerprint for span in found.before}
    for version_id, text in found.texts.items():
        reread_copies(db, article_id, printed[version_id], text)
        keep_reading(db, version_id, at)
        rewrite_version(db, article_id, version_id, text)
    drop_older_copies(db, article_id, found.reading)
    db.execute(
        "update versions set reading = ? where article_id = ? and reading < ?",
        [found.reading, article_id, found.reading],
    )

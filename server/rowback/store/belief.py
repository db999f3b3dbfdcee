"""Whether a page that was captured is believed, and whether it makes a version: the pure rules, asked with what is stored.

Only pages are judged, whose text was guessed from HTML. Blocks that a program hands over, and imports, are taken as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.model import Doubt, Reason
from rowback.store.asides import BROWSER_ORIGIN, STAYS_FOR, Aside, Sight, aside_for
from rowback.store.boilerplate import is_boilerplate
from rowback.store.failures import refused_since
from rowback.store.instants import from_text
from rowback.store.known import known_to
from rowback.store.versions import read_content, read_spans
from rowback.text.doubts import doubt_change, is_same_story
from rowback.text.fronts import has_place, told
from rowback.text.normalize import fingerprint

if TYPE_CHECKING:
    from sqlite_utils import Database

    from rowback.model import Capture

BELIEVED_AFTER = 2  # refusals of the same text, over `STAYS_FOR`, before a text that shrank is believed
REMEMBERED_SIGHTS = 24  # captures that are asked whether texts alternate


def doubt_of(db: Database, capture: Capture) -> Doubt | None:
    """What speaks against a page that was captured: that it is a front page, or what the text in force says."""
    article_id = known_to(db, capture) if capture.is_page else None
    if capture.is_page and capture.is_front and article_id is None and has_place(capture.url):
        return Doubt(Reason.FRONT, told(capture.url))
    known_spans = read_spans(db, article_id) if article_id is not None else []
    spans = [span for span in known_spans if span.seen_at <= capture.seen_at]
    if not spans or spans[-1].fingerprint == fingerprint(capture.content):
        return None
    readers = "select 1 from captures where version_id = ? and origin = ?"
    known = read_content(db, spans[-1].id)
    is_reader = capture.origin == BROWSER_ORIGIN
    if capture.is_front and not is_reader and not is_same_story(known, capture.content):
        return Doubt(Reason.FRONT, "The site shows one of its front pages where the article was.")
    seen_by_reader = db.execute(readers, [spans[-1].id, BROWSER_ORIGIN]).fetchone() is not None
    doubt = doubt_change(
        known,
        capture.content,
        is_free=capture.is_free,
        is_second_hand=seen_by_reader and not is_reader,
    )
    if doubt is None or doubt.reason is Reason.CUT:
        return doubt
    refused = refused_since(db, capture, fingerprint(capture.content), spans[-1].last_seen_at)
    stays = len(refused) >= BELIEVED_AFTER and refused[0] + STAYS_FOR <= capture.seen_at
    return None if stays else doubt


def judge_aside(db: Database, article_id: int, capture: Capture) -> tuple[Aside | None, int | None]:
    """Why a page's capture makes no version, and the version it is counted with."""
    spans = read_spans(db, article_id)
    new = Sight(capture.origin == BROWSER_ORIGIN, fingerprint(capture.content), capture.seen_at)
    aside = aside_for(spans, _sights(db, article_id), new)
    if aside is not None:
        return aside, next(span.id for span in reversed(spans) if span.fingerprint == new.fingerprint)
    is_latest = spans and new.seen_at > spans[-1].last_seen_at and new.fingerprint != spans[-1].fingerprint
    if is_latest and is_boilerplate(db, article_id, read_content(db, spans[-1].id), capture.content):
        return Aside.BOILERPLATE, spans[-1].id
    return None, None


def _sights(db: Database, article_id: int) -> list[Sight]:
    rows = db.execute(
        "select captures.origin, fingerprint, captures.seen_at from captures join versions on versions.id = version_id "
        "where captures.article_id = ? order by captures.seen_at desc, captures.id desc limit ?",
        [article_id, REMEMBERED_SIGHTS],
    ).fetchall()
    return [Sight(origin == BROWSER_ORIGIN, printed, from_text(seen_at)) for origin, printed, seen_at in reversed(rows)]

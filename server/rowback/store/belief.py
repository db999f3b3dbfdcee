"""Whether a page that was captured is believed, and whether it makes a version: the pure rules, asked with what is known.

Only pages are judged, whose text was guessed from HTML. Blocks that a program hands over, and imports, are taken as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.model import PAST_ORIGINS, Doubt, Origin, Reason
from rowback.store.asides import STAYS_FOR, Aside, Sight, aside_for
from rowback.store.failures import refused_since
from rowback.store.instants import from_text
from rowback.store.silence import SAME_HOURS, silent_articles
from rowback.text.doubts import doubt_change, is_cut, is_same_story
from rowback.text.fronts import told
from rowback.text.normalize import comparable
from rowback.text.walls import ALL_SILENT, NO_PROSE_TO_US

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rowback.model import Capture
    from rowback.store.boilerplate import Passing
    from rowback.store.engine import Db
    from rowback.store.known import Known
    from rowback.store.versions import Span

BELIEVED_AFTER = 2  # refusals of the same text, over `STAYS_FOR`, before a text that shrank is believed
REMEMBERED_SIGHTS = 24  # captures that are asked whether texts alternate
_PAST = ", ".join(f"'{origin.value}'" for origin in sorted(PAST_ORIGINS))


def doubt_of(db: Db, capture: Capture, known: Known) -> Doubt | None:
    """What speaks against a page that was captured: that it is a front page, or what the text in force says."""
    if capture.is_page and capture.taken_for is not None and known.article_id is None and not capture.is_anyway:
        return Doubt(capture.taken_for, told(capture.taken_for, capture.url))
    is_reader = capture.origin is Origin.BROWSER
    if known.following is not None and is_cut(
        known.following, capture.content, is_free=capture.is_free, is_second_hand=False
    ):
        return Doubt(Reason.CUT, "The page showed only the beginning of the article that is known from soon after.")
    if known.standing is None or known.said is None:
        return None
    is_anyway = capture.is_anyway or known.is_anyway
    if capture.is_front and not (is_reader or is_anyway or is_same_story(known.said, capture.content)):
        return Doubt(Reason.FRONT, "The site shows one of its front pages where the article was.")
    doubt = doubt_change(
        known.said,
        capture.content,
        is_free=capture.is_free,
        is_second_hand=not is_reader and _seen_by_reader(db, known.standing),
    )
    if doubt is None or doubt.reason is Reason.CUT:
        return doubt
    if doubt.reason is Reason.SCRIPTS:
        return doubt if is_reader else Doubt(doubt.reason, NO_PROSE_TO_US)
    refused = refused_since(db, known.key, known.text.fingerprint, known.standing.last_seen_at)
    stays = len(refused) >= BELIEVED_AFTER and refused[0] + STAYS_FOR <= capture.seen_at
    return _together(db, known, doubt, refused) if stays else doubt


def _together(db: Db, known: Known, doubt: Doubt, refused: Sequence[datetime]) -> Doubt | None:
    """The doubt that is left of a text that stays: that most of the site's articles are gone in the same hours."""
    if known.article_id is None or not silent_articles(db, known.article_id, refused[0] - SAME_HOURS):
        return None
    return Doubt(doubt.reason, ALL_SILENT)


def _seen_by_reader(db: Db, span: Span) -> bool:
    query = "select 1 from captures where version_id = ? and origin = ?"
    return db.execute(query, [span.id, Origin.BROWSER.value]).fetchone() is not None


def aside_of(db: Db, capture: Capture, known: Known, passing: Passing | None) -> tuple[Aside, int] | None:
    """Why a page's capture makes no version, and the version it is counted with; None where it may make one. `passing` is
    what differs from the version that stood, where something does."""
    if not capture.is_page or known.article_id is None:
        return None
    spans = known.spans
    new = Sight(capture.origin is Origin.BROWSER, known.text.fingerprint, capture.seen_at)
    aside = aside_for(spans, _sights(db, known.article_id, spans), new)
    if aside is not None:
        return aside, next(span.id for span in reversed(spans) if span.fingerprint == new.fingerprint)
    if passing is None or known.said is None or not (known.is_latest and passing.is_all):
        return None
    is_titled_alike = comparable(known.said.title) == comparable(capture.content.title)
    return (Aside.BOILERPLATE, spans[-1].id) if is_titled_alike else None


def _sights(db: Db, article_id: int, spans: Sequence[Span]) -> list[Sight]:
    """The latest sights: what was kept of the past alternates with nothing that is seen now."""
    printed = {span.id: span.fingerprint for span in spans}
    rows = db.execute(
        f"select origin, version_id, seen_at from captures where article_id = ? and origin not in ({_PAST}) "
        "order by seen_at desc, id desc limit ?",
        [article_id, REMEMBERED_SIGHTS],
    ).fetchall()
    return [
        Sight(origin == Origin.BROWSER, printed[id_], from_text(seen_at))
        for origin, id_, seen_at in reversed(rows)
        if id_ in printed
    ]

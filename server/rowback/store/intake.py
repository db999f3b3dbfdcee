"""From a capture to a version: joins, doubts, places and watches, all by what is known of the article, which is read once.

Runs inside one write transaction.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rowback.model import Doubt, Reason, Recorded
from rowback.store.articles import add_article, article_of, list_article, note_capture, store_anyway
from rowback.store.belief import aside_of, doubt_of
from rowback.store.boilerplate import note_passing, passing_of, settle_boilerplate
from rowback.store.claims import give_back, set_address, tells_another
from rowback.store.copy_intake import rearrange, without_copies, write_copy
from rowback.store.counting import note_lines, settle_lines
from rowback.store.failures import write_failure
from rowback.store.kept_copies import has_copies
from rowback.store.known import Leads, addresses_of, know, known_articles
from rowback.store.mementos import note_memento
from rowback.store.merging import merge_joined
from rowback.store.parting import are_parted
from rowback.store.reader_articles import are_seen_alike, may_see, note_reader
from rowback.store.recording import Seen, Written, count_capture, place_capture, stood_already
from rowback.store.rereading import write_reread
from rowback.store.rotating import look_at_boxes, note_boxes
from rowback.store.sayings import note_listed, note_own, note_plan, note_said, plan_of
from rowback.store.set_aside import note_front
from rowback.store.versions import Text, number_of, read_content, read_spans
from rowback.store.watching import watch
from rowback.text.doubts import is_same_story

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rowback.model import Capture, Content
    from rowback.store.engine import Db
    from rowback.store.known import Known
    from rowback.store.leads import Lead
    from rowback.store.rereading import ReadAnew
    from rowback.store.rotating import Boxes
    from rowback.store.versions import Span
    from rowback.text.urls import PageURL


def write_capture(db: Db, capture: Capture, received_at: datetime, reread: ReadAnew | None = None) -> Recorded | Doubt:
    """Stores a capture; one that is not believed is kept as a failed one, and the doubt is returned. `reread` is what it
    makes of the texts that older rules read, for where the capture is believed. Raises `Outdated`."""
    if capture.doubt is not None:
        write_failure(db, capture, capture.doubt, None, received_at)
        return capture.doubt
    addresses = addresses_of(capture)
    leads = known_articles(db, addresses)
    foreign = _foreign(capture, leads)
    if foreign is not None:
        return _seen_elsewhere(db, capture, foreign, received_at)
    leads = _unless_claimed(db, capture, leads)
    known = know(db, capture, leads, _led_to(db, capture, leads))
    if reread is not None:
        known = reread.over(known)
    doubt = doubt_of(db, capture, known) or _of_others(db, capture, known)
    if doubt is not None:
        write_failure(db, capture, doubt, known.text.fingerprint, received_at, known.key)
        return doubt
    return _write_believed(db, capture, known, leads, received_at, reread)


def _write_believed(
    db: Db, capture: Capture, known: Known, leads: Leads, received_at: datetime, reread: ReadAnew | None
) -> Recorded | Doubt:
    article_id, by, is_new = known.article_id, capture.brought_by, known.article_id is None
    plan = None if article_id is None or by is None else plan_of(db, article_id)
    if article_id is None:
        article_id = add_article(db, capture, leads.canonical.page)
    elif by is not None:
        note_own(db, article_id)
    if reread is not None:
        write_reread(db, article_id, reread, received_at)
    note_capture(db, article_id, leads.both, capture.published_at, is_given=capture.is_given)
    if known.is_shared or by is not None:
        note_said(db, article_id, capture, leads, known.text)
    if capture.is_anyway and capture.taken_for is not None:
        store_anyway(db, article_id)
    own = leads.canonical.page
    if capture.is_copy:
        recorded = write_copy(db, capture, replace(known, article_id=article_id), own, received_at)
    else:
        recorded = _write_live(db, article_id, capture, known, own, received_at)
    note_reader(db, article_id, capture.reader, is_new=is_new)
    if capture.memento is not None and isinstance(recorded, Recorded):
        note_memento(db, recorded.article.id, capture.seen_at, capture.memento, by)
    if by is not None:
        note_plan(db, article_id, by, plan)
    return recorded


def _write_live(
    db: Db, article_id: int, capture: Capture, known: Known, own: PageURL, received_at: datetime
) -> Recorded:
    """What becomes of a capture that is believed and no copy; `own` is the address that it says is the article's."""
    note_front(db, article_id, capture)
    if capture.lists:
        list_article(db, article_id)
    known_before = None if capture.is_page else stood_already(db, article_id, capture, known.text.fingerprint)
    if known_before is not None:
        return Recorded(article_of(db, article_id), number_of(db, article_id, known_before), new_version=False)
    spans, is_beside_copies = known.spans, has_copies(db, article_id)
    is_first = capture.brought_by is None and known.is_brought
    if is_beside_copies:
        known = without_copies(db, capture, known)
    boxes = look_at_boxes(db, known.article_id, capture) if capture.is_page else None
    settled = _as_it_stood(db, capture, known, boxes)
    written = _write(db, article_id, settled, _known_as(known, settled), spans, received_at)
    _note(db, article_id, capture, known, boxes)
    if is_beside_copies:
        return rearrange(db, capture, replace(known, article_id=article_id, spans=spans), own, received_at)
    if is_first and article_of(db, article_id).url != own.link:
        set_address(db, article_id, own.link)
    changed_at = capture.seen_at if is_first else None
    is_new = written.is_new or is_first  # as if no import had come before
    article = watch(db, article_of(db, article_id), received_at, is_new=is_new, changed_at=changed_at)
    return Recorded(article, number_of(db, article_id, written.version_id), written.is_new)


def _of_others(db: Db, capture: Capture, known: Known) -> Doubt | None:
    """The doubt in what a reader sends of an article that others alone have: who has read the same story shares its history,
    who only knows its address does not."""
    if known.article_id is None or not known.spans or may_see(db, known.article_id, capture.reader):
        return None
    if is_same_story(read_content(db, known.spans[-1].id), capture.content):
        return None
    return Doubt(Reason.ANOTHER, "It tells another story than what is stored for this address.")


def _unless_claimed(db: Db, capture: Capture, leads: Leads) -> Leads:
    """Where a capture's addresses lead, without a canonical one that another story has."""
    canonical = leads.canonical.lead
    if capture.is_given or leads.page.lead is not None or canonical is None:
        return leads
    if not tells_another(db, canonical.article_id, capture.content):
        return leads
    give_back(db, canonical.article_id, leads.canonical.page)
    return Leads(leads.page, leads.page)


def _led_to(db: Db, capture: Capture, leads: Leads) -> int | None:
    """The article that a capture's addresses lead to; where they lead to two that tell one story, what became of these."""
    page, canonical = leads.page.lead, leads.canonical.lead
    if page is None or canonical is None or page.article_id == canonical.article_id:
        found = page or canonical
        return None if found is None else found.article_id
    if not (capture.is_given or canonical.takes(leads.page.page)):
        return page.article_id
    ids = page.article_id, canonical.article_id
    if are_parted(db, *ids) or not are_seen_alike(db, *ids):
        return page.article_id
    return merge_joined(db, *ids, capture.content)


def _foreign(capture: Capture, leads: Leads) -> Lead | None:
    """The lead to an article of another host than the one that the capture was read from, where that is all there is."""
    lead = leads.page.lead or leads.canonical.lead
    return None if lead is None or capture.is_given or lead.takes(leads.page.page) else lead


def _seen_elsewhere(db: Db, capture: Capture, lead: Lead, received_at: datetime) -> Recorded | Doubt:
    """What a copy on another host says brings no version: it is known already, or it is not what the article's host says."""
    text = Text.of(capture.content)
    same = [span.number for span in read_spans(db, lead.article_id) if span.fingerprint == text.fingerprint]
    if same:
        note_reader(db, lead.article_id, capture.reader)
        if capture.lists:
            note_listed(db, lead.article_id, capture.brought_by)
            list_article(db, lead.article_id)
        return Recorded(article_of(db, lead.article_id), same[-1], new_version=False)
    whose = lead.url[:200] if may_see(db, lead.article_id, capture.reader) else "the article"
    doubt = Doubt(
        Reason.ANOTHER, f"It was read from another host than {whose}, whose text is taken from its own host only."
    )
    write_failure(db, capture, doubt, text.fingerprint, received_at)
    return doubt


def _write(
    db: Db, article_id: int, capture: Capture, known: Known, spans: Sequence[Span], received_at: datetime
) -> Written:
    passing = None if known.said is None else passing_of(db, article_id, known.said, known.text.content)
    aside = aside_of(db, capture, known, passing)
    if aside is not None:
        reason, version_id = aside
        count_capture(db, article_id, version_id, _seen(capture, received_at, reason))
        return Written(version_id, is_new=False)
    seen = _seen(capture, received_at)
    if known.said is None or passing is None:
        return place_capture(db, article_id, spans, known.text, seen)
    text = _said_as(known.text, settle_boilerplate(passing, known.said, known.text.content))
    written = place_capture(db, article_id, spans, text, seen)
    if known.is_latest:
        note_passing(db, article_id, known.said, capture.content)
    return written


def _seen(capture: Capture, received_at: datetime, aside: str | None = None) -> Seen:
    return Seen.of(capture, received_at, aside)


def _as_it_stood(db: Db, capture: Capture, known: Known, boxes: Boxes | None) -> Capture:
    """A page's capture with lines that only count in its source, and boxes that rotate in the article, as they stood: what
    else it says is what was edited."""
    if known.said is None or known.article_id is None or boxes is None:
        return capture
    content = boxes.settle(known.said, capture.content)
    places = capture.loose if content is capture.content else _moved(capture, content)
    content = settle_lines(db, known.article_id, known.said, replace(capture, content=content, loose=places))
    return capture if content is capture.content else replace(capture, content=content)


def _note(db: Db, article_id: int, capture: Capture, known: Known, boxes: Boxes | None) -> None:
    """Remembers of a page what it takes to tell its furniture later."""
    if capture.is_page and (known.article_id is None or known.said is not None):
        note_lines(db, article_id, known.said, capture)
    if boxes is not None:
        note_boxes(db, article_id, boxes, capture.seen_at)


def _known_as(known: Known, settled: Capture) -> Known:
    return replace(known, text=_said_as(known.text, settled.content))


def _said_as(text: Text, content: Content) -> Text:
    return text if content is text.content else Text.of(content, text.reading)


def _moved(capture: Capture, content: Content) -> tuple[int, ...]:
    """Where the loose lines of a capture stand in a text with other boxes."""
    lines = {id(capture.content.blocks[n]) for n in capture.loose}
    return tuple(n for n, block in enumerate(content.blocks) if id(block) in lines)

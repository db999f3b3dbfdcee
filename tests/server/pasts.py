"""Pasts of articles that archives were asked for, one in every state, and an article with versions from an archive,
of which one was saved there as well."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.archive.wishes import wish_for
from rowback.capture.captures import from_html
from rowback.model import Attribution, Origin, Recorded
from rowback.store.instants import to_text
from rowback.store.pasts_wanted import AskedBy, BackfillState, ListedAt, ReadCopy

from .reading_room import told
from .stories import SITE

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store import Store

PAST = f"{SITE}/news/old-pier"


def past_of(state: BackfillState) -> str:
    """The address of which the past is in a state."""
    host = "closed.example" if state is BackfillState.EXCLUDED else SITE.partition("://")[2]
    return f"https://{host}/news/past-{state}"


def tell_pasts(store: Store, now: datetime) -> None:
    """Has archives asked, and stores what one of them had and made."""
    for state in BackfillState:
        found = store.backfills.ask(wish_for(past_of(state), "wayback", 16, AskedBy.READER), now)
        if state is BackfillState.LISTING:
            store.backfills.begin_listing(found.id)
        elif state is BackfillState.READING:
            store.backfills.note_list(
                found.id, [ListedAt(now, past_of(state), "", "https://archive.example/x")], [], now
            )
        elif state is BackfillState.WAITING:
            store.backfills.wait(found.id, now + timedelta(hours=1), "The archive is busy.")
        elif state is BackfillState.STOPPED:
            store.backfills.stop(past_of(state), now)
        elif state is not BackfillState.QUEUED:
            store.backfills.finish(found.id, state, now)
    found = store.backfills.ask(wish_for(PAST, "wayback", 16, AskedBy.READER), now)
    for number, at in enumerate((now - timedelta(days=2), now - timedelta(days=1))):
        store.backfills.note_list(found.id, [ListedAt(at, PAST, "", "https://archive.example/x")], [], now)
        copy = store.backfills.copies(found.id)[number]
        memento = Attribution("Wayback Machine", f"https://web.archive.org/web/{at:%Y%m%d%H%M%S}/{PAST}")
        read = ReadCopy(found.id, (copy.id,), memento)
        assert isinstance(store.record_copy(from_html(PAST, told(number), at, Origin.ARCHIVE), now, read), Recorded)
    store.backfills.finish(found.id, BackfillState.DONE, now)
    article = store.articles.find(PAST)
    assert article is not None
    saved_at = to_text(now - timedelta(days=2, minutes=-5))
    with store._connection.write() as db:
        db.execute(
            "insert into saves (article_id, state, wanted_at, saved_at, href) values (?, 'saved', ?, ?, ?)",
            [article.id, saved_at, saved_at, f"https://web.archive.org/web/20260108090500/{PAST}"],
        )

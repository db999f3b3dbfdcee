"""From capture to watching: every article captured lately is watched from then on. Runs inside a write transaction.

What was captured from the past (an import, an archive) counts by what it says: an article whose last edit lies more than
`QUIET_DAYS` back is settled from the start, so that importing the work of years asks no server anything.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.deferred import DeferredFunction
from rowback.model import PAST_ORIGINS, Status
from rowback.pace import FIRST_CHECK, QUIET_DAYS
from rowback.store.instants import maybe_to_text
from rowback.store.kept_copies import has_copies
from rowback.store.putting import insert
from rowback.store.recording import Seen, count_capture, place_capture
from rowback.store.sayings import note_followed
from rowback.store.version_rows import stand_until
from rowback.store.versions import read_spans, read_text
from rowback.text.urls import identify

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.model import Article, Origin
    from rowback.store.arranging import arrange
    from rowback.store.engine import Db
else:
    arrange = DeferredFunction("rowback.store.arranging", "arrange")  # few articles have copies

# An article captured long after its last edit is in no hurry: a sixth of the quiet time more.
QUIET_SHARE = 6


def watch(
    db: Db, article: Article, received_at: datetime, *, is_new: bool, changed_at: datetime | None = None
) -> Article:
    """Plans the first check of an article that was captured: at its first capture, after an edit, when it is back. Returns
    the article as it is then. One that its reader stopped following stays so. `changed_at`: since when its text was seen
    live, where archives tell of other texts.
    """
    if not db.execute("select 1 from checks where article_id = ?", [article.id]).fetchone():
        insert(db, "checks", {"article_id": article.id, "host": identify(article.url).host})
    elif article.status is Status.PAUSED or not (is_new or article.status is Status.GONE):
        return article
    quiet = received_at - (changed_at or article.last_changed_at)
    is_settled = quiet >= timedelta(days=QUIET_DAYS)
    planned = replace(
        article,
        status=Status.SETTLED if is_settled else Status.WATCHING,
        next_check_at=None if is_settled else received_at + max(FIRST_CHECK, quiet / QUIET_SHARE),
    )
    db.execute(
        "update articles set status = ?, next_check_at = ? where id = ?",
        [planned.status.value, maybe_to_text(planned.next_check_at), article.id],
    )
    return planned


def watch_copies(db: Db, article: Article, received_at: datetime) -> Article:
    """The same for an article of which archives' copies alone are known, after each of them; what is due stays due."""
    is_due = article.next_check_at is not None and article.next_check_at <= received_at
    return article if is_due else watch(db, article, received_at, is_new=True)


def follow(db: Db, article_id: int, followed_at: datetime | None) -> None:
    """Follows an article from an instant on (it is due at once), or with None stops."""
    status = Status.PAUSED if followed_at is None else Status.WATCHING
    changed = db.execute(
        "update articles set status = ?, next_check_at = ?, is_followed = ?, revision = revision + 1 where id = ? "
        "returning url",
        [status.value, maybe_to_text(followed_at), followed_at is not None, article_id],
    ).fetchone()
    if changed is not None:
        row = {"article_id": article_id, "host": identify(changed[0]).host}
        insert(db, "checks", row, ignore=True)
        db.execute("update checks set failures = 0, misses = 0 where article_id = ?", [article_id])
        note_followed(db, article_id, is_followed=followed_at is not None)


def see_again(db: Db, article_id: int, seen_at: datetime, origin: Origin) -> None:
    """Notes that an article's server says the text it gave last still stands (304): an observation like any other."""
    past = ", ".join(f"'{each.value}'" for each in PAST_ORIGINS)
    latest = db.execute(
        "select version_id, aside, key from captures where article_id = ? "
        f"order by origin in ({past}), seen_at desc, id desc limit 1",
        [article_id],
    ).fetchone()
    if latest is None:
        return
    version_id, aside, key = latest
    seen = Seen(seen_at, seen_at, origin, aside, key)
    if aside is None and has_copies(db, article_id):  # one may show another text since
        place_capture(db, article_id, read_spans(db, article_id), read_text(db, version_id), seen)
        arrange(db, article_id)
        return
    if aside is None:
        stand_until(db, version_id, seen_at)
    count_capture(db, article_id, version_id, seen)

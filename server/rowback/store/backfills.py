"""What archives are asked about articles' pasts: one row an address and archive, and one for each copy that is listed.

An address stands here only while there is something left to do, or once its article is stored: what an archive said of it
stays under a keyed hash, for as long as it need not be asked again. A list of addresses would be one of what was read.
A step of the work is one request; whatever it brought is written in one transaction, so that nothing is lost when it is cut
off, and done again when it was not written.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.model import Capture
from rowback.store.articles import article_of, resolve
from rowback.store.backfill_copies import count_copies, count_request, note_known
from rowback.store.backfill_rows import (
    COLUMNS,
    SITE,
    all_of,
    as_backfill,
    done_before,
    drop_expired,
    get_backfill,
    hash_of,
    standing,
    telling,
    want_more,
)
from rowback.store.instants import from_text, to_text
from rowback.store.kept_copies import read_copies
from rowback.store.leads import keys_of, led_of
from rowback.store.mementos import newest_memento
from rowback.store.pasts_wanted import Backfill, BackfillState, CopyState, NotedCopy
from rowback.store.stopped_pasts import begins_anew, stop
from rowback.store.work import MAX_REASON, Job, JobKind
from rowback.text.plain import line
from rowback.text.urls import identify, identify_asked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rowback.store.database import Connection
    from rowback.store.pasts_wanted import ListedAt, Wish

KEPT = timedelta(days=30)  # what was found, until the archive may be asked again
KEPT_FAILED = timedelta(days=1)
KEPT_EXCLUDED = timedelta(days=30)  # of a site: archives change that seldom
MAX_COPIES = 10_000  # of one address and archive that are noted; an article has some dozens
_OWN_SIGHTS = """
    select fingerprint, min(captures.seen_at), max(captures.seen_at) from captures join versions on versions.id = version_id
    where captures.article_id = ? and captures.origin not in ('archive', 'rowback') and aside is null
    group by version_id, fingerprint
"""


class Backfills:
    """The backfills of a store. Each method is one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, wish: Wish, now: datetime) -> Backfill:
        """Wants an article's past of an archive. What is known of that already is told without asking again; more copies
        than before are read where more are wanted. Raises `BadURL`."""
        page = identify_asked(wish.url)
        with self._connection.write() as db:
            drop_expired(db, now)
            found = standing(db, page, wish.source, now)
            if found is not None and not begins_anew(found):
                return want_more(db, found, wish, now)
            for former in (found, done_before(db, page, wish.source, now)):
                if former is not None:
                    db.execute("delete from backfills where id = ?", [former.id])
            lead = led_of(db, page).lead
            (row_id,) = db.execute(
                "insert into backfills (key_hash, source, name, title, host, article_id, url, asked_by, state, to_list, "
                "most, looks, began_at, next_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id",
                [
                    hash_of(db, keys_of(db, page)[-1]),
                    *(wish.source, wish.name, wish.title, wish.host),
                    None if lead is None else lead.article_id,
                    *(page.link, wish.by.value, BackfillState.QUEUED.value, json.dumps(wish.to_list)),
                    *(wish.most, wish.looks, to_text(now), to_text(now)),
                ],
            ).fetchone()
            return get_backfill(db, row_id)

    def stop(self, url: str, now: datetime) -> None:
        """Stops those for an address that go on. What they read stays. Raises `BadURL`."""
        page = identify_asked(url)
        with self._connection.write() as db:
            lead = led_of(db, page).lead
            for found in all_of(db, page):
                if not found.is_over:
                    stop(db, found, found.article_id if lead is None else lead.article_id, now, KEPT)

    def get(self, backfill_id: int) -> Backfill | None:
        """One by its id, None for one that is forgotten; its article is looked up where it was not known before."""
        with self._connection.write() as db:
            row = db.execute(f"select {COLUMNS} from backfills where id = ?", [backfill_id]).fetchone()
            found = None if row is None else as_backfill(row)
            if found is None or found.article_id is not None or found.url is None:
                return found
            lead = led_of(db, identify(found.url)).lead
            if lead is None:
                return found
            db.execute("update backfills set article_id = ? where id = ?", [lead.article_id, backfill_id])
            return get_backfill(db, backfill_id)

    def find(self, url: str, now: datetime) -> Backfill | None:
        """How far the one for an address is; of several archives the one that tells most. Raises `BadURL`."""
        page = identify_asked(url)
        with self._connection.read() as db:
            found = all_of(db, page)
        return telling(each for each in found if each.holds(now))

    def of_article(self, article_id: int, now: datetime) -> Backfill | None:
        """The same of an article."""
        row = self._connection.row("select 1 from backfills where article_id = ? limit 1", [article_id])
        if row is None:
            return None
        with self._connection.read() as db:
            rows = db.execute(
                f"select {COLUMNS} from backfills where article_id = ?", [resolve(db, article_id)]
            ).fetchall()
        found = map(as_backfill, rows)
        return telling(each for each in found if each.holds(now))

    def read_until(self, url: str, source: str, most: int, now: datetime) -> datetime | None:
        """Up to which copy an archive was asked for a past that was read to its end, and long ago; None where it was not, or
        where more copies are wanted than then. Raises `BadURL`."""
        page = identify_asked(url)
        with self._connection.read() as db:
            found = done_before(db, page, source, now)
            if found is None or found.article_id is None or most > found.most:
                return None
            return newest_memento(db, resolve(db, found.article_id), found.title)

    def job(self, backfill_id: int) -> Job | None:
        """The next step of one as a job, for who does it by hand; None when it is over."""
        with self._connection.read() as db:
            row = db.execute(
                "select host, next_at, failures from backfills where id = ? and next_at is not null", [backfill_id]
            ).fetchone()
        if row is None:
            return None
        host, next_at, failures = row
        return Job(JobKind.BACKFILL, backfill_id, host, host, from_text(next_at), failures)

    def copies(self, backfill_id: int) -> list[NotedCopy]:
        """The copies that are listed, oldest first."""
        with self._connection.read() as db:
            rows = db.execute(
                "select id, seen_at, original, digest, address, state, fingerprint, tries from backfill_copies "
                "where backfill_id = ? order by seen_at, id",
                [backfill_id],
            ).fetchall()
        return [
            NotedCopy(id_, from_text(at), original, digest, address, CopyState(state), printed, tries)
            for id_, at, original, digest, address, state, printed, tries in rows
        ]

    def article_of(self, backfill_id: int) -> int | None:
        """The article whose past it is, None while none is stored."""
        found = self.get(backfill_id)
        return None if found is None else found.article_id

    def capture_of(self, article_id: int, seen_at: datetime) -> Capture | None:
        """The capture of an article's copy of an instant as it was read, None where there is none."""
        with self._connection.read() as db:
            article_id = resolve(db, article_id)
            copy = next((each for each in read_copies(db, article_id) if each.seen.seen_at == seen_at), None)
            article = article_of(db, article_id)
        if copy is None:
            return None
        text, seen = copy.text, copy.seen
        told = Capture(article.url, text.content, seen_at, seen.origin, is_page=True, reading=text.reading)
        return replace(told, is_free=copy.is_free, is_front=copy.is_front)

    def own_sights(self, article_id: int) -> list[tuple[datetime, str]]:
        """When texts of an article were seen by others than archives, first and last of each, by their fingerprints."""
        with self._connection.read() as db:
            rows = db.execute(_OWN_SIGHTS, [resolve(db, article_id)]).fetchall()
        return [(from_text(at), printed) for printed, *ends in rows for at in dict.fromkeys(ends)]

    def begin_listing(self, backfill_id: int) -> None:
        """Says that the archive's list is being read."""
        self._set(backfill_id, state=BackfillState.LISTING.value)

    def note_list(
        self, backfill_id: int, copies: Sequence[ListedAt], to_list: Sequence[str], now: datetime
    ) -> Backfill:
        """Notes what a list has, and which lists are still to be read. What was read before, by whichever backfill, need not
        be read again."""
        with self._connection.write() as db:
            found = get_backfill(db, backfill_id)
            if found.is_over:  # stopped, while the list was on its way
                return found
            room = MAX_COPIES - count_copies(db, backfill_id)
            for each in copies[: max(0, room)]:
                db.execute(
                    "insert into backfill_copies (backfill_id, seen_at, original, digest, address) values (?, ?, ?, ?, ?) "
                    "on conflict (backfill_id, seen_at, original) do update set address = excluded.address "
                    "where backfill_copies.state = 'waiting'",
                    [backfill_id, to_text(each.seen_at), each.original, each.digest, each.address],
                )
            note_known(db, backfill_id)
            state = BackfillState.LISTING if to_list else BackfillState.READING
            db.execute(
                "update backfills set to_list = ?, lists = lists + 1, listed = ?, state = ?, failures = 0, reason = null, "
                "next_at = ? where id = ?",
                [json.dumps(list(to_list)), count_copies(db, backfill_id), state.value, to_text(now), backfill_id],
            )
            return get_backfill(db, backfill_id)

    def list_again(self, backfill_id: int, copy_id: int, to_list: Sequence[str], now: datetime) -> None:
        """Has the copies listed anew, as one is not where it was said to be."""
        with self._connection.write() as db:
            db.execute(
                "update backfills set to_list = ?, state = ?, next_at = ? where id = ?",
                [json.dumps(list(to_list)), BackfillState.LISTING.value, to_text(now), backfill_id],
            )
            db.execute("update backfill_copies set tries = tries + 1 where id = ?", [copy_id])

    def refuse(self, backfill_id: int, copy_id: int, now: datetime, *, is_look: bool = False) -> None:
        """Notes that a copy cannot be had, or says nothing."""
        with self._connection.write() as db:
            db.execute("update backfill_copies set state = 'refused' where id = ?", [copy_id])
            count_request(db, backfill_id, now, is_look=is_look)

    def wait(
        self, backfill_id: int, until: datetime, reason: str, *, failures: int = 0, copy_id: int | None = None
    ) -> int:
        """Goes on later. Returns how often the copy that was asked for, if one was, brought trouble by now."""
        with self._connection.write() as db:
            db.execute(
                "update backfills set state = ?, reason = ?, next_at = ?, failures = ? where id = ? and next_at is not null",
                [BackfillState.WAITING.value, line(reason, MAX_REASON), to_text(until), failures, backfill_id],
            )
            if copy_id is None:
                return 0
            row = db.execute(
                "update backfill_copies set tries = tries + 1 where id = ? returning tries", [copy_id]
            ).fetchone()
        return int(row[0]) if row else 0

    def finish(
        self,
        backfill_id: int,
        state: BackfillState,
        now: datetime,
        *,
        kept: timedelta = KEPT,
        reason: str | None = None,
    ) -> None:
        """Ends one. Of an address whose article is not stored, nothing stays that could be read."""
        with self._connection.write() as db:
            row = db.execute(
                "select article_id, url, source from backfills where id = ? and next_at is not null", [backfill_id]
            ).fetchone()
            if row is None:  # forgotten, or stopped
                return
            article_id, url, source = row
            number = "select import from backfills where id = ?"
            db.execute(f"update imports set ended_at = ? where number = ({number})", [to_text(now), backfill_id])
            db.execute(
                "update backfills set state = ?, reason = ?, next_at = null, expires_at = ?, to_list = '[]', "
                "failures = 0 where id = ?",
                [state.value, reason and line(reason, MAX_REASON), to_text(now + kept), backfill_id],
            )
            if state is BackfillState.EXCLUDED and url is not None:
                site = hash_of(db, identify(url).site + SITE)
                db.execute(
                    "delete from backfills where key_hash = ? and source = ? and id <> ?", [site, source, backfill_id]
                )
                db.execute("update backfills set key_hash = ? where id = ?", [site, backfill_id])
            if article_id is None or state is not BackfillState.DONE:
                db.execute("delete from backfill_copies where backfill_id = ?", [backfill_id])
                db.execute("update backfills set url = null, article_id = ? where id = ?", [article_id, backfill_id])

    def drop_expired(self, now: datetime) -> None:
        """Forgets what need not be known any longer."""
        at = to_text(now)
        if self._connection.row("select 1 from backfills where expires_at <= ? limit 1", [at]) is None:
            return
        with self._connection.write() as db:
            drop_expired(db, now)

    def _set(self, backfill_id: int, *, state: str) -> None:
        with self._connection.write() as db:
            db.execute(
                "update backfills set state = ? where id = ? and state <> ? and next_at is not null",
                [state, backfill_id, state],
            )

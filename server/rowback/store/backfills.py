"""What archives are asked about articles' pasts: one row an address and archive, and one for each copy that is listed.

An address stands here only while there is something left to do, or once its article is stored: what an archive said of it
stays under a keyed hash, for as long as it need not be asked again. A list of addresses would be one of what was read.
A step of the work is one request; whatever it brought is written in one transaction, so that nothing is lost when it is cut
off, and done again when it was not written.
"""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from rowback.model import Recorded
from rowback.store.articles import resolve
from rowback.store.instants import from_text, maybe_from_text, to_text
from rowback.store.leads import keys_of, led_of
from rowback.store.mementos import note_memento
from rowback.store.pasts_wanted import AskedBy, Backfill, BackfillState, CopyState, NotedCopy
from rowback.store.version_rows import note_first_sight
from rowback.store.work import MAX_REASON, Job, JobKind
from rowback.text.plain import line
from rowback.text.urls import identify, identify_asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlite_utils import Database

    from rowback.model import Capture, Doubt
    from rowback.store.database import Connection
    from rowback.store.pasts_wanted import ListedAt, ReadCopy, Wish
    from rowback.text.urls import PageURL

KEPT = timedelta(days=30)  # what was found, until the archive may be asked again
KEPT_FAILED = timedelta(days=1)
KEPT_EXCLUDED = timedelta(days=30)  # of a site: archives change that seldom
MAX_COPIES = 10_000  # of one address and archive that are noted; an article has some dozens
_SECRET = "backfill_key"  # noqa: S105 (in `settings`: what addresses are hashed with)
_SITE = "\x1esite"  # behind a site's name in a hash, where it stands for all of it
_COLUMNS = (
    "id, source, name, title, host, article_id, url, asked_by, state, reason, to_list, lists, most, listed, read, versions, "
    "looks, failures, began_at, next_at, expires_at"
)

_OWN_SIGHTS = """
    select fingerprint, min(captures.seen_at), max(captures.seen_at) from captures join versions on versions.id = version_id
    where captures.article_id = ? and captures.origin not in ('archive', 'rowback') and aside is null group by version_id
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
            _drop_expired(db, now)
            found = _standing(db, page, wish.source)
            if found is not None and found.state is not BackfillState.FAILED:
                return _more(db, found, wish, now)
            if found is not None:
                db.execute("delete from backfills where id = ?", [found.id])
            lead = led_of(db, page).lead
            row_id = db.execute(
                "insert into backfills (key_hash, source, name, title, host, article_id, url, asked_by, state, to_list, "
                "most, looks, began_at, next_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    _hash(db, keys_of(db, page)[-1]),
                    *(wish.source, wish.name, wish.title, wish.host),
                    None if lead is None else lead.article_id,
                    *(page.link, wish.by.value, BackfillState.QUEUED.value, json.dumps(wish.to_list)),
                    *(wish.most, wish.looks, to_text(now), to_text(now)),
                ],
            ).lastrowid
            return _get(db, int(row_id or 0))

    def get(self, backfill_id: int) -> Backfill | None:
        """One by its id, None for one that is forgotten; its article is looked up where it was not known before."""
        with self._connection.write() as db:
            row = db.execute(f"select {_COLUMNS} from backfills where id = ?", [backfill_id]).fetchone()
            found = None if row is None else _as_backfill(row)
            if found is None or found.article_id is not None or found.url is None:
                return found
            lead = led_of(db, identify(found.url)).lead
            if lead is None:
                return found
            db.execute("update backfills set article_id = ? where id = ?", [lead.article_id, backfill_id])
            return _get(db, backfill_id)

    def find(self, url: str, now: datetime) -> Backfill | None:
        """How far the one for an address is; of several archives the one that tells most. Raises `BadURL`."""
        page = identify_asked(url)
        with self._connection.read() as db:
            found = _all_of(db, page)
        return _telling(each for each in found if each.expires_at is None or each.expires_at > now)

    def of_article(self, article_id: int, now: datetime) -> Backfill | None:
        """The same of an article."""
        row = self._connection.row("select 1 from backfills where article_id = ? limit 1", [article_id])
        if row is None:
            return None
        with self._connection.read() as db:
            rows = db.execute(
                f"select {_COLUMNS} from backfills where article_id = ?", [resolve(db, article_id)]
            ).fetchall()
        found = map(_as_backfill, rows)
        return _telling(each for each in found if each.expires_at is None or each.expires_at > now)

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
            room = MAX_COPIES - _count(db, backfill_id)
            for each in copies[: max(0, room)]:
                db.execute(
                    "insert or ignore into backfill_copies (backfill_id, seen_at, original, digest, address) "
                    "values (?, ?, ?, ?, ?)",
                    [backfill_id, to_text(each.seen_at), each.original, each.digest, each.address],
                )
            _note_known(db, backfill_id)
            state = BackfillState.LISTING if to_list else BackfillState.READING
            db.execute(
                "update backfills set to_list = ?, lists = lists + 1, listed = ?, state = ?, failures = 0, reason = null, "
                "next_at = ? where id = ?",
                [json.dumps(list(to_list)), _count(db, backfill_id), state.value, to_text(now), backfill_id],
            )
            return _get(db, backfill_id)

    def refuse(self, backfill_id: int, copy_id: int, now: datetime, *, is_look: bool = False) -> None:
        """Notes that a copy cannot be had, or says nothing."""
        with self._connection.write() as db:
            db.execute("update backfill_copies set state = 'refused' where id = ?", [copy_id])
            _count_request(db, backfill_id, now, is_look=is_look)

    def wait(
        self, backfill_id: int, until: datetime, reason: str, *, failures: int = 0, copy_id: int | None = None
    ) -> int:
        """Goes on later. Returns how often the copy that was asked for, if one was, brought trouble by now."""
        with self._connection.write() as db:
            db.execute(
                "update backfills set state = ?, reason = ?, next_at = ?, failures = ? where id = ?",
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
            row = db.execute("select article_id, url, source from backfills where id = ?", [backfill_id]).fetchone()
            if row is None:
                return
            article_id, url, source = row
            db.execute(
                "update backfills set state = ?, reason = ?, next_at = null, expires_at = ?, to_list = '[]', "
                "failures = 0 where id = ?",
                [state.value, reason and line(reason, MAX_REASON), to_text(now + kept), backfill_id],
            )
            if state is BackfillState.EXCLUDED and url is not None:
                site = _hash(db, identify(url).site + _SITE)
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
            _drop_expired(db, now)

    def _set(self, backfill_id: int, *, state: str) -> None:
        with self._connection.write() as db:
            db.execute("update backfills set state = ? where id = ? and state <> ?", [state, backfill_id, state])


def note_read(db: Database, capture: Capture, came_of_it: Recorded | Doubt, copy: ReadCopy, now: datetime) -> None:
    """Notes what the capture of a copy came to, in the transaction that stores it."""
    found = came_of_it if isinstance(came_of_it, Recorded) else None
    marks = ", ".join("?" * len(copy.copy_ids))
    printed = None
    if found is not None:
        article_id = found.article.id
        note_memento(db, article_id, capture.seen_at, copy.memento)
        version_id, printed = db.execute(
            "select version_id, fingerprint from version_list join versions on versions.id = version_id "
            "where version_list.article_id = ? and number = ?",
            [article_id, found.version],
        ).fetchone()
        note_first_sight(db, version_id, capture.seen_at, capture.origin)
        db.execute("update backfills set article_id = ? where id = ?", [article_id, copy.backfill_id])
    state = CopyState.REFUSED if found is None else CopyState.READ
    db.execute(
        f"update backfill_copies set state = ?, fingerprint = ? where id in ({marks})",
        [state.value, printed, *copy.copy_ids],
    )
    is_new = found is not None and found.new_version
    _count_request(db, copy.backfill_id, now, is_look=copy.is_look, is_new=is_new)


def _count_request(db: Database, backfill_id: int, now: datetime, *, is_look: bool, is_new: bool = False) -> None:
    db.execute(
        "update backfills set state = ?, reason = null, failures = 0, read = read + 1, versions = versions + ?, "
        "looks = max(0, looks - ?), next_at = ? where id = ? and next_at is not null",
        [BackfillState.READING.value, int(is_new), int(is_look), to_text(now), backfill_id],
    )


def _note_known(db: Database, backfill_id: int) -> None:
    """Marks copies that the article was captured from before."""
    db.execute(
        """
        update backfill_copies set state = 'read', fingerprint = known.fingerprint from (
            select captures.seen_at, versions.fingerprint from backfills
            join mementos on mementos.article_id = backfills.article_id and archive = backfills.title
            join captures on captures.article_id = mementos.article_id and captures.seen_at = mementos.seen_at
            join versions on versions.id = version_id where backfills.id = :id
        ) as known where backfill_id = :id and state = 'waiting' and known.seen_at = backfill_copies.seen_at
        """,
        {"id": backfill_id},
    )


def _count(db: Database, backfill_id: int) -> int:
    return int(db.execute("select count(*) from backfill_copies where backfill_id = ?", [backfill_id]).fetchone()[0])


def _more(db: Database, found: Backfill, wish: Wish, now: datetime) -> Backfill:
    """One that there is already, which is to read more copies where more are wanted than it was to read."""
    if wish.by is AskedBy.READER:
        db.execute("update backfills set asked_by = ? where id = ?", [wish.by.value, found.id])
    if wish.most <= found.most or found.state in (BackfillState.NONE, BackfillState.EXCLUDED):
        return found
    db.execute("update backfills set most = ?, looks = ? where id = ?", [wish.most, wish.looks, found.id])
    if found.state is BackfillState.DONE and found.url is not None and found.listed > found.read:
        db.execute(
            "update backfills set state = ?, next_at = ?, expires_at = null where id = ?",
            [BackfillState.READING.value, to_text(now), found.id],
        )
    return _get(db, found.id)


def _standing(db: Database, page: PageURL, source: str) -> Backfill | None:
    return _telling(each for each in _all_of(db, page) if each.source == source)


def _all_of(db: Database, page: PageURL) -> list[Backfill]:
    """Those of an address, of its article, and of its whole site."""
    lead = led_of(db, page).lead
    hashes = [_hash(db, key) for key in (*keys_of(db, page), page.site + _SITE)]
    marks = ", ".join("?" * len(hashes))
    rows = db.execute(
        f"select {_COLUMNS} from backfills where key_hash in ({marks}) or article_id = ?",
        [*hashes, None if lead is None else lead.article_id],
    ).fetchall()
    return [_as_backfill(row) for row in rows]


_ORDER = (BackfillState.DONE, BackfillState.NONE, BackfillState.EXCLUDED, BackfillState.FAILED)


def _telling(found: Iterable[Backfill]) -> Backfill | None:
    """What goes on comes before what is over; of that, what brought most."""
    return min(
        found,
        key=lambda each: (each.is_over, _ORDER.index(each.state) if each.is_over else 0, -each.versions, each.id),
        default=None,
    )


def _get(db: Database, backfill_id: int) -> Backfill:
    return _as_backfill(db.execute(f"select {_COLUMNS} from backfills where id = ?", [backfill_id]).fetchone())


def _drop_expired(db: Database, now: datetime) -> None:
    db.execute("delete from backfills where expires_at <= ?", [to_text(now)])


def _hash(db: Database, key: str) -> str:
    """A name of an address that nobody can tell without the store's own secret, nor by trying addresses elsewhere."""
    (secret,) = db.execute("select value from settings where name = ?", [_SECRET]).fetchone()
    return hashlib.blake2b(
        key.encode("utf-8", "backslashreplace"), key=bytes.fromhex(secret), digest_size=16
    ).hexdigest()


def _as_backfill(row: Sequence[Any]) -> Backfill:
    id_, source, name, title, host, article_id, url, by, state, reason, to_list, *rest = row
    lists, most, listed, read, versions, looks, failures, began, next_at, expires = rest
    return Backfill(
        id=id_,
        source=source,
        name=name,
        title=title,
        host=host,
        article_id=article_id,
        url=url,
        asked_by=AskedBy(by),
        state=BackfillState(state),
        reason=reason,
        to_list=tuple(json.loads(to_list)),
        lists=lists,
        most=most,
        listed=listed,
        read=read,
        versions=versions,
        looks=looks,
        failures=failures,
        began_at=from_text(began),
        next_at=maybe_from_text(next_at),
        expires_at=maybe_from_text(expires),
    )

"""The store: captures in, articles and versions out.

What concerns one kind of thing is asked of its part (`store.articles`, `store.versions`…). What concerns several of them in
one transaction, or the file as a whole, is a method.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from rowback.apart.pool import Ended
from rowback.deferred import Deferred
from rowback.errors import NotAnArticle, PageTooCostly, StoreError
from rowback.model import Reason, Recorded, Status
from rowback.store.access import Access
from rowback.store.alerts import Alerts
from rowback.store.articles import article_of, give_aliases, resolve
from rowback.store.audience import Audience
from rowback.store.backfill_copies import note_read, note_shown
from rowback.store.backfills import Backfills
from rowback.store.checks_wanted import ChecksWanted
from rowback.store.clocks import Clocks
from rowback.store.database import NOTICE, Connection
from rowback.store.deliveries import Deliveries
from rowback.store.failures import Failures
from rowback.store.feed_addresses import FeedAddresses
from rowback.store.feeds import Feeds
from rowback.store.finds import Finds
from rowback.store.followed_sites import FollowedSites
from rowback.store.import_files import ImportFiles
from rowback.store.imports import Imports, check_not_undone, import_of_backfill, note_brought
from rowback.store.instants import from_text, to_text
from rowback.store.leads import has_old_keys, led_of
from rowback.store.overview import Overview, overview, totals_of
from rowback.store.owner import Owner
from rowback.store.pairings import Pairings
from rowback.store.picks import Picks
from rowback.store.presence import Presence
from rowback.store.putting import put
from rowback.store.queue import Queue
from rowback.store.read_there import note_read_there
from rowback.store.reader_articles import note_reader
from rowback.store.readers import Readers
from rowback.store.release_shown import ReleaseShown
from rowback.store.removals import Removals
from rowback.store.retention import Retention
from rowback.store.saves import Saves
from rowback.store.searches import Searches
from rowback.store.sessions import Sessions
from rowback.store.set_aside import SetAside
from rowback.store.spending import Spending
from rowback.store.view import View
from rowback.store.watching import follow
from rowback.text.urls import identify

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from rowback.model import Article, Capture, Doubt
    from rowback.store import again, intake, merging, parting, rekeying, rereading
    from rowback.store.engine import Db
    from rowback.store.pasts_wanted import ReadCopy
    from rowback.store.start import Start
else:
    again = Deferred("rowback.store.again")
    intake = Deferred("rowback.store.intake")
    merging = Deferred("rowback.store.merging")
    parting = Deferred("rowback.store.parting")
    rekeying = Deferred("rowback.store.rekeying")
    rereading = Deferred("rowback.store.rereading")

ATTEMPTS = 3  # to read an article's versions again
NOTICE_LASTS = timedelta(days=30)
_PROBE = "probe"  # in `settings`: of no meaning
_BACKUP = "last_backup"  # in `settings`: an instant and a path


def _nothing_more(_db: Db, _recorded: Recorded | Doubt) -> None:
    return


def _checked(db: Db, capture: Capture) -> Capture:
    if capture.brought_by is not None:
        check_not_undone(db, capture.brought_by)
    return capture


class Store:
    """The SQLite file at `path`. Every method of it and of its parts may raise `StoreError`."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        self._connection = Connection(path, create=create)
        self._bring_up_to_date()
        self.path = path
        self.access = Access(self._connection)
        self.alerts = Alerts(self._connection)
        self.sessions = Sessions(self._connection)
        self.pairings = Pairings(self._connection)
        self._views: dict[Audience, View] = {}
        trusted = self.view(Audience.TRUSTED)
        self.articles, self.versions, self.steps = trusted.articles, trusted.versions, trusted.steps
        self.latest, self.search, self.notes = trusted.latest, trusted.search, trusted.notes
        self.known = trusted.known
        self.by_source, self.source_articles = trusted.by_source, trusted.source_articles
        self.readings, self.answers = trusted.readings, trusted.answers
        self.backfills = Backfills(self._connection)
        self.checks_wanted = ChecksWanted(self._connection)
        self.clocks = Clocks(self._connection)
        self.deliveries = Deliveries(self._connection)
        self.failures = Failures(self._connection)
        self.feed_addresses = FeedAddresses(self._connection)
        self.feeds = Feeds(self._connection)
        self.finds = Finds(self._connection)
        self.followed_sites = FollowedSites(self._connection)
        self.import_files = ImportFiles(self._connection)
        self.imports = Imports(self._connection, self._tell)
        self.owner = Owner(self._connection)
        self.readers = Readers(self._connection)
        self.release_shown = ReleaseShown(self._connection)
        self.removals = Removals(self._connection)
        self.retention = Retention(self._connection)
        self.presence = Presence(self._connection)
        self.queue = Queue(self._connection)
        self.saves = Saves(self._connection)
        self.searches = Searches(self._connection)
        self.set_aside = SetAside(self._connection)
        self.spending = Spending(self._connection)
        self.picks = Picks(self._connection)

    def _bring_up_to_date(self) -> None:
        """Does what a migration left to do, where the file can be written; where it cannot, old keys lead on."""
        with self._connection.read() as db:
            if not has_old_keys(db):
                return
        with suppress(StoreError), self._connection.write() as db:
            rekeying.rekey(db)

    def view(self, audience: Audience) -> View:
        """The articles as an audience sees them; `articles`, `versions`, `steps`, `latest`, `search` and `notes` are those of
        whoever sees all."""
        found = self._views.get(audience)
        if found is None:  # one for each reader
            found = self._views[audience] = View(self._connection, audience)
        return found

    def record(
        self,
        capture: Capture,
        received_at: datetime,
        then: Callable[[Db, Recorded | Doubt], None] = _nothing_more,
    ) -> Recorded:
        """Stores a capture; when this returns, it is on disk. `then` writes more in the same transaction.

        Raises `BadURL`; `NotAnArticle` for a page that is not believed, and `PageTooCostly` for one that took too much to
        read: both are kept among the failed captures; `BadInput` for one of an import that was taken back.
        """
        return self._believed(
            self._written(capture, received_at, _checked, lambda db, _, came_of_it: then(db, came_of_it))
        )

    def _believed(self, recorded: Recorded | Doubt) -> Recorded:
        if not isinstance(recorded, Recorded):
            if recorded.reason is Reason.COSTLY:
                raise PageTooCostly(recorded.detail)
            raise NotAnArticle(recorded.detail, recorded.reason)
        self._tell(recorded.article.id)
        return recorded

    def record_copy(
        self, capture: Capture, received_at: datetime, copy: ReadCopy, until: datetime | None = None
    ) -> Recorded | Doubt:
        """Stores the capture of an archive's copy, and in the same transaction what became of the copy; of a text that was
        seen `until` a later instant also that. One that is not believed is kept among the failed captures, and the doubt is
        returned. Raises `BadInput` where the backfill was taken back meanwhile."""

        def numbered(db: Db, capture: Capture) -> Capture:
            return replace(capture, brought_by=import_of_backfill(db, copy.backfill_id, received_at))

        def note(db: Db, capture: Capture, came_of_it: Recorded | Doubt) -> None:
            note_read(db, capture, came_of_it, copy, received_at)
            if until is not None and until > capture.seen_at and isinstance(came_of_it, Recorded):
                last = replace(capture, seen_at=until)
                if isinstance(intake.write_capture(db, last, received_at), Recorded):
                    note_shown(db, came_of_it.article.id, last, copy)
            if copy.is_reading and isinstance(came_of_it, Recorded):
                note_read_there(db, came_of_it.article.id, {capture.seen_at, until or capture.seen_at})

        recorded = self._written(capture, received_at, numbered, note)
        if isinstance(recorded, Recorded):
            self._tell(recorded.article.id)
        return recorded

    def seen_again(self, page: again.PageSeen, url: str, seen_at: datetime) -> Capture | None:
        """The capture of a page that an import stored, seen again at an address and an instant; None where it is not kept.
        Raises `BadURL`."""
        with self._connection.read() as db:
            return again.seen_again(db, page, url, seen_at)

    def replace(self, capture: Capture, received_at: datetime) -> Recorded:
        """Stores a text that newer rules read in a page of which an import told before, in the place of what it told. Raises
        what `record` raises."""
        drop = again.drop_replaced

        def instead(db: Db, capture: Capture) -> Capture:
            drop(db, capture)
            return _checked(db, capture)

        return self._believed(self._written(capture, received_at, instead, lambda *_: None))

    def _written(
        self,
        capture: Capture,
        received_at: datetime,
        first: Callable[[Db, Capture], Capture],
        then: Callable[[Db, Capture, Recorded | Doubt], None],
    ) -> Recorded | Doubt:
        """Writes a capture as it is after `first`, and what follows from it, in one transaction."""
        write = intake.write_capture  # loaded before the transaction

        def written(db: Db, found: rereading.ReadAnew | None = None) -> Recorded | Doubt:
            told = first(db, capture)
            recorded = write(db, told, received_at, found)
            if told.brought_by is not None and isinstance(recorded, Recorded):
                note_brought(db, told.brought_by, recorded)
            then(db, told, recorded)
            return recorded

        for _ in range(ATTEMPTS):  # others may store versions of the same article meanwhile
            found = rereading.reread(self._connection, capture)
            with suppress(rereading.Outdated), self._connection.write() as db:
                return written(db, found)
        with self._connection.write() as db:
            return written(db)

    def merge(self, kept_id: int, other_id: int) -> Article:
        """Makes two articles one, without losing a version; both ids lead to it. Raises `UnknownArticle`."""
        with self._connection.write() as db:
            kept, other = (article_of(db, resolve(db, each)) for each in (kept_id, other_id))
            if kept.id != other.id:
                parting.forget_parting(db, kept.id, other.id)
                merging.merge_articles(db, kept.id, other.id)
                give_aliases(db, kept.id, [led_of(db, identify(each.url)) for each in (kept, other)])
            merged = article_of(db, kept.id)
        self._tell(merged.id)
        return merged

    def part(self, url: str, at: datetime, numbers: Collection[int] | None = None) -> tuple[Article, Article]:
        """Makes two articles of one: what was read at an address, or the versions with the numbers, gets one of its own. The
        article that stays, and the new one. Raises `BadURL`, `UnknownArticle`, `BadInput`."""
        with self._connection.write() as db:
            parted = parting.part(db, url, numbers, at)
            kept, other = article_of(db, parted.kept_id), article_of(db, parted.other_id)
        self._tell(kept.id)
        self._tell(other.id)
        return kept, other

    def join_again(self, url: str) -> Article:
        """Takes the last `part` of the article at an address back. Raises `BadURL`, `UnknownArticle`, `BadInput`."""
        with self._connection.write() as db:
            article = article_of(db, parting.join_again(db, url))
        self._tell(article.id)
        return article

    def _tell(self, article_id: int) -> None:
        """Keeps what the capture just stored changed. It is noted as due: when this fails, the next reader does it."""
        with suppress(StoreError, Ended):
            self.steps.refresh(article_id)

    def set_followed(self, article_id: int, followed_at: datetime | None, reader: int | None = None) -> Article:
        """Follows an article from an instant on (it is due at once), or with None stops. `reader` is who wants it. Raises
        `UnknownArticle`."""
        with self._connection.write() as db:
            article_id = resolve(db, article_id)
            follow(db, article_id, followed_at)
            if followed_at is not None:
                note_reader(db, article_id, reader)
            return article_of(db, article_id)

    def overview(self, now: datetime) -> Overview:
        """What the poller is at, and what goes wrong."""
        return overview(self._connection, now)

    def counts(self) -> dict[str, int]:
        """How many articles, versions and captures there are."""
        with self._connection.read() as db:
            totals = totals_of(db)
        articles = sum(totals[f"articles {status.value}"] for status in Status)
        return {"articles": articles, "versions": totals["versions"], "captures": totals["captures"]}

    def size(self) -> int:
        """Bytes of the file."""
        return self._connection.size()

    @property
    def start(self) -> Start:
        """How the file was found when it was opened."""
        return self._connection.start

    @property
    def known_damage(self) -> str | None:
        """What was found broken in the file so far, without looking again."""
        return self._connection.damage

    def damage(self) -> str | None:
        """What SQLite's own check finds wrong with the file, None when nothing is."""
        self._connection.check()
        return self._connection.damage

    def check_within(self, seconds: float) -> bool:
        """Has SQLite look for damage (see `known_damage`) for so long; False when it was not done by then."""
        return self._connection.check(seconds)

    def probe(self) -> None:
        """Reads and writes a little, to see that it can be done."""
        with self._connection.write() as db:
            put(db, "settings", {"name": _PROBE, "value": secrets.token_hex(8)}, key="name")

    def notice(self, now: datetime) -> tuple[datetime, str] | None:
        """What was noticed of the file, and since when it is so: for some weeks."""
        with self._connection.read() as db:
            row = db.execute("select value from settings where name = ?", [NOTICE]).fetchone()
        if row is None:
            return None
        at, _, told = str(row[0]).partition(" ")
        return (from_text(at), told) if now - from_text(at) < NOTICE_LASTS else None

    def dismiss_notice(self) -> None:
        """Forgets what was noticed of the file."""
        with self._connection.write() as db:
            db.execute("delete from settings where name = ?", [NOTICE])

    def note_backup(self, target: Path, at: datetime) -> None:
        """Notes that a backup was made."""
        with self._connection.write() as db:
            # A name may have bytes that are no text, which SQLite cannot keep: such a backup is noted, and not found again.
            value = f"{to_text(at)} {target}".encode("utf-8", "replace").decode()
            put(db, "settings", {"name": _BACKUP, "value": value}, key="name")

    def last_backup(self) -> tuple[datetime, Path] | None:
        """When the last backup was made, and where to."""
        with self._connection.read() as db:
            row = db.execute("select value from settings where name = ?", [_BACKUP]).fetchone()
        if row is None:
            return None
        at, _, target = str(row[0]).partition(" ")
        return from_text(at), Path(target)

    def backup(self, target: Path) -> None:
        """Copies everything to a new file, while the store stays in use."""
        self._connection.backup(target)

    def close(self) -> None:
        """Closes this thread's connection; the next call opens another."""
        self._connection.close()

    def end(self) -> None:
        """Closes all connections and lets go of the file: nothing may be asked afterwards."""
        self._connection.end()

"""One step of fetching an article's past from an archive: one request, of a list or of a copy, and what came of it.

The rows in the store say what the next step is, whoever does it: the choice of a copy follows from them alone. Nothing is
written before the request, and what it brought in one transaction; so a step that was cut off is done again, and none twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from rowback.archive.knocking import SAID, NotNow, nameless, said_of
from rowback.archive.listing import AT_HOME, Shelf, is_at_home
from rowback.archive.peers import Moved
from rowback.archive.reading_copies import chosen, read_copy, record_same
from rowback.archive.sources import BUSY_S, NoCopy, SourceKind, pause, source_of
from rowback.capture.context import OutOfRequests
from rowback.capture.visit import Done
from rowback.errors import BadInput, BrokenOff, FetchFailed, ForbiddenURL, RowbackError, StoreError, UnfitSource
from rowback.model import Doubt
from rowback.store.backfills import KEPT, KEPT_EXCLUDED, KEPT_FAILED
from rowback.store.pasts_wanted import BackfillState
from rowback.store.spending import turn
from rowback.store.work import Outcome

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.capture.context import Context
    from rowback.store.pasts_wanted import Backfill, NotedCopy
    from rowback.store.work import Job

MAX_LISTS = 6  # of one address, in parts: more copies than any article has
MAX_TRIES = 3  # of one copy that brings trouble each time
MAX_FAILURES = 8  # in a row: two days, as each wait is twice the one before
MAX_BUSY = 16  # the same of an archive that only lets us wait, first for a minute
BROKEN_OFF = "The archive broke off in the middle of a copy."
FAILURE_S, MAX_FAILURE_S = 3_600.0, 86_400.0  # between two tries
YOUNG = timedelta(days=3)  # an article that an archive may be about to take: copies are listed up to a day late
NONE_OF_YOUNG, NONE = timedelta(days=1), timedelta(days=14)
OF_BACKENDS = timedelta(days=1)  # what another one has holds for so long: it looks at articles itself


def step(context: Context, job: Job) -> Done:
    """Does the next step of a backfill."""
    found = context.store.backfills.get(job.id)
    if found is None or found.url is None or found.is_over:
        return Done(Outcome.READ, "nothing is left to be done", rest=timedelta(0))
    work = _work(context, found, found.url)
    try:
        return work.read_list() if found.to_list else work.read_copy()
    except OutOfRequests:
        reason = "today's requests to archives are used up"
        context.store.backfills.wait(found.id, turn(context.now()), reason, failures=found.failures)
        return Done(Outcome.WAITING, reason, "again tomorrow", rest=timedelta(seconds=work.shelf.source.copy_gap_s))


def leave_out(context: Context, job: Job) -> timedelta | None:
    """Goes on without the copy that a step was at. How long the archive is then let alone; None where it was at none."""
    found = context.store.backfills.get(job.id)
    if found is None or found.url is None or found.is_over or found.to_list:
        return None
    next_one = chosen(context, found)
    if next_one is None:
        return None
    copy, choice = next_one
    context.store.backfills.refuse(found.id, copy.id, context.now(), is_look=choice.is_look)
    work = _work(context, found, found.url)
    work.settle()
    return timedelta(seconds=work.shelf.source.copy_gap_s)


def _work(context: Context, found: Backfill, url: str) -> _Work:
    return _Work(context, found, Shelf(context, source_of(found.source), url, found.article_id))


@dataclass(frozen=True, slots=True)
class _Work:
    """What a step works with. Each method is one request at most."""

    context: Context
    found: Backfill
    shelf: Shelf

    def read_list(self) -> Done:
        """Reads the next list."""
        store, now = self.context.store, self.context.now()
        if is_at_home(self.context, self.shelf.url):
            self._give_up(now, AT_HOME)
            return Done(Outcome.REFUSED, "its host is on a private network", rest=timedelta(0))
        asked, *rest = self.found.to_list
        store.backfills.begin_listing(self.found.id)
        try:
            copies, more = self.shelf.listed(asked)
        except NotNow as error:
            if error.kind is not NoCopy.MISSING:
                return self._turned_away(error)
            copies, more = [], []
        except UnfitSource as error:
            return self._unfit(error)
        except RowbackError as error:
            return self._failed(str(error))
        room = max(0, MAX_LISTS - self.found.lists - 1)
        noted = store.backfills.note_list(self.found.id, copies, [*rest, *more][:room], now)
        told = f"copies listed so far: {noted.listed}"
        if not noted.to_list and not noted.listed:
            told = self._nothing_listed(asked, now)
        elif not noted.to_list:
            self.settle()
        return Done(Outcome.READ, told, rest=timedelta(seconds=self.shelf.source.list_gap_s))

    def _nothing_listed(self, asked: str, now: datetime) -> str:
        if "from" in parse_qs(urlsplit(asked).query):
            self.context.store.backfills.finish(self.found.id, BackfillState.DONE, now)
            return "the archive has no newer copy"
        self.context.store.backfills.finish(self.found.id, BackfillState.NONE, now, kept=self._none_holds(now))
        return "the archive has no copy"

    def read_copy(self) -> Done:
        """Reads the copy that tells most."""
        next_one = chosen(self.context, self.found)
        if next_one is None:
            self.settle()
            return Done(Outcome.READ, "all that is worth it is read", rest=timedelta(0))
        copy, choice = next_one
        try:
            said = read_copy(self.shelf, self.found.id, copy, choice)
        except NotNow as error:
            if error.kind is not NoCopy.MISSING:
                return self._turned_away(error, copy)
            return self._refused(copy, "The archive does not have it.", is_look=choice.is_look)
        except Moved:
            return self._moved(copy, is_look=choice.is_look)
        except StoreError:
            raise
        except RowbackError as error:
            return self._without(copy, error, is_look=choice.is_look)
        self.settle()
        gap = timedelta(seconds=self.shelf.source.copy_gap_s)
        if isinstance(said, Doubt):
            return Done(Outcome.READ, f"a copy says nothing: {said_of(said.detail)}", rest=gap)
        return Done(Outcome.CAPTURED if said.new_version else Outcome.UNCHANGED, "a copy was read", rest=gap)

    def settle(self) -> None:
        """Ends it, where nothing more is to be read. What is cut off before that is found by the next step."""
        found = self.context.store.backfills.get(self.found.id)
        if found is None or found.is_over or found.to_list:
            return
        record_same(self.shelf, found)
        if chosen(self.context, found) is None:
            kept = OF_BACKENDS if self._is_of_a_backend() else KEPT
            self.context.store.backfills.finish(found.id, BackfillState.DONE, self.context.now(), kept=kept)

    def _without(self, copy: NotedCopy, error: RowbackError, *, is_look: bool) -> Done:
        """After a request that brought no copy."""
        if isinstance(error, BrokenOff):
            return self._broken_off(copy, is_look=is_look)
        if isinstance(error, UnfitSource):
            return self._unfit(error)
        if isinstance(error, (BadInput, FetchFailed, ForbiddenURL)):  # it leads away, is no page, or is too much
            return self._refused(copy, said_of(str(error)), is_look=is_look)
        return self._failed(str(error))  # more is being read at once than can be

    def _broken_off(self, copy: NotedCopy, *, is_look: bool) -> Done:
        """After a part of a copy: it is asked for again soon, and then passed over."""
        if copy.tries + 1 >= MAX_TRIES:
            return self._refused(copy, BROKEN_OFF, is_look=is_look)
        gap = timedelta(seconds=BUSY_S)
        self.context.store.backfills.wait(
            self.found.id, self.context.now() + gap, BROKEN_OFF, failures=self.found.failures, copy_id=copy.id
        )
        rest = timedelta(seconds=self.shelf.source.copy_gap_s)
        return Done(Outcome.FAILED, BROKEN_OFF, "again in a minute", rest=rest)

    def _refused(self, copy: NotedCopy, reason: str, *, is_look: bool) -> Done:
        """After a copy that cannot be read: its neighbour is read instead."""
        self.context.store.backfills.refuse(self.found.id, copy.id, self.context.now(), is_look=is_look)
        self.settle()
        gap = timedelta(seconds=self.shelf.source.copy_gap_s)
        return Done(Outcome.READ, f"a copy says nothing: {reason}", rest=gap)

    def _moved(self, copy: NotedCopy, *, is_look: bool) -> Done:
        """After a version that has another number by now: they are listed again, once for each."""
        lists = [self.shelf.source.list_url(copy.original)]
        is_new = self.found.lists < MAX_LISTS and copy.tries == 0
        if not is_new:
            return self._refused(copy, "It is not where it was listed.", is_look=is_look)
        self.context.store.backfills.list_again(self.found.id, copy.id, lists, self.context.now())
        return Done(Outcome.READ, "listed anew", rest=timedelta(seconds=self.shelf.source.copy_gap_s))

    def _unfit(self, error: UnfitSource) -> Done:
        """After an answer that waiting does not better."""
        reason = nameless(str(error))
        self._give_up(self.context.now(), reason)
        return Done(Outcome.REFUSED, reason, "given up", rest=timedelta(seconds=self.shelf.source.list_gap_s))

    def _turned_away(self, error: NotNow, copy: NotedCopy | None = None) -> Done:
        """After a refusal: of the publisher's copies for good, of ours for a while."""
        store, now = self.context.store, self.context.now()
        if error.kind is NoCopy.EXCLUDED:
            reason = SAID[error.kind]
            store.backfills.finish(self.found.id, BackfillState.EXCLUDED, now, kept=KEPT_EXCLUDED, reason=reason)
            return Done(Outcome.REFUSED, reason, rest=timedelta(seconds=self.shelf.source.list_gap_s))
        rest = pause(error.kind, store.queue.blocks(self.found.host), error.retry_after_s)
        failures = self.found.failures + 1
        if failures >= (MAX_BUSY if error.kind is NoCopy.BUSY else MAX_FAILURES):
            self._give_up(now)
            return Done(Outcome.BLOCKED, SAID[error.kind], "given up", rest=rest)
        tries = store.backfills.wait(
            self.found.id, now + rest, SAID[error.kind], failures=failures, copy_id=None if copy is None else copy.id
        )
        if copy is not None and tries >= MAX_TRIES and error.kind is NoCopy.TROUBLED:
            store.backfills.refuse(self.found.id, copy.id, now)
        return Done(Outcome.BLOCKED, SAID[error.kind], f"again at {now + rest:%H:%M} UTC", rest=rest)

    def _failed(self, reason: str) -> Done:
        """After a list that is none."""
        now, failures = self.context.now(), self.found.failures + 1
        wait = timedelta(seconds=min(FAILURE_S * 2 ** (failures - 1), MAX_FAILURE_S))
        if failures >= MAX_FAILURES:
            self._give_up(now, reason)
        else:
            self.context.store.backfills.wait(self.found.id, now + wait, reason, failures=failures)
        return Done(Outcome.FAILED, reason, rest=timedelta(seconds=self.shelf.source.list_gap_s))

    def _give_up(self, now: datetime, reason: str = "The archive could not be read, again and again.") -> None:
        self.context.store.backfills.finish(self.found.id, BackfillState.FAILED, now, kept=KEPT_FAILED, reason=reason)

    def _is_of_a_backend(self) -> bool:
        return self.shelf.source.kind is SourceKind.ROWBACK

    def _none_holds(self, now: datetime) -> timedelta:
        """How long "no copy" holds: an archive may take what is new any day."""
        if self._is_of_a_backend():
            return OF_BACKENDS
        article = None if self.found.article_id is None else self.context.store.articles.get(self.found.article_id)
        if article is None:
            return NONE_OF_YOUNG
        return NONE_OF_YOUNG if now - (article.published_at or article.first_seen_at) < YOUNG else NONE

"""One step of fetching an article's past from an archive: one request, of a list or of a copy, and what came of it.

The rows in the store say what the next step is, whoever does it: the choice of a copy follows from them alone. Nothing is
written before the request, and what it brought in one transaction; so a step that was cut off is done again, and none twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from rowback.archive import cdx, timemap
from rowback.archive.choosing import State, next_choice
from rowback.archive.sources import HEADERS, LIST_ROWS, NoCopy, SourceKind, pause, refusal, source_of
from rowback.capture.addresses import is_public
from rowback.capture.captures import MAX_CLOCK_SKEW, from_html
from rowback.capture.context import OutOfRequests
from rowback.capture.fetch import USER_AGENT
from rowback.capture.pacing import retry_after
from rowback.capture.visit import Done
from rowback.errors import BadInput, BadURL, FetchFailed, ForbiddenURL, NoAnswer, RowbackError, StoreError
from rowback.model import Attribution, Origin, Recorded
from rowback.store.backfills import KEPT_EXCLUDED, KEPT_FAILED
from rowback.store.pasts_wanted import Backfill, BackfillState, CopyState, ListedAt, ReadCopy, Wish
from rowback.store.spending import turn
from rowback.store.work import Outcome
from rowback.text.archived import copy_at, stamp_of
from rowback.text.received import http_date
from rowback.text.urls import identify

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rowback.archive.choosing import Choice
    from rowback.archive.sources import Source
    from rowback.capture.context import Context
    from rowback.capture.fetch import Answer
    from rowback.store.pasts_wanted import NotedCopy
    from rowback.store.versions import Span
    from rowback.store.work import Job

MAX_LISTS = 6  # of one address, in parts: more copies than any article has
MAX_TRIES = 3  # of one copy that brings trouble each time
MAX_FAILURES = 8  # in a row: two days, as each wait is twice the one before
MAX_BUSY = 16  # the same of an archive that only lets us wait, first for a minute
FAILURE_S, MAX_FAILURE_S = 3_600.0, 86_400.0  # between two tries
YOUNG = timedelta(days=3)  # an article that an archive may be about to take: copies are listed up to a day late
NONE_OF_YOUNG, NONE = timedelta(days=1), timedelta(days=14)


def step(context: Context, job: Job) -> Done:
    """Does the next step of a backfill."""
    found = context.store.backfills.get(job.id)
    if found is None or found.url is None or found.is_over:
        return Done(Outcome.READ, "nothing is left to be done", rest=timedelta(0))
    source = source_of(found.source)
    work = _Work(context, found, source)
    try:
        return work.read_list() if found.to_list else work.read_copy()
    except OutOfRequests:
        reason = "today's requests to archives are used up"
        context.store.backfills.wait(found.id, turn(context.now()), reason, failures=found.failures)
        return Done(Outcome.WAITING, reason, "again tomorrow", rest=timedelta(seconds=source.copy_gap_s))


class _NotNow(Exception):
    """The archive gave nothing: why, and how long it asks to be left alone."""

    def __init__(self, kind: NoCopy, retry_after_s: float | None = None) -> None:
        super().__init__(kind.value)
        self.kind, self.retry_after_s = kind, retry_after_s


@dataclass(frozen=True, slots=True)
class _Work:
    """What a step works with. Each method is one request at most."""

    context: Context
    found: Backfill
    source: Source

    def read_list(self) -> Done:
        """Reads the next list."""
        store, now = self.context.store, self.context.now()
        if _is_at_home(self.context, self.found.url):
            self._give_up(now, _AT_HOME)
            return Done(Outcome.REFUSED, "its host is on a private network", rest=timedelta(0))
        asked, *rest = self.found.to_list
        store.backfills.begin_listing(self.found.id)
        try:
            copies, more = self.listed(asked)
        except _NotNow as error:
            if error.kind is not NoCopy.MISSING:
                return self._turned_away(error)
            copies, more = [], []
        except RowbackError as error:
            return self._failed(str(error))
        room = max(0, MAX_LISTS - self.found.lists - 1)
        noted = store.backfills.note_list(self.found.id, copies, [*rest, *more][:room], now)
        told = f"copies listed so far: {noted.listed}"
        if not noted.to_list and not noted.listed:
            store.backfills.finish(self.found.id, BackfillState.NONE, now, kept=self._none_holds(now))
            told = "the archive has no copy"
        elif not noted.to_list:
            _Work(self.context, noted, self.source).settle()
        return Done(Outcome.READ, told, rest=timedelta(seconds=self.source.list_gap_s))

    def read_copy(self) -> Done:
        """Reads the copy that tells most."""
        chosen = self._chosen()
        if chosen is None:
            self.settle()
            return Done(Outcome.READ, "all that is worth it is read", rest=timedelta(0))
        copy, choice = chosen
        gap = timedelta(seconds=self.source.copy_gap_s)
        try:
            answer = self._asked(copy.address)
            recorded = self._recorded(copy, choice, answer)
        except _NotNow as error:
            if error.kind is not NoCopy.MISSING:
                return self._turned_away(error, copy)
            recorded = None
        except (BadInput, FetchFailed, ForbiddenURL):  # it leads away, is no page, or is too much
            recorded = None
        except StoreError:
            raise
        except RowbackError as error:  # more is being read at once than can be
            return self._failed(str(error))
        if recorded is None:
            self.context.store.backfills.refuse(self.found.id, copy.id, self.context.now(), is_look=choice.is_look)
        self.settle()
        if isinstance(recorded, Recorded):
            is_new = recorded.new_version
            return Done(Outcome.CAPTURED if is_new else Outcome.UNCHANGED, "a copy was read", rest=gap)
        return Done(Outcome.READ, "a copy says nothing", rest=gap)

    def settle(self) -> None:
        """Ends it, where nothing more is to be read. What is cut off before that is found by the next step."""
        found = self.context.store.backfills.get(self.found.id)
        if found is None or found.is_over or found.to_list:
            return
        if _Work(self.context, found, self.source)._chosen() is None:
            self.context.store.backfills.finish(found.id, BackfillState.DONE, self.context.now())

    def _asked(self, url: str, *, any_type: bool = False) -> Answer:
        """The answer at an address of the archive. Raises `_NotNow`, and what `Fetcher.get` raises."""
        agent = f"{USER_AGENT[:-1]}; {self.context.contact})" if self.context.contact else USER_AGENT
        try:
            answer = self.context.fetcher.get(url, {**HEADERS, "User-Agent": agent}, any_type=any_type)
        except NoAnswer as error:
            raise _NotNow(NoCopy.REFUSED) from error
        kind = refusal(answer.status, answer.headers, answer.body)
        if kind is None and not any_type and "memento-datetime" not in answer.headers:
            kind = NoCopy.TROUBLED  # RFC 7089, section 2.1.1: every copy says when it was made
        if kind is not None:
            raise _NotNow(kind, retry_after(answer.headers.get("retry-after"), self.context.now()))
        return answer

    def listed(self, asked: str) -> tuple[list[ListedAt], list[str]]:
        """The copies of the article that a list has, and where the list goes on. Raises `_NotNow`, and what `Fetcher.get`
        raises."""
        answer = self._asked(asked, any_type=True)
        if self.source.kind is SourceKind.MEMENTO:
            found = timemap.read(answer.body, answer.url)
            home = urlsplit(self.source.list_at).netloc
            told = [
                ListedAt(each.seen_at, each.original or found.original or "", "", each.raw_url)
                for each in found.mementos
                if urlsplit(each.url).netloc == home  # elsewhere it has another pace
            ]
            more = [part.url for part in found.parts if urlsplit(part.url).netloc == home]
        else:
            rows = cdx.read(answer.body)
            told = [
                ListedAt(row.seen_at, row.original, row.digest, self.source.copy_url(row.seen_at, row.original))
                for row in rows.copies
                if row.is_readable
            ]
            more = self._further(rows, asked)
        latest = self.context.now() + MAX_CLOCK_SKEW
        return [each for each in told if each.seen_at <= latest and self._is_own(each.original)], more

    def _further(self, rows: cdx.CopyList, asked: str) -> list[str]:
        """Where a list goes on: by its key, or, of a server that gives none, from the newest copy that a full list has."""
        if rows.resume is not None:
            return [f"{asked.partition('&resumeKey=')[0]}&{urlencode({'resumeKey': rows.resume})}"]
        is_full = len(rows.copies) + rows.left_out >= LIST_ROWS
        if self.source.kind is not SourceKind.PYWB or not is_full or not rows.copies:
            return []
        return [f"{asked.partition('&from=')[0]}&{urlencode({'from': stamp_of(rows.copies[-1].seen_at)})}"]

    def _is_own(self, original: str) -> bool:
        """Whether a copy is of the article, by its address."""
        try:
            page = identify(original)
        except BadURL:
            return False
        if page.key == identify(self.found.url or "").key:
            return True
        if self.found.article_id is None:
            return False
        article = self.context.store.articles.find(original)
        return article is not None and article.id == self.found.article_id

    def _chosen(self) -> tuple[NotedCopy, Choice] | None:
        """The copy to read next; None when all is known or as much is read as may be.

        Between the copies stand the texts that are known anyway: what was read at the publisher's, from when to when.
        """
        copies = self.context.store.backfills.copies(self.found.id)
        article_id = self.found.article_id
        own = [] if article_id is None else self.context.store.backfills.own_sights(article_id)
        told: list[tuple[datetime, NotedCopy | None, str | None]] = [
            (each.seen_at, each, each.fingerprint) for each in copies
        ]
        told += [(at, None, printed) for at, printed in own]
        told.sort(key=lambda each: each[0])
        state = State(
            digests=[_OWN if each is None else each.digest for _, each, _ in told],
            texts={n: printed for n, (_, _, printed) in enumerate(told) if printed is not None},
            refused=[n for n, (_, each, _) in enumerate(told) if each is not None and each.state is CopyState.REFUSED],
            looks_left=self.found.looks,
            fetches_left=self.found.most - self.found.read,
            apart=_Apart(self.context, {span.fingerprint: span.id for span in self._spans()}).of,
        )
        choice = next_choice(state)
        copy = None if choice is None else told[choice.place][1]
        return None if choice is None or copy is None else (copy, choice)

    def _spans(self) -> Sequence[Span]:
        return [] if self.found.article_id is None else self.context.store.versions.spans(self.found.article_id)

    def _recorded(self, copy: NotedCopy, choice: Choice, answer: Answer) -> Recorded | None:
        """Stores what a copy says. Raises `BadInput`, `FetchFailed` for what is another page's, or no page."""
        if urlsplit(answer.url).netloc.lower() != urlsplit(copy.address).netloc.lower():
            raise FetchFailed("The archive leads elsewhere.")
        found = copy_at(answer.url)
        at = (None if found is None else found.seen_at) or http_date(answer.headers["memento-datetime"])
        original = copy.original if found is None else found.original
        if at is None or at > self.context.now() + MAX_CLOCK_SKEW or not self._is_own(original):
            raise FetchFailed("The archive gave another page.")
        is_same = self.found.url is not None and identify(original).key == identify(self.found.url).key
        link = self.found.url if is_same and self.found.url is not None else original
        capture = from_html(link, answer.text(), at, Origin.ARCHIVE)
        copies = self.context.store.backfills.copies(self.found.id)
        ids = {copy.id, *(each.id for each in copies if each.seen_at == at and each.original == original)}
        view = self.source.view_url(at, original) if self.source.copy_at else _view(copy.address)
        read = ReadCopy(self.found.id, tuple(ids), Attribution(self.source.title, view), choice.is_look)
        came_of_it = self.context.store.record_copy(capture, self.context.now(), read)
        return came_of_it if isinstance(came_of_it, Recorded) else None

    def _turned_away(self, error: _NotNow, copy: NotedCopy | None = None) -> Done:
        """After a refusal: of the publisher's copies for good, of ours for a while."""
        store, now = self.context.store, self.context.now()
        if error.kind is NoCopy.EXCLUDED:
            reason = _SAID[error.kind]
            store.backfills.finish(self.found.id, BackfillState.EXCLUDED, now, kept=KEPT_EXCLUDED, reason=reason)
            return Done(Outcome.REFUSED, reason, rest=timedelta(seconds=self.source.list_gap_s))
        rest = pause(error.kind, store.queue.blocks(self.found.host), error.retry_after_s)
        failures = self.found.failures + 1
        if failures >= (MAX_BUSY if error.kind is NoCopy.BUSY else MAX_FAILURES):
            self._give_up(now)
            return Done(Outcome.BLOCKED, _SAID[error.kind], "given up", rest=rest)
        tries = store.backfills.wait(
            self.found.id, now + rest, _SAID[error.kind], failures=failures, copy_id=None if copy is None else copy.id
        )
        if copy is not None and tries >= MAX_TRIES and error.kind is NoCopy.TROUBLED:
            store.backfills.refuse(self.found.id, copy.id, now)
        return Done(Outcome.BLOCKED, _SAID[error.kind], f"again at {now + rest:%H:%M} UTC", rest=rest)

    def _failed(self, reason: str) -> Done:
        """After a list that is none."""
        now, failures = self.context.now(), self.found.failures + 1
        wait = timedelta(seconds=min(FAILURE_S * 2 ** (failures - 1), MAX_FAILURE_S))
        if failures >= MAX_FAILURES:
            self._give_up(now, reason)
        else:
            self.context.store.backfills.wait(self.found.id, now + wait, reason, failures=failures)
        return Done(Outcome.FAILED, reason, rest=timedelta(seconds=self.source.list_gap_s))

    def _give_up(self, now: datetime, reason: str = "The archive could not be read, again and again.") -> None:
        self.context.store.backfills.finish(self.found.id, BackfillState.FAILED, now, kept=KEPT_FAILED, reason=reason)

    def _none_holds(self, now: datetime) -> timedelta:
        """How long "no copy" holds: an archive may take what is new any day."""
        article = None if self.found.article_id is None else self.context.store.articles.get(self.found.article_id)
        if article is None:
            return NONE_OF_YOUNG
        return NONE_OF_YOUNG if now - (article.published_at or article.first_seen_at) < YOUNG else NONE


_OWN = "\x1eown"  # a digest that no copy has: the texts known anyway are no copies to be counted
_AT_HOME = "The article's host is on a private network: no archive is asked about it."
_SAID = {
    NoCopy.EXCLUDED: "The archive shows no copies of this publisher.",
    NoCopy.BUSY: "The archive is busy.",
    NoCopy.REFUSED: "The archive does not answer.",
    NoCopy.TROUBLED: "The archive is in trouble.",
}


@dataclass(frozen=True, slots=True)
class _Apart:
    """How much two texts of an article differ: how many blocks only one of them has. `versions` has rows by texts."""

    context: Context
    versions: dict[str, int]

    def of(self, one: str, other: str) -> float:
        """By the fingerprints of the texts."""
        if one not in self.versions or other not in self.versions:
            return 1.0
        old, new = self.context.store.versions.contents(self.versions[one], self.versions[other])
        return float(len({each.text for each in old.all_blocks()} ^ {each.text for each in new.all_blocks()}))


def _is_at_home(context: Context, url: str | None) -> bool:
    """Whether an article's host has private addresses; one that is not known any more has none."""
    page = identify(url or "")
    try:
        found = context.fetcher.resolver(page.host, page.port or 443)
    except RowbackError:
        return False
    return not all(map(is_public, found))


def _view(raw: str) -> str:
    """Where people look at a copy."""
    found = copy_at(raw)
    return raw if found is None else found.address()


def listed(context: Context, wish: Wish, asked: str) -> tuple[list[ListedAt], list[str]]:
    """The copies of an article that one list of an archive has, and where the list goes on. Nothing is noted of it. Raises
    `FetchFailed` where the archive does not let itself be asked now, or shows none of the publisher's."""
    article, now = context.store.articles.find(wish.url), context.now()
    found = Backfill(
        id=0,
        source=wish.source,
        name=wish.name,
        title=wish.title,
        host=wish.host,
        article_id=None if article is None else article.id,
        url=wish.url,
        asked_by=wish.by,
        state=BackfillState.LISTING,
        reason=None,
        to_list=wish.to_list,
        lists=0,
        most=wish.most,
        listed=0,
        read=0,
        versions=0,
        looks=wish.looks,
        failures=0,
        began_at=now,
        next_at=now,
        expires_at=None,
    )
    if _is_at_home(context, wish.url):
        raise ForbiddenURL(_AT_HOME)
    try:
        return _Work(context, found, source_of(wish.source)).listed(asked)
    except _NotNow as error:
        if error.kind is NoCopy.MISSING:
            return [], []
        raise FetchFailed(_SAID[error.kind]) from error

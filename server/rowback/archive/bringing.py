"""Stores what collections hold: each record in its turn, pages read several at a time.

A record that cannot be read costs nothing but itself. The same collection again, or the rest of it after a kill, brings
nothing twice: a capture that is stored already is not stored again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rowback.archive.held import Cause, HeldAt, HeldLead, HeldPage, HeldText, SeenAgain, Unread, capture_of
from rowback.archive.tally import COSTLY, NOT_ARTICLES, REVISITS, Tally
from rowback.capture.abreast import abreast
from rowback.errors import BadInput, BadURL, NotAnArticle, PageTooCostly, RowbackError
from rowback.model import Capture, Reason
from rowback.store.again import PageSeen
from rowback.text.archived import instant
from rowback.text.normalize import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from rowback.archive.held import Held, HeldKind, Wanted
    from rowback.store import Store

MAX_MARKS = 400_000  # of pages, some hundred bytes each: a revisit of one before them is without its page
MAX_LEADS = 100_000
MAX_WAITING = 100_000  # revisits whose page may come in another file
_CHAIN = 5  # addresses that lead to each other, one after the other


@dataclass(frozen=True, slots=True)
class HeldPart:
    """A collection of an import: its first `done` records are stored already."""

    kind: HeldKind
    path: Path
    wanted: Wanted
    done: int = 0


@dataclass(frozen=True, slots=True)
class _Item:
    held: Held
    place: int
    is_done: bool = False


class Bringing:
    """One import, of one collection or of several that belong together."""

    def __init__(self, store: Store, now: Callable[[], datetime], number: int) -> None:
        self.tally = Tally()
        self._store = store
        self._now = now
        self._number = number
        self._marks: dict[str, PageSeen | None] = {}
        self._leads: list[HeldLead] = []
        self._waiting: list[SeenAgain] = []

    def bring(self, parts: Iterable[HeldPart], begin: Callable[[int], object] = lambda _: None) -> Iterator[int]:
        """Stores the records of collections, pages of one beside those of the next; after each record yields the place of its
        collection, which is told to `begin` before its first. Raises `StoreError`."""
        items = (item for place, part in enumerate(parts) for item in _items(part, place))
        at = -1
        for item, read in abreast(items, _read):
            if item.place != at:
                at = item.place
                begin(at)
            self._take(item, read)
            yield item.place

    def finish(self) -> None:
        """Stores what only the whole of all collections tells: where addresses lead, and revisits of pages in later files."""
        waiting, self._waiting = self._waiting, []
        for again in waiting:
            if not self._take_again(again):
                self.tally.leave_out(REVISITS, again.place)
        self._lead()
        self.tally.articles, self.tally.edited = self._store.import_files.reach(self._number)

    def _take(self, item: _Item, read: Capture | RowbackError | None) -> None:
        held = item.held
        if isinstance(held, Unread):
            self.tally.unread(held, is_counted=item.is_done)
        elif isinstance(held, HeldLead):
            if len(self._leads) < MAX_LEADS:
                self._leads.append(held)
        elif isinstance(held, SeenAgain):
            is_stored = item.is_done and any(mark in self._marks for mark in held.marks)
            if not is_stored and not self._take_again(held):
                self._keep_waiting(held)
        elif item.is_done:
            self._mark(held, None)
        else:
            self._record(held, held if isinstance(held, Capture) else read)

    def _record(self, held: HeldPage | HeldText | Capture, read: Capture | RowbackError | None) -> None:
        place = "" if isinstance(held, Capture) else held.place
        try:
            capture = replace(_believed(read), brought_by=self._number)
            store = self._store.replace if isinstance(held, HeldText) and held.is_reread else self._store.record
            store(capture, self._now())
            self.tally.pages += 1
            self._mark(held, capture, is_read=True)
        except NotAnArticle:
            self._mark(held, read if isinstance(read, Capture) and read.doubt is None else None, is_read=True)
            self.tally.leave_out(NOT_ARTICLES, place)
        except PageTooCostly as error:
            self.tally.leave_out(COSTLY, place, str(error))
        except BadURL as error:
            self.tally.leave_out(Cause.NO_ADDRESS, place, str(error))
        except BadInput as error:
            self.tally.leave_out(Cause.DAMAGED, place, str(error))

    def _mark(self, held: HeldPage | HeldText | Capture, capture: Capture | None, *, is_read: bool = False) -> None:
        """Remembers a page for the revisits that name it; one that was read and gave no capture is no article."""
        if not isinstance(held, HeldPage):
            return
        printed = None if capture is None else fingerprint(capture.content)
        seen = None if is_read and capture is None else PageSeen(held.url, held.seen_at, printed)
        for mark in held.marks:
            self._marks[mark] = seen
        while len(self._marks) > MAX_MARKS:
            del self._marks[next(iter(self._marks))]

    def _take_again(self, again: SeenAgain) -> bool:
        """Stores that a page was seen again; False where the page is not known."""
        known = next((mark for mark in again.marks if mark in self._marks), None)
        page = _named(again.marks) if known is None else self._marks[known]
        try:
            capture = None if page is None else self._store.seen_again(page, again.url, again.seen_at)
            if capture is not None:
                self._store.record(replace(capture, brought_by=self._number), self._now())
                self.tally.pages += 1
            elif known is not None:
                self.tally.leave_out(NOT_ARTICLES, again.place)
        except NotAnArticle:
            self.tally.leave_out(NOT_ARTICLES, again.place)
        except BadURL:
            return False
        else:
            return capture is not None or known is not None
        return True

    def _keep_waiting(self, again: SeenAgain) -> None:
        if len(self._waiting) < MAX_WAITING:
            self._waiting.append(again)
        else:
            self.tally.leave_out(REVISITS, again.place)

    def _lead(self) -> None:
        left = self._leads
        for _ in range(_CHAIN):
            left = [each for each in left if not self._has_led(each)]
        self._leads = []

    def _has_led(self, lead: HeldLead) -> bool:
        try:
            article = self._store.articles.find(lead.to)
            if article is not None and self._store.articles.find(lead.url) in (None, article):
                self._store.articles.lead(lead.url, article.id, self._number)
        except BadURL:
            return True
        return article is not None


def _items(part: HeldPart, place: int) -> Iterator[_Item]:
    try:
        for count, held in enumerate(part.kind.read(part.path, part.wanted)):
            yield _Item(held, place, is_done=count < part.done)
    except BadInput as error:
        yield _Item(Unread(HeldAt(part.path.name), Cause.NOT_READ, str(error)), place)


def _read(item: _Item) -> Capture | None:
    return capture_of(item.held) if isinstance(item.held, (HeldPage, HeldText)) and not item.is_done else None


def _believed(read: Capture | RowbackError | None) -> Capture:
    """A capture that may be stored. Raises what is wrong with it: of crawls most pages are no articles, which are not kept
    among the failed captures."""
    if isinstance(read, Capture):
        if read.doubt is None:
            return read
        if read.doubt.reason is Reason.COSTLY:
            raise PageTooCostly(read.doubt.detail)
        raise NotAnArticle(read.doubt.detail, read.doubt.reason)
    if isinstance(read, BadInput):
        raise read
    raise BadInput(str(read))


def _named(marks: Sequence[str]) -> PageSeen | None:
    """The page that a mark names by instant and address, which an import before may have brought."""
    for mark in marks:
        stamp, _, url = mark.partition(" ")
        at = instant(stamp) if url else None
        if at is not None:
            return PageSeen(url, at)
    return None

"""Which copy of an article is read next, and what one comes to that an archive gave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from rowback.archive.choosing import State, next_choice
from rowback.archive.knocking import ask
from rowback.archive.peers import record_version
from rowback.archive.sources import SourceKind, source_of
from rowback.capture.captures import MAX_CLOCK_SKEW, from_html
from rowback.errors import FetchFailed
from rowback.model import Attribution, Origin
from rowback.store.pasts_wanted import CopyState, ReadCopy
from rowback.text.archived import copy_at
from rowback.text.received import http_date

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.archive.choosing import Choice
    from rowback.archive.listing import Shelf
    from rowback.capture.context import Context
    from rowback.capture.fetch import Answer
    from rowback.model import Doubt, Recorded
    from rowback.store.pasts_wanted import Backfill, NotedCopy

MOST_SAME = 60  # stored without being read: all copies of an article are judged together each time
_OWN = "\x1eown"  # a digest that no copy has: the texts known anyway are no copies to be counted


def chosen(context: Context, found: Backfill) -> tuple[NotedCopy, Choice] | None:
    """The copy to read next; None when all is known or as much is read as may be.

    Between the copies stand the texts that are known anyway: what was read at the publisher's, from when to when.
    """
    copies = context.store.backfills.copies(found.id)
    article_id = found.article_id
    own = [] if article_id is None else context.store.backfills.own_sights(article_id)
    spans = [] if article_id is None else context.store.versions.spans(article_id)
    told: list[tuple[datetime, NotedCopy | None, str | None]] = [
        (each.seen_at, each, each.fingerprint) for each in copies
    ]
    told += [(at, None, printed) for at, printed in own]
    told.sort(key=lambda each: each[0])
    state = State(
        digests=[_OWN if each is None else each.digest for _, each, _ in told],
        texts={n: printed for n, (_, _, printed) in enumerate(told) if printed is not None},
        refused=[n for n, (_, each, _) in enumerate(told) if each is not None and each.state is CopyState.REFUSED],
        looks_left=found.looks,
        fetches_left=found.most - found.read,
        apart=_Apart(context, {span.fingerprint: span.id for span in spans}).of,
        is_sparse=source_of(found.source).kind is SourceKind.ROWBACK,
    )
    choice = next_choice(state)
    copy = None if choice is None else told[choice.place][1]
    return None if choice is None or copy is None else (copy, choice)


def read_copy(shelf: Shelf, backfill_id: int, copy: NotedCopy, choice: Choice) -> Recorded | Doubt:
    """Asks for a copy and stores what it says. Raises `NotNow`, `Moved`, what `Fetcher.get` raises, and `BadInput`,
    `FetchFailed` for what is another page's, or no page."""
    if shelf.source.kind is not SourceKind.ROWBACK:
        return _recorded(shelf, backfill_id, copy, choice, ask(shelf.context, copy.address))
    link = shelf.link_of(copy.original)
    return record_version(shelf.context, shelf.source, link, backfill_id, copy, is_look=choice.is_look)


def _recorded(shelf: Shelf, backfill_id: int, copy: NotedCopy, choice: Choice, answer: Answer) -> Recorded | Doubt:
    """Stores what a copy says, or that it is doubted. Raises `BadInput`, `FetchFailed` for what is another page's, or no
    page."""
    store, now = shelf.context.store, shelf.context.now()
    found = copy_at(answer.url)
    at = (None if found is None else found.seen_at) or http_date(answer.headers["memento-datetime"])
    original = copy.original if found is None else found.original
    if at is None or at > now + MAX_CLOCK_SKEW or not shelf.is_own(original):
        raise FetchFailed("The archive gave another page.")
    capture = from_html(shelf.link_of(original), answer.text(), at, Origin.ARCHIVE)
    listed = store.backfills.copies(backfill_id)
    ids = {each.id for each in listed if (each.seen_at, each.original) == (at, original)}
    # Of the nearest copy that it gave instead, the bytes that the list tells are not those.
    missing = () if at == copy.seen_at else (copy.id,)
    view = shelf.source.view_url(at, original) if shelf.source.copy_at else _view(copy.address)
    answered = tuple(ids - {*missing} if missing else ids | {copy.id})
    read = ReadCopy(backfill_id, answered, Attribution(shelf.source.title, view), choice.is_look, missing=missing)
    return store.record_copy(capture, now, read)


def record_same(shelf: Shelf, found: Backfill) -> None:
    """Stores copies that need not be read, as a list says that they have the very bytes of one that was: where such a run
    begins and where it ends, so that it is known when a text was first there, and when it came back."""
    store = shelf.context.store
    copies = [each for each in store.backfills.copies(found.id) if each.state is not CopyState.REFUSED]
    article_id = store.backfills.article_of(found.id)
    read = {each.digest: each for each in copies if each.state is CopyState.READ and each.digest}
    if article_id is None or not read or shelf.source.kind is SourceKind.ROWBACK:
        return
    runs = [list(run) for _, run in groupby(copies, key=lambda each: each.digest)]
    ends = [each for run in runs for each in (run[0], *run[1:][-1:]) if each.state is CopyState.WAITING]
    same = [each for each in ends if each.digest in read]
    room = max(1, MOST_SAME - sum(each.state is CopyState.READ for each in copies))
    for copy in same[:: len(same) // room + 1]:
        capture = store.backfills.capture_of(article_id, read[copy.digest].seen_at)
        if capture is None:
            continue
        view = shelf.source.view_url(copy.seen_at, copy.original)
        note = ReadCopy(found.id, (copy.id,), Attribution(shelf.source.title, view), is_asked=False)
        store.record_copy(replace(capture, seen_at=copy.seen_at), shelf.context.now(), note)


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


def _view(raw: str) -> str:
    """Where people look at a copy."""
    found = copy_at(raw)
    return raw if found is None else found.address()

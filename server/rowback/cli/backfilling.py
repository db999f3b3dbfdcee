"""`rowback backfill`: an article's earlier versions from web archives, while somebody waits for them."""

from __future__ import annotations

import secrets
import sys
import threading
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from rowback.archive.backfill import MAX_LISTS, step
from rowback.archive.listing import TurnedAway, listed
from rowback.archive.wishes import wish_for
from rowback.capture.context import OutOfRequests
from rowback.capture.poller import LEASE
from rowback.cli.base import counted, db_option, json_option, open_store, settings, told_plainly
from rowback.cli.poll import make_context
from rowback.cli.printer import address, echo, print_json, progress
from rowback.cli.terminal import title_line
from rowback.clock import format_instant, utc_now
from rowback.errors import BadInput, FetchFailed
from rowback.store.pasts_wanted import AskedBy, BackfillState, ListedAt
from rowback.store.shares import ARCHIVES
from rowback.store.work import Outcome
from rowback.text.plain import line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rowback.capture.context import Context
    from rowback.store import Store
    from rowback.store.pasts_wanted import Backfill, Wish

MAX_CAPTURES = 500
PATIENCE = timedelta(minutes=2)  # that is waited for an archive; what takes longer is left to the backend
LIST_GAP_S = 2.5  # between two lists, see `archive.sources`
_TOMORROW = "It goes on after midnight UTC."
_HELD_S = 0.5  # between two looks whether another program has done with the archive
_FINE = (BackfillState.DONE, BackfillState.NONE)


@click.command(short_help="Fetch earlier versions of articles from web archives.")
@click.argument("urls", nargs=-1, required=True, metavar="URL...")
@click.option(
    "--from",
    "archive",
    metavar="NAME|KIND+URL",
    help="The archive: wayback, arquivo, or wayback+, pywb+, memento+ or rowback+ and an address.  "
    "[default: the setting archives]",
)
@click.option(
    "--captures",
    type=click.IntRange(1, MAX_CAPTURES),
    help="The most copies to read of each article.  [default: 16, or the setting archive_captures]",
)
@click.option("--dry-run", is_flag=True, help="Only list the copies that there are; store nothing.")
@json_option
@db_option
@told_plainly
def backfill(
    urls: tuple[str, ...], archive: str | None, captures: int | None, dry_run: bool, as_json: bool, db: Path | None
) -> None:
    """Fetch earlier versions of articles from web archives: of many copies the few that tell most, one after the other at the
    archive's pace. Ctrl-C loses nothing: the same command goes on, and so does `rowback serve`.

    The archive learns the addresses. The exit code is 1 where one of them could not be read to its end.
    """
    chosen = settings(db=db)
    archives = [archive] if archive is not None else list(chosen.archives)
    if not archives:
        raise BadInput("No archive is named: say one with --from, or in the setting archives.")
    most = captures or max(1, chosen.archive_captures)
    store = open_store(db)
    runner = Runner(store, make_context(store, chosen, threading.Event()))
    wishes = [_wish(store, url, told, most) for url in urls for told in archives]
    try:
        results = [runner.preview(wish) if dry_run else runner.run(wish) for wish in wishes]
    except KeyboardInterrupt:
        if not dry_run:
            echo("Stopped. What was read is stored; the same command goes on, and so does `rowback serve`.", err=True)
        sys.exit(1)
    if as_json:
        print_json([each.as_json() for each in results])
    else:
        for each in results:
            each.tell(store)
    if not all(each.is_fine for each in results):
        sys.exit(1)


def _wish(store: Store, url: str, told: str, most: int) -> Wish:
    article = store.articles.find(url)
    links = [] if article is None else [article.url]
    return wish_for(url, told, most, AskedBy.OWNER, links, store.backfills.read_until(url, told, most, utc_now()))


@dataclass(frozen=True, slots=True)
class Preview:
    """What an archive lists of an address."""

    wish: Wish
    copies: Sequence[ListedAt]

    is_fine = True

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        copies = [asdict(each) | {"seen_at": format_instant(each.seen_at)} for each in self.copies]
        return {"url": self.wish.url, "source": self.wish.name, "copies": copies}

    def tell(self, _store: Store) -> None:
        """For people."""
        if not self.copies:
            echo(f"{address(self.wish.url)}: {line(self.wish.title)} has no copy.")
            return
        first, last = self.copies[0].seen_at, self.copies[-1].seen_at
        echo(
            f"{address(self.wish.url)}: {counted_copies(len(self.copies))} in {line(self.wish.title)}, {first:%Y-%m-%d} to "
            f"{last:%Y-%m-%d}. At most {min(len(self.copies), self.wish.most)} would be read."
        )


@dataclass(frozen=True, slots=True)
class Result:
    """How far one came."""

    wish: Wish
    found: Backfill

    @property
    def is_fine(self) -> bool:
        """Whether all is read that was to be read."""
        return self.found.state in _FINE

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        found, next_at = self.found, self.found.next_at
        told = {name: getattr(found, name) for name in ("listed", "planned", "read", "versions", "reason")}
        later = None if next_at is None else format_instant(next_at)
        return {"url": self.wish.url, "source": found.name, "state": found.state.value, **told, "next_at": later}

    def tell(self, store: Store) -> None:
        """For people."""
        found, title = self.found, line(self.found.title)
        if found.state is BackfillState.NONE:
            echo(f"{address(self.wish.url)}: {title} has no copy.")
        elif found.state is BackfillState.DONE:
            self._tell_done(store)
        else:
            later = f" It goes on at {found.next_at:%Y-%m-%d %H:%M} UTC." if found.next_at else ""
            echo(f"{address(self.wish.url)}: {title}: {line(found.reason or found.state.value)}{later}", err=True)

    def _tell_done(self, store: Store) -> None:
        found = self.found
        article = None if found.article_id is None else store.articles.get(found.article_id)
        name = address(self.wish.url) if article is None else title_line(article)
        told = f"{counted_copies(found.listed)}, {found.read} read, {counted(found.versions, 'new version')}"
        echo(f"{name}: {told}.")
        if found.read >= found.most and found.listed > found.read:
            echo(f"  More of it: --captures {min(MAX_CAPTURES, found.most + 8)}")
        if article is None or not found.versions:
            return
        numbers = [each.number for each in store.versions.spans(article.id) if each.memento is not None]
        if 0 < len(numbers) < article.version_count:
            told = ",".join(map(str, numbers))
            echo(f"  To part what came from archives again: `rowback split {address(article.url)} --versions {told}`")


def counted_copies(number: int) -> str:
    """ "1 copy", "2 copies"."""
    return "1 copy" if number == 1 else f"{number} copies"


class Runner:
    """Does backfills step by step, as the poller does, beside whichever pollers run: each holds the archive in turn."""

    def __init__(self, store: Store, context: Context) -> None:
        self._store = store
        self._context = context.paying(ARCHIVES)
        self._holder = f"{secrets.token_hex(8)}-0"

    def run(self, wish: Wish) -> Result:
        """One to its end, or until it would have to wait for long."""
        found = self._store.backfills.ask(wish, utc_now())
        while not found.is_over and (found.to_list or not found.listed):
            if not self._step(found):
                return Result(wish, self._now(found))
            found = self._now(found)
        with progress(max(1, found.planned), line(wish.title)) as bar:
            bar.update(found.read)
            while not found.is_over and self._step(found):
                later = self._now(found)
                bar.update(max(0, later.read - found.read))
                found = later
        return Result(wish, self._now(found))

    def preview(self, wish: Wish) -> Preview:
        """What the archive lists. Raises `FetchFailed`."""
        rest, blocked = timedelta(seconds=LIST_GAP_S), None
        lists, copies = [*wish.to_list], dict[tuple[datetime, str], ListedAt]()
        for _ in range(MAX_LISTS):
            if not lists:
                break
            if not self._claimed(wish.host):
                raise FetchFailed(f"{wish.title} is busy. Try again later.")
            try:
                told, more = listed(self._context, wish, lists.pop(0))
            except OutOfRequests as error:
                raise FetchFailed(
                    f"Today's requests to archives are used up (archive_requests). {_TOMORROW}"
                ) from error
            except TurnedAway as error:
                rest, blocked = error.rest, str(error)
                raise
            finally:
                self._store.queue.release(wish.host, self._holder, utc_now() + rest, blocked)
            lists += more
            copies |= {(each.seen_at, each.original): each for each in told}
        return Preview(wish, sorted(copies.values(), key=lambda each: each.seen_at))

    def _now(self, found: Backfill) -> Backfill:
        return self._store.backfills.get(found.id) or found

    def _step(self, found: Backfill) -> bool:
        """Does one step, or sees that another program did it; False where it would have to wait for long."""
        job = self._store.backfills.job(found.id)
        if job is None:
            return True
        now = utc_now()
        if not self._waits_until(job.due_at, now) or not self._claimed(job.host):
            return False
        done = None
        try:
            due = self._store.backfills.job(found.id)
            if due is not None and due.due_at <= utc_now():
                done = step(self._context, due)
        finally:
            rest = timedelta(0) if done is None or done.rest is None else done.rest
            blocked = done.reason if done is not None and done.outcome is Outcome.BLOCKED else None
            self._store.queue.release(job.host, self._holder, utc_now() + rest, blocked)
        return True

    def _claimed(self, host: str) -> bool:
        """Holds an archive as soon as it is free; False where that is not soon."""
        queue = self._store.queue
        while not queue.claim(host, self._holder, now := utc_now(), now + LEASE):
            paused = [each.free_at for each in queue.held_hosts(now) if each.host == host]
            if not self._waits_until(paused[0] if paused else now + timedelta(seconds=_HELD_S), now):
                return False
        return True

    def _waits_until(self, at: datetime, now: datetime) -> bool:
        if at - now > PATIENCE:
            return False
        if at > now:
            self._context.pause((at - now).total_seconds())
        return True

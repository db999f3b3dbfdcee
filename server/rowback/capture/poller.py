"""Runs jobs: takes what is due from the store, hands it to the one function that does it, and gives the host back.

Any number of threads and processes may run over one store. What a job is due for is the schedule's business, how it is done
that of `article_check.py` and `feed_reading.py`; here is only who does it, and that nothing a page does can stop it.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol

from rowback.apart.pool import Ended
from rowback.capture.context import OutOfRequests, Stopped
from rowback.capture.crew import Crew
from rowback.capture.fetch import MAX_SECONDS
from rowback.capture.pacing import gap, pause
from rowback.capture.putting_off import put_off, set_aside
from rowback.capture.robots import MAX_DELAY_S
from rowback.capture.save_keys import digest_of
from rowback.capture.timekeeping import Timekeeper
from rowback.capture.visit import Done
from rowback.deferred import DeferredFunction
from rowback.errors import StoreError
from rowback.store.begun import MOST_BEGUN
from rowback.store.finds import MAX_WAIT
from rowback.store.presence import NOTED_EVERY
from rowback.store.shares import ARCHIVES, ARTICLES, SAVES, of_feed
from rowback.store.spending import turn
from rowback.store.work import JobKind, Outcome
from rowback.waits import until_over

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from rowback.capture.article_check import capture_find, check_article
    from rowback.capture.context import Context
    from rowback.capture.feed_reading import read_feed
    from rowback.capture.putting_off import LeaveOut
    from rowback.store.work import Job
else:
    capture_find = DeferredFunction("rowback.capture.article_check", "capture_find")
    check_article = DeferredFunction("rowback.capture.article_check", "check_article")
    read_feed = DeferredFunction("rowback.capture.feed_reading", "read_feed")

# Longer than the longest wait between two requests of a job and the two fetches after it (a robots.txt, a document), with as
# much again for the work; before each such wait the lease begins anew.
LEASE = timedelta(seconds=MAX_DELAY_S + 4 * MAX_SECONDS)
WORKERS = 8  # most of the time is spent waiting for servers
IDLE_S = 5.0  # between two looks at an empty list
ONCE_WAITS = timedelta(minutes=2)  # `run_once` waits for a host's gap, not for its pauses
PUT_OFF = timedelta(hours=1)  # by then the day has freed some requests, if only for one that needs several
LONGEST_S = 2 * LEASE.total_seconds()  # of a job, between two signs that it goes on

_DO: dict[JobKind, Callable[[Context, Job], Done]] = {
    JobKind.ARTICLE: check_article,
    JobKind.CHECK: check_article,
    JobKind.FEED: read_feed,
    JobKind.FIND: capture_find,
}
_PURSES = {JobKind.ARTICLE: ARTICLES, JobKind.CHECK: ARTICLES, JobKind.BACKFILL: ARCHIVES, JobKind.SAVE: SAVES}
log = logging.getLogger("rowback.poller")


class SideWork(Protocol):
    """What runs beside the jobs, in threads of its own."""

    def start(self) -> None:
        """Works until `stop`."""

    def stop(self, seconds: float = ...) -> None:
        """Ends it, and waits so long for what is under way."""

    def run_once(self) -> dict[str, int]:
        """Does what is due now, and counts what came of it."""


@dataclass
class Poller:
    """A group of workers. `chance` gives random numbers from 0 to 1."""

    context: Context
    chance: Callable[[], float]
    stopping: threading.Event
    workers: int = WORKERS
    seconds: Callable[[], float] = time.monotonic
    holder: str = field(default_factory=lambda: secrets.token_hex(8))
    others: Mapping[JobKind, Callable[[Context, Job], Done]] = field(default_factory=dict)
    """How jobs are done that stand above this package."""
    leave_out: Mapping[JobKind, LeaveOut] = field(default_factory=dict)
    """How such a job goes on without the part of it that broke the program, or took pollers down with it."""
    beside: SideWork | None = None
    """What else is done while this poller runs, and waits for none of its jobs: alerts are told."""
    _noted_at: datetime | None = None
    _told: set[str] = field(default_factory=set)
    _timekeeper: Timekeeper = field(init=False)
    _crew: Crew = field(init=False)

    def __post_init__(self) -> None:
        self._timekeeper = Timekeeper(self.context.store.clocks, self.seconds, LEASE)
        self._crew = Crew(self._run, self.stopping, self._lost, seconds=self.seconds, longest_s=LONGEST_S)

    def start(self) -> None:
        """Works in threads until `stop`."""
        self._crew.start(self.workers)
        if self.beside is not None:
            self.beside.start()

    def stop(self, seconds: float = 10.0) -> None:
        """Lets the workers finish what they are at, for so long; what is cut off is done again after its lease."""
        self.stopping.set()
        self._crew.join(seconds)
        if self.beside is not None:
            self.beside.stop(seconds)
        self._leave()

    def run_once(self) -> dict[str, int]:
        """Does everything that is due by now, with what feeds name meanwhile, and counts what came of it. Raises
        `StoreError`."""
        due_by, done, failures = self.context.now(), list[Done](), list[StoreError]()
        self._note()

        def work(number: int) -> None:
            try:
                while not self.stopping.is_set():
                    self._note()
                    found = self.step(due_by, number)
                    if found is not None:
                        done.append(found)
                    elif not self._wait_for_host(due_by):
                        break
            except StoreError as error:
                failures.append(error)
                self.stopping.set()
            self.context.store.close()

        threads = [threading.Thread(target=work, args=(n,), daemon=True) for n in range(self.workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            until_over(thread)
        self._leave()
        if failures:
            raise failures[0]
        told = {} if self.beside is None else self.beside.run_once()  # last, with what was found just now
        return dict(Counter(each.outcome.value for each in done)) | {f"alerts {what}": n for what, n in told.items()}

    def step(self, due_by: datetime | None = None, number: int = 0, only: int | None = None) -> Done | None:
        """Does one job, None when there is none to do now. `only` is an article: nothing is done but the check of it that
        somebody asked for."""
        now = self.context.now()
        if not self._timekeeper.may_work(now):
            return None
        holder = f"{self.holder}-{number}"
        job = self.context.store.queue.take(now, holder, now + LEASE, due_by or now, self.context.daily_requests, only)
        if job is None:
            self._tell_waiting(now)
            return None
        done = self._do(job, holder) if job.begun <= MOST_BEGUN else self._set_aside(job)
        extra = {"job": job, "done": done}
        log.info("%s %s: %s, %s; %s", job.kind, job.url, done.outcome, done.reason, done.then, extra=extra)
        self._release(job, done, holder)
        return done

    def _do(self, job: Job, holder: str) -> Done:
        try:
            do = self.others.get(job.kind) or _DO[job.kind]
            return do(self._context_of(job, holder), job)
        except StoreError:
            with suppress(StoreError):
                self.context.store.queue.leave(holder)
            raise  # nothing more can be noted; the lease brings the job back
        except (Stopped, Ended):
            return Done(Outcome.FAILED, "the poller was stopped", "it stays due")
        except OutOfRequests:
            self.context.store.queue.put_off(job, self.context.now() + PUT_OFF)
            return Done(Outcome.WAITING, "today's requests for it are used up", "again in an hour")
        except Exception as error:  # a page that we cannot cope with must not stop all others
            log.exception("%s %s broke the program", job.kind, job.url, extra={"job": job})
            return put_off(self.context, job, error, self.leave_out.get(job.kind))

    def _set_aside(self, job: Job) -> Done:
        return set_aside(self.context, job, self.leave_out.get(job.kind))

    def _context_of(self, job: Job, holder: str) -> Context:
        """What a job works with: every request of it, whatever it is for, is counted to its purse first."""
        purse = _PURSES.get(job.kind) or of_feed(job.id)
        return replace(self.context.paying(purse), hold=partial(self._hold, job.host, holder))

    def _tell_waiting(self, now: datetime) -> None:
        """Says once a day that something waits for its share of the requests, and once that all are used up."""
        if not self.context.daily_requests:
            return
        found = self.context.store.spending.standing(now)
        until = f"{turn(now):%Y-%m-%d %H:%M} UTC (daily_requests: {found.limit})"
        if found.again_at is not None:
            told = f"all requests of today are used up: what is due waits until {until}"
        elif found.articles_wait or found.feeds_wait:
            told = f"some of what is due waits for its share of today's requests, at most until {until}"
        else:
            return
        if told not in self._told:
            self._told = {each for each in self._told if until in each} | {told}
            log.warning("%s", told)

    def _hold(self, host: str, holder: str) -> None:
        self._crew.beat(int(holder.rpartition("-")[2]))
        self.context.store.queue.hold(host, holder, self.context.now() + LEASE)

    def _release(self, job: Job, done: Done, holder: str) -> None:
        queue, now = self.context.store.queue, self.context.now()
        if done.rest is not None:
            blocked = done.reason if done.outcome is Outcome.BLOCKED else None
            queue.release(job.host, holder, now + done.rest, blocked)
        elif done.outcome is Outcome.BLOCKED:
            free_at = now + pause(queue.blocks(job.host), done.retry_after_s, self.chance())
            queue.release(job.host, holder, free_at, done.reason)
        else:
            asked_s = self.context.robots.delay_s(job.url) if done.outcome is not Outcome.REFUSED else 0.0
            queue.release(job.host, holder, now + gap(asked_s, self.chance()))

    def _wait_for_host(self, due_by: datetime) -> bool:
        """Waits until a host with due work is free; False when none will be soon."""
        now = self.context.now()
        free_at = self.context.store.queue.free_at(now, due_by, self.context.daily_requests)
        if free_at is None or free_at > now + ONCE_WAITS:
            return False
        self.context.pause(max(0.1, (free_at - now).total_seconds()))
        return True

    def _note(self) -> None:
        """Says now and then that this poller runs and what it keeps to, drops what waited too long, and empties the log of
        what was forgotten while others read it."""
        now = self.context.now()
        if self._noted_at is None or abs(now - self._noted_at) >= NOTED_EVERY:
            self._noted_at = now  # before it is written: the other workers need not
            self.context.store.presence.note(self.holder, now)
            self.context.store.spending.note_limit(self.context.daily_requests, self.context.archive_requests)
            stale = self.context.store.finds.drop_stale(now)
            if stale:
                log.warning("%d articles that feeds named waited for %d days and were dropped", stale, MAX_WAIT.days)
            self.context.store.backfills.drop_expired(now)
            if self.context.save_keys:
                self.context.store.saves.want_new(now, digest_of(self.context.save_keys))
            self.context.store.owner.finish_forgetting()

    def _leave(self) -> None:
        if self._noted_at is not None:
            self._noted_at = None
            with suppress(StoreError):  # it is believed for some minutes more
                self.context.store.queue.forgive(self.holder)
                self.context.store.presence.leave(self.holder, self.context.now())

    def _lost(self, told: str) -> None:
        with suppress(StoreError):  # the log has it
            self.context.store.presence.lose(told, self.context.now())
        self.context.store.close()

    def _run(self, number: int) -> None:
        while not self.stopping.is_set() and self._crew.beat(number):
            try:
                self._note()
                worked = self.step(number=number) is not None
            except StoreError as error:
                log.warning("the database cannot be used just now: %s", error)
                worked = False
            if not worked:
                self.context.pause(IDLE_S * (1 + self.chance()))
        self.context.store.close()

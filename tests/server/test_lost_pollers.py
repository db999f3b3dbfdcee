"""A page that takes its poller down with it, or a thread of it, is known by that and set aside; the rest goes on."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rowback.capture.captures import from_html
from rowback.capture.crew import Crew
from rowback.capture.poller import LEASE, LONGEST_S
from rowback.errors import StoreError
from rowback.model import Origin, Reason
from rowback.store import Store
from rowback.store.begun import MOST_BEGUN
from rowback.store.feeds import FeedKind
from rowback.store.work import JobKind, Outcome

from . import forked
from .program import COMMAND, ENDS_WITHIN_S
from .samples import page
from .test_poller import Newsroom, newsroom, outcome
from .websites import website

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

    from rowback.store.work import Job

    from .program import Program

__all__ = ["newsroom"]


def _take(news: Newsroom, holder: str) -> Job | None:
    """Begins what is due, once the lease of whoever was at it has run out."""
    news.clock.advance(seconds=LEASE.total_seconds() + 1)
    return news.store.queue.take(news.clock(), holder, news.clock() + LEASE, news.clock())


@pytest.mark.parametrize("kind", [JobKind.ARTICLE, JobKind.FEED, JobKind.FIND])
def test_what_took_two_pollers_down_is_set_aside_by_the_third(newsroom: Newsroom, kind: JobKind) -> None:
    store, clock, site = newsroom.store, newsroom.clock, newsroom.site
    url = newsroom.follow().url if kind is JobKind.ARTICLE else site.url("/feed.xml")
    if kind is not JobKind.ARTICLE:
        store.feeds.add(url, FeedKind.FEED, "", clock())
    if kind is JobKind.FIND:
        url = site.url("/2026/01/a-story-of-its-own")
        entry = f"<rss><channel><item><link>{url}</link></item></channel></rss>"
        site.put("/feed.xml", entry, Content_Type="application/rss+xml")
        newsroom.step()
        site.asked.clear()
        with closing(sqlite3.connect(store.path)) as db, db:
            db.execute("update feeds set next_check_at = null")
    for number in range(MOST_BEGUN):
        job = _take(newsroom, f"killed-{number}")
        assert job is not None
        assert (job.kind, job.url, job.begun) == (kind, url, number + 1)
    assert outcome(newsroom.step(seconds=LEASE.total_seconds() + 1)) is Outcome.COSTLY
    assert site.paths() == []
    (note,) = store.overview(clock()).troubles
    assert (note.kind, note.outcome, note.next_check_at) == (kind, "costly", clock() + timedelta(days=1))
    assert "2 pollers ended" in note.reason
    (failed,) = store.failures.newest()
    assert (failed.url, failed.reason) == (url, Reason.COSTLY)
    assert newsroom.step(hours=23) is None
    assert outcome(newsroom.step(hours=2)) not in (None, Outcome.COSTLY)
    assert site.paths() != []


def test_what_ended_well_in_between_is_not_counted(newsroom: Newsroom) -> None:
    article = newsroom.follow()
    for number in range(4):
        job = _take(newsroom, f"killed-{number}")
        assert job is not None
        assert job.begun == 1
        assert outcome(newsroom.step(seconds=LEASE.total_seconds() + 1)) is Outcome.UNCHANGED
        newsroom.store.set_followed(article.id, newsroom.clock())


def test_a_poller_that_is_stopped_or_lost_its_database_does_not_blame_the_page(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.follow()
    for number in range(MOST_BEGUN + 1):
        poller = newsroom.poller(f"stopped{number}")
        job = _take(newsroom, f"stopped{number}-0")
        assert job is not None
        assert job.begun == 1
        poller._note()
        poller.stop()

    def locked(*_: object, **__: object) -> None:
        raise StoreError("locked")

    for number in range(MOST_BEGUN + 1):
        newsroom.clock.advance(seconds=LEASE.total_seconds() + 1)
        with monkeypatch.context() as broken:
            broken.setattr(newsroom.store.queue, "finish_article", locked)
            with pytest.raises(StoreError):
                newsroom.poller(f"locked{number}").step()
    assert outcome(newsroom.step(seconds=LEASE.total_seconds() + 1)) is Outcome.UNCHANGED


def test_a_page_in_whose_midst_the_program_is_killed_is_not_begun_a_third_time(rowback: Program) -> None:
    """With the real program: the leases of the killed ones are ended by hand, for they last minutes."""
    now = datetime.now(UTC)
    with website() as site:
        asked = threading.Semaphore(0)

        def never_answer(_: BaseHTTPRequestHandler) -> None:
            asked.release()
            site.over.wait(ENDS_WITHIN_S)

        site.put("/robots.txt", status=404)
        site.answers["/news/ferry"] = never_answer
        store = Store(rowback.db)
        url = site.url("/news/ferry", "127.0.0.1")
        article = store.record(from_html(url, page(), now, Origin.BROWSER), now).article
        store.set_followed(article.id, now)
        for _ in range(MOST_BEGUN):
            with _polling(rowback) as poller:
                assert asked.acquire(timeout=ENDS_WITHIN_S)
                poller.kill()
            _end_leases(rowback.db)
        assert rowback.ok("poll", "--once", ROWBACK_FETCH_HOSTS="127.0.0.1").out == "1 costly.\n"
        assert site.paths() == ["/news/ferry"] * MOST_BEGUN
        assert "2 pollers ended" in rowback.ok("status").out
        assert "take too much to read" in rowback("doctor").out
        (failed,) = store.failures.newest()
        assert failed.reason is Reason.COSTLY
        store.end()


def test_pollers_that_are_stopped_in_order_are_not_counted(rowback: Program) -> None:
    now = datetime.now(UTC)
    with website() as site:
        asked = threading.Semaphore(0)

        def slow_answer(_: BaseHTTPRequestHandler) -> None:
            asked.release()
            site.over.wait(ENDS_WITHIN_S)

        site.answers["/news/ferry"] = slow_answer
        store = Store(rowback.db)
        url = site.url("/news/ferry", "127.0.0.1")
        store.set_followed(store.record(from_html(url, page(), now, Origin.BROWSER), now).article.id, now)
        with _polling(rowback) as poller:
            assert asked.acquire(timeout=ENDS_WITHIN_S)
            poller.send_signal(signal.SIGTERM)
        _end_leases(rowback.db)
        job = store.queue.take(datetime.now(UTC), "next", datetime.now(UTC) + LEASE, datetime.now(UTC))
        assert job is not None
        assert job.begun == 1
        store.end()


def _polling(rowback: Program) -> forked.Process:
    environment = rowback.environment() | {"ROWBACK_FETCH_HOSTS": "127.0.0.1"}
    with Path(os.devnull).open("wb") as nowhere:
        return forked.start(forked.MAIN, ["poll"], environment, name=COMMAND, out=nowhere)


def _end_leases(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("update hosts set free_at = '2000-01-01T00:00:00.000000Z'")


def test_a_thread_that_breaks_is_replaced_and_told(caplog: pytest.LogCaptureFixture) -> None:
    told, began = list[str](), list[int]()
    stopping, worked, heard = threading.Event(), threading.Event(), threading.Event()

    def work(number: int) -> None:
        began.append(number)
        if number == 0:
            raise ZeroDivisionError
        worked.set()
        stopping.wait()

    def lost(words: str) -> None:
        told.append(words)
        heard.set()

    crew = Crew(work, stopping, lost, seconds=lambda: 0.0, longest_s=10, looks_every_s=0.01)
    crew.start(1)
    assert worked.wait(ENDS_WITHIN_S)
    assert heard.wait(ENDS_WITHIN_S)
    stopping.set()
    crew.join(ENDS_WITHIN_S)
    assert began == [0, 1]
    assert told == ["a thread of the poller ended by an error; another took its place"]
    assert [record.exc_info is not None for record in caplog.records] == [True, False]


def test_a_thread_that_hangs_is_replaced_and_ends_when_it_is_through() -> None:
    told = list[str]()
    stopping, hangs, goes_on = threading.Event(), threading.Event(), threading.Event()
    clock, ended = [0.0], threading.Event()

    def work(number: int) -> None:
        if number == 0:
            hangs.set()
            goes_on.wait(ENDS_WITHIN_S)
            if not crew.beat(number):
                ended.set()
            return
        stopping.wait(ENDS_WITHIN_S)

    crew = Crew(work, stopping, told.append, seconds=lambda: clock[0], longest_s=LONGEST_S, looks_every_s=ENDS_WITHIN_S)
    crew.start(1)
    assert hangs.wait(ENDS_WITHIN_S)
    clock[0] = LONGEST_S
    crew.look()
    assert told == []
    clock[0] += 60
    crew.look()
    crew.look()
    assert len(told) == 1
    assert "at one thing for" in told[0]
    goes_on.set()
    assert ended.wait(ENDS_WITHIN_S)
    stopping.set()


def test_a_lost_thread_is_told_on_all_roads(newsroom: Newsroom, rowback: Program) -> None:
    newsroom.poller()._lost("a thread of the poller ended by an error; another took its place")
    newsroom.poller()._note()
    found = newsroom.store.overview(newsroom.clock())
    assert found.lost is not None
    assert found.lost[0] == newsroom.clock()
    newsroom.clock.advance(days=8)
    assert newsroom.store.overview(newsroom.clock()).lost is None
    store = Store(rowback.db)
    store.presence.lose("a thread of the poller hangs; another took its place", datetime.now(UTC))
    store.presence.note("test", datetime.now(UTC))
    store.end()
    assert "a thread of the poller hangs" in rowback.ok("status").out
    assert rowback.ok("status", "--json").json["poller_lost"]["reason"].startswith("a thread of the poller hangs")
    assert "NO  poller: a thread of the poller hangs" in rowback("doctor").out

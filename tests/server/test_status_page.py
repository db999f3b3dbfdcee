"""The status page: what it tells, whom, and what its forms do."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import lxml.html
import pytest

from rowback import __version__
from rowback.store.brought import Brought
from rowback.store.feeds import FeedKind
from rowback.store.work import Next, Outcome

from . import backend as backends
from .samples import URL
from .test_access import FROM_ELSEWHERE, HOST
from .visitor import Visitor, owner_at_home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .backend import Backend

FEED = "https://www.harbour-echo.example/feed.xml"
ERROR_PAGE = "<html><title>404 Not Found</title><body><h1>404</h1><p>Not found</p></body></html>"


@pytest.fixture(params=[False, True], ids=["private", "public"])
def hosted(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    """A backend that goes by a name of its own, public or not."""
    backend = backends.start(tmp_path / "rowback.db", allowed_hosts=[HOST], is_public=request.param)
    yield backend
    backend.server.stop()
    backend.store.close()


@pytest.fixture
def owner(backend: Backend) -> Visitor:
    """The owner, at a browser on the machine itself."""
    return owner_at_home(backend)


def _text(visitor: Visitor) -> str:
    answer = visitor.get("/status")
    assert answer.status == 200
    page: Any = lxml.html.document_fromstring(answer.body.decode())
    return " ".join(" ".join(page.xpath("//main//text()")).split())


def test_it_tells_what_is_due_and_what_the_poller_does(owner: Visitor, backend: Backend) -> None:
    assert "The poller has not run yet" in _text(owner)
    backend.client.capture()
    backend.store.set_followed(1, backend.clock())
    backend.store.presence.note("test", backend.clock())
    text = _text(owner)
    assert "The poller is running." in text
    assert "1 check" in text
    assert "1 followed" in text
    assert "1 version, 1 capture" in text
    assert f"Rowback {__version__}" in text
    assert re.search(r"Disk [\d.]+ KB.* free", text)
    backend.clock.advance(hours=2)
    assert "last seen about 2 hours ago" in _text(owner)


def test_it_tells_failures_by_host_with_reasons(owner: Visitor, backend: Backend) -> None:
    store, now = backend.store, backend.clock()
    feed, _ = store.feeds.add(FEED, FeedKind.FEED, "Harbour Echo", now)
    job = store.queue.take(now, "test", now + timedelta(minutes=5), now)
    assert job is not None
    assert "Being asked now 1 host" in _text(owner)
    store.queue.release(job.host, "test", now + timedelta(hours=2), "It asked us to wait.")
    next_at = now + timedelta(hours=3)
    store.feeds.finish(feed.id, now, Next(next_at, Outcome.BLOCKED, "It answered 429.", 2), 900)
    backend.client.post("/api/v1/captures", {"url": URL, "html": ERROR_PAGE})
    text = _text(owner)
    assert "harbour-echo.example It asked us to wait. 1× in about 2 hours" in text
    assert "www.harbour-echo.example : 1 address feed" in text
    assert "It answered 429. (2×, in about 3 hours)" in text
    assert "Captures that were not believed" in text
    assert store.failures.newest()[0].detail in text


def test_a_feed_is_followed_and_unfollowed(owner: Visitor, backend: Backend) -> None:
    told = owner.press("/status", "/status/feeds", do="follow", url=FEED.removeprefix("https://"))
    assert (told.status, told.headers["location"]) == (303, "/status#feeds")
    assert [feed.url for feed in backend.store.feeds.all()] == [FEED]
    assert f"Followed: {FEED}" in _text(owner)
    assert owner.press("/status", "/status/feeds", do="follow", url=" ").status == 400
    assert owner.press("/status", "/status/feeds", do="unfollow", url=FEED).status == 303
    assert backend.store.feeds.all() == []
    assert owner.press("/status", "/status/feeds", do="unfollow", url=FEED).status == 404


def test_a_feed_stands_with_what_its_last_reading_found(owner: Visitor, backend: Backend) -> None:
    store, now = backend.store, backend.clock()
    feed, _ = store.feeds.add(FEED, FeedKind.FRONT, "Harbour Echo", now)
    assert "not yet: it is being read" in _text(owner)
    brought = Brought(named=2, new=1, unlike=7, first=("Ferry stays shut",))
    later = now + timedelta(hours=1)
    store.feeds.finish(feed.id, now, Next(later, Outcome.READ, brought.in_words()), 900, brought=brought)
    words = "2 articles named, 1 new; first: Ferry stays shut; left out: 7 not like an article"
    assert _text(owner).count(words) == 1
    store.feeds.finish(feed.id, now, Next(later, Outcome.READ, "nothing new"), 900)
    assert f"nothing new {words}" in _text(owner)


def test_its_forms_need_the_sessions_token(owner: Visitor, backend: Backend) -> None:
    owner.get("/status")
    assert owner.send("/status/feeds", do="follow", url=FEED).status == 403
    body = urlencode({"do": "follow", "url": FEED}).encode()
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    assert backend.client.send("POST", "/status/feeds", body, **form).status == 403
    assert backend.store.feeds.all() == []


def test_it_is_for_owners(hosted: Backend) -> None:
    stranger = Visitor(hosted.anyone, dict(FROM_ELSEWHERE))
    assert stranger.get("/status").status == 302
    assert stranger.send("/status/feeds", do="follow", url=FEED).status == 401
    assert b'href="/status"' not in stranger.get("/login").body
    stranger.press("/login", "/login", token=hosted.client.token or "", next="/status")
    page = stranger.get("/status")
    assert page.status == 200
    assert b'href="/status"' in page.body
    assert b"Sign out" in page.body
    stranger.press("/status", "/logout")
    assert stranger.get("/status").status == 302


def test_reasons_are_told_in_the_readers_language_and_stay_as_they_are_stored(owner: Visitor, backend: Backend) -> None:
    store, now = backend.store, backend.clock()
    for number, reason in enumerate(["its robots.txt asks robots to stay away", "Errno 7 <b>"]):
        feed, _ = store.feeds.add(f"https://site-{number}.example/feed", FeedKind.FEED, "", now)
        store.feeds.finish(feed.id, now, Next(now + timedelta(hours=3), Outcome.REFUSED, reason, 2), 900)
    page: Any = lxml.html.document_fromstring(owner.get("/status", Accept_Language="de").body.decode())
    assert "seine robots.txt bittet Robots, fernzubleiben" in page.xpath("//main//bdi[not(@lang)]/text()")
    assert "Errno 7 <b>" in page.xpath("//main//bdi[@lang='en']/text()"), "what nobody foresaw is marked as English"
    reasons = [each["reason"] for each in backend.client.get("/api/v1/feeds", Accept_Language="de").json["feeds"]]
    assert sorted(reasons) == ["Errno 7 <b>", "its robots.txt asks robots to stay away"], "programs get what is stored"

"""A page that takes too much to read is an error of its own, and is set aside for long, not tried all the time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from rowback.apart.lanes import Lane
from rowback.apart.limits import Limits
from rowback.apart.pool import Pool
from rowback.capture import captures, followable
from rowback.capture.schedule import MAX_COSTLY_WAIT_S, costly_wait
from rowback.model import Reason, Status
from rowback.store.feeds import FeedKind
from rowback.store.work import Outcome

from .samples import URL, page
from .test_poller import EDITED, Newsroom, feed, newsroom, outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .backend import Client

__all__ = ["newsroom"]
STORY = "/news/ferry-timetable"
# Some seconds of reading for whoever has the time. It is no article in the end, either.
LONG = page([f"The first ferry {n} leaves at six in the morning from Monday on." for n in range(9_000)])


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    """A tenth of a second for each page, and small ones are read at once."""
    pool = Pool(1, Limits(cpu_s=0.1))
    for module in (captures, followable):
        monkeypatch.setattr(module, "INCOMING", Lane(pool, 4_096))
    yield pool
    pool.end()


def test_whoever_sends_such_a_page_is_told_so(client: Client) -> None:
    answer = client.post("/api/v1/captures", {"url": URL, "html": LONG})
    assert (answer.status, answer.code) == (422, "page-too-costly")
    assert "0.1 seconds" in answer.json["detail"]
    assert client.post("/api/v1/captures", {"url": URL, "html": page()}).status == 201


def test_a_watched_page_is_set_aside_for_longer_each_time_and_the_rest_goes_on(newsroom: Newsroom) -> None:
    site, store = newsroom.site, newsroom.store
    article, other = newsroom.follow(), newsroom.follow("/news/another-story")
    site.put(STORY, LONG)
    assert outcome(newsroom.step()) is Outcome.COSTLY
    assert outcome(newsroom.step(seconds=10)) is Outcome.UNCHANGED
    waits = []
    for _ in range(3):
        due_at = newsroom.article(article).next_check_at
        assert due_at is not None
        waits.append((due_at - newsroom.clock()).total_seconds() / 86_400)
        store.set_followed(other.id, None)
        assert newsroom.step(days=waits[-1] - 1 / 86_400) is None
        assert outcome(newsroom.step(seconds=2)) is Outcome.COSTLY
    assert [round(each) for each in waits] == [1, 2, 4]
    assert newsroom.article(article).status is Status.WATCHING
    (note,) = store.overview(newsroom.clock()).troubles
    assert (note.outcome, note.failures) == ("costly", 4)
    assert "longer than 0.1 seconds" in note.reason
    failed = store.failures.newest()
    assert [(each.article_id, each.reason) for each in failed] == [(article.id, Reason.COSTLY)] * 4


def test_a_page_that_was_set_aside_and_is_itself_again_is_watched_as_before(newsroom: Newsroom) -> None:
    article = newsroom.follow()
    newsroom.site.put(STORY, LONG)
    newsroom.step()
    newsroom.site.put(STORY, page(EDITED))
    assert outcome(newsroom.step(days=1, seconds=1)) is Outcome.EDITED
    due_at = newsroom.article(article).next_check_at
    assert due_at is not None
    assert due_at - newsroom.clock() < timedelta(hours=1)
    assert newsroom.store.overview(newsroom.clock()).troubles == ()


def test_what_a_feed_names_and_takes_too_much_is_tried_once_more_and_given_up(newsroom: Newsroom) -> None:
    site = newsroom.site
    site.put("/feed.xml", feed(site.url(STORY)), Content_Type="application/rss+xml")
    site.put(STORY, LONG)
    newsroom.store.feeds.add(site.url("/feed.xml"), FeedKind.FEED, "", newsroom.clock())
    newsroom.step()
    assert outcome(newsroom.step(seconds=10)) is Outcome.COSTLY
    outcomes = [outcome(newsroom.step(hours=1)) for _ in range(60)]
    assert outcomes.count(Outcome.COSTLY) == 1
    assert site.paths().count(STORY) == 2
    assert newsroom.store.feeds.all()[0].waiting == 0


@pytest.mark.parametrize("kind", [FeedKind.FEED, FeedKind.SITE, FeedKind.FRONT])
def test_a_feed_that_takes_too_much_is_read_seldom(newsroom: Newsroom, kind: FeedKind) -> None:
    links = "".join(f"<a href='/2026/01/09/story-number-{n}'>The pier is open again today</a>" for n in range(20_000))
    newsroom.site.put("/section", f"<title>Echo</title>{links}")
    newsroom.store.feeds.add(newsroom.site.url("/section"), kind, "", newsroom.clock())
    assert outcome(newsroom.step()) is Outcome.COSTLY
    assert newsroom.step(hours=23) is None
    assert outcome(newsroom.step(hours=2)) is Outcome.COSTLY
    assert newsroom.step(hours=47) is None


def test_an_address_that_is_to_be_followed_is_looked_at_with_the_same_limits(newsroom: Newsroom) -> None:
    newsroom.site.put(STORY, LONG)
    newsroom.store.feeds.add(newsroom.site.url(STORY), FeedKind.SITE, "", newsroom.clock())
    assert outcome(newsroom.step()) is Outcome.COSTLY
    assert newsroom.step(hours=23) is None


def test_the_wait_is_bounded() -> None:
    waits = [costly_wait(failures).total_seconds() for failures in range(1_000)]
    assert waits == sorted(waits)
    assert waits[-1] == MAX_COSTLY_WAIT_S

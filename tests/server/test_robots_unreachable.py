"""A robots.txt that is out of reach for a moment puts things off for a moment: nothing is given up, and the cause is told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from rowback.capture.schedule import MAX_UNREACHABLE_WAIT_S
from rowback.errors import FetchFailed, ForbiddenURL, NoAnswer
from rowback.model import Status
from rowback.store.feeds import FeedKind
from rowback.store.work import Outcome

from .samples import page
from .test_poller import Newsroom, feed, newsroom, outcome

if TYPE_CHECKING:
    from collections.abc import Callable

    from rowback.capture.visit import Done

__all__ = ["newsroom"]
STORIES = [f"/news/2026/01/story-number-{n}" for n in range(3)]
ALLOWED = "User-agent: *\nAllow: /"


def _no_network(news: Newsroom) -> None:
    def unknown(host: str, _: int) -> list[str]:
        raise FetchFailed(f"The host {host} is not known.")

    news.site.resolve = unknown  # type: ignore[assignment,method-assign]


def _busy(news: Newsroom) -> None:
    news.site.put("/robots.txt", "busy", status=503, Content_Type="text/plain")


def _too_many(news: Newsroom) -> None:
    news.site.put("/robots.txt", "slowly", status=429, Content_Type="text/plain")


def _cut(news: Newsroom) -> None:
    news.site.put_raw("/robots.txt", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nUser-")


def _back(news: Newsroom) -> None:
    vars(news.site).pop("resolve", None)
    news.site.put("/robots.txt", ALLOWED, Content_Type="text/plain")


HICCUPS: dict[str, tuple[Callable[[Newsroom], None], str]] = {
    "no network": (_no_network, "is not known"),
    "503": (_busy, "the server answered 503"),
    "429": (_too_many, "the server answered 429"),
    "cut off": (_cut, "could not be read"),
}


@pytest.fixture(params=HICCUPS)
def hiccup(request: pytest.FixtureRequest) -> tuple[Callable[[Newsroom], None], str]:
    found: tuple[Callable[[Newsroom], None], str] = HICCUPS[request.param]
    return found


@pytest.mark.parametrize("times", [1, 12])
def test_what_a_feed_names_is_captured_when_the_rules_can_be_read_again(
    newsroom: Newsroom, hiccup: tuple[Callable[[Newsroom], None], str], times: int
) -> None:
    trouble, cause = hiccup
    for path in STORIES:
        newsroom.site.put(path, page(title=f"Ferry timetable {path}"))
    newsroom.site.put("/feed.xml", feed(*map(newsroom.site.url, STORIES)), Content_Type="application/rss+xml")
    newsroom.store.feeds.add(newsroom.site.url("/feed.xml"), FeedKind.FEED, "", newsroom.clock())
    assert outcome(newsroom.step()) is Outcome.READ
    trouble(newsroom)
    tried = [done for done in _half_minutes(newsroom, times * 60) if done.outcome is Outcome.UNREACHABLE]
    assert len(tried) >= times * len(STORIES)
    assert all(cause in done.reason and "again in 10 minutes" in done.then for done in tried)
    assert set(newsroom.site.paths()) == {"/feed.xml"}
    troubles = [note for note in newsroom.store.overview(newsroom.clock()).troubles if note.kind == "find"]
    assert len(troubles) == len(STORIES)
    assert all(note.next_check_at is not None and cause in note.reason for note in troubles)
    _back(newsroom)
    newsroom.clock.advance(seconds=MAX_UNREACHABLE_WAIT_S)
    outcomes = [done.outcome for done in _half_minutes(newsroom, 20)]
    assert outcomes.count(Outcome.CAPTURED) == len(STORIES)
    assert set(outcomes) <= {Outcome.CAPTURED, Outcome.READ, Outcome.UNCHANGED}


def _half_minutes(news: Newsroom, number: int) -> list[Done]:
    """What one poller does in so many."""
    asked, done = news.poller(), []
    for _ in range(number):
        news.clock.advance(seconds=30)
        found = asked.step()
        done += [] if found is None else [found]
    return done


def test_an_article_is_looked_at_again_soon_and_the_log_says_when(
    newsroom: Newsroom, hiccup: tuple[Callable[[Newsroom], None], str]
) -> None:
    trouble, cause = hiccup
    article = newsroom.follow()
    trouble(newsroom)
    waits = []
    for _ in range(6):
        done = newsroom.step()
        assert done is not None
        assert done.outcome is Outcome.UNREACHABLE
        assert cause in done.reason
        found = newsroom.article(article)
        assert found.status is Status.WATCHING
        assert found.next_check_at is not None
        waits.append(found.next_check_at - newsroom.clock())
        assert f"again in {waits[-1].total_seconds() / 60:.0f} minutes" in done.then
        newsroom.clock.at = found.next_check_at
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (timedelta(minutes=10), timedelta(seconds=MAX_UNREACHABLE_WAIT_S))
    assert newsroom.site.paths() == []
    _back(newsroom)
    assert outcome(newsroom.step()) is Outcome.UNCHANGED


def test_an_article_is_not_settled_while_it_cannot_be_asked_for(newsroom: Newsroom) -> None:
    article = newsroom.follow()
    _busy(newsroom)
    assert outcome(newsroom.step(days=500)) is Outcome.UNREACHABLE
    assert newsroom.article(article).status is Status.WATCHING


def test_a_page_that_was_missing_goes_on_being_counted(newsroom: Newsroom) -> None:
    article = newsroom.follow()
    newsroom.site.put("/news/ferry-timetable", status=404)
    assert outcome(newsroom.step()) is Outcome.MISSING
    for days in range(1, 4):
        _busy(newsroom)
        assert outcome(newsroom.step(days=2 * days)) is Outcome.UNREACHABLE
        _back(newsroom)
        assert outcome(newsroom.step(days=2)) is Outcome.MISSING
    assert newsroom.article(article).status is Status.GONE


def test_a_robots_txt_that_says_no_is_asked_again_in_a_day(newsroom: Newsroom) -> None:
    article = newsroom.follow()
    newsroom.site.put("/robots.txt", "User-agent: *\nDisallow: /", Content_Type="text/plain")
    done = newsroom.step()
    assert done is not None
    assert done.outcome is Outcome.REFUSED
    found = newsroom.article(article).next_check_at
    assert found is not None
    assert found - newsroom.clock() >= timedelta(days=1)
    assert "again in 1440 minutes" in done.then


def test_a_sitemap_is_read_again_soon_however_often_its_rules_could_not_be_read(
    newsroom: Newsroom, hiccup: tuple[Callable[[Newsroom], None], str]
) -> None:
    trouble, cause = hiccup
    newsroom.site.put("/news/story-number-1", page(title="Ferry timetable"))
    sitemap = f"<urlset><url><loc>{newsroom.site.url('/news/story-number-1')}</loc></url></urlset>"
    newsroom.site.put("/sitemap.xml", sitemap, Content_Type="application/xml")
    feed_, _ = newsroom.store.feeds.add(newsroom.site.url("/sitemap.xml"), FeedKind.SITEMAP, "", newsroom.clock())
    trouble(newsroom)
    for _ in range(12):
        done = newsroom.step()
        assert done is not None
        assert (done.outcome, cause in done.reason) == (Outcome.UNREACHABLE, True)
        found = newsroom.store.feeds.feed(feed_.id)
        assert found is not None
        assert found.next_check_at is not None
        wait = found.next_check_at - newsroom.clock()
        assert wait <= timedelta(seconds=MAX_UNREACHABLE_WAIT_S)
        assert done.then == f"again in {wait.total_seconds() / 60:.0f} minutes"
        newsroom.clock.at = found.next_check_at
    _back(newsroom)
    assert [outcome(newsroom.step(minutes=1)) for _ in range(2)] == [Outcome.READ, Outcome.CAPTURED]


def _nowhere(host: str, port: int) -> list[str]:
    raise NoAnswer(f"The host {host} is not known.")


def _sign_in_first(host: str, port: int) -> list[str]:
    raise ForbiddenURL(f"{host} is on a private network.")


@pytest.mark.parametrize("are_rules_known", [False, True])
@pytest.mark.parametrize("away", [_nowhere, _sign_in_first])
def test_nothing_is_given_up_while_the_network_is_away(
    newsroom: Newsroom, away: Callable[[str, int], list[str]], are_rules_known: bool
) -> None:
    """Also where the rules are remembered, so that it is the page itself that cannot be had."""
    networks: list[Callable[[str, int], list[str]]] = [lambda *_: ["127.0.0.1"]]

    def resolve(host: str, port: int) -> list[str]:
        return networks[-1](host, port)

    newsroom.site.resolve = resolve  # type: ignore[assignment,method-assign]
    newsroom.site.put(STORIES[0], page(title="Ferry timetable"))
    newsroom.site.put("/feed.xml", feed(newsroom.site.url(STORIES[0])), Content_Type="application/rss+xml")
    newsroom.store.feeds.add(newsroom.site.url("/feed.xml"), FeedKind.FEED, "", newsroom.clock())
    assert outcome(newsroom.step()) is Outcome.READ
    asked = newsroom.poller()
    if are_rules_known:
        asked.context.robots.refusal(newsroom.site.url("/"))
    networks.append(away)
    for _ in range(18):
        newsroom.clock.advance(hours=1)
        while (done := asked.step()) is not None:
            assert done.then.startswith("again in"), done
            newsroom.clock.advance(seconds=30)
    networks.pop()
    newsroom.clock.advance(days=1)
    outcomes = [done.outcome for done in _half_minutes(newsroom, 20)]
    assert outcomes.count(Outcome.CAPTURED) == 1

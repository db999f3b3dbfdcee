"""The requests of a day: never more than the setting says, whatever feeds say, and to each its share."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rowback.capture.captures import from_html
from rowback.model import Origin
from rowback.store import Store
from rowback.store.feeds import Entry
from rowback.store.instants import to_text
from rowback.store.shares import ARTICLES, OWNER, of_feed, shares, shut
from rowback.store.work import JobKind, Outcome

from .backend import Clock
from .samples import changed, page
from .scripted_web import ScriptedWeb

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

FLOOD, QUIET = "https://flood.example/feed", "https://quiet.example/feed"
DAY = timedelta(days=1)


def at_midnight(clock: Clock) -> datetime:
    """Sets a clock to the beginning of its day."""
    clock.at = clock.at.replace(hour=0, minute=0, second=0, microsecond=0)
    return clock.at


@pytest.fixture
def web(store: Store) -> ScriptedWeb:
    """A web for a poller that may make 50 requests a day; the day begins."""
    made = ScriptedWeb(store, 50)
    at_midnight(made.clock)
    return made


def flood(hosts: int = 200, at_a_time: int = 1_000) -> Callable[[], list[str]]:
    """A feed that names other stories on other people's hosts at every reading."""
    number = itertools.count()
    return lambda: [
        f"https://victim{n % hosts}.example/news/story-number-{next(number)}-of-today" for n in range(at_a_time)
    ]


def story_a_reading(host: str) -> Callable[[], list[str]]:
    """A feed that names one more story of its own site at every reading."""
    number = itertools.count()
    return lambda: [f"https://{host}/news/story-number-{next(number)}-of-today"]


def test_a_feed_that_names_thousands_on_other_sites_keeps_to_the_day_and_leaves_others_their_share(
    web: ScriptedWeb,
) -> None:
    web.follow(FLOOD, flood())
    web.follow(QUIET, story_a_reading("quiet.example"))
    poller, limit = web.poller(), 50
    for _ in range(2):
        web.asked.clear()
        day = at_midnight(web.clock)
        while web.clock() < day + DAY:
            web.work(poller, 30, 30)
        asked = web.hosts()
        others = sum(count for host, count in asked.items() if host.startswith("victim"))
        assert web.store.spending.standing(day).asked == len([*asked.elements()]) <= limit
        assert asked["quiet.example"] >= limit // 4, (
            "half of a day's requests are for feeds, half of these for this one"
        )
        assert others <= limit - limit // 4
        at_midnight(web.clock)


def test_what_is_used_up_waits_until_the_day_turns_and_is_told_once(
    web: ScriptedWeb, caplog: pytest.LogCaptureFixture
) -> None:
    feed = web.follow(FLOOD, flood(at_a_time=60))
    poller = web.poller()
    web.work(poller, 1)
    assert 25 <= len(web.asked) <= 26, "half of them, and what lapsed of the other half in a minute"
    found = web.store.spending.standing(web.clock())
    assert (found.again_at, found.articles_wait, found.feeds_wait) == (None, False, (feed.id,))
    web.work(poller, 23 * 60, 60)
    at_midnight(web.clock)
    web.clock.advance(hours=23, minutes=59, seconds=59)
    while poller.step() is not None:
        pass
    assert len(web.asked) == 50
    found = web.store.spending.standing(web.clock())
    assert (found.asked, found.limit, found.again_at) == (50, 50, at_midnight(Clock(web.clock())) + DAY)
    until = "until 2026-01-12 00:00 UTC (daily_requests: 50)"
    assert [record.getMessage() for record in caplog.records if "daily_requests" in record.getMessage()] == [
        f"some of what is due waits for its share of today's requests, at most {until}",
        f"all requests of today are used up: what is due waits {until}",
    ]
    web.work(poller, 3 * 60, 60)
    assert len(web.asked) > 50


def test_a_run_from_cron_ends_when_shares_are_used_up(web: ScriptedWeb) -> None:
    web.limit = 12
    web.follow(FLOOD, flood(at_a_time=60))
    poller = web.poller()
    object.__setattr__(poller.context, "pause", lambda seconds: web.clock.advance(seconds=seconds))
    counts = poller.run_once()
    assert counts["read"] == 1
    assert counts["captured"] >= 1
    assert 6 <= len(web.asked) <= 7
    assert poller.run_once() == {}


@pytest.mark.parametrize("wait", [0, 16])
def test_a_restart_forgets_no_request(web: ScriptedWeb, tmp_path: Path, wait: float) -> None:
    web.follow(FLOOD, flood())
    for _ in range(20):  # each ends after a job
        web.clock.advance(hours=wait / 20)
        poller = web.poller("killed")
        poller.step()
        web.store.end()
        web.store = Store(tmp_path / "rowback.db")
    asked = len(web.asked)
    assert web.store.spending.standing(web.clock()).asked == asked
    while (done := web.poller().step()) is not None:
        assert done is not None
        web.clock.advance(seconds=1)
    assert asked <= len(web.asked) <= 50


def test_every_request_is_counted_whatever_it_is_for(web: ScriptedWeb) -> None:
    web.limit = 1_000
    own, copy = (
        "https://quiet.example/news/the-story-of-the-day",
        "https://mirror.example/news/the-copied-story-of-the-day",
    )
    web.bodies[own] = lambda: page().encode()
    web.bodies[copy] = lambda: page(head=f'<link rel="canonical" href="{own}">').encode()
    web.bodies["https://mirror.example/short"] = lambda: "https://mirror.example/shorter"
    web.bodies["https://mirror.example/shorter"] = lambda: copy
    web.follow(QUIET, lambda: ["https://mirror.example/short"])
    web.work(web.poller(), 120)
    asked = Counter(web.asked)
    # A feed, the robots.txt of two hosts, two redirects, the page, and the one that it says is its original.
    assert {QUIET, "https://mirror.example/robots.txt", "https://quiet.example/robots.txt", own, copy} <= asked.keys()
    assert {"https://mirror.example/short", "https://mirror.example/shorter"} <= asked.keys()
    assert asked[own] > 1, "it is checked as well"
    assert web.store.spending.standing(web.clock()).asked == len(web.asked)


def test_what_a_job_asks_for_beyond_its_share_puts_it_off_and_is_no_failure(web: ScriptedWeb) -> None:
    web.limit = 2
    web.follow(QUIET, lambda: [f"https://quiet.example/news/story-number-{n}-of-today" for n in range(3)])
    web.clock.advance(hours=12)
    poller, outcomes = web.poller(), []
    while (done := poller.step()) is not None:
        outcomes.append(done.outcome)
        web.clock.advance(minutes=1)
    assert outcomes == [Outcome.READ, Outcome.WAITING], "the robots.txt takes the last one"
    with web.store._connection.read() as db:
        put_off = "select key from finds where next_check_at > ?"
        assert len(db.execute(put_off, [to_text(web.clock() + timedelta(minutes=55))]).fetchall()) == 1
    assert web.asked == [QUIET, "https://quiet.example/robots.txt"]
    assert web.store.overview(web.clock()).troubles == ()
    at_midnight(web.clock)
    web.clock.advance(days=1, hours=12)
    assert web.store.feeds.all()[0].waiting == 3


def _articles(web: ScriptedWeb, count: int) -> None:
    """Articles that are due, one on each host; the last one was edited before."""
    for n in range(count):
        url = f"https://paper{n}.example/news/story"
        at = web.clock() - timedelta(hours=6)
        article = web.store.record(from_html(url, page(), at, Origin.POLL), at).article
        if n == count - 1:
            edited = page(changed("400 commuters", "300 commuters"))
            web.store.record(from_html(url, edited, at + timedelta(hours=1), Origin.POLL), at)
        web.store.set_followed(article.id, web.clock() - timedelta(hours=1) + timedelta(minutes=n))


def test_what_matters_more_goes_first_when_the_day_has_not_enough_for_all(web: ScriptedWeb) -> None:
    _articles(web, 5)
    feed = web.follow(QUIET, list)
    web.store.feeds.take_in(feed.id, [Entry("https://quiet.example/news/a-new-story-of-today")], web.clock() - DAY)
    taken = []
    for limit in (4, 4, 1_000):
        job = web.store.queue.take(web.clock(), "test", web.clock() + timedelta(minutes=9), web.clock(), limit)
        assert job is not None
        taken.append((job.kind, job.host))
    assert taken[0] == (JobKind.ARTICLE, "paper4.example"), "one that was edited"
    assert taken[1] == (JobKind.ARTICLE, "paper0.example"), "then others that are due longest"
    assert taken[2] == (JobKind.FIND, "quiet.example"), "with enough for all, what is due longest"


def test_what_the_owner_has_fetched_counts_and_is_never_refused(store: Store) -> None:
    now = at_midnight(Clock()) + timedelta(hours=12)
    count = store.spending.by_hand(lambda: now)
    for _ in range(7):
        count("https://any.example/")
    store.spending.note_limit(5)
    assert store.spending.standing(now).asked == 7
    assert not store.spending.spend(ARTICLES, now, 5)
    assert store.spending.spend(ARTICLES, now + DAY, 5)
    assert store.spending.spend(ARTICLES, now, 0), "no limit"


def test_checks_cost_more_where_feeds_need_many_requests(web: ScriptedWeb) -> None:
    web.limit = 20
    _articles(web, 40)
    before = web.poller().context.habits.price(web.clock())
    for _ in range(8):
        web.store.spending.spend(OWNER, web.clock() - DAY, 0)
    after = web.poller().context.habits.price(web.clock())
    assert after == pytest.approx(before * 20 / 12)
    for _ in range(8):
        web.store.spending.spend(OWNER, web.clock() - DAY, 0)
    assert web.poller().context.habits.price(web.clock()) == pytest.approx(before * 2), "half of them stay for checks"


@pytest.mark.parametrize("steady", [ARTICLES, of_feed(2)])
def test_who_asks_evenly_all_day_finds_its_share_whatever_a_greedy_one_does(steady: str) -> None:
    limit, feeds, greedy, asked = 400, (1, 2), of_feed(1), Counter[str]()
    sure = shares(limit, feeds)[steady]
    for minute in range(1_440):
        passed = minute / 1_440
        if asked[steady] + 1 <= sure * passed:
            assert steady not in shut(limit, asked, feeds, passed), minute
            asked[steady] += 1
        while greedy not in shut(limit, asked, feeds, passed):
            asked[greedy] += 1
    assert asked.total() >= limit - 1, "and what nobody else wanted went to the greedy one"


PURSES = (ARTICLES, *map(of_feed, range(1, 4)))


@given(
    limit=st.integers(1, 60),
    asks=st.lists(st.tuples(st.sampled_from(PURSES), st.integers(0, 30), st.integers(1, 40)), max_size=40),
)
def test_never_more_than_the_limit_whoever_asks_when_and_how_often(
    limit: int, asks: list[tuple[str, int, int]]
) -> None:
    asked, minute = Counter[str](), 0
    for purse, minutes, times in asks:
        minute = min(minute + minutes, 1_439)
        for _ in range(times):
            asked[purse] += purse not in shut(limit, asked, range(1, 4), minute / 1_440)
        assert asked.total() <= limit


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_feeds_say_the_limit_holds(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    limit = data.draw(st.integers(1, 12))
    store = Store(tmp_path_factory.mktemp("any") / "rowback.db")
    web = ScriptedWeb(store, limit)
    names = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9)), max_size=12)
    for host in data.draw(st.sets(st.sampled_from("abc"), min_size=1)):
        web.follow(
            f"https://{host}.example/feed",
            lambda: [f"https://{on}.example/news/story-number-{n}-of-today" for on, n in data.draw(names)],
        )
    poller = web.poller()
    for _ in range(data.draw(st.integers(1, 25))):
        web.clock.advance(minutes=data.draw(st.integers(0, 400)))
        before = len(web.asked)
        day = web.clock()
        counted = store.spending.standing(day).asked
        poller.step()
        assert store.spending.standing(day).asked - counted == len(web.asked) - before
        assert store.spending.standing(day).asked <= limit
    store.end()

"""A clock that was wrong for a while: what it settled or put off is looked at again, and nothing that is stored is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.capture.schedule import Watched, plan
from rowback.capture.timekeeping import EVERY_S, Timekeeper
from rowback.model import Origin, Status
from rowback.store import Store
from rowback.store.clocks import Longest
from rowback.store.feeds import Entry, FeedKind
from rowback.store.instants import to_text
from rowback.store.work import Next, Outcome

from .samples import PARAGRAPHS, START, capture, changed
from .test_poller import Newsroom, newsroom, outcome

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.model import Article

__all__ = ["newsroom"]
DAY = timedelta(days=1)
LONGEST = Longest(check=30 * DAY, pause=1.1 * DAY, lease=timedelta(seconds=540), find=DAY, feed=DAY)
AHEAD = [timedelta(minutes=10), timedelta(hours=3), DAY, 60 * DAY, 400 * DAY]


def _wrong(news: Newsroom, by: timedelta, looks: int = 1) -> None:
    """Some looks under a clock that is wrong; then it is right again, an hour later."""
    right = news.clock.at
    news.clock.at = right + by
    for _ in range(looks):
        news.poller().step()
        news.clock.advance(seconds=30)
    news.clock.at = right + timedelta(hours=1)


@pytest.mark.parametrize("looks", [1, 4])
@pytest.mark.parametrize("by", AHEAD)
def test_an_article_is_watched_as_before_after_a_clock_that_was_ahead(
    newsroom: Newsroom, by: timedelta, looks: int
) -> None:
    article = newsroom.follow()
    newsroom.step()
    newsroom.clock.advance(hours=5)
    before = newsroom.store.versions.of_article(article.id)
    _wrong(newsroom, by, looks)
    newsroom.site.asked.clear()
    done = newsroom.poller().step()
    assert outcome(done) is Outcome.UNCHANGED
    found = newsroom.article(article)
    assert found.status is Status.WATCHING
    assert found.next_check_at is not None
    assert found.next_check_at - newsroom.clock() < 3 * DAY
    after = newsroom.store.versions.of_article(article.id)
    assert [each.content for each in after] == [each.content for each in before]
    assert newsroom.step(seconds=30) is None, "once, not again and again"


def test_what_a_feed_named_and_the_feed_are_looked_at_again(newsroom: Newsroom) -> None:
    store, now = newsroom.store, newsroom.clock()
    store.record(capture(), now)
    wrong = now + 60 * DAY
    feed, _ = store.feeds.add(newsroom.site.url("/feed.xml"), FeedKind.FEED, "", now)
    store.feeds.take_in(feed.id, [Entry(newsroom.site.url("/news/named-by-a-feed"))], wrong)
    store.feeds.finish(feed.id, wrong, Next(wrong + timedelta(minutes=15), Outcome.READ, "read"), 900)
    assert store.clocks.mend(now, LONGEST) == {"finds": 1, "feeds": 1}
    assert store.clocks.mend(now, LONGEST) == {}
    assert {store.queue.next_due_at()} == {now}


@pytest.mark.parametrize(
    ("blocked", "by", "expected"), [(None, DAY, True), ("429", 60 * DAY, True), ("429", DAY, False)]
)
def test_a_host_is_not_left_alone_for_longer_than_any_pause(
    store: Store, blocked: str | None, by: timedelta, expected: bool
) -> None:
    store.record(capture(), START)
    job = store.queue.take(START + DAY, "poller", START + DAY + timedelta(minutes=9), START + DAY)
    assert job is not None
    store.queue.release(job.host, "poller", START + by, blocked)
    mended = store.clocks.mend(START, LONGEST)
    assert (mended != {}) is expected


def test_a_poller_is_not_taken_to_run_for_as_long_as_a_wrong_clock_said(store: Store) -> None:
    store.record(capture(), START)
    store.presence.note("poller", START + 60 * DAY)
    assert store.presence.is_running(START + DAY)
    store.clocks.mend(START + DAY, LONGEST)
    assert not store.presence.is_running(START + DAY)
    assert store.presence.seen_at() == START + DAY


def test_what_a_wrong_clock_settled_is_watched_and_counts_as_checked_once(store: Store) -> None:
    article = store.record(capture(), START).article
    wrong, now = START + 60 * DAY, START + DAY
    settled = Next(None, Outcome.UNCHANGED, "no edit for 40 days", status=Status.SETTLED)
    store.queue.finish_article(article.id, wrong, settled)
    assert store.clocks.mend(now, LONGEST) == {"articles": 1}
    found = store.articles.get(article.id)
    assert found is not None
    assert (found.status, found.next_check_at) == (Status.WATCHING, now)
    assert store.overview(now + 2 * DAY).checked_last_day == 0
    store.queue.finish_article(article.id, now, settled)
    assert store.clocks.mend(now + DAY, LONGEST) == {}, "by a right clock, it is settled"


def test_what_was_planned_by_a_right_clock_stays_as_it_is(newsroom: Newsroom) -> None:
    article = newsroom.follow()
    for _ in range(30):
        newsroom.step()
        found = newsroom.article(article).next_check_at
        assert newsroom.store.clocks.mend(newsroom.clock(), LONGEST) == {}
        if found is None:
            break
        assert newsroom.article(article).next_check_at == found
        newsroom.clock.at = found


@pytest.mark.parametrize("by", [DAY, 365 * DAY])
def test_nothing_is_checked_by_a_clock_that_is_behind(newsroom: Newsroom, by: timedelta) -> None:
    article = newsroom.follow()
    newsroom.step()
    right = newsroom.clock.at
    newsroom.clock.at = right - by - timedelta(hours=1)
    before = newsroom.article(article)
    assert newsroom.poller().step() is None
    assert newsroom.article(article) == before
    newsroom.clock.at = right + timedelta(hours=5)
    assert outcome(newsroom.poller().step()) is Outcome.UNCHANGED


@dataclass
class _Seconds:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_jump_is_noticed_while_the_poller_runs(store: Store) -> None:
    seconds, wrong = _Seconds(), START + 60 * DAY
    article = store.record(capture(), START).article
    keeper = Timekeeper(store.clocks, seconds, timedelta(minutes=9))

    def put_off() -> None:
        later = Next(wrong, Outcome.UNCHANGED, "wrong", status=Status.WATCHING)
        store.queue.finish_article(article.id, wrong, later)

    def due() -> datetime | None:
        found = store.articles.get(article.id)
        assert found is not None
        return found.next_check_at

    assert keeper.may_work(START)
    put_off()
    seconds.now += 60
    assert keeper.may_work(START + timedelta(seconds=60))
    assert due() == wrong, "both went on alike"
    seconds.now += 60
    assert keeper.may_work(START + timedelta(minutes=10))
    assert due() == START + timedelta(minutes=10)
    put_off()
    for _ in range(2):
        seconds.now += EVERY_S / 2
        assert keeper.may_work(START + timedelta(minutes=10, seconds=seconds.now - 120))
    assert due() == START + timedelta(minutes=10, seconds=EVERY_S), "and every hour"


def _checked(store: Store, at: datetime) -> Article:
    article = store.record(capture(minutes=(at - START).total_seconds() / 60), at).article
    store.queue.finish_article(article.id, at, Next(at + DAY, Outcome.UNCHANGED, "", status=Status.WATCHING))
    return article


def test_captures_of_a_wrong_clock_are_told_and_dated_back(store: Store) -> None:
    for day in (0, 1, 2, 60):
        _checked(store, START + day * DAY)
    now = START + 3 * DAY
    assert (store.clocks.ahead(now), store.clocks.is_behind(now)) == (1, False)
    assert store.clocks.is_behind(START - DAY)
    assert store.clocks.date_back(now) == 1
    assert store.counts()["captures"] == 4
    assert (store.clocks.ahead(now), store.clocks.date_back(now)) == (0, 0)
    assert Timekeeper(store.clocks, _Seconds(), timedelta(minutes=9)).may_work(now)


def _told(store: Store, times: int, at: datetime) -> None:
    """What the sample article says at its `times`th edit, as the poller finds it."""
    edited = capture(changed("400 commuters", f"{400 + times} commuters") if times else PARAGRAPHS)
    store.record(replace(edited, seen_at=at, origin=Origin.POLL), at)


def _keeper(store: Store) -> Timekeeper:
    """Of a poller that starts anew."""
    return Timekeeper(store.clocks, _Seconds(), timedelta(minutes=9))


@pytest.mark.parametrize("by", [timedelta(hours=3), 60 * DAY])
@pytest.mark.parametrize("wrong", [(0,), (1,), (0, 1), (1, 2, 2, 3), (1, 0)])
@pytest.mark.parametrize("right", [(1,), (0,), (4, 5), (0, 4, 0)])
def test_what_is_seen_after_a_clock_was_ahead_comes_after_it(
    store: Store, by: timedelta, wrong: tuple[int, ...], right: tuple[int, ...]
) -> None:
    for hour in range(-9, 1):
        _told(store, 0, START + timedelta(hours=hour))
    for minute, times in enumerate(wrong, start=1):
        _told(store, times, START + by + timedelta(minutes=minute))
    assert _keeper(store).may_work(START + timedelta(minutes=5))
    for minute, times in enumerate(right, start=10):
        _told(store, times, START + timedelta(minutes=minute))
    assert _keeper(store).may_work(START + timedelta(minutes=20))
    assert store.clocks.ahead(START + timedelta(minutes=20)) == len(wrong), "not yet: the clock may be behind just now"
    assert _keeper(store).may_work(START + timedelta(minutes=70))
    assert store.clocks.ahead(START + timedelta(minutes=70)) == 0
    (article,) = store.articles.by_id(2)
    versions = store.versions.of_article(article.id)
    told = [times for times, _ in groupby((0, *wrong, *right))]
    assert [int(each.content.blocks[1].text[6:9]) - 400 for each in versions] == told
    assert all(one.seen_at <= one.last_seen_at < other.seen_at for one, other in pairwise(versions))
    assert versions[-1].last_seen_at == START + timedelta(minutes=9 + len(right))
    assert store.counts()["captures"] == 10 + len(wrong) + len(right)
    store.steps.catch_up()
    assert [step.seen_at for step in store.steps.of_article(article.id)] == [each.seen_at for each in versions[1:]]


def test_what_was_put_aside_stays_so_when_it_is_dated_back(store: Store) -> None:
    _told(store, 0, START)
    aside = (
        "insert into captures (article_id, version_id, seen_at, received_at, origin, aside) values (1, 1, ?, ?, ?, ?)"
    )
    with store._connection.write() as db:
        for at in (START + timedelta(minutes=1), START + 9 * DAY):
            db.execute(aside, [to_text(at), to_text(at), "poll", "alternating"])
        db.execute("update captures set seen_at = ?, received_at = ? where id = 1", 2 * [to_text(START + 9 * DAY)])
    assert store.clocks.date_back(START + DAY) == 2
    assert [(each.reason, each.times) for each in store.notes.asides(1)] == [("alternating", 2)]
    (version,) = store.versions.of_article(1)
    assert version.last_seen_at < START + DAY


@pytest.mark.parametrize("origin", [Origin.BROWSER, Origin.POLL])
def test_a_clock_is_believed_only_once_sites_were_reached_by_it(store: Store, origin: Origin) -> None:
    for hours in (0, 1, 48):
        _told(store, 0, START + timedelta(hours=hours))
    for hours in (3, 5):
        store.record(
            replace(capture(), seen_at=START + timedelta(hours=hours), origin=origin), START + timedelta(hours=hours)
        )
        assert _keeper(store).may_work(START + timedelta(hours=hours))
    assert (store.clocks.ahead(START + timedelta(hours=5)) == 0) is (origin is Origin.POLL)


def test_a_clock_that_is_behind_at_first_changes_nothing_for_good(store: Store) -> None:
    for hour in range(9):
        _told(store, hour, START + timedelta(hours=hour))
    before = store.versions.of_article(1)
    assert _keeper(store).may_work(START + timedelta(hours=6)), "until it is set"
    assert _keeper(store).may_work(START + timedelta(hours=9))
    _told(store, 9, START + timedelta(hours=9))
    assert _keeper(store).may_work(START + timedelta(hours=9, minutes=5))
    assert store.versions.of_article(1)[:-1] == before


@given(quiet=st.floats(0, 500), looked=st.floats(-100, 600), ahead=st.floats(0, 400))
def test_one_look_by_a_clock_that_is_ahead_settles_nothing(quiet: float, looked: float, ahead: float) -> None:
    changed = START
    now = changed + timedelta(days=quiet + ahead)
    seen = changed + timedelta(days=looked)
    found = plan(Watched(changed, is_edited=False, looked_at=seen), now)
    if found.status is Status.SETTLED:
        assert changed + 20 * DAY <= seen <= now
        assert now - changed >= 40 * DAY
    else:
        assert found.next_check_at is not None
        assert now < found.next_check_at <= now + 30 * DAY

"""What feeds name: how much of it is taken in, what becomes of the rest, and how it is dropped and brought back."""

from __future__ import annotations

from datetime import timedelta
from itertools import count, islice
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from rowback.clock import utc_now
from rowback.errors import NotFound
from rowback.store import Store
from rowback.store.feeds import Entry, FeedKind
from rowback.store.finds import AT_HOME, ELSEWHERE, MAX_WAIT, FindBounds, TakenIn
from rowback.store.shares import ARTICLES, of_feed
from rowback.store.work import Next, Outcome

from .backend import Clock
from .samples import START, capture
from .scripted_web import ScriptedWeb
from .test_clock_wrong import LONGEST
from .visitor import owner_at_home

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from .backend import Backend
    from .program import Program

FEED, OTHER = "https://feeds.example.org/feed.xml", "https://www.example.com/links"
HOME, AWAY = "https://news.example.org", "https://stories.example.net"
NOON = START.replace(hour=12)
WEEK = timedelta(days=7)


def follow(store: Store, url: str = FEED) -> int:
    """A feed that is followed."""
    return store.feeds.add(url, FeedKind.FEED, "", NOON)[0].id


def named(on: str, numbers: Iterable[int]) -> list[Entry]:
    """Stories of a site by their numbers."""
    return [Entry(f"{on}/news/{n}") for n in numbers]


def waiting(store: Store) -> list[str]:
    """Paths of what waits, the longest first."""
    with store._connection.read() as db:
        rows = db.execute("select url from finds where next_check_at is not null order by found_at, url").fetchall()
    return [url.rpartition("/")[2] for (url,) in rows]


@pytest.mark.parametrize(("on", "bounds"), [(HOME, AT_HOME), (AWAY, ELSEWHERE), ("https://links.example.com", AT_HOME)])
def test_so_many_at_a_reading_so_many_in_a_day_so_many_waiting(store: Store, on: str, bounds: FindBounds) -> None:
    feed_id, number = follow(store, OTHER if on == "https://links.example.com" else FEED), count()

    def readings(at: datetime) -> list[int]:
        """What is taken in at each of some readings of 400 new addresses."""
        found = [store.feeds.take_in(feed_id, named(on, islice(number, 400)), at) for _ in range(6)]
        assert [each.left_out for each in found] == [400 - each.new for each in found]
        return [each.new for each in found]

    def capture_all() -> None:
        with store._connection.write() as db:
            db.execute("update finds set next_check_at = null, outcome = 'captured'")

    full = [bounds.reading] * (bounds.day // bounds.reading) + [0] * 6
    assert readings(NOON) == full[:6]
    capture_all()
    assert readings(NOON) == [0] * 6, "the day's are taken in"
    assert readings(NOON + timedelta(days=1)) == full[:6]
    assert readings(NOON + timedelta(days=2)) == [0] * 6, "all of them wait still"
    capture_all()
    assert readings(NOON + timedelta(days=2)) == full[:6]


def test_what_is_elsewhere_takes_nothing_from_what_is_the_feeds_own(store: Store) -> None:
    feed_id = follow(store)
    store.feeds.take_in(feed_id, named(AWAY, range(1_000)), NOON)
    found = store.feeds.take_in(feed_id, [*named(AWAY, range(1_000, 2_000)), *named(HOME, range(200))], NOON)
    assert found == TakenIn(ELSEWHERE.reading + 200, 1_000 - ELSEWHERE.reading)


@pytest.mark.parametrize(
    ("what", "on", "named_a_reading", "readings", "missed"),
    [
        ("the first reading of a large feed", HOME, 200, 1, 0),
        ("a newspaper with 300 stories a day", HOME, 2, 150, 0),
        ("one whose feed lies with a service", AWAY, 2, 150, 0),
        ("an aggregator", AWAY, 100, 1, 0),
        ("a news agency", HOME, 30, 33, 0),
        ("a flood", AWAY, 1_000, 10, 9_700),
    ],
)
def test_real_feeds_lose_nothing(
    store: Store, what: str, on: str, named_a_reading: int, readings: int, missed: int
) -> None:
    feed_id, at = follow(store), NOON.replace(hour=0)
    for reading in range(readings):
        begin = named_a_reading * reading
        store.feeds.take_in(feed_id, named(on, range(begin, begin + named_a_reading)), at)
        at += timedelta(days=1) / (readings + 1)
    (feed,) = store.feeds.all()
    assert (feed.left_out, feed.found) == (missed, named_a_reading * readings - missed), what


def test_a_long_list_is_taken_in_over_some_readings_the_newest_first(store: Store) -> None:
    feed_id = follow(store)
    entries = [Entry(f"{HOME}/news/{n}", NOON - timedelta(minutes=n)) for n in range(600)]
    mixed = [*entries[300:], Entry(f"{HOME}/news/undated"), *entries[:300]]
    seen = [(store.feeds.take_in(feed_id, mixed, NOON).new, store.feeds.all()[0].left_out) for _ in range(4)]
    assert seen == [(250, 351), (250, 101), (101, 0), (0, 0)]
    assert waiting(store)[-1] == "undated"
    store.finds.drop(FEED, NOON)
    other = follow(store, f"{FEED}?2")
    store.feeds.take_in(other, mixed, NOON)
    assert set(waiting(store)) == {str(n) for n in range(250)}


def test_what_is_left_out_again_and_again_counts_once_and_tomorrow_anew(store: Store) -> None:
    feed_id = follow(store)
    entries = named(AWAY, range(400))
    for _ in range(6):
        store.feeds.take_in(feed_id, entries, NOON)
    assert store.feeds.all()[0].left_out == 100
    store.feeds.take_in(feed_id, [*entries, *named(AWAY, range(1_000, 1_005))], NOON)
    assert store.feeds.all()[0].left_out == 105
    store.feeds.take_in(feed_id, entries, NOON + timedelta(days=1))
    assert store.feeds.all()[0].left_out == 100


def test_a_feed_cannot_keep_what_is_on_another_feeds_site_from_that_feed(store: Store) -> None:
    other, own = follow(store, OTHER), follow(store)
    store.feeds.take_in(other, named(HOME, range(50)), NOON)
    assert store.feeds.take_in(other, named(HOME, range(50)), NOON) == TakenIn(0, 0)
    assert store.feeds.take_in(own, named(HOME, range(50)), NOON) == TakenIn(50, 0)
    assert store.feeds.take_in(other, named(HOME, range(50)), NOON) == TakenIn(0, 0)
    assert [(feed.waiting, feed.found) for feed in store.feeds.all()] == [(0, 0), (50, 50)]


def test_what_is_dropped_stays_dropped_and_can_be_brought_back(store: Store) -> None:
    feed_id, other_id = follow(store), follow(store, OTHER)
    store.feeds.take_in(feed_id, named(HOME, range(5)), NOON)
    store.feeds.take_in(other_id, named(AWAY, range(2)), NOON)
    store.queue.finish_find(f"{HOME}/news/0", Next(NOON + WEEK, Outcome.FAILED, "no answer", 3))
    assert store.finds.drop(FEED, NOON) == 5
    assert store.finds.drop(FEED, NOON) == 0
    assert store.overview(NOON).troubles == ()
    assert waiting(store) == ["0", "1"], "the other feed's"
    assert store.feeds.take_in(feed_id, named(HOME, range(5)), NOON + WEEK).new == 0
    store.queue.finish_find(f"{HOME}/news/1", Next(NOON + WEEK, Outcome.FAILED, "a job was at it"))
    assert [(feed.waiting, feed.dropped) for feed in store.feeds.all()] == [(0, 5), (2, 0)]
    assert store.finds.bring_back(FEED, NOON) == 5
    assert [(feed.waiting, feed.dropped) for feed in store.feeds.all()] == [(5, 0), (2, 0)]


@pytest.mark.parametrize(
    ("url", "left"),
    [
        (FEED, ["list"]),
        ("https://example.org/", ["list"]),
        (f"{AWAY}/any/page", ["echo"]),
        (OTHER, ["echo", "here"]),
        ("https://sub.example.com/", ["echo", "here"]),
    ],
)
def test_the_address_of_a_site_drops_what_is_of_it_and_what_is_on_it(store: Store, url: str, left: list[str]) -> None:
    feed_id, other_id = follow(store), follow(store, OTHER)
    store.feeds.take_in(feed_id, [Entry(f"{HOME}/echo"), Entry(f"{AWAY}/here")], NOON)
    store.feeds.take_in(other_id, [Entry(f"{AWAY}/list")], NOON)
    store.finds.drop(url, NOON)
    assert sorted(waiting(store)) == left


def test_to_drop_what_nobody_follows_is_an_error(store: Store) -> None:
    follow(store)
    with pytest.raises(NotFound):
        store.finds.drop("https://nobody.example/", NOON)


def test_an_unfollowed_feed_takes_what_waits_with_it(store: Store) -> None:
    feed_id = follow(store)
    store.feeds.take_in(feed_id, named(AWAY, range(5)), NOON)
    store.feeds.remove(feed_id)
    assert waiting(store) == []


def test_what_waits_for_a_week_is_dropped_and_told(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    web = ScriptedWeb(store, 1, Clock(NOON))
    feed_id = follow(store)
    store.feeds.take_in(feed_id, named(HOME, range(3)), NOON - MAX_WAIT - timedelta(minutes=1))
    store.feeds.take_in(feed_id, named(HOME, range(3, 5)), NOON - MAX_WAIT + timedelta(minutes=1))
    web.poller()._note()
    assert waiting(store) == ["3", "4"]
    assert store.feeds.all()[0].dropped == 3
    assert "3 articles that feeds named waited for 7 days and were dropped" in caplog.text
    web.poller()._note()
    assert caplog.text.count("were dropped") == 1


def test_what_a_clock_that_was_ahead_dropped_waits_again(store: Store) -> None:
    store.record(capture(), NOON)
    feed_id = follow(store)
    store.feeds.take_in(feed_id, named(HOME, range(3)), NOON)
    assert store.finds.drop_stale(NOON + 60 * timedelta(days=1)) == 3
    assert store.clocks.mend(NOON, LONGEST) == {"dropped finds": 3}
    assert len(waiting(store)) == 3
    assert store.finds.drop_stale(NOON + timedelta(days=1)) == 0


def test_what_waited_in_an_older_version_is_known_for_where_it_is(tmp_path: Path) -> None:
    """Rows from before: nothing says what is on another site than the feed's."""
    store = Store(tmp_path / "rowback.db")
    store.feeds.take_in(follow(store), [*named(HOME, range(2)), *named(AWAY, range(2, 5))], NOON)
    with store._connection.write() as db:
        db.execute("drop table feed_days")
        db.execute("drop table requests")
        db.execute("drop index finds_found")
        db.execute("drop index finds_dropped")
        db.execute("alter table finds drop column elsewhere")
        db.execute("alter table finds drop column dropped_at")
        db.execute("delete from _sqlite_migrations where name = '0021_requests'")
    store.end()
    upgraded = Store(tmp_path / "rowback.db")
    with upgraded._connection.read() as db:
        assert db.execute("select elsewhere, count(*) from finds group by elsewhere").fetchall() == [(0, 2), (1, 3)]
    upgraded.end()


def test_the_page_drops_and_brings_back(backend: Backend) -> None:
    owner, store = owner_at_home(backend), backend.store
    feed_id = follow(store)
    store.feeds.take_in(feed_id, named(HOME, range(3)), backend.clock())
    assert b"Bring back" not in owner.get("/status").body
    assert owner.press("/status", "/status/feeds", do="drop", url=FEED).status == 303
    page = owner.get("/status").body.decode()
    assert "Dropped: 3 articles that waited." in page
    assert "Drop what waits" not in page
    assert waiting(store) == []
    owner.press("/status", "/status/feeds", do="bring back", url=FEED)
    assert len(waiting(store)) == 3


def test_the_api_drops_and_brings_back(backend: Backend) -> None:
    store, where = backend.store, f"/api/v1/finds?url={quote(FEED, safe='')}"
    store.feeds.take_in(follow(store), named(AWAY, range(301)), backend.clock())
    (feed,) = backend.client.get("/api/v1/feeds").json["feeds"]
    assert (feed["waiting_count"], feed["left_out_count"], feed["dropped_count"]) == (100, 201, 0)
    assert backend.client.send("DELETE", where).json == {"dropped": 100}
    assert backend.client.send("PUT", where).json == {"brought_back": 100}
    assert backend.client.send("DELETE", "/api/v1/finds?url=https://nobody.example/").code == "not-found"


def test_the_command_drops_and_brings_back(rowback: Program) -> None:
    store = Store(rowback.folder / "rowback.db")
    store.feeds.take_in(follow(store), named(AWAY, range(2)), NOON)
    store.end()
    assert "2 articles that waited were dropped." in rowback.ok("feeds", "drop", FEED).out
    assert "2 dropped" in rowback.ok("feeds").out
    assert rowback.ok("feeds", "drop", "example.org", "--undo", "--json").json == {"brought_back": 2}
    assert rowback("feeds", "drop", "https://nobody.example/").code == 1


def test_what_is_used_up_is_told_on_the_page_and_by_the_api(backend: Backend) -> None:
    owner, store, at = owner_at_home(backend), backend.store, backend.clock().replace(hour=0)
    backend.clock.at = at
    feed_id = follow(store)
    store.feeds.take_in(feed_id, named(HOME, range(3)), at)
    store.spending.note_limit(4)
    assert "waits for its share" not in owner.get("/status").body.decode()
    for _ in range(2):
        assert store.spending.spend(of_feed(feed_id), at, 4)
    assert not store.spending.spend(of_feed(feed_id), at, 4)
    page = owner.get("/status").body.decode()
    assert "2 of 4" in page
    assert "waits for its share of today’s requests" in page
    said = backend.client.get("/api/v1/status").json["requests"]
    assert said == {"today": 2, "daily_limit": 4, "again_at": None, "articles_wait": False, "feeds_wait": [feed_id]}
    for _ in range(2):
        assert store.spending.spend(ARTICLES, at, 4)
    assert "All 4 requests of today are used up" in owner.get("/status").body.decode()
    assert backend.client.get("/api/v1/status").json["requests"]["again_at"] == "2026-01-12T00:00:00Z"


def test_what_is_used_up_is_told_by_commands(rowback: Program) -> None:
    store = Store(rowback.folder / "rowback.db")
    store.spending.note_limit(1)
    assert rowback.ok("status").out.count("requests  0 of 1 today") == 1
    for day in range(2):  # it may turn just now
        store.spending.spend(ARTICLES, utc_now() + timedelta(days=day), 1)
    store.end()
    assert "requests  all 1 of today are used up: what is due waits for midnight UTC" in rowback.ok("status").out
    assert "requests: all 1 of today are used up (daily_requests)" in rowback("doctor").out

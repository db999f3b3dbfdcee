"""Alerts in trouble: clocks set back, several pollers, targets that hang or are removed, very many edits at once."""

from __future__ import annotations

import socket
import sqlite3
import threading
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rowback.alerts import through_apprise, webhook
from rowback.alerts.gathering import DIGEST_STEPS, MOST_PAGES
from rowback.alerts.lease import LEASE
from rowback.alerts.sending import Sender
from rowback.alerts.targets import KINDS, read_target
from rowback.alerts.timing import next_gathering
from rowback.capture.fetch import Fetcher
from rowback.errors import NotFound
from rowback.store import Store
from rowback.store.alerts import Rhythm, Schedule
from rowback.store.audience import OWNER
from rowback.store.deliveries import DeliveryState

from .alert_targets import HOST
from .copies import fill
from .samples import URL
from .test_alerts import BASE, Desk, desk
from .test_saved_searches import reader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rowback.alerts.messages import Message
    from rowback.store.alerts import Target

__all__ = ["desk"]
DAY = timedelta(days=1)
PEOPLE = {"mail": "mailtos://u:p@h.test", "ntfy": "ntfys://h.test/t", "mastodon": "mastodons://t@h.test"}
AHEAD = [timedelta(minutes=50), timedelta(hours=3), 60 * DAY, 400 * DAY]


@pytest.mark.parametrize("by", AHEAD)
def test_a_clock_that_was_ahead_silences_no_alert(desk: Desk, by: timedelta) -> None:
    alert = desk.alert()
    right = desk.clock.at
    desk.clock.at = right + by
    desk.edit()
    assert desk.sender().run_once() == {"sent": 1}
    desk.target.answers = [(500, {})]
    desk.edit()
    assert desk.sender().run_once() == {"failed": 1}
    (held,) = desk.store.alerts.of_search(alert.search.id)
    desk.store.alerts.take(held.next_at, "killed under that clock", held.next_at + LEASE)
    desk.clock.at = right + timedelta(minutes=1)
    if by < DAY:  # it cannot be told from what waits for its time; its time comes
        desk.clock.at = right + by + timedelta(minutes=15)
    assert desk.sender().run_once() == {"sent": 1}
    desk.edit(f"{URL}-2")
    assert desk.sender().run_once() == {"sent": 1}
    assert desk.target.steps == [(URL, 1), (URL, 2), (URL, 2), (f"{URL}-2", 1)]


@pytest.mark.parametrize("by", [timedelta(minutes=1), *AHEAD])
def test_what_is_told_at_once_is_told_under_a_clock_that_was_set_back(desk: Desk, by: timedelta) -> None:
    desk.alert()
    desk.edit()
    desk.sender().run_once()
    desk.clock.at -= by
    desk.edit(f"{URL}-2")
    assert desk.sender().run_once() == {"sent": 1}


@pytest.mark.parametrize("rhythm", [Rhythm.HOURLY, Rhythm.DAILY])
def test_a_digest_that_was_put_off_by_a_clock_far_ahead_comes_in_its_time(desk: Desk, rhythm: Rhythm) -> None:
    desk.alert(Schedule(rhythm))
    right = desk.clock.at
    desk.clock.at = right + 400 * DAY
    desk.edit()
    desk.sender().run_once()
    desk.clock.at = right
    desk.target.posted.clear()
    desk.edit()
    desk.clock.advance(days=2, hours=2)
    assert desk.sender().run_once() == {"sent": 1}


def test_pollers_of_several_processes_send_each_message_once(desk: Desk, tmp_path: Path) -> None:
    alerts = [desk.alert(query=query) for query in ("label:figure", "commuters", "removed:400", "ferry commuters")]
    for _ in range(3):
        desk.edit()
    stores = [Store(tmp_path / "rowback.db", create=False) for _ in range(4)]
    barrier = threading.Barrier(len(stores))

    def look(store: Store) -> None:
        fetcher = Fetcher({HOST})
        barrier.wait(30)
        Sender(store, fetcher, desk.clock, BASE, threading.Event(), lambda _: None).run_once()

    threads = [threading.Thread(target=look, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for store in stores:
        store.close()
    keys = [post.key for post in desk.target.posted]
    assert len(keys) == len(set(keys)) == sum(len(desk.log(each)) for each in alerts)
    assert {each.state for alert in alerts for each in desk.log(alert)} == {DeliveryState.SENT}


@pytest.mark.parametrize("answer", [204, 500])
def test_an_alert_that_is_removed_while_it_sends_is_over_and_no_other_is(
    desk: Desk, answer: int, caplog: pytest.LogCaptureFixture
) -> None:
    going = desk.alert()
    desk.target.answers = [(answer, {})]
    desk.target.before = lambda _: desk.store.alerts.remove(going.id) if len(desk.target.posted) == 1 else None
    for _ in range(3):
        desk.edit()
    assert desk.sender().run_once() == {"sent" if answer == 204 else "failed": 1}
    with pytest.raises(NotFound):
        desk.store.alerts.get(going.id)
    assert desk.store.deliveries.log() == []
    assert "broke the program" not in caplog.text
    desk.alert()
    desk.edit()
    assert desk.sender().run_once() == {"sent": 1}


def test_an_alert_that_is_removed_while_it_is_tried_out_says_so(desk: Desk) -> None:
    going = desk.alert()
    desk.target.before = lambda _: desk.store.alerts.remove(going.id)
    with pytest.raises(NotFound, match=f"no alert {going.id}"):
        desk.sender().test(going)
    assert desk.store.deliveries.log() == []


def test_an_alert_that_cannot_be_read_makes_no_other_wait(desk: Desk, tmp_path: Path) -> None:
    broken = desk.alert(query="commuters")
    desk.alert()
    with closing(sqlite3.connect(tmp_path / "rowback.db")) as db, db:
        db.execute("update searches set query = 'label:of-another-release' where id = ?", [broken.search.id])
    desk.edit()
    assert desk.sender().run_once() == {"sent": 1}


def test_those_that_nothing_new_fits_are_passed_over_without_a_thread_and_lose_nothing(desk: Desk) -> None:
    alerts = [desk.alert(query=f"added:zebra{n}") for n in range(9)]
    listed = desk.alert(query="added:zebra", listed_only=True)
    desk.edit()
    sender = desk.sender()
    assert sender.run_once() == {}
    assert sender._busy == {}
    last = desk.store.known.last()
    assert {desk.store.alerts.get(each.id).cursor for each in (*alerts, listed)} == {last}
    desk.store.alerts.pass_over([(alerts[0], desk.clock())], last + 5, desk.clock(), desk.clock() + LEASE)
    assert desk.store.alerts.get(alerts[0].id).cursor == last, "another has looked meanwhile"


def test_who_passes_over_leaves_alone_what_another_has_leased(desk: Desk) -> None:
    alert = desk.alert(query="added:zebra")
    desk.edit()
    now = desk.clock()
    behind = desk.store.alerts.behind(now, now + LEASE)
    assert [each.id for each in behind] == [alert.id]
    desk.store.alerts.take(now, "another", now + LEASE)
    desk.store.alerts.pass_over([(behind[0], now)], desk.store.known.last(), now, now + LEASE)
    assert desk.store.alerts.get(alert.id).cursor == alert.cursor
    assert desk.store.alerts.behind(now, now + LEASE) == []


@given(
    st.sampled_from(
        ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/St_Johns"]
    ),
    st.integers(0, 23),
    st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 (of the zone)
)
def test_a_daily_digest_comes_once_on_each_day_also_when_clocks_change(zone: str, hour: int, begin: datetime) -> None:
    schedule, found = Schedule(Rhythm.DAILY, hour, zone), [begin]
    while found[-1] < begin + 200 * DAY:  # one change of clocks at least
        found.append(next_gathering(schedule, found[-1]))
    days = [each.astimezone(ZoneInfo(zone)).date() for each in found[1:]]
    assert days == [days[0] + n * DAY for n in range(len(days))]
    late = [each.astimezone(ZoneInfo(zone)) for each in found[1:] if each.astimezone(ZoneInfo(zone)).hour != hour]
    assert all(each.hour == (hour + 1) % 24 or each.minute for each in late), "only where the clocks skipped the hour"
    assert len(late) <= 2


@pytest.mark.parametrize(("day", "hour"), [("2026-03-29", 2), ("2026-10-25", 2), ("2026-10-25", 8), ("2026-03-29", 8)])
def test_no_edit_is_left_out_or_told_twice_in_digests_around_a_change_of_clocks(
    desk: Desk, day: str, hour: int
) -> None:
    desk.clock.at = datetime.fromisoformat(f"{day}T00:00+00:00") - DAY
    desk.alert(Schedule(Rhythm.DAILY, hour, "Europe/Berlin"))
    desk.edit()
    for _ in range(3 * 24):  # a poller that looks in each hour, an edit in each second one
        desk.sender().run_once()
        desk.clock.advance(minutes=58)
        if desk.clock().hour % 2:
            desk.edit()
    desk.clock.advance(days=1)
    desk.sender().run_once()
    assert desk.target.steps == [(URL, n) for n in range(1, desk.wording - 399)]
    assert len(desk.target.posted) in (4, 5)


@contextmanager
def _silent() -> Iterator[int]:
    """A server that takes connections and says nothing: its port."""
    with socket.create_server((HOST, 0)) as server:
        yield server.getsockname()[1]


def test_a_target_that_hangs_is_given_up_after_its_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "MAX_SECONDS", 0.1)
    monkeypatch.setattr(through_apprise, "MAX_SECONDS", 0.1)
    with _silent() as port:
        for address in (f"http://{HOST}:{port}/hook", f"mailto://{HOST}:{port}?to=a@b.test&from=c@d.test"):
            search = desk.store.searches.save(OWNER, f"Search {address[:5]}", "label:figure", desk.clock())
            target = read_target(address, {HOST})
            desk.store.alerts.add(search, target, Schedule(), desk.clock(), listed_only=False)
        desk.edit()
        assert desk.sender().run_once() == {"failed": 2}
    reasons = {each.reason for each in desk.store.deliveries.log()}
    assert f"mailto://{HOST}/… did not take the message in 0.1 seconds." in reasons
    assert all(each.state is DeliveryState.WAITING for each in desk.store.deliveries.log())


def test_a_target_that_refused_is_told_in_the_readers_language(desk: Desk) -> None:
    alert = desk.alert()
    desk.target.answers = [(500, {})]
    desk.edit()
    desk.sender().run_once()
    owner = reader(desk.store)
    page = owner.get(f"/searches/{quote(alert.search.name, safe='')}", "de").text
    assert f"\u2068{alert.target.shown}\u2069 antwortete \u2068500\u2069." in page
    assert "answered 500" not in page


class Read:
    """What people would have read, by kind of target: messages that are sent to no one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.messages: dict[str, list[Message]] = {kind: [] for kind in PEOPLE}
        monkeypatch.setattr(through_apprise, "send", self._keep)

    def _keep(self, target: Target, message: Message, _key: str, _fetcher: Fetcher) -> None:
        self.messages[target.kind].append(message)


def test_ten_thousand_edits_at_once_are_few_short_messages_that_count_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, read = tmp_path / "many.db", Read(monkeypatch)
    now = fill(path, copies=340, articles=10)
    store = Store(path)
    search = store.searches.save(OWNER, "Since the import", "after:2019", now)
    for address in PEOPLE.values():
        store.alerts.add(search, read_target(address, ()), Schedule(), now, listed_only=False)
    with closing(sqlite3.connect(path)) as db, db:  # set before all of them were brought
        db.execute("update alerts set cursor = 0")
        (edits,) = db.execute("select count(*) from changes where edit_count > 0").fetchone()
    assert edits > 10_000
    sender = Sender(store, Fetcher(), lambda: now, BASE, threading.Event(), lambda _: None)
    while sender.run_once():
        pass
    store.end()
    for kind, messages in read.messages.items():
        assert len(messages) == -(-edits // (DIGEST_STEPS * MOST_PAGES))
        assert all(len(each.text) <= KINDS[kind].room for each in messages)
        told = [each.text.count("/diff/") for each in messages]
        more = [int(each.text.rpartition("and ")[2].partition(" more")[0].replace(",", "")) for each in messages]
        assert sum(told) + sum(more) == edits
        assert all(("/searches/Since%20the%20import" in each.text) == (kind != "mastodon") for each in messages)

"""Alerts: every edit that fits is told, none twice without need, and no target makes another wait."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from rowback.alerts import webhook
from rowback.alerts.gathering import DIGEST_STEPS, SINGLE_STEPS
from rowback.alerts.lease import LEASE, RENEW_S
from rowback.alerts.sending import LOOK_S, Sender, quotes
from rowback.alerts.targets import read_target
from rowback.alerts.timing import GIVE_UP_AFTER
from rowback.capture.fetch import Fetcher
from rowback.errors import BadInput, NotFound, StoreError
from rowback.model import Origin, Scope
from rowback.store.alerts import MAX_ALERTS, Rhythm, Schedule
from rowback.store.audience import OWNER
from rowback.store.deliveries import DeliveryState

from .alert_targets import HOST, WebhookTarget, webhook_target
from .backend import Clock
from .samples import PARAGRAPHS, URL, capture, changed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from rowback.store import Store
    from rowback.store.alerts import Alert
    from rowback.store.deliveries import Delivery

BASE = "https://rowback.example.org"
HOUR = timedelta(hours=1)


@dataclass
class Desk:
    """A store with a saved search, a target on this machine, and a clock that only the test moves."""

    store: Store
    target: WebhookTarget
    clock: Clock = field(default_factory=Clock)
    wording: int = 400

    def sender(self) -> Sender:
        """A poller's."""
        fetcher = Fetcher({HOST})
        return Sender(self.store, fetcher, self.clock, BASE, threading.Event(), lambda _: None)

    def alert(
        self, schedule: Schedule | None = None, query: str = "label:figure", *, listed_only: bool = False
    ) -> Alert:
        """A new alert of a new search."""
        search = self.store.searches.save(OWNER, f"Search {len(self.store.searches.all(OWNER))}", query, self.clock())
        target = read_target(self.target.url(), {HOST})
        return self.store.alerts.add(search, target, schedule or Schedule(), self.clock(), listed_only=listed_only)

    def edit(self, url: str = URL, origin: Origin = Origin.API) -> None:
        """A figure is edited now, in an article that is stored first where it is new."""
        if self.store.articles.find(url) is None:
            self.record(PARAGRAPHS, url, origin)
        self.wording += 1
        self.record(changed("400 commuters", f"{self.wording} commuters"), url, origin)

    def record(self, texts: tuple[str, ...], url: str, origin: Origin = Origin.API) -> None:
        self.clock.advance(minutes=1)
        found = replace(
            capture(texts, url=url), seen_at=self.clock(), origin=origin, is_listing=origin is not Origin.BROWSER
        )
        self.store.record(found, self.clock())

    def log(self, alert: Alert) -> list[Delivery]:
        """The first first."""
        return self.store.deliveries.log(alert.id)[::-1]

    @contextmanager
    def killed_after_sending(self) -> Iterator[None]:
        """What was sent meanwhile is noted by nobody."""
        patch = pytest.MonkeyPatch()

        def die(*_: object, **__: object) -> None:
            raise SystemExit

        patch.setattr(self.store.deliveries, "end", die)
        patch.setattr(self.store.alerts, "release", die)
        yield
        patch.undo()


@pytest.fixture
def desk(store: Store) -> Iterator[Desk]:
    with webhook_target() as target:
        yield Desk(store, target)


def test_an_edit_that_fits_is_told_at_once_with_what_it_said_before(desk: Desk) -> None:
    alert = desk.alert()
    desk.edit()
    desk.record((*changed("400 commuters", "401 commuters"), "Nothing of a figure in it."), URL)
    assert desk.sender().run_once() == {"sent": 1}
    (post,) = desk.target.posted
    (change,) = post.told["changes"]
    assert post.told["search"] == {"name": "Search 0", "query": "label:figure"}
    assert post.told["test"] is False
    assert post.told["id"] == post.key == desk.log(alert)[0].key
    assert (change["article"]["url"], change["version"]) == (URL, 1)
    assert change["link"] == f"{BASE}/articles/{change['article']['id']}/diff/0/1"
    assert "400 commuters" in change["before"]
    assert "401 commuters" in change["after"]
    assert "figure" in change["labels"]
    assert desk.sender().run_once() == {}


def test_a_message_is_signed_with_the_secret_of_its_alert(desk: Desk) -> None:
    alert, other = desk.alert(), desk.alert()
    desk.edit()
    desk.sender().run_once()
    signed = {post.headers["rowback-signature"] for post in desk.target.posted}
    assert alert.target.secret != other.target.secret
    assert signed == {
        f"sha256={webhook.signature(each.target.secret, post.body)}"
        for each in (alert, other)
        for post in desk.target.posted
        if post.key == desk.log(each)[0].key
    }


def test_what_became_known_before_an_alert_is_not_told(desk: Desk) -> None:
    desk.edit()
    desk.alert()
    desk.edit()
    desk.sender().run_once()
    assert desk.target.steps == [(URL, 2)]


@pytest.mark.parametrize(
    "query", ["commuters", "removed:400", "title:ferry", "source:harbour-echo.example label:figure"]
)
def test_any_query_finds_the_edits_of_the_passages_it_names(desk: Desk, query: str) -> None:
    desk.alert(query=query)
    desk.alert(query=f"{query} added:zebra")
    desk.edit()
    desk.sender().run_once()
    assert desk.target.steps == [(URL, 1)]


def test_an_outage_delays_messages_and_loses_none(desk: Desk) -> None:
    alert = desk.alert()
    desk.target.answers = [(503, {}), (500, {}), (302, {"Location": "http://169.254.169.254/"})]
    desk.edit()
    waits = []
    for _ in range(3):
        assert desk.sender().run_once() == {"failed": 1}
        again = desk.store.alerts.get(alert.id).next_at
        waits.append(again - desk.clock())
        assert desk.sender().run_once() == {}
        desk.edit()  # which waits behind the first
        desk.clock.at = max(again, desk.clock())
    assert waits == sorted(waits)
    assert waits[0] < waits[-1]
    desk.sender().run_once()
    assert {post.key for post in desk.target.posted[:4]} == {desk.log(alert)[0].key}
    assert [(each, number) for each, number in desk.target.steps[3:]] == [(URL, n) for n in (1, 2, 3, 4)]
    assert [each.state for each in desk.log(alert)] == ["sent"] * 4
    assert desk.log(alert)[0].tries == 4


def test_a_target_may_ask_to_be_left_alone_for_longer(desk: Desk) -> None:
    alert = desk.alert()
    desk.edit()
    desk.target.answers = [(429, {"Retry-After": "1800"}), (429, {"Retry-After": "9999999"})]
    desk.sender().run_once()
    assert desk.store.alerts.get(alert.id).next_at == desk.clock() + HOUR / 2
    desk.clock.advance(hours=1)
    desk.sender().run_once()
    assert desk.store.alerts.get(alert.id).next_at <= desk.clock() + 6 * HOUR


def test_what_cannot_be_sent_for_days_is_given_up_and_told_on_the_status(desk: Desk) -> None:
    alert = desk.alert()
    desk.target.answers = [(410, {})] * 100
    desk.edit()
    desk.edit()
    until = desk.clock() + GIVE_UP_AFTER + 8 * HOUR
    while desk.clock() < until:
        desk.sender().run_once()
        desk.clock.at = max(desk.clock() + HOUR, desk.store.alerts.get(alert.id).next_at)
    assert [each.state for each in desk.log(alert)] == ["failed", "failed"]
    (trouble,) = desk.store.deliveries.troubles(desk.clock())
    assert (trouble.given_up, trouble.waiting) == (2, 0)
    assert "410" in trouble.reason
    assert trouble.shown == f"http://{HOST}/…"
    assert len(desk.target.posted) < 40
    desk.target.answers = []
    desk.edit()
    desk.clock.advance(hours=7)
    assert desk.sender().run_once() == {"sent": 1}
    assert desk.store.deliveries.troubles(desk.clock() + timedelta(days=8)) == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_killed_between_sending_and_noting_the_same_message_comes_again_under_its_key(desk: Desk) -> None:
    alert = desk.alert()
    desk.edit()
    with desk.killed_after_sending():
        desk.sender().run_once()
    assert desk.sender().run_once() == {}  # it is still leased
    desk.clock.at += LEASE
    assert desk.sender().run_once() == {"sent": 1}
    one, other = desk.target.posted
    assert one.key == other.key
    assert one.body == other.body
    assert [each.state for each in desk.log(alert)] == ["sent"]


def test_what_a_killed_poller_held_is_taken_up_within_a_minute() -> None:
    assert LEASE.total_seconds() + LOOK_S <= 60
    assert LEASE.total_seconds() >= 3 * RENEW_S  # two renewals may fail


def test_a_target_that_takes_its_time_keeps_its_poller(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    alert, renewed, keep = desk.alert(), threading.Event(), desk.store.alerts.keep
    slow, quick = desk.sender(), desk.sender()
    slow.renew_s = 0.01
    others: list[dict[str, int]] = []

    def kept(alert_id: int, holder: str, until: datetime) -> bool:
        done = keep(alert_id, holder, until)
        if until == desk.clock() + LEASE and threading.current_thread().name == f"lease of alert {alert.id}":
            renewed.set()
        return done

    def take_time(_: object) -> None:
        for _ in range(3):  # each time nearly a lease
            desk.clock.at += LEASE - timedelta(seconds=1)
            renewed.clear()
            assert renewed.wait(30)
            others.append(quick.run_once())

    monkeypatch.setattr(desk.store.alerts, "keep", kept)
    desk.target.before = take_time
    desk.edit()
    assert slow.run_once() == {"sent": 1}
    assert others == [{}, {}, {}]
    assert len(desk.target.posted) == 1
    assert all("lease" not in each.name for each in threading.enumerate())


def test_a_renewal_that_fails_ends_no_lease(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    alert, keep, failed, again = desk.alert(), desk.store.alerts.keep, threading.Event(), threading.Event()

    def kept(alert_id: int, holder: str, until: datetime) -> bool:
        if threading.current_thread().name == f"lease of alert {alert.id}":
            if not failed.is_set():
                failed.set()
                raise StoreError("The database is locked.")
            again.set()
        return keep(alert_id, holder, until)

    monkeypatch.setattr(desk.store.alerts, "keep", kept)
    desk.target.before = lambda _: again.wait(30)
    desk.edit()
    sender = desk.sender()
    sender.renew_s = 0.01
    assert sender.run_once() == {"sent": 1}
    assert again.is_set()


def test_who_lost_the_lease_notes_nothing_and_sends_nothing(desk: Desk) -> None:
    alert = desk.alert()
    desk.edit()
    slow, quick = desk.sender(), desk.sender()
    (held,) = desk.store.alerts.take(desk.clock(), slow.holder, desk.clock() + HOUR)
    desk.clock.advance(hours=2)
    assert quick.run_once() == {"sent": 1}
    desk.edit()
    assert slow.work(held) == []
    assert [each.steps for each in desk.log(alert)] == [(1,)]
    assert quick.run_once() == {"sent": 1}
    assert desk.target.steps == [(URL, 1), (URL, 2)]


def test_of_many_pollers_one_sends(desk: Desk) -> None:
    alerts = [desk.alert(Schedule(), query) for query in ("label:figure", "commuters", "removed:400")]
    desk.edit()
    senders = [desk.sender() for _ in range(6)]
    threads = [threading.Thread(target=each.run_once) for each in senders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(desk.target.posted) == len(alerts)
    assert len({post.key for post in desk.target.posted}) == len(alerts)


def test_a_dead_target_makes_no_other_wait(desk: Desk) -> None:
    dead, arrived, released = desk.alert(), threading.Event(), threading.Event()
    key: list[str] = []

    def stall(post: object) -> None:
        if post.told["search"]["name"] == dead.search.name:  # type: ignore[attr-defined]
            key.append(post.key)  # type: ignore[attr-defined]
            released.wait(30)
        else:
            arrived.set()

    desk.target.before = stall
    others = [desk.alert(query="commuters") for _ in range(5)]
    desk.edit()
    sender = desk.sender()
    threads = sender._begin(Counter())
    assert arrived.wait(30)
    for thread in threads[1:]:
        thread.join(30)
    assert all(desk.log(each)[0].state is DeliveryState.SENT for each in others)
    desk.clock.advance(minutes=30)  # its lease is over, but its own thread is still at it
    assert sender._begin(Counter()) == []
    released.set()
    threads[0].join(30)
    assert len(key) == 1


def test_many_that_became_known_together_are_one_message(desk: Desk) -> None:
    desk.alert()
    for number in range(SINGLE_STEPS + 1):
        desk.edit(f"{URL}-{number}")
    desk.sender().run_once()
    assert [len(post.told["changes"]) for post in desk.target.posted] == [SINGLE_STEPS + 1]


def test_a_digest_tells_all_of_a_long_time_in_messages_of_bounded_length(desk: Desk) -> None:
    alert = desk.alert(Schedule(Rhythm.HOURLY))
    desk.sender().run_once()
    for _ in range(DIGEST_STEPS + 7):
        desk.edit()
    desk.clock.advance(hours=1)
    desk.sender().run_once()
    assert [len(post.told["changes"]) for post in desk.target.posted] == [DIGEST_STEPS, 7]
    assert [number for _, number in desk.target.steps] == list(range(1, DIGEST_STEPS + 8))
    desk.edit()
    assert desk.sender().run_once() == {}
    desk.clock.at = desk.store.alerts.get(alert.id).gather_at
    assert desk.sender().run_once() == {"sent": 1}


def test_quiet_hours_hold_everything_and_then_send_one_message(desk: Desk) -> None:
    hour = desk.clock().hour
    alert = desk.alert(Schedule(quiet_from=hour, quiet_until=(hour + 3) % 24))
    for _ in range(3):
        desk.edit()
        assert desk.sender().run_once() == {}
    desk.clock.at = desk.store.alerts.get(alert.id).gather_at
    assert desk.clock().hour == (hour + 3) % 24
    assert desk.sender().run_once() == {"sent": 1}
    assert [len(post.told["changes"]) for post in desk.target.posted] == [3]
    desk.edit()
    assert desk.sender().run_once() == {"sent": 1}


def test_what_was_forgotten_or_hidden_before_it_was_sent_is_not_told(desk: Desk) -> None:
    alert = desk.alert()
    desk.target.answers = [(500, {})]
    for url in (URL, f"{URL}-2", f"{URL}-3"):
        desk.edit(url)
    desk.sender().run_once()
    for url, act in ((URL, desk.store.owner.forget), (f"{URL}-2", lambda id_: desk.store.owner.hide(id_, "asked for"))):
        article = desk.store.articles.find(url)
        assert article is not None
        act(article.id)
    desk.target.posted.clear()
    desk.clock.advance(hours=1)
    desk.sender().run_once()
    assert desk.target.steps == [(f"{URL}-3", 1)]
    assert [each.state for each in desk.log(alert)] == ["dropped", "dropped", "sent"]


def test_what_only_browsers_brought_is_told_only_where_the_owner_wants_it(desk: Desk) -> None:
    desk.alert(listed_only=True)
    desk.edit(origin=Origin.BROWSER)
    desk.edit(f"{URL}-listed")
    desk.sender().run_once()
    assert desk.target.steps == [(f"{URL}-listed", 1)]
    desk.alert(listed_only=False)
    desk.edit(origin=Origin.BROWSER)
    desk.sender().run_once()
    assert desk.target.steps[1:] == [(URL, 2)]


def test_a_paused_alert_tells_nothing_and_goes_on_with_what_comes_then(desk: Desk) -> None:
    alert = desk.alert()
    desk.target.answers = [(500, {})]
    desk.edit()
    desk.sender().run_once()
    desk.store.alerts.pause(alert.id, desk.clock())
    desk.edit()
    desk.clock.advance(days=1)
    assert desk.sender().run_once() == {}
    desk.store.alerts.resume(alert.id, desk.clock())
    desk.edit()
    assert desk.sender().run_once() == {"sent": 1}
    assert desk.target.steps[1:] == [(URL, 3)]
    assert [each.state for each in desk.log(alert)] == ["dropped", "sent"]


def test_a_test_tells_whether_the_target_takes_messages(desk: Desk) -> None:
    alert = desk.alert()
    assert desk.sender().test(alert) is None
    (post,) = desk.target.posted
    assert post.told["test"] is True
    assert post.told["changes"] == []
    desk.target.answers = [(404, {})]
    failure = desk.sender().test(alert)
    assert "404" in str(failure)
    assert [(each.is_test, each.state.value) for each in desk.log(alert)] == [(True, "sent"), (True, "failed")]
    assert desk.store.deliveries.troubles(desk.clock()) == []


def test_a_host_on_a_private_network_is_refused_when_it_is_sent_to(desk: Desk) -> None:
    search = desk.store.searches.save(OWNER, "Private", "label:figure", desk.clock())
    for address in ("https://10.0.0.7/hook-of-mine", "https://rebound.example/hook-of-mine"):
        target = read_target(address, ())
        alert = desk.store.alerts.add(search, target, Schedule(), desk.clock(), listed_only=False)
        sender = replace(desk.sender(), fetcher=Fetcher(resolver=lambda *_: ["10.0.0.7"]))
        failure = sender.test(alert)
        assert "private network" in str(failure)
        assert "hook-of-mine" not in str(failure)


def test_alerts_go_with_their_search_and_searches_with_their_reader(desk: Desk) -> None:
    alert = desk.alert()
    desk.edit()
    desk.sender().run_once()
    desk.store.searches.remove(OWNER, alert.search.name)
    with pytest.raises(NotFound):
        desk.store.alerts.get(alert.id)
    assert desk.store.deliveries.log() == []
    desk.store.readers.invite("Ada", Scope.READ, desk.clock())
    ada = desk.store.readers.named("Ada").id
    desk.store.searches.save(ada, "Hers", "ferry", desk.clock())
    desk.store.readers.delete(ada)
    assert desk.store.searches.all(ada) == []


def test_there_is_an_end_to_alerts(desk: Desk) -> None:
    for _ in range(MAX_ALERTS):
        desk.alert()
    with pytest.raises(BadInput, match="up to 50"):
        desk.alert()


def test_nothing_of_an_address_but_its_host_is_ever_told(desk: Desk) -> None:
    alert = desk.alert()
    for told in (repr(alert), str(alert.target), repr(alert.target)):
        assert "s3cret" not in told
        assert alert.target.secret not in told
    for address, told in (
        ("mailtos://user:pa55word@mail.example?to=a", "login with pa55word failed"),
        ("https://hooks.example/services/T000/B0000000", "no B0000000"),
        ("https://hooks.example/x?token=abcdefgh", "abcdefgh is over"),
        ("ntfy://topic-of-mine", "topic-of-mine is full"),
        ("bluesky://handle@app-password", "app-password is wrong"),
    ):
        target = read_target(address, ())
        assert quotes(told, target)
        assert not quotes(f"{target.shown} answered 500.", target)

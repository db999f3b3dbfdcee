"""Alerts by chat: what Apprise is about to send, where to, and what it says meanwhile."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest

from rowback.alerts.messages import compose
from rowback.alerts.sending import Sender
from rowback.alerts.setting import new_alert
from rowback.alerts.targets import KINDS
from rowback.capture.fetch import Fetcher
from rowback.errors import BadInput
from rowback.store.alerts import Schedule
from rowback.store.audience import OWNER

from .alert_targets import HOST
from .backend import Clock
from .program import free_port
from .samples import PARAGRAPHS, TITLE, capture, changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rowback.store import Store
    from rowback.store.alerts import Alert

BASE = "https://rowback.example.org"
PUBLIC = "93.184.215.14"
HOSTILE = "Ferry <b>@channel @room @everyone</b> <!here> & [x](https://evil.example)"
TARGETS = {
    "slack": "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#news",
    "matrix": "matrixs://user:pass-of-mine@matrix.example/!room:matrix.example",
    "ntfy": "ntfys://push.example/topic-of-mine",
    "mastodon": "mastodons://token-of-mine@social.example",
}
SECRETS = ("TIiajkdnlazkcOXrIdevi7FQ", "pass-of-mine", "topic-of-mine", "token-of-mine")
ANSWER = b'{"access_token": "x", "user_id": "@u:matrix.example", "room_id": "!room:matrix.example", "id": "1"}'


@dataclass
class Asked:
    """What Apprise asked other servers, all of which answer alike."""

    status: int = 200
    requests: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def answer(self, *given: Any, **more: Any) -> ChatAnswer:
        url = next(str(each) for each in given if "://" in str(each))
        self.requests.append((url, more))
        return ChatAnswer(self.status, b"ok" if "hooks.slack.com" in url else ANSWER)


@dataclass
class ChatAnswer:
    """As much of an answer of `requests` as Apprise reads."""

    status_code: int
    content: bytes
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.content.decode()

    def iter_content(self, *_: object, **__: object) -> Iterator[bytes]:
        yield self.content

    def close(self) -> None:
        return


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    found = Asked()
    for method in ("get", "post", "put", "request"):
        monkeypatch.setattr(f"requests.{method}", found.answer)
    return found


class RootLog(logging.Handler):
    """What reaches the log of everything, as `rowback serve` has it. pytest's own listens to loggers that pass nothing on."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name} {record.getMessage()}")


@pytest.fixture
def logged() -> Iterator[RootLog]:
    root, found = logging.getLogger(), RootLog()
    level = root.level
    root.addHandler(found)
    root.setLevel(logging.DEBUG)
    logging.getLogger("rowback").setLevel(logging.DEBUG)
    yield found
    root.removeHandler(found)
    root.setLevel(level)
    logging.getLogger("rowback").setLevel(logging.NOTSET)


@dataclass
class Desk:
    """A store, a clock that only the test moves, and what names are looked up to."""

    store: Store
    clock: Clock = field(default_factory=Clock)
    addresses: tuple[str, ...] = (PUBLIC,)

    def alert(self, address: str, *, listed_only: bool = True) -> Alert:
        search = self.store.searches.save(OWNER, address[:9].replace("/", ""), "label:figure", self.clock())
        return new_alert(self.store, search, address, Schedule(), self.clock(), {HOST}, listed_only=listed_only)

    def edit(self, title: str = TITLE, times: int = 1) -> None:
        for texts in (PARAGRAPHS, *(changed("400", str(401 + n)) for n in range(times))):
            self.clock.advance(minutes=1)
            self.store.record(replace(capture(texts, title=title), seen_at=self.clock()), self.clock())

    @property
    def sender(self) -> Sender:
        fetcher = Fetcher({HOST}, resolver=lambda *_: list(self.addresses))
        return Sender(self.store, fetcher, self.clock, BASE, threading.Event(), lambda _: None)


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


@pytest.mark.parametrize("kind", TARGETS)
def test_a_headline_calls_nobody_and_no_redirect_is_followed(desk: Desk, asked: Asked, kind: str) -> None:
    alert = desk.alert(TARGETS[kind])
    desk.edit(HOSTILE)
    assert desk.sender.run_once() == {"sent": 1}, desk.store.deliveries.log(alert.id)
    assert all(more["allow_redirects"] is False and more["verify"] is True for _, more in asked.requests)
    sent = "".join(str(more.get("data")) for _, more in asked.requests)
    assert "Ferry" in sent
    assert "diff/0/1" in sent
    for call in ("@channel", "@room", "@everyone"):
        assert call not in sent
    if kind == "slack":
        assert "<!here>" not in sent
    if kind == "mastodon":
        key = desk.store.deliveries.log(alert.id)[0].key
        assert any(key in str(more.get("headers")) + str(more.get("data")) for _, more in asked.requests)


@pytest.mark.parametrize("kind", [kind for kind in TARGETS if not KINDS[kind].fixed_host or kind == "ntfy"])
@pytest.mark.parametrize("private", ["10.1.2.3", "169.254.169.254", "::1", "::ffff:127.0.0.1"])
def test_a_host_on_a_private_network_is_not_asked(desk: Desk, asked: Asked, kind: str, private: str) -> None:
    alert = desk.alert(TARGETS[kind])
    desk.addresses = (PUBLIC, private)
    assert "private network" in str(desk.sender.test(alert))
    assert asked.requests == []


@pytest.mark.parametrize("kind", TARGETS)
def test_what_is_refused_says_the_status_and_no_secret(desk: Desk, asked: Asked, kind: str, logged: RootLog) -> None:
    asked.status = 403
    alert = desk.alert(TARGETS[kind])
    desk.edit()
    assert desk.sender.run_once() == {"failed": 1}
    (waiting,) = desk.store.deliveries.log(alert.id)
    assert waiting.reason is not None
    assert alert.target.shown in waiting.reason
    told = str(logged.lines) + str(waiting) + str(desk.store.deliveries.troubles(desk.clock())) + repr(alert)
    assert [each for each in SECRETS if each in told] == []
    assert [each for each in logged.lines if each.startswith("apprise")] == []


def test_a_password_of_mail_is_neither_logged_nor_told(desk: Desk, logged: RootLog) -> None:
    alert = desk.alert(
        f"mailto://user:{SECRETS[1]}@{HOST}:{free_port()}?from=a@lantern-post.test&to=b@lantern-post.test"
    )
    desk.edit()
    assert desk.sender.run_once() == {"failed": 1}
    told = str(logged.lines) + str(desk.store.deliveries.log(alert.id)) + repr(alert)
    assert f"mailto://{HOST}/…" in told
    assert SECRETS[1] not in told
    assert "lantern-post" not in told
    assert [each for each in logged.lines if each.startswith("apprise")] == []


def test_what_the_world_reads_is_short_and_of_listed_articles(desk: Desk) -> None:
    address = "bluesky://handle:app-pass-word@bsky.social"
    with pytest.raises(BadInput, match="listed articles only"):
        desk.alert(address, listed_only=False)
    alert = replace(desk.alert(TARGETS["mastodon"]), target=replace(desk.alert(TARGETS["ntfy"]).target, kind="bluesky"))
    desk.edit("A very long headline that goes on " * 20, times=5)
    steps = desk.store.known.newest(alert.search.filters, 9).items
    assert len(steps) == 5
    for some in (steps, steps[:1]):
        message = compose(alert, some, BASE)
        assert len(message.text) <= KINDS["bluesky"].room
        assert message.title == ""
        assert BASE in message.text

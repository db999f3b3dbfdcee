"""Alerts by mail, sent to a real mail server on this machine."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from rowback.alerts.sending import Sender
from rowback.alerts.targets import read_target
from rowback.capture.fetch import Fetcher
from rowback.store.alerts import Rhythm, Schedule
from rowback.store.audience import OWNER
from rowback.store.deliveries import DeliveryState
from rowback.text.plain import line

from .alert_targets import HOST, Mailbox
from .backend import Clock
from .program import free_port
from .samples import PARAGRAPHS, TITLE, capture, changed

if TYPE_CHECKING:
    from rowback.store import Store
    from rowback.store.alerts import Alert

TO, FROM = "desk@lantern-post.test", "rowback@lantern-post.test"
SCRIPTS = (
    "مجلس المدينة يوافق على جسر جديد بعد تصويت متأخر",
    "市議会が新しい橋の建設を承認、費用は二倍に",
    "Council opens bridge 🌉 – “at last” 👩‍👩‍👧",
    "Über Brücken: Straßenbau­amt prüft Fähranleger " * 4,
)
HOSTILE = "Council\r\nBcc: everyone@lantern-post.test"


@dataclass
class Desk:
    """A store with a search that is told by mail."""

    store: Store
    mailbox: Mailbox
    alert: Alert
    clock: Clock

    def send(self) -> dict[str, int]:
        fetcher = Fetcher({HOST})
        sender = Sender(
            self.store, fetcher, self.clock, "https://rowback.example.org", threading.Event(), lambda _: None
        )
        return sender.run_once()

    def edit(self, figure: int, title: str = TITLE) -> None:
        self.clock.advance(minutes=1)
        found = capture(changed("400", str(figure)), title=title)
        self.store.record(replace(found, seen_at=self.clock()), self.clock())


def desk_of(store: Store, schedule: Schedule) -> Desk:
    clock, mailbox = Clock(), Mailbox(free_port())
    search = store.searches.save(OWNER, "Figures", "label:figure", clock())
    target = read_target(f"mailto://{HOST}:{mailbox.port}?to={TO}&from={FROM}", {HOST})
    store.record(replace(capture(PARAGRAPHS), seen_at=clock()), clock())
    return Desk(store, mailbox, store.alerts.add(search, target, schedule, clock(), listed_only=False), clock)


@pytest.fixture
def desk(store: Store) -> Desk:
    return desk_of(store, Schedule())


def test_an_edit_is_mailed_as_plain_text(desk: Desk) -> None:
    desk.edit(401)
    with desk.mailbox.open():
        assert desk.send() == {"sent": 1}
        assert desk.send() == {}
    (mail,) = desk.mailbox.mails
    text = mail.get_content()
    assert mail.get_content_type() == "text/plain"
    assert desk.mailbox.sent_to == [[TO]]
    assert "401" in text
    assert "https://rowback.example.org/articles/1/diff/0/1" in text
    assert mail["X-Rowback-Delivery"] == desk.store.deliveries.log(desk.alert.id)[0].key


def test_a_mail_server_that_is_down_or_refuses_is_tried_again_with_the_same_key(desk: Desk) -> None:
    desk.edit(401)
    assert desk.send() == {"failed": 1}
    (waiting,) = desk.store.deliveries.log(desk.alert.id)
    assert waiting.state is DeliveryState.WAITING
    with desk.mailbox.open():
        assert desk.send() == {}, "not before its time"
        desk.mailbox.answers = ["451 later"]
        desk.clock.advance(hours=1)
        assert desk.send() == {"failed": 1}
        desk.clock.advance(hours=1)
        assert desk.send() == {"sent": 1}
    assert [mail["X-Rowback-Delivery"] for mail in desk.mailbox.mails] == [waiting.key]


def test_what_a_publisher_writes_adds_no_header_and_no_reader(desk: Desk) -> None:
    desk.edit(401, HOSTILE)
    with desk.mailbox.open():
        desk.send()
    (mail,) = desk.mailbox.mails
    assert mail["Bcc"] is None
    assert desk.mailbox.sent_to == [[TO]]


@pytest.mark.parametrize("title", [*SCRIPTS, HOSTILE, "A\u2028Bcc: everyone@lantern-post.test"])
def test_a_subject_in_any_script_comes_whole_and_in_plain_bytes(desk: Desk, title: str) -> None:
    desk.edit(401, title)
    with desk.mailbox.open():
        assert desk.send() == {"sent": 1}
    (mail,) = desk.mailbox.mails
    head = desk.mailbox.raw[0].partition(b"\r\n\r\n")[0]
    assert head.isascii(), "RFC 2047"
    assert all(len(each) <= 998 for each in head.split(b"\r\n")), "RFC 5322, 2.1.1"
    assert mail["Subject"] == f"Edited: {line(title, 160)}"
    assert len(mail.get_all("Subject", [])) == 1
    assert mail["Bcc"] is None
    assert desk.mailbox.sent_to == [[TO]]
    assert line(title, 160) in mail.get_content()


def test_a_day_of_edits_comes_as_one_mail(store: Store) -> None:
    desk = desk_of(store, Schedule(rhythm=Rhythm.DAILY))
    for figure in (401, 402, 403):
        desk.edit(figure)
    desk.clock.advance(days=1)
    with desk.mailbox.open():
        assert desk.send() == {"sent": 1}
    text = desk.mailbox.mails[0].get_content()
    assert [figure for figure in ("401", "402", "403") if figure in text] == ["401", "402", "403"]

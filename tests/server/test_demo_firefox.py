"""The conversation with Firefox, against a small server that speaks its protocol well or badly."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rowback.demo.firefox_remote import FirefoxRemote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Answer = Callable[[dict[str, Any]], list[bytes]]

ROOT = {"from": "root", "addonsActor": "addons1", "deviceActor": "device1"}
HANG_UP = b""
TABS = {"from": "root", "tabs": [{"actor": "tab1", "url": "about:blank"}, {"actor": "tab2"}]}


def packet(value: object) -> bytes:
    body = json.dumps(value, ensure_ascii=False).encode()
    return b"%d:%b" % (len(body), body)


GREETING = packet({"from": "root", "applicationType": "browser", "traits": {}})


class FakeFirefox:
    """Takes one connection, greets, notes every request and answers it, until an answer is `HANG_UP`."""

    def __init__(self, answer: Answer, greeting: bytes = GREETING, port: int = 0) -> None:
        self.requests: list[dict[str, Any]] = []
        self._answer = answer
        self._greeting = greeting
        self._server = socket.create_server(("127.0.0.1", port))
        self.port = int(self._server.getsockname()[1])
        self._thread = threading.Thread(target=self._talk, daemon=True)
        self._thread.start()

    def _talk(self) -> None:
        connection, _ = self._server.accept()
        with connection, connection.makefile("rb") as stream:
            connection.sendall(self._greeting)
            while (digits := self._digits(stream.read)) and self._reply(connection, stream.read(int(digits))):
                pass

    def _digits(self, read: Callable[[int], bytes]) -> bytes:
        digits = b""
        while (byte := read(1)) not in (b":", b""):
            digits += byte
        return digits

    def _reply(self, connection: socket.socket, body: bytes) -> bool:
        request = json.loads(body)
        self.requests.append(request)
        answers = self._answer(request)
        for answer in answers:
            connection.sendall(answer)
        return HANG_UP not in answers

    def close(self) -> None:
        self._server.close()
        self._thread.join(10)


@contextmanager
def firefox(answer: Answer, greeting: bytes = GREETING) -> Iterator[tuple[FakeFirefox, int]]:
    fake = FakeFirefox(answer, greeting)
    try:
        yield fake, fake.port
    finally:
        fake.close()


def well_behaved(request: dict[str, Any]) -> list[bytes]:
    """Answers as Firefox 153 does, with things told unasked in between."""
    unasked = [packet({"from": "root", "type": "tabListChanged"}), packet({"from": request["to"], "type": "news"})]
    answer: dict[str, dict[str, Any]] = {
        "getRoot": ROOT,
        "listTabs": TABS,
        "installTemporaryAddon": {"from": "addons1", "addon": {"id": "rowback@rowback.example", "actor": False}},
        "navigateTo": {"from": "tab1"},
    }
    return [*unasked, packet(answer[request["type"]])]


def yes() -> bool:
    return True


def test_an_extension_is_installed_and_a_page_opened() -> None:
    with firefox(well_behaved) as (fake, port), FirefoxRemote.connect(port, yes) as remote:
        remote.install(Path("/x/Rowback für alle"))
        remote.open("http://127.0.0.1:1/")
    assert fake.requests == [
        {"to": "root", "type": "getRoot"},
        {
            "to": "addons1",
            "type": "installTemporaryAddon",
            "addonPath": str(Path("/x/Rowback für alle")),
            "openDevTools": False,
        },
        {"to": "root", "type": "listTabs"},
        {"to": "tab1", "type": "navigateTo", "url": "http://127.0.0.1:1/", "waitForLoad": False},
    ]


def test_what_firefox_objects_is_told() -> None:
    def objecting(request: dict[str, Any]) -> list[bytes]:
        if request["type"] == "getRoot":
            return [packet(ROOT)]
        return [packet({"from": "addons1", "error": "unknownError", "message": "Extension is invalid"})]

    with (
        firefox(objecting) as (_, port),
        FirefoxRemote.connect(port, yes) as remote,
        pytest.raises(ConnectionError, match="would not installTemporaryAddon: Extension is invalid"),
    ):
        remote.install(Path("/x"))


BAD_ANSWERS = {
    "no addons": (packet({"from": "root"}), "takes no extensions"),
    "not JSON": (b"3:abc", "not JSON"),
    "not a packet": (packet([1, 2]), "no packet"),
    "no length": (b":{}", "does not speak"),
    "another protocol": (b"HTTP/1.1 400 Bad Request\r\n\r\n", "does not speak"),
    "endless length": (b"9" * 40, "does not speak"),
    "too large": (b"999999999:", "does not speak"),
}


@pytest.mark.parametrize(("answer", "message"), BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_an_answer_that_makes_no_sense_is_an_error(answer: bytes, message: str) -> None:
    with (
        firefox(lambda _: [answer]) as (_, port),
        FirefoxRemote.connect(port, yes) as remote,
        pytest.raises(ConnectionError, match=message),
    ):
        remote.install(Path("/x"))


def test_a_browser_that_hangs_up_is_an_error() -> None:
    with (
        firefox(lambda _: [HANG_UP]) as (_, port),
        FirefoxRemote.connect(port, yes) as remote,
        pytest.raises(ConnectionError, match="hung up"),
    ):
        remote.install(Path("/x"))


def test_an_answer_cut_short_is_an_error() -> None:
    with (
        firefox(lambda _: [b'100:{"from"', HANG_UP]) as (_, port),
        FirefoxRemote.connect(port, yes) as remote,
        pytest.raises(ConnectionError, match="in the middle"),
    ):
        remote.install(Path("/x"))


def test_no_tab_to_show_the_newspaper_in_is_an_error() -> None:
    with (
        firefox(lambda _: [packet({"from": "root", "tabs": []})]) as (_, port),
        FirefoxRemote.connect(port, yes) as remote,
        pytest.raises(ConnectionError, match="no tab"),
    ):
        remote.open("http://127.0.0.1:1/")


def test_something_else_listening_is_an_error() -> None:
    with (
        firefox(lambda _: [HANG_UP], b"220 mail.example ESMTP\r\n") as (_, port),
        pytest.raises(ConnectionError, match="does not speak"),
    ):
        FirefoxRemote.connect(port, yes)


def unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_a_browser_that_ended_is_not_waited_for() -> None:
    with pytest.raises(ConnectionError, match="ended before"):
        FirefoxRemote.connect(unused_port(), lambda: False)


def test_a_browser_that_never_listens_is_given_up() -> None:
    with pytest.raises(ConnectionError, match="did not listen within 0 seconds"):
        FirefoxRemote.connect(unused_port(), yes, timeout=0)


def test_a_browser_is_waited_for_while_it_starts() -> None:
    port = unused_port()
    asked = 0
    fakes: list[FakeFirefox] = []

    def is_running() -> bool:
        nonlocal asked
        asked += 1
        if asked == 2:
            fakes.append(FakeFirefox(well_behaved, port=port))
        return True

    with FirefoxRemote.connect(port, is_running) as remote:
        remote.install(Path("/x"))
    fakes[0].close()
    assert asked == 2

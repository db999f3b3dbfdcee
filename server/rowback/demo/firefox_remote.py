"""Asks a running Firefox to take an extension and to open a page, over its remote debugging protocol.

Firefox takes no extension on the command line; this is how developers' tools install one until it is closed. Packets
are JSON with their length in bytes before them, `27:{"to":"root","type":"getRoot"}`. Source:
https://firefox-source-docs.mozilla.org/devtools/backend/protocol.html
"""

from __future__ import annotations

import json
import socket
import time
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

START_TIMEOUT_S = 60.0  # a first start, on a machine that has other things to do
ANSWER_TIMEOUT_S = 30.0
RETRY_S = 0.1
MAX_LENGTH_DIGITS = 10
MAX_PACKET_BYTES = 16 * 1024 * 1024  # the list of tabs and the like are a few kilobytes


class FirefoxRemote:
    """One conversation. Everything raises `ConnectionError` with a sentence that says what Firefox did not do."""

    def __init__(self, connection: socket.socket) -> None:
        connection.settimeout(ANSWER_TIMEOUT_S)
        self._connection = connection
        self._stream = connection.makefile("rb")
        self._receive()  # the greeting, which comes unasked

    @classmethod
    def connect(cls, port: int, is_running: Callable[[], bool], timeout: float = START_TIMEOUT_S) -> Self:
        """Wait until Firefox listens on a loopback port, as long as it `is_running` and for `timeout` seconds at most."""
        deadline = time.monotonic() + timeout
        while True:
            try:
                connection = socket.create_connection(("127.0.0.1", port), timeout=ANSWER_TIMEOUT_S)
            except OSError as error:
                if not is_running():
                    raise ConnectionError("Firefox ended before it could be asked to load the extension.") from error
                if time.monotonic() > deadline:
                    raise ConnectionError(f"Firefox did not listen within {timeout:.0f} seconds.") from error
                time.sleep(RETRY_S)
            else:
                return cls(connection)

    def install(self, folder: Path) -> None:
        """Load the unpacked extension in `folder` until Firefox is closed."""
        actor = self._ask("root", "getRoot").get("addonsActor")
        if not isinstance(actor, str):
            raise ConnectionError("This Firefox takes no extensions from outside.")
        self._ask(actor, "installTemporaryAddon", addonPath=str(folder), openDevTools=False)

    def open(self, url: str) -> None:
        """Show a page in the first tab."""
        tabs = self._ask("root", "listTabs").get("tabs")
        if not isinstance(tabs, list) or not tabs or not isinstance(tabs[0], dict):
            raise ConnectionError("Firefox has no tab to show the newspaper in.")
        self._ask(str(tabs[0].get("actor")), "navigateTo", url=url, waitForLoad=False)

    def close(self) -> None:
        self._stream.close()
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, actor: str, request: str, **values: object) -> dict[str, Any]:
        """An actor's answer to a request. What it tells unasked in between (packets with a `type`) is passed over."""
        packet = json.dumps({"to": actor, "type": request, **values}).encode()
        try:
            self._connection.sendall(b"%d:%b" % (len(packet), packet))
        except OSError as error:
            raise ConnectionError(f"Firefox hung up when asked to {request}.") from error
        deadline = time.monotonic() + ANSWER_TIMEOUT_S
        while time.monotonic() < deadline:
            answer = self._receive()
            if answer.get("from") != actor:
                continue
            if "error" in answer:
                raise ConnectionError(f"Firefox would not {request}: {answer.get('message') or answer['error']}.")
            if "type" not in answer:
                return answer
        raise ConnectionError(f"Firefox did not answer {request} within {ANSWER_TIMEOUT_S:.0f} seconds.")

    def _receive(self) -> dict[str, Any]:
        try:
            length = self._length()
            body = self._stream.read(length)
        except OSError as error:  # among them TimeoutError
            raise ConnectionError(f"Firefox stopped answering: {error}.") from error
        if len(body) < length:
            raise ConnectionError("Firefox hung up in the middle of an answer.")
        try:
            packet = json.loads(body)
        except ValueError as error:
            raise ConnectionError("Firefox answered with something that is not JSON.") from error
        if not isinstance(packet, dict):
            raise ConnectionError("Firefox answered with something that is no packet.")
        return packet

    def _length(self) -> int:
        """The number before the colon."""
        digits = b""
        while (byte := self._stream.read(1)) != b":":
            if not byte:
                raise ConnectionError("Firefox hung up.")
            digits += byte
            if not digits.isdigit() or len(digits) > MAX_LENGTH_DIGITS:
                raise ConnectionError("What listens there does not speak Firefox's protocol.")
        if not digits or int(digits) > MAX_PACKET_BYTES:
            raise ConnectionError("What listens there does not speak Firefox's protocol.")
        return int(digits)

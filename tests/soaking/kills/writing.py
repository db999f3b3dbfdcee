"""Who sends: threads that post captures to whichever backend stands just now, and imports beside it."""

from __future__ import annotations

import http.client
import json
import subprocess
import threading
from collections import Counter
from typing import TYPE_CHECKING

from tests.server.program import COMMAND

if TYPE_CHECKING:
    from tests.server.backend import Client
    from tests.server.program import Program
    from tests.soaking.kills.sending import Newsdesk, Sent

STORED = {200, 201}
IMPORTED_AT_ONCE = 30  # captures
LOST_CONNECTION = "unanswered"


class Door:
    """The backend as the writers find it: there, or killed and not yet back."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._client: Client | None = None
        self._is_over = False

    def open(self, client: Client) -> None:
        """The backend is there."""
        with self._changed:
            self._client = client
            self._changed.notify_all()

    def shut(self, *, for_good: bool = False) -> None:
        """It is not."""
        with self._changed:
            self._client, self._is_over = None, for_good
            self._changed.notify_all()

    def client(self) -> Client | None:
        """Waits for the backend; None when there will be none any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._client is not None or self._is_over)
            return self._client


class Ledger:
    """What was acknowledged, and what came of the rest. Safe for threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._acknowledged: list[Sent] = []
        self.others: Counter[str] = Counter()

    def acknowledge(self, *sent: Sent) -> None:
        """The backend said that these are stored."""
        with self._changed:
            self._acknowledged += sent
            self._changed.notify_all()

    def note(self, what: str) -> None:
        """Something else came of a capture or an import."""
        with self._changed:
            self.others[what] += 1

    def wait_for_more(self, count: int, seconds: float) -> bool:
        """Waits until so many more are acknowledged; False when that takes too long."""
        with self._changed:
            wanted = len(self._acknowledged) + count
            return self._changed.wait_for(lambda: len(self._acknowledged) >= wanted, seconds)

    def acknowledged(self) -> list[Sent]:
        """All that was acknowledged so far."""
        with self._changed:
            return list(self._acknowledged)


def write(desk: Newsdesk, door: Door, ledger: Ledger) -> None:
    """Posts captures until the door is shut for good."""
    while (client := door.client()) is not None:
        sent = desk.next()
        try:
            answer = client.post("/api/v1/captures", sent.body())
        except (OSError, http.client.HTTPException):
            ledger.note(LOST_CONNECTION)
            continue
        if answer.status in STORED:
            ledger.acknowledge(sent)
        else:
            ledger.note(f"answered {answer.status}")


class Importing:
    """`rowback import` beside the backend, one after the other."""

    def __init__(self, program: Program, desk: Newsdesk, ledger: Ledger) -> None:
        self._program, self._desk, self._ledger = program, desk, ledger
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self._killed: set[int] = set()

    def run(self, over: threading.Event) -> None:
        """Imports until `over` is set. A whole file is acknowledged by the command's own exit code."""
        while not over.is_set():
            sent = [self._desk.next() for _ in range(IMPORTED_AT_ONCE)]
            lines = "".join(json.dumps(each.body()) + "\n" for each in sent)
            with subprocess.Popen(
                [COMMAND, "import", "-"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                env=self._program.environment(),
            ) as process:
                with self._lock:
                    self._process = process
                _, said = process.communicate(lines)
            if process.returncode == 0:
                self._ledger.acknowledge(*sent)
            elif process.pid in self._killed:
                self._ledger.note("imports killed")
            else:
                self._ledger.note(f"imports refused: {said.strip()[:200]}")

    def kill(self) -> None:
        """Kills the import that runs just now, if any."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                self._killed.add(self._process.pid)
                self._process.kill()

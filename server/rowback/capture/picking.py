"""Reads what readers chose to follow, one after the other, until there is none: several threads, and several processes,
may do so at once. What was found is written as a text that the store keeps, and read from it again."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rowback.capture.sampled import Candidate, Nothing, Sample, Why
from rowback.errors import RowbackError
from rowback.store.feeds import FeedKind
from rowback.store.picks import PickState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from rowback.store import Store
    from rowback.store.picks import Pick

AT_ONCE = 2  # each takes some seconds, and others want answers, too
MAX_TRIES = 20  # a host is left alone for five seconds after each question; a list may have many feeds of one


class PickReading:
    """The reading of one process: `go_on` has it read whatever waits, and comes back at once."""

    def __init__(
        self,
        store: Store,
        look: Callable[[Candidate], Sample | Nothing],
        now: Callable[[], datetime],
        begin: Callable[[Callable[[], None]], None] | None = None,
    ) -> None:
        """`look` reads an address; `begin` has a function run beside, by default in a thread."""
        self._store, self._look, self._now = store, look, now
        self._begin = begin or _in_thread
        self._free = threading.Semaphore(AT_ONCE)

    def go_on(self) -> None:
        """Reads what waits, where not enough is being read already."""
        if self._free.acquire(blocking=False):
            self._begin(self._read_all)

    def _read_all(self) -> None:
        try:
            while (pick := self._store.picks.begin(self._now())) is not None:
                self._read(pick)
        finally:
            self._free.release()
            self._store.close()

    def _read(self, pick: Pick) -> None:
        picked = pick.picked
        try:
            found = self._look(Candidate(picked.url, picked.kind, picked.site))
        except RowbackError as error:
            found = Nothing(picked.url, Why.BROKEN, str(error))
        is_busy = isinstance(found, Nothing) and found.why is Why.BUSY and pick.tries < MAX_TRIES
        state = PickState.WAITING if is_busy else PickState.FOUND if isinstance(found, Sample) else PickState.NOTHING
        self._store.picks.end(pick, state, as_text(found))


def as_text(found: Sample | Nothing) -> str:
    """What was found, to be kept."""
    return json.dumps({"is": type(found).__name__, **asdict(found)})


def from_text(text: str) -> Sample | Nothing:
    """What was kept."""
    kept: dict[str, Any] = json.loads(text)
    if kept.pop("is") == Nothing.__name__:
        return _nothing(kept)
    before = kept["instead_of"]
    given = {"kind": FeedKind(kept["kind"]), "first": tuple(kept["first"]), "instead_of": before and _nothing(before)}
    return Sample(**{**kept, **given})


def _nothing(kept: dict[str, Any]) -> Nothing:
    return Nothing(kept["url"], Why(kept["why"]), kept["reason"])


def _in_thread(run: Callable[[], None]) -> None:
    threading.Thread(target=run, name="picks", daemon=True).start()

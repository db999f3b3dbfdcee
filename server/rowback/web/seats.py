"""So many seats for work that may take long: whoever finds none for a while is told to come again, and leaves its thread."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rowback.errors import Busy

if TYPE_CHECKING:
    from collections.abc import Iterator


WAIT_S = 10.0  # a page takes some hundredths of a second: so many come at once only when many readers do


class Seats:
    """A number of seats. Safe for threads."""

    def __init__(self, count: int, wait_s: float = WAIT_S) -> None:
        self._wait_s = wait_s
        self._free = threading.Semaphore(count)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Holds a seat while the block runs. Raises `Busy` where there is none."""
        if not self._free.acquire(timeout=self._wait_s):
            raise Busy("Other pages are being read just now. Send it again in a moment.")
        try:
            yield
        finally:
            self._free.release()

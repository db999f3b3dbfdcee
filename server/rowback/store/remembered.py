"""What was read of one state of a database, remembered until the next write: each write gives the state another number.

An answer is therefore always what would be read anew, whoever wrote meanwhile, and in whichever process. It knows nothing of
what is remembered.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

from rowback.store import lineage

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from sqlite_utils import Database

MOST = 1_000  # values; some KB each at most

V = TypeVar("V")


class Remembered(Generic[V]):
    """The values asked for last, by key. Safe for threads; two that ask at once may both read."""

    def __init__(self) -> None:
        self._number = 0
        self._values: dict[Hashable, V] = {}
        self._lock = threading.Lock()

    def get(self, db: Database, key: Hashable, read: Callable[[], V]) -> V:
        """The value of a key, in the transaction under way, which sees one state."""
        number = lineage.number_of(db)
        with self._lock:
            if number == self._number and key in self._values:
                return self._values[key]
        value = read()
        if number:  # else nobody counts the writes
            with self._lock:
                if number != self._number or len(self._values) >= MOST:
                    self._number, self._values = number, {}
                self._values[key] = value
        return value

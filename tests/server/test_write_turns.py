"""Writes of several processes wait for each other, and whoever waits longest asks no more rarely than the others."""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING

import pytest

from rowback.errors import StoreError
from rowback.store import opening

from .samples import at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rowback.store import Store


@pytest.fixture
def other(store: Store) -> Iterator[sqlite3.Connection]:
    """Another process, at a write."""
    other = sqlite3.connect(store.path, isolation_level=None)
    other.execute("begin immediate")
    yield other
    other.close()


def test_a_write_asks_as_often_however_long_it_waits(
    store: Store, other: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []

    def pause(seconds: float) -> None:
        asked.append(seconds)
        if len(asked) == 40:
            other.execute("rollback")

    monkeypatch.setattr(time, "sleep", pause)
    store.presence.note("test", at(1))
    assert asked == [opening.ASKS_AGAIN_S] * 40
    assert _waits_ms(store) == 1_000 * opening.BUSY_TIMEOUT_S


@pytest.mark.usefixtures("other")
def test_a_write_that_waited_long_enough_says_so(store: Store) -> None:
    store._connection._database().execute("PRAGMA busy_timeout = 1")
    with pytest.raises(StoreError, match="is in use by another program"):
        store.presence.note("test", at(1))
    assert _waits_ms(store) == 1


def _waits_ms(store: Store) -> float:
    return float(store._connection._database().execute("PRAGMA busy_timeout").fetchone()[0])

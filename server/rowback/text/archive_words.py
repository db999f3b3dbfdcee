"""Says in words what archives are asked, on the status page and on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# By state of a backfill: of one, and of several.
_SAID = {
    "queued": ("waits for its turn", "wait for their turn"),
    "listing": ("is being listed", "are being listed"),
    "reading": ("is being read", "are being read"),
    "waiting": ("waits for its archive", "wait for their archives"),
    "done": ("done", "done"),
    "stopped": ("stopped by a reader", "stopped by readers"),
    "none": ("with nothing archived", "with nothing archived"),
    "excluded": ("kept out by its publisher", "kept out by their publishers"),
    "failed": ("failed", "failed"),
}


def backfill_word(state: str) -> str:
    """What is told of one in a state: `waits for its turn`."""
    return _SAID[state][0]


def backfills_told(counts: Mapping[str, int]) -> str:
    """`1 waits for its turn, 2 are being read, 14 done`; empty where there is none."""
    return ", ".join(
        f"{counts[state]:,} {one if counts[state] == 1 else several}"
        for state, (one, several) in _SAID.items()
        if counts.get(state)
    )


def requests_told(asked: int, limit: int | None) -> str:
    """`12 of 400 requests today`."""
    if limit is None:
        return f"{asked:,} {'request' if asked == 1 else 'requests'} today"
    if asked >= limit:
        return f"all {limit:,} requests of today are used up: what is left waits for midnight UTC"
    return f"{asked:,} of {limit:,} requests today"

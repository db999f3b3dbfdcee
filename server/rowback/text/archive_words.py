"""Says in words what archives are asked, on the status page and on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.text.tongue import comma, grouped, in_context, ngettext, pgettext

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def backfill_word(state: str) -> str:
    """What is told of one in a state: `waits for its turn`."""
    return pgettext("backfill", _ONE[state])


def backfills_told(counts: Mapping[str, int]) -> str:
    """`1 waits for its turn, 2 are being read, 14 done`; empty where there is none."""
    return comma().join(say(counts[state]) for state, say in _SAID.items() if counts.get(state))


# By state of a backfill: of one, and so many.
_ONE = {
    "queued": in_context("backfill", "waits for its turn"),
    "listing": in_context("backfill", "is being listed"),
    "reading": in_context("backfill", "is being read"),
    "waiting": in_context("backfill", "waits for its archive"),
    "done": in_context("backfill", "done"),
    "stopped": in_context("backfill", "stopped by a reader"),
    "none": in_context("backfill", "with nothing archived"),
    "excluded": in_context("backfill", "kept out by its publisher"),
    "failed": in_context("backfill", "failed"),
}
_SAID: dict[str, Callable[[int], str]] = {
    "queued": lambda n: ngettext("%(num)s waits for its turn", "%(num)s wait for their turn", n),
    "listing": lambda n: ngettext("%(num)s is being listed", "%(num)s are being listed", n),
    "reading": lambda n: ngettext("%(num)s is being read", "%(num)s are being read", n),
    "waiting": lambda n: ngettext("%(num)s waits for its archive", "%(num)s wait for their archives", n),
    "done": lambda n: ngettext("%(num)s done", "%(num)s done", n),
    "stopped": lambda n: ngettext("%(num)s stopped by a reader", "%(num)s stopped by readers", n),
    "none": lambda n: ngettext("%(num)s with nothing archived", "%(num)s with nothing archived", n),
    "excluded": lambda n: ngettext("%(num)s kept out by its publisher", "%(num)s kept out by their publishers", n),
    "failed": lambda n: ngettext("%(num)s failed", "%(num)s failed", n),
}


def requests_told(asked: int, limit: int | None) -> str:
    """`12 of 400 requests today`."""
    if limit is None:
        return ngettext("%(num)s request today", "%(num)s requests today", asked)
    if asked >= limit:
        return ngettext(
            "the one request of today is used up: what is left waits for midnight UTC",
            "all %(num)s requests of today are used up: what is left waits for midnight UTC",
            limit,
        )
    return ngettext(
        "%(asked)s of %(num)s request today", "%(asked)s of %(num)s requests today", limit, asked=grouped(asked)
    )

"""Checks that somebody asked for, one of every kind, over the stories of `stories`: articles by their numbers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.store.checks_wanted import LOOKED, CheckState
from rowback.store.work import Job, JobKind, Next, Outcome

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.store import Store

OUTCOMES: list[Outcome] = [each for each in Outcome if each not in (Outcome.CAPTURED, Outcome.READ, Outcome.WAITING)]
GOING: list[CheckState] = [CheckState.QUEUED, CheckState.WAITING, CheckState.CHECKING]
ALL: list[Outcome | CheckState] = [*OUTCOMES, *GOING]
_FIRST = 5  # the first article of those below


def checked(told: Outcome | CheckState) -> int:
    """The number of the article whose check came to this, or is so far."""
    return _FIRST + ALL.index(told)


def tell_checks(store: Store, now: datetime) -> None:
    """Asks for the checks, and ends those that are to be over."""
    for outcome in OUTCOMES:
        number, asked_at = checked(outcome), now - timedelta(minutes=10)
        store.checks_wanted.ask(number, asked_at)
        if outcome in LOOKED:
            at = now + timedelta(hours=1)
            store.queue.finish_article(number, now, Next(at, outcome, "the text was compared"))
        else:
            store.checks_wanted.fail(number, now, outcome, f"It is {outcome}.")
    for state in GOING:
        store.checks_wanted.ask(checked(state), now)
    waits = checked(CheckState.WAITING)
    store.queue.put_off(Job(JobKind.CHECK, waits, "", "", now), now + timedelta(hours=1))
    free = now + timedelta(hours=3)  # the pause of the stories' host is over by then
    store.queue.take(free, "somebody-0", free + timedelta(minutes=2), free, only=checked(CheckState.CHECKING))

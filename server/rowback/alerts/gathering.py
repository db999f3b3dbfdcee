"""Notes what alerts have to send: which steps became known since the last look, and in how many messages they are told. It
sends nothing, and knows no target but by whether programs or people read there.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from rowback.alerts.targets import WEBHOOK
from rowback.alerts.timing import next_gathering, quiet_until
from rowback.errors import BadInput
from rowback.store.alerts import Rhythm
from rowback.store.audience import Audience
from rowback.store.known_order import Since

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from rowback.store import Store
    from rowback.store.alerts import Alert
    from rowback.store.known_steps import KnownSteps

DIGEST_STEPS = 50  # edits in one message to a program
SINGLE_STEPS = 5  # at once: more than so many that became known together are told in one message
MOST_PAGES = (
    20  # of so many edits that are noted at a time: people are told of them in one message, which counts the rest
)


@dataclass(frozen=True, slots=True)
class Gathering:
    """Looks for a holder of leases."""

    store: Store
    now: Callable[[], datetime]
    holder: str

    def pass_over(self, now: datetime, until: datetime) -> None:
        """Moves those alerts on for which nothing new fits, which are most of them mostly: all in one transaction, without
        a lease and a thread for each. Leases last from `now` until `until`."""
        behind = self.store.alerts.behind(now, until)
        if not behind:
            return
        last = self.store.view(Audience.TRUSTED).known.last()
        idle = [(each, next_gathering(each.schedule, now)) for each in behind if self._is_idle(each, now)]
        if idle:
            self.store.alerts.pass_over(idle, last, now, until)

    def _is_idle(self, alert: Alert, now: datetime) -> bool:
        if quiet_until(alert.schedule, now) is not None:
            return False
        try:
            filters = alert.search.filters
        except BadInput:  # of another release: its own thread tells of it
            return False
        return not self.known(alert).has_any(filters, alert.cursor)

    def gather(self, alert: Alert) -> None:
        """Notes what is to be sent of the steps that became known since the last time."""
        known, filters = self.known(alert), alert.search.filters
        last, cursor, pages = known.last(), alert.cursor, list[list[int]]()
        while len(pages) < MOST_PAGES:
            page = known.page(filters, Since(cursor), DIGEST_STEPS)
            ids = [each.listed.step.id for each in page.items]
            pages += [ids] if ids else []
            if len(ids) < DIGEST_STEPS:
                # Looked through: what comes now has a higher id, and what was there at the beginning a lower one or that.
                cursor = max([last, cursor, *ids])
                break
            cursor = ids[-1]
        is_through = len(pages) < MOST_PAGES
        then = next_gathering(alert.schedule, self.now()) if is_through else self.now()
        self.store.deliveries.gather(alert, self.holder, _messages(alert, pages), cursor, then, self.now())

    def known(self, alert: Alert) -> KnownSteps:
        """The steps as they may be told: where the alert is of what is listed, as strangers are told of them."""
        audience = Audience.STRANGERS if alert.is_listed_only else Audience(alert.search.reader)
        return self.store.view(audience).known


def _messages(alert: Alert, pages: Sequence[Sequence[int]]) -> Sequence[Sequence[int]]:
    """The ids of steps by the messages that tell of them. Programs get all in many, people one that they can read."""
    ids = list(chain.from_iterable(pages))
    if alert.schedule.rhythm is Rhythm.AT_ONCE and not alert.is_held and len(ids) <= SINGLE_STEPS:
        return [[id_] for id_ in ids]
    return pages if alert.target.kind == WEBHOOK or not ids else [ids]

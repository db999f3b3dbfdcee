"""Keeps the lease of an alert for as long as somebody works on it: short, so that what a killed poller held is taken up soon,
and begun anew all the while, so that a target may take its time. What is sent meanwhile it does not know.
"""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from rowback.store import Store

LEASE = timedelta(seconds=30)  # what a killed poller held rests for so long, and for one look of the next poller
RENEW_S = 10.0  # a third: two renewals may fail at a busy database before another takes the alert
log = logging.getLogger("rowback.alerts")


@contextmanager
def renewed(store: Store, alert_id: int, holder: str, now: Callable[[], datetime], every_s: float) -> Iterator[None]:
    """Begins the lease of an alert anew every so many seconds, in a thread of its own, until the work on it is over or the
    lease is another's."""
    over = threading.Event()

    def renew() -> None:
        try:
            while not over.wait(every_s) and _is_kept(store, alert_id, holder, now()):
                pass
        finally:
            store.close()

    thread = threading.Thread(target=renew, name=f"lease of alert {alert_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(RENEW_S)  # a renewal under way ends when the database does; what hangs is left alone


def _is_kept(store: Store, alert_id: int, holder: str, at: datetime) -> bool:
    try:
        return store.alerts.keep(alert_id, holder, at + LEASE)
    except StoreError as error:  # the next renewal may go better
        log.warning("the database cannot be used just now: %s", error)
        return True

"""Tells edits that fit saved searches: beside the poller, in threads of its own, so that no check waits for a message.

Each alert that has something to do gets a thread: however long a dead target takes, no other waits for it. An alert is
leased while it is worked on (`lease`), so that of several pollers one sends. What is to be sent is noted, with its key,
in the same transaction in which the cursor moves; what became of it is noted when that is known. So nothing is skipped,
and who is killed between the sending and the note sends again under the same key.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from rowback.alerts.gathering import Gathering
from rowback.alerts.lease import LEASE, RENEW_S, renewed
from rowback.alerts.messages import compose, compose_test
from rowback.alerts.targets import WEBHOOK
from rowback.alerts.timing import GIVE_UP_AFTER, quiet_until, retry_at
from rowback.deferred import Deferred
from rowback.errors import FetchFailed, RowbackError, StoreError, Undelivered
from rowback.store.deliveries import DeliveryState, new_key
from rowback.waits import until_over

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from rowback.alerts import through_apprise, webhook
    from rowback.alerts.messages import Message
    from rowback.capture.fetch import Fetcher
    from rowback.store import Store
    from rowback.store.alerts import Alert, Target
    from rowback.store.deliveries import Delivery
else:  # what fetches is loaded when there is something to send
    through_apprise, webhook = Deferred("rowback.alerts.through_apprise"), Deferred("rowback.alerts.webhook")

MIN_SECRET = 6  # characters of a part of an address: shorter ones are words that any sentence may have
LOOK_S = 5.0  # between two looks whether there is something to do
_BETWEEN = regex.compile(r"[:@/?=&#]")
log = logging.getLogger("rowback.alerts")


@dataclass
class Sender:
    """Who tells. `base` is where readers reach the backend, for links; `pause` waits some seconds, or less at the end."""

    store: Store
    fetcher: Fetcher
    now: Callable[[], datetime]
    base: str
    stopping: threading.Event
    pause: Callable[[float], object]
    holder: str = field(default_factory=lambda: secrets.token_hex(8))
    renew_s: float = RENEW_S
    _busy: dict[int, threading.Thread] = field(default_factory=dict)
    _looking: threading.Thread | None = None
    _gathering: Gathering = field(init=False)

    def __post_init__(self) -> None:
        self._gathering = Gathering(self.store, self.now, self.holder)

    def start(self) -> None:
        """Works in threads until `stop`."""
        self._looking = threading.Thread(target=self._run, name="alerts", daemon=True)
        self._looking.start()

    def stop(self, seconds: float = 10.0) -> None:
        """Lets messages that are on their way arrive, for so long."""
        self.stopping.set()
        threads = [*([self._looking] if self._looking else []), *self._busy.values()]
        for each in threads:
            each.join(seconds / len(threads))

    def run_once(self) -> dict[str, int]:
        """Sends all that is due now, and counts what came of it. Raises `StoreError`."""
        counts: Counter[str] = Counter()
        for thread in self._begin(counts):
            until_over(thread)
        return dict(counts)

    def _run(self) -> None:
        while not self.stopping.is_set():
            try:
                self._begin(Counter())
            except StoreError as error:
                log.warning("the database cannot be used just now: %s", error)
            except Exception:  # a look that fails must not be the last one
                log.exception("a look at the alerts broke the program")
            self.pause(LOOK_S)
        self.store.close()

    def _begin(self, counts: Counter[str]) -> list[threading.Thread]:
        """Gives each alert that has something to do a thread; not one whose last thread still waits for its target."""
        self._busy = {id_: thread for id_, thread in self._busy.items() if thread.is_alive()}
        now = self.now()
        self.store.removals.forget(now)
        self._gathering.pass_over(now, now + LEASE)
        begun = []
        for alert in self.store.alerts.take(now, self.holder, now + LEASE, list(self._busy)):
            name = f"alert {alert.id}"
            thread = threading.Thread(target=self._work, args=(alert, counts), name=name, daemon=True)
            self._busy[alert.id] = thread
            thread.start()
            begun.append(thread)
        return begun

    def _work(self, alert: Alert, counts: Counter[str]) -> None:
        try:
            with renewed(self.store, alert.id, self.holder, self.now, self.renew_s):
                counts.update(self.work(alert))
        except StoreError as error:
            log.warning("the database cannot be used just now: %s", error)
        except Exception:  # the next look at this alert may go better, and no other must suffer
            log.exception("alert %d broke the program", alert.id)
        finally:
            with suppress(StoreError):
                self.store.alerts.release(alert.id, self.holder)
            self.store.close()

    def work(self, alert: Alert) -> list[str]:
        """Does what an alert has to do now: what came of each message."""
        until = quiet_until(alert.schedule, self.now())
        if until is not None:
            self.store.alerts.hold(alert.id, until)
            return []
        if alert.may_gather(self.now()):
            self._gathering.gather(alert)
        done = []
        while not self.stopping.is_set() and self.store.alerts.keep(alert.id, self.holder, self.now() + LEASE):
            delivery = self.store.deliveries.next(alert.id, self.now())
            if delivery is None:
                break
            done.append(self._deliver(alert, delivery))
        return done

    def _deliver(self, alert: Alert, delivery: Delivery) -> str:
        # What was forgotten, hidden or unlisted meanwhile, or fits no longer, is not told.
        steps = self._gathering.known(alert).these(alert.search.filters, delivery.steps)
        if not steps:
            self.store.deliveries.end(delivery, DeliveryState.DROPPED, self.now())
            return "dropped"
        failure = self.send(alert, compose(alert, steps, self.base), delivery.key)
        now = self.now()
        if failure is None:
            self.store.deliveries.end(delivery, DeliveryState.SENT, now)
            return "sent"
        log.info("alert %d, %s: %s", alert.id, alert.target.shown, failure)
        if now - (delivery.failing_since or now) >= GIVE_UP_AFTER:
            since, then = now - GIVE_UP_AFTER, retry_at(delivery.tries, now)
            self.store.deliveries.give_up(delivery, now, since, then, str(failure))
            return "given up"
        asked_s = failure.retry_after_s if isinstance(failure, Undelivered) else 0.0
        self.store.deliveries.retry(delivery, now, retry_at(delivery.tries, now, asked_s), str(failure))
        return "failed"

    def send(self, alert: Alert, message: Message, key: str) -> RowbackError | None:
        """Sends one message; why it could not be, in words without the address."""
        send = webhook.send if alert.target.kind == WEBHOOK else through_apprise.send
        try:
            send(alert.target, message, key, self.fetcher)
        except StoreError:
            raise
        except RowbackError as error:
            return error if not quotes(str(error), alert.target) else FetchFailed("It could not be sent.")
        except Exception as error:  # noqa: BLE001 (a library's; what it says may quote the address)
            log.warning("alert %d: sending broke the program with %s", alert.id, type(error).__name__)
            return Undelivered(f"Sending broke the program ({type(error).__name__}).")
        return None

    def test(self, alert: Alert) -> RowbackError | None:
        """Sends a test at once, and notes it; why it could not be sent."""
        key = new_key()
        failure = self.send(alert, compose_test(alert, self.base), key)
        self.store.deliveries.tried_out(alert.id, key, self.now(), None if failure is None else str(failure))
        return failure


def quotes(told: str, target: Target) -> bool:
    """Whether something that is told holds a part of an address that is nobody's business: anything but what is shown."""
    parts = _BETWEEN.split(target.address.partition("://")[2])
    return any(part in told for part in parts if len(part) >= MIN_SECRET and part not in target.shown)

"""Setting an alert: what a form or a command says of it, checked, before anything is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rowback.alerts.targets import KINDS, WEBHOOK, read_target
from rowback.alerts.timing import checked
from rowback.deferred import Deferred
from rowback.errors import BadInput
from rowback.store.alerts import Rhythm, Schedule

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from rowback.alerts import through_apprise
    from rowback.store import Store
    from rowback.store.alerts import Alert
    from rowback.store.searches import SavedSearch
else:
    through_apprise = Deferred("rowback.alerts.through_apprise")


def chosen_schedule(rhythm: str, hour: str, zone: str, quiet_from: str, quiet_until: str) -> Schedule:
    """The schedule that words say; an hour may be left out. Raises `BadInput`."""
    if rhythm not in set(Rhythm):
        raise BadInput(f"An alert tells {', '.join(Rhythm)}.", "rhythm")
    told = Schedule(
        Rhythm(rhythm),
        8 if not hour.strip() else _hour(hour, "hour"),
        zone.strip() or "UTC",
        None if not quiet_from.strip() else _hour(quiet_from, "quiet_from"),
        None if not quiet_until.strip() else _hour(quiet_until, "quiet_until"),
    )
    return checked(told)


def new_alert(
    store: Store,
    search: SavedSearch,
    address: str,
    schedule: Schedule,
    at: datetime,
    allowed_hosts: Collection[str],
    *,
    listed_only: bool,
) -> Alert:
    """Sets an alert. What the world reads is told of listed articles alone: else it would say what was read here. Raises
    `BadInput`, `Undelivered` where Apprise is wanted and missing."""
    target = read_target(address, allowed_hosts)
    if target.kind != WEBHOOK:
        through_apprise.made(target, allowed_hosts)
    if KINDS[target.kind].is_posted and not listed_only:
        raise BadInput("What is posted for all to read tells of listed articles only.", "unlisted")
    return store.alerts.add(search, target, schedule, at, listed_only=listed_only)


def _hour(given: str, field: str) -> int:
    text = given.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 2):
        raise BadInput("An hour is a number from 0 to 23.", field)
    return int(text)

"""Periods as addresses and commands name them: from one day or instant to another."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import regex

from rowback.errors import BadInput
from rowback.store.source_scope import Period
from rowback.web.numbering import instant_in_url

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAY = regex.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_period(since: str, until: str) -> Period:
    """The period between two days, both included, or two instants, the later one not; nothing leaves a side open. Raises
    `BadInput`."""
    start, end = _bound("since", since, timedelta(0)), _bound("until", until, timedelta(days=1))
    if start and end and end <= start:
        raise BadInput("The period ends before it begins: exchange `since` and `until`.")
    return Period(start, end)


def asked_period(args: Mapping[str, str]) -> Period:
    """The same of a query."""
    return read_period(args.get("since", ""), args.get("until", ""))


def _bound(name: str, given: str, later: timedelta) -> datetime | None:
    given = given.strip()
    if not given:
        return None
    try:
        if _DAY.fullmatch(given):
            return datetime.fromisoformat(given).replace(tzinfo=UTC) + later
        return instant_in_url(given)
    except (BadInput, ValueError, OverflowError):
        raise BadInput(f"`{name}` is a day, as 2026-01-31, or an instant, as 2026-01-31T09:30:00Z.") from None

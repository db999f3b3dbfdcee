"""Instants as foreign collections write them: text with or without a zone, or seconds since 1970."""

from __future__ import annotations

import math
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rowback.errors import BadInput
from rowback.text.archived import DIGITS, instant

_LONGEST = 40  # characters of an instant
_MILLISECONDS = 100_000_000_000  # a number this large is of milliseconds: as seconds it would be the year 5138


def instant_of(value: object, zone: tzinfo = UTC) -> datetime:
    """The instant that a value names; `zone` is that of text that says none. Raises `BadInput`."""
    try:
        if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
            return datetime.fromtimestamp(value / 1000 if abs(value) >= _MILLISECONDS else value, UTC)
        if isinstance(value, str) and len(value) <= _LONGEST:
            return _written(value.strip(), zone)
    except (ValueError, OverflowError, OSError) as error:
        raise BadInput(f"{str(value)[:40]!r} is no instant.") from error
    raise BadInput(f"{str(value)[:40]!r} is no instant.")


def _written(text: str, zone: tzinfo) -> datetime:
    if text.isdigit():
        found = instant(text) if len(text) == DIGITS else instant_of(int(text))
        if found is None:
            raise ValueError(text)
        return found
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def zone_named(name: str) -> tzinfo:
    """The time zone of a name of the IANA database. Raises `BadInput`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput(f"{name[:60]!r} is no time zone: write one such as Europe/Berlin.") from error

"""Instants as stored: UTC text of fixed width, which sorts as time does; where there are many, microseconds since 1970."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_text(instant: datetime) -> str:
    """`2026-01-31T09:30:00.000000Z`. `instant` must be aware."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def from_text(text: str) -> datetime:
    """The aware UTC instant that `to_text` wrote."""
    return datetime.fromisoformat(text)


def maybe_from_text(text: str | None) -> datetime | None:
    """As `from_text`; None stays None."""
    return None if text is None else from_text(text)


def maybe_to_text(instant: datetime | None) -> str | None:
    """As `to_text`; None stays None."""
    return None if instant is None else to_text(instant)


def to_number(instant: datetime) -> int:
    """Microseconds since 1970, less than nothing before it. `instant` must be aware."""
    return (instant - _BEGIN) // _MICROSECOND


def from_number(number: int) -> datetime:
    """The aware UTC instant that `to_number` gave."""
    return _BEGIN + number * _MICROSECOND

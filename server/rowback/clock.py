"""The clock, and instants as RFC 3339 writes them. Only here is asked what time it is: all else is handed it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import regex

from rowback.errors import BadInput

EXAMPLE = "2026-01-31T09:30:00Z"
# `date-time` of section 5.6, with its notes: t and z may be small, and a space may stand for the T.
_INSTANT = regex.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?P<minute>[0-9]{2}:[0-9]{2}):(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?"
    r"(?P<offset>[Zz]|(?P<sign>[+-])(?P<hours>[01][0-9]|2[0-3]):(?P<minutes>[0-5][0-9]))?"
)
_MICROSECOND_DIGITS = 6
_LEAP_SECOND = "60"


def utc_now() -> datetime:
    """The clock that everything uses unless it is handed another."""
    return datetime.now(UTC)


def parse_instant(text: str) -> datetime:
    """The instant that RFC 3339 text (any offset) names. Of a fraction, microseconds are kept. Raises `BadInput`.

    A leap second, which stands at the end of a month in UTC only (section 5.7), is the first second of the next month, as
    POSIX counts it. Nothing before the year 1 or after 9999 can be named, whatever the offset.
    """
    found = _INSTANT.fullmatch(text)
    if found is None:
        raise BadInput(f"{text[:40]!r} is no instant: write {EXAMPLE}.")
    if found["offset"] is None:
        raise BadInput(f"{text[:40]!r} lacks its offset from UTC: write {EXAMPLE}.")
    try:
        return _named(found)
    except (ValueError, OverflowError) as error:
        raise BadInput(f"{text[:40]!r} is no instant: write {EXAMPLE}.") from error


def format_instant(at: datetime) -> str:
    """RFC 3339 in UTC, the fraction only where there is one. `at` must be aware."""
    return at.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


def format_maybe(instant: datetime | None) -> str | None:
    """The same of an instant that may not be known."""
    return None if instant is None else format_instant(instant)


def _named(found: regex.Match[str]) -> datetime:
    is_leap = found["second"] == _LEAP_SECOND
    second = "59" if is_leap else found["second"]
    local = datetime.fromisoformat(f"{found['day']}T{found['minute']}:{second}")
    fraction = timedelta(
        microseconds=int((found["fraction"] or "")[:_MICROSECOND_DIGITS].ljust(_MICROSECOND_DIGITS, "0"))
    )
    whole = local.replace(tzinfo=_zone(found)).astimezone(UTC) + timedelta(seconds=is_leap)
    if is_leap and (whole.day, whole.hour, whole.minute, whole.second) != (1, 0, 0, 0):
        raise ValueError("no leap second can stand there")
    return whole + fraction


def _zone(found: regex.Match[str]) -> timezone:
    if found["sign"] is None:
        return UTC
    offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"]))
    return timezone(-offset if found["sign"] == "-" else offset)

"""When a feed or sitemap says that an article was published or updated: any way of writing it, and no date that cannot be.

No date is better than a wrong one: what is dated too long ago is left out, what has no date is looked at.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import regex

from rowback.text.received import http_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.store.feeds import Entry

EARLIEST = datetime(
    1990, 1, 1, tzinfo=UTC
)  # before the first news page; programs without a date write 1970 or the year 1
AHEAD = timedelta(days=1)  # a time without its zone may be read as up to 14 hours later than it is
MAX_DATE = 64  # characters
MIN_ALIKE = 3  # entries with one and the same old date: it is the template's
_EPOCH_DIGITS = {10: 1, 13: 1_000, 16: 1_000_000}  # seconds, milliseconds, microseconds since 1970
_TIME = (
    r"(?:[T ,]\s*+(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d++)?)?+\s?(?P<half>[ap]m)?"
    r"\s?(?:Z|UTC|GMT|(?P<sign>[+-])(?P<zone_h>\d\d):?(?P<zone_m>\d\d)?|[a-z]{2,5})?)?"
)
_YEAR_FIRST = regex.compile(
    r"(?P<year>\d{4})(?:(?P<mark>[-/.])(?P<month>\d\d?)(?:(?P=mark)(?P<day>\d\d?)" + _TIME + ")?)?", regex.IGNORECASE
)
_YEAR_LAST = regex.compile(
    r"(?P<one>\d\d?)(?P<mark>[-/.])(?P<two>\d\d?)(?P=mark)(?P<year>\d{4}|\d\d)" + _TIME, regex.IGNORECASE
)
_BEFORE_ALL = regex.compile(r"\s-\d{4}\s")  # the year of a date that a database has as zeros
_RUN_ON = regex.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?Z?)?")


def instant(told: object) -> datetime | None:
    """The instant that a document tells in any of the usual ways: RFC 3339 and what is near it, RFC 822, seconds since 1970,
    year, month and day in digits. The last instant of a month or year that is all it tells. None where it tells none, or one
    that cannot be; also where day and month cannot be told apart."""
    if isinstance(told, bool) or not isinstance(told, (str, int, float)):
        return None
    text = " ".join(str(told)[: 2 * MAX_DATE].split())
    if len(text) > MAX_DATE or not text.isascii():
        return None
    try:
        found = _since_1970(text) or _run_on(text) or _year_first(text) or _year_last(text) or _in_words(text)
    except (ValueError, OverflowError):
        return None
    return found if found is not None and found >= EARLIEST else None


def believed(entries: Sequence[Entry], now: datetime, oldest: datetime | None) -> list[Entry]:
    """Entries of one feed, without dates that lie ahead, and without one from before `oldest` that all of them have (None:
    that may be): then the template was made."""
    dates = [entry.updated_at for entry in entries if entry.updated_at is not None]
    is_templates = len(dates) >= MIN_ALIKE and len(set(dates)) == 1 and oldest is not None and dates[0] < oldest
    return [
        replace(entry, updated_at=None)
        if entry.updated_at is not None and (is_templates or entry.updated_at > now + AHEAD)
        else entry
        for entry in entries
    ]


def _since_1970(text: str) -> datetime | None:
    digits = text.partition(".")[0]
    unit = _EPOCH_DIGITS.get(len(digits))
    if unit is None or not text.replace(".", "", 1).isdigit():
        return None
    return datetime.fromtimestamp(int(digits) / unit, UTC)


def _run_on(text: str) -> datetime | None:
    found = _RUN_ON.fullmatch(text)
    return None if found is None else datetime(*(int(part) for part in found.groups("0")), tzinfo=UTC)  # type: ignore[arg-type,misc]


def _year_first(text: str) -> datetime | None:
    found = _YEAR_FIRST.fullmatch(text)
    if found is None:
        return None
    year, month = int(found["year"]), int(found["month"] or 12)
    if found["day"] is None:
        after = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
        return after - timedelta(seconds=1)
    return _at(found, year, month, int(found["day"]))


def _year_last(text: str) -> datetime | None:
    found = _YEAR_LAST.fullmatch(text)
    if found is None:
        return None
    one, two, year = int(found["one"]), int(found["two"]), int(found["year"])
    year += 2000 if len(found["year"]) == 2 else 0
    if found["mark"] == "." or one > 12 or one == two:
        return _at(found, year, two, one)
    return _at(found, year, one, two) if two > 12 else None


def _at(found: regex.Match[str], year: int, month: int, day: int) -> datetime:
    hour = int(found["hour"] or 0)
    if found["half"] is not None:
        hour = hour % 12 + (12 if found["half"].lower() == "pm" else 0)
    offset = timedelta(hours=int(found["zone_h"] or 0), minutes=int(found["zone_m"] or 0))
    zone = timezone(-offset if found["sign"] == "-" else offset)
    at = datetime(year, month, day, hour, int(found["minute"] or 0), int(found["second"] or 0), tzinfo=zone)
    return at.astimezone(UTC)


def _in_words(text: str) -> datetime | None:
    """RFC 822 and what is near it. Without a letter in it, it is none of these."""
    if _BEFORE_ALL.search(text) or not any(sign.isalpha() for sign in text):
        return None
    return http_date(text) or (None if ":" in text else http_date(f"{text} 00:00:00"))

"""Pages saved with SingleFile: HTML whose first comment says of which page, and when."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from typing import TYPE_CHECKING

from rowback.archive.folders import read_whole
from rowback.archive.held import Cause, HeldAt, HeldKind, Unread
from rowback.archive.saved import MAX_FILE, page_or_too_large
from rowback.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rowback.archive.held import Glance, Held, Wanted

_LOOKED_AT = 16_384  # bytes in which the comment stands
_COMMENT = re.compile(rb"<!--\s*(?:Page saved with|Archive processed by) SingleFile\b(.*?)-->", re.DOTALL)
_URL = re.compile(r"^[ \t]*+url:[ \t]*+(\S++)[ \t\r]*+$", re.MULTILINE)
# As JavaScript's Date writes itself (ECMA-262, Date.prototype.toString), in English on all machines.
_DATE = re.compile(
    r"^[ \t]*+saved date:[ \t]*+\w{3} (\w{3}) (\d{1,2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT([+-])(\d{2})(\d{2})",
    re.MULTILINE,
)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def read(path: Path, wanted: Wanted) -> Iterator[Held]:
    """The saved page. Raises `BadInput` for a file that cannot be read, `TooLarge`."""
    html = read_whole(path, MAX_FILE)
    place = HeldAt(path.name)
    wanted.passed(len(html))
    found = _COMMENT.search(html[:_LOOKED_AT])
    told = found[1].decode("utf-8", "replace") if found else ""
    url = _URL.search(told)
    if url is None or not url[1].lower().startswith(("http://", "https://")):
        yield Unread(place, Cause.NO_ADDRESS, "The page does not say of which address it was saved.")
    elif wanted.is_url(address := unescape(url[1])):
        try:
            yield page_or_too_large(place, address, _saved_at(told), html)
        except BadInput as error:
            yield Unread(place, Cause.NO_TIME, str(error))


def _saved_at(told: str) -> datetime:
    found = _DATE.search(told)
    if found is None or found[1] not in _MONTHS:
        raise BadInput("The page does not say when it was saved.")
    month, day, year, hour, minute, second, sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    try:
        zone = timezone(-offset if sign == "-" else offset)
        parts = int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second)
        return datetime(*parts, tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadInput("The page does not say when it was saved.") from error


def _fits(glance: Glance) -> bool:
    return _COMMENT.search(glance.begin) is not None


KIND = HeldKind("singlefile", "SingleFile", _fits, read)

"""The throttle: how long a host is left alone, by the gap between two requests and the pause after it turned us away. Pure.

Our rate limit on hosts; a host's own comes as its crawl-delay (`robots.py`) and its Retry-After.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.text.received import http_date

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

# Between two requests to one host, at least, robots.txt and redirects aside; up to half as much again, so that no rhythm is
# kept.
GAP_S = 5.0
PAUSE_S = 900.0  # after the first block; twice as long after each further one in a row …
MAX_PAUSE_S = 86_400.0  # … up to a day, however long the server asks for
BLOCKING = {403, 429, 503}
ARCHIVE_ERROR = (
    "x-archive-wayback-runtime-error"  # a header of the Wayback Machine and its kin; those of a copy begin otherwise
)
SHUT_OUT = "AccessControlException"  # its end: `RobotAccessControlException`, `AdministrativeAccessControlException`


def is_shut_out(status: int, headers: Mapping[str, str]) -> bool:
    """Whether a web archive says that it shows no copies of this publisher. That is no block: it speaks of the publisher,
    whoever asks, and the archive has all others' copies for us. `headers` have names in lower case."""
    return status == 403 and SHUT_OUT in headers.get(ARCHIVE_ERROR, "")


def gap(asked_for_s: float, chance: float) -> timedelta:
    """The time until a host is asked again; `chance` is a random number from 0 to 1."""
    return timedelta(seconds=max(GAP_S, asked_for_s) * (1 + chance / 2))


def pause(blocks: int, retry_after_s: float | None, chance: float) -> timedelta:
    """The pause after a host turned us away, with `blocks` times before in a row."""
    own_s = PAUSE_S * 2 ** min(blocks, 20)
    return timedelta(seconds=min(max(own_s, retry_after_s or 0.0), MAX_PAUSE_S) * (1 + chance / 10))


def retry_after(value: str | None, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for (RFC 9110, section 10.2.3), a number or a date; at most a day."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text.lstrip("0")[:9] or 0), MAX_PAUSE_S)
    at = http_date(text)
    return None if at is None else min(max(0.0, (at - now).total_seconds()), MAX_PAUSE_S)

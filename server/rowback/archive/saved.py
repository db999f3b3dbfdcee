"""What saved pages have in common: without the pictures and fonts that were put into them they are as large as pages are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rowback.archive.held import Cause, HeldPage, Unread
from rowback.archive.payload import decoded_as
from rowback.text.largest import MAX_HTML_BYTES

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.archive.held import HeldAt

MAX_FILE = 128 * 1024 * 1024  # bytes, with all pictures
_PUT_IN = re.compile(rb"(data:[\w/+.-]{0,100}(?:;[\w=.-]{1,100}){0,5}),[\w%+/=.~-]{200,}")


def page_or_too_large(
    place: HeldAt, url: str, seen_at: datetime, html: bytes, content_type: str = ""
) -> HeldPage | Unread:
    """A saved page without what was put into it, decoded where `content_type` names a character set that fits."""
    bare = _PUT_IN.sub(rb"\1,", html)
    if len(bare) > MAX_HTML_BYTES:
        return Unread(place, Cause.TOO_LARGE, f"{url[:200]} has more than {MAX_HTML_BYTES // 1024 // 1024} MB.")
    return HeldPage(place, url, seen_at, decoded_as(bare, content_type))

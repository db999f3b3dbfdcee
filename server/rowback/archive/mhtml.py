"""MHTML files (RFC 2557): pages that a browser saved as a web archive in one file, a message by mail."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import MessageError
from typing import TYPE_CHECKING

from rowback.archive.folders import read_whole
from rowback.archive.held import Cause, HeldAt, HeldKind, Unread
from rowback.archive.payload import is_page
from rowback.archive.saved import MAX_FILE, page_or_too_large
from rowback.text.received import http_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from pathlib import Path

    from rowback.archive.held import Glance, Held, Wanted

_HEADER = re.compile(
    rb"^(?:From|Snapshot-Content-Location|Subject|Date|MIME-Version|Content-Type|X-[\w-]+):", re.IGNORECASE
)
_BREAKS = re.compile(r"\s++")
_BROKEN = (MessageError, RecursionError, ValueError, LookupError, TypeError, AttributeError)


def read(path: Path, wanted: Wanted) -> Iterator[Held]:
    """The saved page. Raises `BadInput` for a file that cannot be read, `TooLarge`."""
    whole = read_whole(path, MAX_FILE)
    place = HeldAt(path.name)
    wanted.passed(len(whole))
    try:
        held = _held(place, message_from_bytes(whole.lstrip()), wanted)
    except _BROKEN:
        held = Unread(place, Cause.DAMAGED, "The message is broken.")
    if held is not None:
        yield held


def _held(place: HeldAt, message: Message, wanted: Wanted) -> Held | None:
    told = _said(message, "Snapshot-Content-Location") or _said(message, "Content-Location")
    pages = [part for part in message.walk() if not part.is_multipart() and is_page(part.get_content_type())]
    if not pages:
        return Unread(place, Cause.NO_BODY, "There is no page in it.")
    page = next((part for part in pages if told and _said(part, "Content-Location") == told), pages[0])
    url = told or _said(page, "Content-Location")
    if not url.lower().startswith(("http://", "https://")):
        return Unread(place, Cause.NO_ADDRESS, "It does not say of which address the page was saved.")
    seen_at = http_date(_said(message, "Date") or _said(page, "Date"))
    if seen_at is None:
        return Unread(place, Cause.NO_TIME, "It does not say when the page was saved.")
    if not wanted.is_url(url):
        return None
    body = page.get_payload(decode=True)
    if not isinstance(body, bytes) or not body:
        return Unread(place, Cause.NO_BODY, "The page in it is empty.")
    return page_or_too_large(place, url, seen_at, body, str(page.get("Content-Type") or ""))


def _said(part: Message, name: str) -> str:
    """A header's value without the breaks with which long ones are folded."""
    return _BREAKS.sub("" if "location" in name.lower() else " ", str(part.get(name) or "")).strip()


def _fits(glance: Glance) -> bool:
    begin = glance.begin.lstrip()
    return _HEADER.match(begin) is not None and (b"multipart/related" in begin or b"Content-Location:" in begin)


KIND = HeldKind("mhtml", "MHTML", _fits, read)

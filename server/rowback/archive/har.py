"""HAR files (version 1.2): what a browser's developer tools or Playwright recorded of its requests."""

from __future__ import annotations

import base64
import binascii
import json
from typing import TYPE_CHECKING, Any

from rowback.archive.folders import read_whole
from rowback.archive.held import Cause, HeldAt, HeldKind, HeldLead, HeldPage, Unread
from rowback.archive.payload import is_page
from rowback.archive.told_times import instant_of
from rowback.errors import BadInput
from rowback.text.largest import MAX_HTML_BYTES
from rowback.text.links import joined

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rowback.archive.held import Glance, Held, Wanted

MAX_FILE = 256 * 1024 * 1024  # bytes; it is one JSON value
_PERMANENT = (301, 308)


def read(path: Path, wanted: Wanted) -> Iterator[Held]:
    """The pages among what was recorded. Raises `BadInput` for what is no HAR, `TooLarge`."""
    whole = read_whole(path, MAX_FILE)
    try:
        entries = json.loads(whole)["log"]["entries"]
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise BadInput(f"{path} is no HAR file.") from error
    if not isinstance(entries, list):
        raise BadInput(f"{path} is no HAR file.")
    for number, entry in enumerate(entries):
        place = HeldAt(path.name, number)
        try:
            held = _held(place, entry, wanted)
        except (KeyError, TypeError, AttributeError) as error:
            held = Unread(place, Cause.DAMAGED, f"The entry is not as HAR has it: {error}.")
        except BadInput as error:
            held = Unread(place, Cause.NO_TIME, str(error))
        if held is not None:
            yield held
    wanted.passed(len(whole))


def _held(place: HeldAt, entry: dict[str, Any], wanted: Wanted) -> Held | None:
    request, response = entry["request"], entry["response"]
    url, content = str(request["url"]), response.get("content") or {}
    if (
        request.get("method", "GET") != "GET"
        or not url.lower().startswith(("http://", "https://"))
        or not wanted.is_url(url)
    ):
        return None
    if response["status"] in _PERMANENT:
        to = joined(url, str(response.get("redirectURL") or ""))
        return HeldLead(place, url, to) if to and to != url else None
    if response["status"] != 200 or not is_page(str(content.get("mimeType") or "")):
        return None
    seen_at = instant_of(entry["startedDateTime"], wanted.zone_or())
    text = content.get("text")
    if not isinstance(text, str) or not text:
        return Unread(place, Cause.NO_BODY, f"The text of {url[:200]} was not recorded.")
    if content.get("encoding") != "base64":
        return HeldPage(place, url, seen_at, text) if len(text) <= MAX_HTML_BYTES else _too_large(place, url)
    try:
        html = base64.b64decode(text)
    except (binascii.Error, ValueError):
        return Unread(place, Cause.DAMAGED, f"The text of {url[:200]} is broken.")
    return HeldPage(place, url, seen_at, html) if len(html) <= MAX_HTML_BYTES else _too_large(place, url)


def _too_large(place: HeldAt, url: str) -> Unread:
    return Unread(place, Cause.TOO_LARGE, f"{url[:200]} has more than {MAX_HTML_BYTES // 1024 // 1024} MB.")


def _fits(glance: Glance) -> bool:
    begin = glance.begin.lstrip(b"\xef\xbb\xbf \t\r\n")
    return begin.startswith(b"{") and b'"log"' in begin[:1_000] and not glance.is_folder


KIND = HeldKind("har", "HAR", _fits, read, is_crawl=True)

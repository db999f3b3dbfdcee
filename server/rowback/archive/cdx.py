"""Lists of copies as CDX servers give them: web.archive.org's rows in an array, below one with their names, and pywb's lines
with an object each. Pure.

Whatever is no copy is left out and counted; a body that is no list at all raises, so that a failure is never "no copies".
Source: internetarchive/wayback, `wayback-cdx-server`; webrecorder/pywb, its CDX server API.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from rowback.errors import FetchFailed, TooLarge
from rowback.text.archived import instant
from rowback.text.received import media_type
from rowback.text.urls import MAX_URL_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAX_BYTES = 4 * 1024 * 1024  # of a list: ten times what is asked for at once, and little enough to be decoded
MAX_ROWS = 20_000  # looked at; more than are ever asked for at once
MAX_KEY = 8_192  # characters of a resume key: it holds an address
MAX_DIGEST = 140  # characters; SHA-512 in hexadecimal has 128
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the first web page
_NAMES = {"url": "original", "mime": "mimetype", "status": "statuscode"}  # pywb's for web.archive.org's
_HTML = ("text/html", "application/xhtml+xml")
_REVISIT = "warc/revisit"
_BLANK = ("", "-")


class CopyKind(StrEnum):
    """What a copy is."""

    HTML = "html"
    REVISIT = "revisit"
    """The same bytes as an earlier copy with the same digest: a text that stood still, or came back."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ListedCopy:
    """One copy in a list. `digest` is of its bytes as they were sent, empty where none is told: equal ones prove equal text,
    others prove nothing. `status` is None where none is told, as of revisits."""

    seen_at: datetime
    original: str
    digest: str
    kind: CopyKind
    status: int | None

    @property
    def is_readable(self) -> bool:
        """Whether a text may be had of it."""
        return self.kind is not CopyKind.OTHER and self.status in (None, 200)


@dataclass(frozen=True, slots=True)
class CopyList:
    """Copies in order of time; how many rows were left out, as repeated or as no copy; and what to ask for the rest with,
    None where the list is whole."""

    copies: tuple[ListedCopy, ...]
    left_out: int = 0
    resume: str | None = None


def read(body: bytes) -> CopyList:
    """What a CDX server answered, in either way. Raises `TooLarge`, and `FetchFailed` for what is no such list."""
    if len(body) > MAX_BYTES:
        raise TooLarge(f"The archive's list has more than {MAX_BYTES // 1024 // 1024} MB.")
    text = body.decode("utf-8-sig", "replace").strip()
    if not text:
        return CopyList(())
    if text.startswith("["):
        return _of_arrays(_decoded(text))
    if text.startswith("{"):
        return _of_lines(text)
    raise FetchFailed("The archive's list of copies cannot be read: it is no JSON.")


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FetchFailed("The archive's list of copies cannot be read: its JSON is broken.") from error


def _of_arrays(rows: list[Any]) -> CopyList:
    """Rows below one with their names; or, as some servers have it, objects."""
    rows, resume = _without_key(rows)
    if not rows:
        return CopyList((), 0, resume)
    if isinstance(rows[0], dict):
        return _gathered((_row(each) for each in rows[:MAX_ROWS]), len(rows[MAX_ROWS:]), resume)
    names = [name if isinstance(name, str) else "" for name in rows[0]] if isinstance(rows[0], list) else []
    if "timestamp" not in names or not {"original", "url"}.intersection(names):
        raise FetchFailed("The archive's list of copies cannot be read: its first row names no columns.")
    found = (_row(dict(zip(names, each, strict=False))) for each in rows[1 : MAX_ROWS + 1] if isinstance(each, list))
    odd = sum(not isinstance(each, list) for each in rows[1 : MAX_ROWS + 1])
    return _gathered(found, odd + len(rows[MAX_ROWS + 1 :]), resume)


def _without_key(rows: list[Any]) -> tuple[list[Any], str | None]:
    """The rows before the resume key, which stands alone in a row behind an empty one."""
    if len(rows) < 2 or rows[-2] != [] or not isinstance(rows[-1], list) or len(rows[-1]) != 1:
        return rows, None
    key = rows[-1][0]
    return rows[:-2], key if isinstance(key, str) and 0 < len(key) <= MAX_KEY else None


def _of_lines(text: str) -> CopyList:
    lines = [each for each in text.split("\n") if each.strip()]
    listing = _gathered(map(_line, lines[:MAX_ROWS]), len(lines[MAX_ROWS:]))
    if not listing.copies and listing.left_out == len(lines):
        raise FetchFailed("The archive's list of copies cannot be read: none of its lines is a copy.")
    return listing


def _line(line: str) -> ListedCopy | None:
    try:
        return _row(json.loads(line))
    except (ValueError, RecursionError):
        return None


def _row(told: object) -> ListedCopy | None:
    """The copy that a row describes, None where it describes none."""
    if not isinstance(told, dict):
        return None
    row: dict[str, object] = {_NAMES.get(str(name), str(name)): value for name, value in told.items()}
    at, original = instant(_text(row, "timestamp")), _text(row, "original")
    digest, status = _text(row, "digest"), _text(row, "statuscode")
    is_web = original[:8].lower().startswith(("http://", "https://")) and len(original) <= MAX_URL_LENGTH
    is_status = status in _BLANK or (status.isascii() and status.isdigit() and 100 <= int(status[:4]) <= 599)
    if at is None or at < EARLIEST or not is_web or not is_status or len(digest) > MAX_DIGEST:
        return None
    kind = _text(row, "mimetype").lower()
    return ListedCopy(
        at,
        original,
        "" if digest in _BLANK else digest.removeprefix("sha1:"),
        CopyKind.REVISIT if kind == _REVISIT else CopyKind.HTML if media_type(kind) in _HTML else CopyKind.OTHER,
        None if status in _BLANK else int(status),
    )


def _text(row: Mapping[str, object], name: str) -> str:
    """A field as text; empty where it is missing, or neither text nor a whole number."""
    found = row.get(name)
    if isinstance(found, int) and not isinstance(found, bool) and abs(found) < 10**14:
        return str(found)
    return found.strip() if isinstance(found, str) else ""


def _gathered(rows: Iterable[ListedCopy | None], more: int, resume: str | None = None) -> CopyList:
    """Copies by their instants, each address and instant once; `more` rows were not looked at."""
    found, left_out = dict[tuple[datetime, str], ListedCopy](), more
    for row in rows:
        if row is None or (row.seen_at, row.original) in found:
            left_out += 1
        else:
            found[row.seen_at, row.original] = row
    return CopyList(tuple(sorted(found.values(), key=lambda each: each.seen_at)), left_out, resume)

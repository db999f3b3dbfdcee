"""WARC files (ISO 28500): what crawlers, Browsertrix and `wget` archive. Headers decide before bodies are read.

A revisit says that a payload came again, without it: by the payload's digest, or by the address and instant of a record
before. Both are the marks of a page.
"""

from __future__ import annotations

import base64
import hashlib
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING

from rowback.archive.held import Cause, HeldAt, HeldKind, HeldLead, HeldPage, SeenAgain, Unread
from rowback.archive.payload import is_page, page_of
from rowback.archive.told_times import instant_of
from rowback.archive.unpacking import StreamDamaged
from rowback.archive.warc_records import Damage, records
from rowback.errors import BadInput, FetchFailed, TooLarge
from rowback.text.archived import stamp_of
from rowback.text.largest import MAX_HTML_BYTES
from rowback.text.links import joined
from rowback.text.received import location

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from warcio.statusandheaders import StatusAndHeaders

    from rowback.archive.held import Glance, Held, Wanted
    from rowback.archive.unpacking import Readable
    from rowback.archive.warc_records import WarcRecord

_PERMANENT = ("301", "308")
_ROOM = 65_536  # bytes of chunks' lengths, beside a page
_ZSTD = b"\x28\xb5\x2f\xfd"


def read(path: Path, wanted: Wanted) -> Iterator[Held]:
    """What a WARC file holds of pages. Raises `BadInput` for a file that cannot be opened."""
    try:
        with path.open("rb") as file:
            if file.read(len(_ZSTD)) == _ZSTD:
                raise BadInput(f"{path} is packed with zstd, which is not read: unpack it with `zstd -d` first.")
            yield from read_file(file, path.stat().st_size, path.name, wanted)
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error


def read_file(file: Readable, size: int, name: str, wanted: Wanted) -> Iterator[Held]:
    """The same for an open file of so many bytes, which is called `name` where it is told of."""
    held: Held | None = None
    passed = 0
    for record in records(file, size):
        if isinstance(record, Damage):
            if held is not None and record.at != _at(held):
                yield held
            held = Unread(HeldAt(name, record.at), Cause.DAMAGED, record.detail)
            continue
        if held is not None:  # only now is the record before known to be whole
            yield held
        held = _held(record, name, wanted)
        wanted.passed(max(record.at - passed, 0))
        passed = max(record.at, passed)
    if held is not None:
        yield held
    wanted.passed(max(size - passed, 0))


def _at(held: Held) -> int:
    return held.place.at if isinstance(held, (HeldPage, SeenAgain, HeldLead, Unread)) else -1


def _held(record: WarcRecord, name: str, wanted: Wanted) -> Held | None:
    """What a record tells, None where it is no page or not wanted; what is damaged in it is told by its end."""
    kind, url = record.header("WARC-Type").lower(), _address(record.header("WARC-Target-URI"))
    is_of_web = url[:8].lower().startswith(("http://", "https://"))
    if kind not in ("response", "revisit", "resource") or not is_of_web or not wanted.is_url(url):
        return None
    place = HeldAt(name, record.at)
    try:
        return _told(record, kind, place, url, instant_of(record.header("WARC-Date")))
    except StreamDamaged:
        return Unread(place, Cause.DAMAGED, "The record is broken.")
    except BadInput as error:
        return Unread(place, Cause.DAMAGED, f"The record of {url[:200]} has no date: {error}")


def _told(record: WarcRecord, kind: str, place: HeldAt, url: str, seen_at: datetime) -> Held | None:
    if kind == "resource":
        content_type = record.header("Content-Type")
        return _page(record, [("content-type", content_type)], place, url, seen_at) if is_page(content_type) else None
    has_answer = record.body.limit > 0
    answer = record.answer() if has_answer else None
    if kind == "revisit":
        return _again(record, answer, place, url, seen_at)
    if answer is None:
        return None
    status = answer.get_statuscode()
    if status in _PERMANENT:
        to = joined(url, location(answer.get_header("Location") or ""))
        return HeldLead(place, url, to) if to and to != url else None
    if status != str(HTTPStatus.OK.value) or not _is_html(answer):
        return None
    return _page(record, answer.headers, place, url, seen_at)


def _is_html(answer: StatusAndHeaders) -> bool:
    return is_page(answer.get_header("Content-Type"))


def _again(
    record: WarcRecord, answer: StatusAndHeaders | None, place: HeldAt, url: str, seen_at: datetime
) -> SeenAgain | None:
    if answer is not None and answer.get_statuscode() not in ("200", "304"):
        return None
    if answer is not None and answer.get_header("Content-Type") and not _is_html(answer):
        return None
    marks = [record.header("WARC-Payload-Digest").lower()]
    same_url, same_at = _address(record.header("WARC-Refers-To-Target-URI")), record.header("WARC-Refers-To-Date")
    with suppress(BadInput):
        marks.append(_mark(same_url or url, instant_of(same_at)))
    return SeenAgain(place, url, seen_at, tuple(mark for mark in marks if mark))


def _page(
    record: WarcRecord, headers: list[tuple[str, str]], place: HeldAt, url: str, seen_at: datetime
) -> HeldPage | Unread:
    if record.header("WARC-Truncated") or record.header("WARC-Segment-Number"):
        return Unread(place, Cause.DAMAGED, f"Of {url[:200]} only a part was archived.")
    body = _body(record)
    if len(body) > MAX_HTML_BYTES + _ROOM:
        return Unread(place, Cause.TOO_LARGE, f"{url[:200]} has more than {MAX_HTML_BYTES // 1024 // 1024} MB.")
    digest = record.header("WARC-Payload-Digest").lower() or _digest(body)
    try:
        html = page_of(body, headers)
    except TooLarge as error:
        return Unread(place, Cause.TOO_LARGE, str(error))
    except FetchFailed as error:
        return Unread(place, Cause.DAMAGED, str(error))
    return HeldPage(place, url, seen_at, html, (digest, _mark(url, seen_at)))


def _body(record: WarcRecord) -> bytes:
    parts, size = [], 0
    while size <= MAX_HTML_BYTES + _ROOM and (part := record.body.read(_ROOM)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _digest(body: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode().lower()


def _mark(url: str, at: datetime) -> str:
    return f"{stamp_of(at)} {url}"


def _address(told: str) -> str:
    """An address as a header has it: some versions of wget put it between angle brackets, others leave spaces in it."""
    inner = told[1:-1] if told.startswith("<") and told.endswith(">") else told
    return inner.strip().replace(" ", "%20")


def _fits(glance: Glance) -> bool:
    return glance.begin.startswith((b"WARC/", _ZSTD)) and (
        not glance.begin.startswith(_ZSTD) or ".warc" in glance.path.name
    )


KIND = HeldKind("warc", "WARC", _fits, read, is_crawl=True)

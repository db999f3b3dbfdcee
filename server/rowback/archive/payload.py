"""The page in what a server sent, as collections keep it: chunked and packed or not, whatever its headers say of that.

Writers of WARC files keep the headers of a body that they have unpacked, or a body whose headers they have changed.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from rowback.capture.decoding import told_encoding, unpacked
from rowback.errors import FetchFailed
from rowback.text import received
from rowback.text.largest import MAX_HTML_BYTES

if TYPE_CHECKING:
    from collections.abc import Sequence

_HTML = ("text/html", "application/xhtml+xml")
_LONGEST_SIZE = 80  # characters of a line that says how long a chunk is; with an extension some dozens
_SPACE = b" \t\r\n\x00" + codecs.BOM_UTF8


def is_page(content_type: str | None) -> bool:
    """Whether a Content-Type is that of a web page."""
    return received.media_type(content_type) in _HTML


def page_of(body: bytes, headers: Sequence[tuple[str, str]]) -> bytes | str:
    """The page in a body, decoded where a header names a character set that fits. Raises `TooLarge`, and `FetchFailed` for a
    body that is broken."""
    return decoded_as(_plain(body, headers), _first(headers, "content-type"))


def decoded_as(html: bytes, content_type: str | None) -> bytes | str:
    """A page, decoded where a Content-Type names a character set that fits."""
    codec = received.charset(content_type)
    if codec is None or html.startswith(codecs.BOM_UTF8):
        return html
    try:
        return html.decode(codec)
    except ValueError:
        return html


def _plain(body: bytes, headers: Sequence[tuple[str, str]]) -> bytes:
    if "chunked" in told_encoding(_all(headers, "transfer-encoding")).lower():
        body = unchunked(body)
    try:
        return unpacked([body], told_encoding(_all(headers, "content-encoding")), MAX_HTML_BYTES, is_page=True)
    except FetchFailed:
        if body.lstrip(_SPACE).startswith(b"<"):  # it says that it is packed, and is not
            return unpacked([body], "", MAX_HTML_BYTES)
        raise


def unchunked(body: bytes) -> bytes:
    """A body without its chunks' lengths (RFC 9112, section 7.1); as it is where it has none. Raises `FetchFailed` for one
    that is cut off."""
    parts, at = list[bytes](), 0
    while True:
        end = body.find(b"\r\n", at, at + _LONGEST_SIZE)
        size = _size(body[at:end]) if end >= 0 else None
        if size is None:
            if not parts:
                return body
            raise FetchFailed("The chunked page is cut off.")
        if size == 0:
            return b"".join(parts)
        begin, at = end + 2, end + 2 + size
        if body[at : at + 2] != b"\r\n":
            if not parts and at < len(body):
                return body  # a number, and no length
            raise FetchFailed("The chunked page is cut off.")
        parts.append(body[begin:at])
        at += 2


def _size(line: bytes) -> int | None:
    digits = line.partition(b";")[0].strip()
    if not 0 < len(digits) <= 8 or digits.strip(b"0123456789abcdefABCDEF"):
        return None
    return int(digits, 16)


def _all(headers: Sequence[tuple[str, str]], name: str) -> list[str]:
    return [value for told, value in headers if told.lower() == name]


def _first(headers: Sequence[tuple[str, str]], name: str) -> str | None:
    return next(iter(_all(headers, name)), None)

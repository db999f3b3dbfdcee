"""What a server said beside its page, cleaned before it is used again: sent back, waited for, decoded by, shown, kept.

Header values are strings of the bytes that came (latin-1), of any length and content. What cannot be believed is None, as if
it had not been said.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import quote

import regex
from w3lib.encoding import resolve_encoding

from rowback.text.plain import OBEYED

MAX_VALIDATOR = 1_000  # characters; the longest met are some hundred
MAX_DATE = 64  # characters; the longest form of RFC 9110, section 5.6.7, has 33
AHEAD = timedelta(minutes=5)  # that another machine's clock may be
# RFC 9110, section 8.8.3, without bytes outside ASCII; and what servers send without its quotes. Never `*` or a list: sent
# back, these stand for any page.
_ETAG = regex.compile(r'(?:W/)?"[ !#-~]*+"|[!#-)+\--~]++')
_MEDIA_TYPE = regex.compile(r"[\w!#$&^.+-]{1,127}/[\w!#$&^.+-]{1,127}", regex.ASCII)  # RFC 6838, section 4.2
_CHARSET = regex.compile(r"(?:^|[;,\s])\s*charset\s*=\s*[\"']?\s*([\w.:+-]{1,40})", regex.ASCII | regex.IGNORECASE)
# Python codecs that are no character sets of pages, or that need much longer than the text is.
_NO_CHARSETS = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7", "mbcs", "oem"}
_LEFT_OUT = regex.compile(r"[\t\r\n]")  # as browsers do (URL standard, section 4.4)
_ESCAPED = regex.compile(rf"[ {OBEYED}]")


def etag(value: str | None) -> str | None:
    """An entity tag to ask again with."""
    found = (value or "")[: MAX_VALIDATOR + 1].strip(" \t")
    return found if len(found) <= MAX_VALIDATOR and _ETAG.fullmatch(found) else None


def last_modified(value: str | None, now: datetime | None = None) -> str | None:
    """A Last-Modified to ask again with, as it was sent; with `now`, none that lies ahead: nothing is newer than that."""
    at = http_date(value)
    if value is None or at is None or (now is not None and at > now + AHEAD):
        return None
    return value.strip(" \t")


def http_date(value: str | None) -> datetime | None:
    """An instant as HTTP writes it (RFC 9110, section 5.6.7); a zone other than GMT is understood."""
    text = (value or "")[: MAX_DATE + 1].strip(" \t")
    if len(text) > MAX_DATE or not (text.isascii() and text.isprintable()):
        return None
    try:
        at = parsedate_to_datetime(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def seconds(value: float | None, most: float) -> float:
    """A wait that somebody asks for: never negative, endless or no number, and at most so long."""
    return min(value, most) if value is not None and math.isfinite(value) and value > 0 else 0.0


def media_type(value: str | None) -> str:
    """The media type of a Content-Type, in lower case; empty where it is none."""
    found = (value or "")[:300].partition(";")[0].strip().lower()
    return found if _MEDIA_TYPE.fullmatch(found) else ""


def is_xml(value: str | None) -> bool:
    """Whether a Content-Type is that of XML (RFC 7303, section 4.2) other than a web page's."""
    found = media_type(value)
    return found in ("application/xml", "text/xml") or (found.endswith("+xml") and found != "application/xhtml+xml")


def charset(value: str | None) -> str | None:
    """The codec for the character set that a Content-Type names."""
    found = _CHARSET.search((value or "")[:1_000])
    return codec(found[1]) if found else None


def codec(name: str) -> str | None:
    """The codec for a character set as pages name it: by the Encoding standard, `iso-8859-1` is Windows' superset of it."""
    found = resolve_encoding(name) if len(name) <= 40 and name.isascii() and name.isprintable() else None
    if found is None or found in _NO_CHARSETS:
        return None
    try:
        b"a".decode(found, "replace")
    except (LookupError, ValueError):  # of bytes to bytes, or of texts to texts
        return None
    return found


def location(value: str) -> str:
    """The address in a Location header: UTF-8 where it is, as browsers read it; else bytes outside ASCII are escaped."""
    came = _LEFT_OUT.sub("", value).strip(" ").encode("latin-1", "replace")
    try:
        text = came.decode()
    except UnicodeDecodeError:
        text = "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in came)
    return _ESCAPED.sub(lambda found: quote(found[0]), text)

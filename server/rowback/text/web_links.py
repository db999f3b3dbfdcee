"""Which addresses may stand as links to elsewhere: those of web pages, and no scripts, files or halves of characters."""

from __future__ import annotations

from urllib.parse import quote

import regex

from rowback.text.urls import MAX_URL_LENGTH

MAX_LINK = 2 * MAX_URL_LENGTH  # an archive's address of a copy holds the page's
_WEB_LINK = regex.compile(r"https?://[^\s/?#\\\p{Cc}\p{Cs}][^\p{Cc}\p{Cs}]*")
_IN_ADDRESSES = "%/:?#[]@!$&'()*+,;=~"  # RFC 3986, section 2; letters, digits and the rest are never escaped


def is_web_link(address: str) -> bool:
    """Whether it is an absolute address that begins with http or https and has a host (RFC 9110, section 4.2)."""
    return len(address) <= MAX_LINK and _WEB_LINK.fullmatch(address) is not None


def as_written(address: str) -> str:
    """An address as attributes and headers take it: what it may not hold is escaped, and what is escaped stays."""
    return quote(address, safe=_IN_ADDRESSES)

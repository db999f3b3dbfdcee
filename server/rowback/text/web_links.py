"""Which addresses may stand as links to elsewhere: those of web pages, and no scripts, files or halves of characters."""

from __future__ import annotations

import regex

from rowback.text.urls import MAX_URL_LENGTH

MAX_LINK = 2 * MAX_URL_LENGTH  # an archive's address of a copy holds the page's
_WEB_LINK = regex.compile(r"https?://[^\s/?#\\\p{Cc}\p{Cs}][^\p{Cc}\p{Cs}]*")


def is_web_link(address: str) -> bool:
    """Whether it is an absolute address that begins with http or https and has a host (RFC 9110, section 4.2)."""
    return len(address) <= MAX_LINK and _WEB_LINK.fullmatch(address) is not None

"""Versions as addresses name them: by a number or an instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from rowback.clock import parse_instant
from rowback.errors import UnknownVersion

if TYPE_CHECKING:
    from datetime import datetime

MAX_ID_DIGITS = 20  # of what is read as a number; longer than any id
_SPACE_BEFORE_OFFSET = regex.compile(r" (?=[0-9]{2}:[0-9]{2}$)")


def check_number(count: int, number: int) -> None:
    """Raises `UnknownVersion` when an article with so many versions has none of this number."""
    if number >= count:
        have = f"versions 0 to {count - 1}" if count > 1 else "version 0 only"
        raise UnknownVersion(f"The article has {have}; there is no version {number}.")


def instant_in_url(text: str) -> datetime:
    """An RFC 3339 instant of a query or path, where a `+` that was not escaped arrives as a space. Raises `BadInput`."""
    return parse_instant(_SPACE_BEFORE_OFFSET.sub("+", text))

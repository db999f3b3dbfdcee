"""Versions, and places from which to go on, as addresses name them: by a number or an instant."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import regex

from rowback.clock import parse_instant
from rowback.errors import BadInput, UnknownVersion
from rowback.store.instants import from_text, to_text
from rowback.store.known_order import Since
from rowback.text.tongue import gettext

if TYPE_CHECKING:
    from datetime import datetime

MAX_ID_DIGITS = 20  # of what is read as a number; longer than any id
_SPACE_BEFORE_OFFSET = regex.compile(r" (?=[0-9]{2}:[0-9]{2}$)")


def check_number(count: int, number: int) -> None:
    """Raises `UnknownVersion` when an article with so many versions has none of this number."""
    if number >= count:
        if count > 1:
            raise UnknownVersion(
                gettext(
                    "The article has versions 0 to %(last)s; there is no version %(number)s.",
                    last=count - 1,
                    number=number,
                )
            )
        raise UnknownVersion(gettext("The article has version 0 only; there is no version %(number)s.", number=number))


def instant_in_url(text: str) -> datetime:
    """An RFC 3339 instant of a query or path, where a `+` that was not escaped arrives as a space. Raises `BadInput`."""
    return parse_instant(_SPACE_BEFORE_OFFSET.sub("+", text))


def read_since(given: str) -> Since:
    """What `since_text` wrote, or an RFC 3339 instant; nothing is the beginning. Raises `BadInput`."""
    number, _, recorded = given.strip().partition(",")
    with suppress(BadInput, ValueError):
        if number.isascii() and number.isdigit() and len(number) < MAX_ID_DIGITS:
            return Since(int(number), from_text(recorded) if recorded else None)
        return Since(recorded=instant_in_url(given.strip())) if given.strip() else Since()
    raise BadInput("`since` is an instant, as 2026-01-31T09:30:00Z, or the `next` of the answer before.")


def since_text(since: Since) -> str:
    """A place from which to go on."""
    return f"{since.step},{to_text(since.recorded)}" if since.recorded else str(since.step)

"""What the API, pages and feeds read out of a request, and how they answer what they cannot."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask import request

from rowback.clock import parse_instant
from rowback.errors import BadInput
from rowback.store.instants import to_text
from rowback.store.latest import Filters
from rowback.text.plain import is_whole
from rowback.text.tongue import gettext
from rowback.web.guard.visibility import MAX_ID
from rowback.web.numbering import MAX_ID_DIGITS
from rowback.web.sent import sent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rowback.model import Article
    from rowback.store.latest import Cursor


def base() -> str:
    """The backend's own address as it was asked, without a slash at the end."""
    asked = sent()
    return f"{asked.scheme}://{asked.host}{asked.script_root}"


def article_page(article: Article) -> str:
    """The full address of an article's page."""
    return f"{base()}/articles/{article.id}"


def filters(args: Mapping[str, str]) -> Filters:
    """The filters of a list in a query string; days are included on both sides. Raises `BadInput`."""
    start, end = _day(args, "from"), _day(args, "to")
    if start and end and end < start:
        raise BadInput(gettext("The period ends before it begins: exchange its two days."))
    return Filters(
        sources=_words(args, "source"),
        labels=_words(args, "label"),
        after=start,
        before=end + timedelta(days=1) if end else None,
        substance=is_set(args, "substance"),
        headline=is_set(args, "headline"),
        unannounced=is_set(args, "unannounced"),
        weekday=_within(args, "weekday", 1, 7),
        hour=_within(args, "hour", 0, 23),
    )


def whole_number(given: str, most: int) -> int | None:
    """A number from 0 to `most` in ASCII digits; None for all else, however long: Python reads no more than 4,300 digits."""
    if not (given.isascii() and given.isdigit()):
        return None
    digits = given.lstrip("0") or "0"
    return int(digits) if len(digits) <= len(str(most)) and int(digits) <= most else None


def is_set(args: Mapping[str, str], name: str) -> bool:
    """Whether a filter is given; 0 switches one off."""
    return args.get(name, "").strip() not in ("", "0")


def _within(args: Mapping[str, str], name: str, least: int, most: int) -> int | None:
    given = args.get(name, "").strip()
    found = whole_number(given, most)
    if given and (found is None or found < least):
        raise BadInput(gettext("%(name)s is a number from %(least)s to %(most)s.", name=name, least=least, most=most))
    return found


def _words(args: Mapping[str, str], name: str) -> tuple[str, ...]:
    word = args.get(name, "").strip().lower()
    return (word,) if word else ()


def _day(args: Mapping[str, str], name: str) -> datetime | None:
    given = args.get(name, "").strip()
    if not given:
        return None
    try:
        found = datetime.strptime(given, "%Y-%m-%d").replace(tzinfo=UTC)
        if found.year < 1970 or found.year > 9000:
            raise BadInput(f"{name}: {given!r} is no day of a news story.")
    except ValueError as error:
        raise BadInput(
            gettext("%(name)s: %(given)s is no day. Write it as 2026-01-31.", name=name, given=repr(given[:20]))
        ) from error
    return found


def cursor(args: Mapping[str, str], name: str) -> Cursor | None:
    """Where a page of a list begins: an instant and an id. Raises `BadInput`."""
    given = args.get(name)
    if not given:
        return None
    at, _, id_ = given.rpartition(",")
    if id_.isascii() and id_.isdigit() and len(id_) < MAX_ID_DIGITS:
        with suppress(BadInput):
            return parse_instant(at), min(int(id_), MAX_ID)
    raise BadInput(f"`{name}` is where an earlier answer said that its next page begins. Go back to the first page.")


def cursor_text(where: Cursor) -> str:
    """A cursor as `cursor` reads it."""
    return f"{to_text(where[0])},{where[1]}"


def body_object() -> dict[str, Any]:
    """The JSON object in a request's body. Raises `BadInput` for any other value, and where it is no JSON."""
    body = request.get_json()
    if not isinstance(body, dict):
        raise BadInput("The body must be a JSON object.")
    return body


def whole_object() -> dict[str, Any]:
    """The same, of texts that can be kept and sent back: JSON can hold half a character, UTF-8 cannot. Raises `BadInput`."""
    body = body_object()
    if not is_whole(json.dumps(body, ensure_ascii=False)):
        raise BadInput("The body holds half a character: a surrogate without the other.")
    return body

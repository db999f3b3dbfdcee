"""How answers of the API are paged, and not sent again to whoever has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, request
from werkzeug.datastructures import Headers
from werkzeug.http import quote_etag

from rowback.errors import BadInput
from rowback.web.sent import sent

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE_SIZE, MAX_PAGE_SIZE = 50, 500


def unless_known(etag: str, body: Callable[[], bytes]) -> Response:
    """An answer in JSON, or 304 to whoever has it."""
    headers = Headers()
    tag = quote_etag(etag)
    headers.add("ETag", tag)
    headers.add("Cache-Control", "private, no-cache")
    asked = sent()
    brought = asked.environ.get("HTTP_IF_NONE_MATCH")
    # A proxy that compresses makes it weak, and a list may be brought; mostly it is the very one.
    if brought is not None and (brought == tag or asked.if_none_match.contains_weak(etag)):
        return Response(status=304, headers=headers)
    return Response(body(), headers=headers, mimetype="application/json")


def limit() -> int:
    """How many a page shall hold. Raises `BadInput`."""
    found = request.args.get("limit", str(PAGE_SIZE))
    if not (found.isascii() and found.isdigit() and len(found) < 6 and 1 <= int(found) <= MAX_PAGE_SIZE):
        raise BadInput(f"`limit` is a number from 1 to {MAX_PAGE_SIZE}.")
    return int(found)

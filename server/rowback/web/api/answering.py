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
    from wsgiref.types import WSGIEnvironment

PAGE_SIZE, MAX_PAGE_SIZE = 50, 500
_UNCHANGED = "304 NOT MODIFIED"  # whole, as the framework says it: it looks up what a number is called


class _Told(Response):
    """An answer that says all of its headers itself. The framework takes a copy of them, in which it looks for addresses to
    complete and, of a 304, for what that may not say (RFC 9110, section 15.4.5): here is neither."""

    default_mimetype = None

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        """They are sent as they are."""
        del environ
        return self.headers


def unless_known(etag: str, body: Callable[[], bytes]) -> Response:
    """An answer in JSON, or 304 to whoever has it."""
    tag = quote_etag(etag)
    headers = Headers([("ETag", tag), ("Cache-Control", "private, no-cache")])
    asked = sent()
    brought = asked.environ.get("HTTP_IF_NONE_MATCH")
    # A proxy that compresses makes it weak, and a list may be brought; mostly it is the very one.
    if brought is not None and (brought == tag or asked.if_none_match.contains_weak(etag)):
        return _Told(status=_UNCHANGED, headers=headers)
    return _Told(body(), headers=headers, content_type="application/json")


def limit() -> int:
    """How many a page shall hold. Raises `BadInput`."""
    found = request.args.get("limit", str(PAGE_SIZE))
    if not (found.isascii() and found.isdigit() and len(found) < 6 and 1 <= int(found) <= MAX_PAGE_SIZE):
        raise BadInput(f"`limit` is a number from 1 to {MAX_PAGE_SIZE}.")
    return int(found)

"""Headers that the framework cannot read are taken out before it tries: what they ask for is then asked for by nobody.

A date that is none counts as not sent (RFC 9110, section 13.1.3); a host that no name can be is told as such by the guard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import regex
from werkzeug.http import parse_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

# Of names at most 253 characters, in labels of at most 63 (RFC 1035, section 2.3.4); or an address; then perhaps a port.
_HOST = regex.compile(
    r"(?=[^:]{0,254}(?::|$))(?:[a-z0-9_-]{1,63}\.)*(?:[a-z0-9_-]{1,63})?(?::[0-9]{0,5})?|\[[0-9a-f:.]{0,45}\](?::[0-9]{0,5})?",
    regex.IGNORECASE,
)
_DATES = ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_IF_RANGE")
ODD_HOST = "rowback.odd_host"  # set in the environment where the host could not be read
_NOBODY = "host.invalid"  # RFC 6761, section 6.4: the name of no host


def install(app: Flask) -> None:
    """Takes out of each request to `app` what cannot be read."""
    app.wsgi_app = _Readable(app.wsgi_app)  # type: ignore[method-assign]


class _Readable:
    """The app behind this."""

    def __init__(self, app: Callable[..., Any]) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        if _HOST.fullmatch(environ.get("HTTP_HOST", "")) is None:
            environ |= {"HTTP_HOST": _NOBODY, ODD_HOST: True}
        for name in _DATES:
            if name in environ and not _is_readable(environ[name]):
                del environ[name]
        found: Iterator[bytes] = self._app(environ, start_response)
        return found


def _is_readable(date: str) -> bool:
    """Whether the framework gets through with a date; entity tags, which may stand for one, are no dates and do no harm."""
    try:
        parse_date(date)
    except (OverflowError, ValueError, TypeError):
        return False
    return True
